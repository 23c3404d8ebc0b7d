/** Messages about site.yaml. */
import type { Catalog } from '../base/diagnostics.ts';
import { type Suggestion, suggestionText } from '../base/suggestions.ts';
import { badValue, commonProblems, prefixed, valueText, yamlMessages } from '../base/yaml-messages.ts';

const listFormat = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const valueMessages = {
  ...commonProblems,
  id: badValue('is not a valid id. Use lowercase letters and digits, with single hyphens between words.'),
  address: badValue("is not a valid address. Write a path such as '/about/', or a full web address."),
  redirect: badValue(
    "is not a former address. Write a path such as '/old/', '/index.php?id=7' or '/feed/*', without spaces, '..' or the characters # : and \\; '*' may only be its last character.",
  ),
  'site-address': badValue(
    "is not a valid site address. Write it in full, without '?' or '#': https://example.org/.",
  ),
  'picture-number': ({ key, least, most }: { key: string; least: number; most: number }) =>
    valueText(key, `is not a whole number from ${least} to ${most}. Write one.`),
  'picture-age': badValue(
    "is not an age. Write a number of months or years, such as '18 months' or '2 years'.",
  ),
  local: badValue(
    'is the address of your own computer, but feeds, sitemaps and link previews contain it. Write the address that readers use.',
  ),
  'time-zone': ({ key, meant }: { key: string; meant: string | undefined }) =>
    valueText(
      key,
      `is not a known time zone. ${meant === undefined ? "Use an IANA name such as 'Europe/Berlin'." : `Did you mean '${meant}'?`}`,
    ),
  'per-page': badValue('is not a valid number of stories. Use a whole number from 2 to 1000.'),
  'lead-days': badValue('is not a valid number of days. Use a whole number from 1 to 3650.'),
  'limit-seconds': badValue('is not a valid time. Use a whole number of seconds from 1 to 3600.'),
  'limit-megabytes': badValue(
    'is not a valid amount of memory. Use a whole number of megabytes from 128 to 16384.',
  ),
  pattern: badValue(
    "is not a valid address pattern. Write a pattern such as '/:desk/:year/:month/:slug/', with a slash at both ends.",
  ),
  'pattern-part': ({ key, part, known }: { key: string; part: string; known: readonly string[] }) =>
    valueText(
      key,
      `contains the unknown part ':${part}'. Use one of these: ${known.map(name => `:${name}`).join(', ')}.`,
    ),
  'pattern-slug': badValue("has no ':slug', so different articles could have the same address. Add ':slug'."),
  color: badValue(
    "is not a valid colour. Write '#' and six hexadecimal digits, in quotation marks: '#0a5c4a'.",
  ),
  typefaces: badValue(
    'is not a valid list of typefaces. Write their names, separated by commas: Literata, Georgia, serif.',
  ),
  'public-file': ({ key, endings }: { key: string; endings: readonly string[] }) =>
    valueText(
      key,
      `is not a valid path. Write the path of a file in public/ that ends in ${listFormat.format(endings.map(ending => `.${ending}`))}, such as /name.${endings[0]}.`,
    ),
  'index-now': badValue('is not a key of IndexNow. Use 8 to 128 letters, digits and hyphens.'),
  'csp-source': badValue(
    "is not a source. Write one source per list item, without spaces, ',' or ';', such as https://stats.example.",
  ),
  'wire-id': ({ key, list, id }: { key: string; list: 'desks' | 'topics'; id: string }) =>
    valueText(
      key,
      `is '${id}', which is not in '${list}'. Write the id of one of the ${list}, or add it there.`,
    ),
  duplicate: ({ key, id }: { key: string; id: string }) =>
    `The id '${id}' is used more than once in '${key}'. Give each entry a different id.`,
};

/** Rounds down to two decimals: a contrast that is too low must not appear to be sufficient. */
const roundDown = (number: number): number => Math.floor(number * 100) / 100;

/** Messages by code. */
export const configMessages = {
  'site-config-absent':
    "This file does not exist, so the site has no configuration. Create it with 'name: …' and 'url: https://…', or set the site's folder with --root.",
  ...yamlMessages('site-config'),
  ...prefixed('site-config-value/', valueMessages),
  'site-config-unknown-rule': ({ name, suggestion }: { name: string; suggestion: Suggestion }) =>
    `'${name}' is not a rule that site.yaml can change. ${suggestionText(suggestion)}`,
  'theme-contrast': ({
    key,
    color,
    scheme,
    contrast,
    needed,
    tone,
  }: {
    key: string;
    color: string;
    scheme: 'light' | 'dark';
    contrast: number;
    needed: number;
    /** Colour that is shown instead. */
    tone: string;
  }) =>
    `The colour of '${key}' (${color}) has a contrast of ${roundDown(contrast)}:1 in the ${scheme} colour scheme; text needs at least ${needed}:1. Pages show ${tone} instead. Use that colour, or another that is ${scheme === 'light' ? 'dark' : 'light'} enough.`,
} satisfies Catalog;

type ConfigMessages = typeof configMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends ConfigMessages {}
}

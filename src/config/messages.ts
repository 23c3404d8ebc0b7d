/** Messages about site.yaml. */
import type { Catalog } from '../base/diagnostics.ts';
import { type Suggestion, suggestionText } from '../base/suggestions.ts';
import { badValue, commonProblems, prefixed, valueText, yamlMessages } from '../base/yaml-messages.ts';

const valueMessages = {
  ...commonProblems,
  id: badValue('is not an id. Write small letters, digits and hyphens.'),
  address: badValue("is not an address. Write '/path/' or https://…."),
  'site-address': badValue('is not a web address. Write it in full: https://example.org/.'),
  'time-zone': badValue("is not a time zone. Write an IANA name such as 'Europe/Berlin'."),
  'per-page': badValue('is not a number of stories. Write one from 2 to 1000.'),
  pattern: badValue(
    "is not an address pattern. Write '/:desk/:year/:month/:slug/' or the like, with a slash at both ends.",
  ),
  'pattern-part': ({ key, part, known }: { key: string; part: string; known: readonly string[] }) =>
    valueText(key, `has the unknown part ':${part}'. Known: ${known.map(name => `:${name}`).join(', ')}.`),
  'pattern-slug': badValue("has no ':slug', so two articles would have the same address. Add it."),
  color: badValue("is not a colour. Write six digits behind a '#', in quotation marks: '#0a5c4a'."),
  typefaces: badValue(
    'is not a list of typefaces. Write their names with commas between: Literata, Georgia, serif.',
  ),
  'public-file': ({ key, endings }: { key: string; endings: readonly string[] }) =>
    valueText(
      key,
      `is not such a file. Write the path of a file of public/ that ends in ${endings.map(ending => `.${ending}`).join(', ')}: /name.${endings[0]}.`,
    ),
  duplicate: ({ key, id }: { key: string; id: string }) =>
    `'${id}' is defined twice. Give each of the ${key} an id of its own.`,
};

/** Messages by code. */
export const configMessages = {
  'site-config-absent':
    "The site has no configuration. Write this file with at least 'name: …' and 'url: https://…', or name the site's folder with --root.",
  ...yamlMessages('site-config'),
  ...prefixed('site-config-value/', valueMessages),
  'site-config-unknown-rule': ({ name, suggestion }: { name: string; suggestion: Suggestion }) =>
    `There is no rule '${name}' that can be set. ${suggestionText(suggestion)}`,
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
    `'${key}' ${color} has a contrast of ${contrast.toFixed(1)} to 1 on the ${scheme} paper, and text needs ${needed} to 1. It is shown as ${tone} there: take that, or a ${scheme === 'light' ? 'darker' : 'lighter'} colour of your own.`,
} satisfies Catalog;

type ConfigMessages = typeof configMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends ConfigMessages {}
}

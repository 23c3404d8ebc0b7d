/** content/site.yaml as the site's configuration. */
import * as z from 'zod';
import { decodeText } from '../article/front-matter.ts';
import { type ParserName, parserNames } from '../article/markdown.ts';
import { isTimeZone } from '../base/dates.ts';
import {
  type Diagnostic,
  type Report,
  type RuleSetting,
  readingRules,
  reportTo,
} from '../base/diagnostics.ts';
import { isLanguageTag } from '../base/languages.ts';
import { didYouMean } from '../base/suggestions.ts';
import { type PlaceOf, type Places, readYaml } from '../base/yaml.ts';
import { defaultPermalink, permalinkProblem } from './permalinks.ts';
import { type Look, lookSchema, readLook } from './theme.ts';

export interface Config {
  name: string;
  tagline: string | undefined;
  /** Scheme and host of the public address: `https://example.org`. */
  origin: string;
  /** Path below the origin, with a slash at both ends: `/` or `/news/`. */
  basePath: string;
  /** BCP 47. */
  lang: string;
  /** IANA name. */
  timeZone: string;
  publisher: { name: string; url: string | undefined; logo: string | undefined };
  desks: Desk[];
  topics: Topic[];
  navigation: MenuItem[];
  footer: MenuItem[];
  typography: boolean;
  parser: ParserName;
  /** Pattern of article addresses: `/:desk/:year/:month/:slug/`. */
  permalink: string;
  /** Patterns that it replaced: what they gave redirects to the article. */
  formerPermalinks: string[];
  /** Stories on a numbered page of a list. */
  perPage: number;
  look: Look;
  outputs: Outputs;
  robots: { disallow: string[]; aiCrawlers: boolean };
  /** Addresses of the newsroom's policies, by schema.org property of NewsMediaOrganization. */
  policies: Partial<Record<PolicyName, string>>;
  rules: Record<string, RuleSetting>;
}

/** What is made besides the pages; each can be switched off. */
export interface Outputs {
  /** A picture for link previews of each story that has none of its own. */
  cards: boolean;
  /** RSS, Atom and JSON Feed of the site, each desk, topic, author and language. */
  feeds: boolean;
  sitemaps: boolean;
  robots: boolean;
  /** article.json beside each article, and its JSON Schema. */
  articleJson: boolean;
  /** ninjs.json beside each article. */
  ninjs: boolean;
  /** Pages at former addresses, and _redirects. */
  redirects: boolean;
  /** .nojekyll and _headers. */
  hostFiles: boolean;
  /** Every page once more as text alone, below /text/. */
  text: boolean;
  /** The search page and its index. */
  search: boolean;
}

/** schema.org's properties for what a newsroom holds itself to. */
export const policyNames = [
  'publishingPrinciples',
  'correctionsPolicy',
  'ethicsPolicy',
  'diversityPolicy',
  'verificationFactCheckingPolicy',
  'unnamedSourcesPolicy',
  'noBylinesPolicy',
  'missionCoveragePrioritiesPolicy',
  'actionableFeedbackPolicy',
  'ownershipFundingInfo',
  'masthead',
] as const;
export type PolicyName = (typeof policyNames)[number];

/** A part of the publication: world, politics. */
export interface Desk {
  id: string;
  name: string;
  description: string | undefined;
}

export interface Topic {
  id: string;
  name: string;
  description: string | undefined;
}

/** `url` is a path of this site from its root, or a web address. */
export interface MenuItem {
  text: string;
  url: string;
}

export const configPath = 'content/site.yaml';

const text = z.string().trim().min(1);
const id = z
  .string()
  .regex(
    /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u,
    'is not an id. Write small letters, digits and hyphens.',
  );
const address = z
  .string()
  .regex(/^(\/(?!\/)|https?:\/\/)\S*$/, "is not an address. Write '/path/' or https://….");
const webAddress = z
  .string()
  .regex(/^https?:\/\/\S+$/i, 'is not a web address. Write it in full, with https://.');
const menu = z.array(z.strictObject({ text, url: address })).default([]);
const defined = z.array(z.strictObject({ id, name: text, description: text.optional() })).default([]);

const permalink = z.string().superRefine((pattern, context) => {
  const message = permalinkProblem(pattern);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
const on = z.boolean().default(true);
const switches = {
  cards: on,
  feeds: on,
  sitemaps: on,
  robots: on,
  articleJson: on,
  ninjs: on,
  redirects: on,
  hostFiles: on,
  text: on,
  search: on,
};

export const siteSchema = z.strictObject({
  name: text,
  tagline: text.optional(),
  url: z.string().refine(isSiteAddress, 'is not a web address. Write it in full: https://example.org/.'),
  lang: z
    .string()
    .refine(isLanguageTag, "is not a language tag. Write one such as 'en', 'he' or 'pt-BR'.")
    .default('en'),
  timeZone: z
    .string()
    .refine(isTimeZone, "is not a time zone. Write an IANA name such as 'Europe/Berlin'.")
    .default('UTC'),
  publisher: z.strictObject({ name: text, url: webAddress.optional(), logo: address.optional() }).optional(),
  desks: defined,
  topics: defined,
  navigation: menu,
  footer: menu,
  typography: z.boolean().default(true),
  parser: z.enum(parserNames).default('satteri'),
  permalink: permalink.default(defaultPermalink),
  formerPermalinks: z.array(permalink).default([]),
  perPage: z
    .string()
    .refine(
      text => /^\d+$/.test(text) && Number(text) >= 2 && Number(text) <= 1000,
      'is not a number of stories. Write one from 2 to 1000.',
    )
    .transform(Number)
    .default(24),
  look: lookSchema,
  outputs: z.strictObject(switches).prefault({}),
  robots: z
    .strictObject({ disallow: z.array(text).default([]), aiCrawlers: z.boolean().default(true) })
    .prefault({}),
  policies: z.partialRecord(z.enum(policyNames), address).default({}),
  rules: z.record(z.string(), z.enum(['off', 'warning', 'error'])).optional(),
});

function isSiteAddress(address: string): boolean {
  return /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(address) && URL.canParse(address);
}

export interface ConfigInput {
  /** The bytes of site.yaml; nothing when there is none. */
  bytes: Uint8Array | undefined;
  /** `--base-path`, in the place of the path in `url`. */
  basePath?: string | undefined;
  /** Ids of the rules that `rules` may set. */
  ruleIds: readonly string[];
}

export function readConfig({ bytes, basePath, ruleIds }: ConfigInput): {
  config: Config | undefined;
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const report = reportTo(diagnostics, configPath);
  if (bytes === undefined) {
    report(
      'error',
      'site-config-absent',
      undefined,
      "The site has no configuration. Write this file with at least 'name: …' and 'url: https://…', or name the site's folder with --root.",
    );
    return { config: undefined, diagnostics };
  }
  const text = decodeText(bytes, report);
  if (text === undefined) return { config: undefined, diagnostics };
  const yaml = readYaml({ text, origin: { line: 1, column: 1 } }, siteSchema, 'site-config', report);
  if (!yaml) return { config: undefined, diagnostics };
  const { value, placeOf } = yaml;
  const rules = knownRules(value.rules, yaml.places, ruleIds, report);
  checkUniqueIds('desks', value.desks, placeOf, report);
  checkUniqueIds('topics', value.topics, placeOf, report);
  const look = readLook(value.look, placeOf, report);
  // Desks may stand under a misspelt key: each article would be told to be in none.
  if (diagnostics.some(({ ruleId }) => ruleId === 'site-config-unknown-key'))
    return { config: undefined, diagnostics };
  const address = new URL(value.url);
  return {
    config: {
      name: value.name,
      tagline: value.tagline,
      origin: address.origin,
      basePath: normalizeBasePath(basePath ?? address.pathname),
      lang: value.lang,
      timeZone: value.timeZone,
      publisher: {
        name: value.publisher?.name ?? value.name,
        url: value.publisher?.url,
        logo: value.publisher?.logo,
      },
      desks: once(value.desks),
      topics: once(value.topics),
      navigation: value.navigation,
      footer: value.footer,
      typography: value.typography,
      parser: value.parser,
      permalink: value.permalink,
      formerPermalinks: value.formerPermalinks,
      perPage: value.perPage,
      look,
      outputs: value.outputs,
      robots: value.robots,
      policies: value.policies,
      rules,
    },
    diagnostics,
  };
}

/** With a slash at both ends. */
export function normalizeBasePath(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** The settings of rules that there are. The names come from the places, where `__proto__` is a name like any other. */
function knownRules(
  rules: Record<string, RuleSetting> | undefined,
  places: () => Places,
  ruleIds: readonly string[],
  report: Report,
): Record<string, RuleSetting> {
  if (rules === undefined) return {};
  const known = [...ruleIds, ...readingRules];
  for (const [key, place] of Object.entries(places())) {
    const name = /^rules\.(.*):key$/.exec(key)?.[1];
    if (name === undefined || known.includes(name)) continue;
    report(
      'error',
      'site-config-unknown-rule',
      place,
      `There is no rule '${name}' that can be set. ${didYouMean(name, known)}`,
    );
  }
  return Object.fromEntries(Object.entries(rules).filter(([name]) => known.includes(name)));
}

function checkUniqueIds(
  key: string,
  items: readonly { id: string }[],
  placeOf: PlaceOf,
  report: Report,
): void {
  items.forEach(({ id }, index) => {
    if (items.findIndex(other => other.id === id) === index) return;
    report(
      'error',
      'site-config-value',
      placeOf(`${key}.${index}.id`),
      `'${id}' is defined twice. Give each of the ${key} an id of its own.`,
    );
  });
}

const once = <Item extends { id: string; description?: string | undefined }>(items: readonly Item[]) =>
  items
    .filter((item, index) => items.findIndex(({ id }) => id === item.id) === index)
    .map(item => ({ ...item, description: item.description }));

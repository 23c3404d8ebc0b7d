/** Reads content/site.yaml as the site's configuration. */
import * as z from 'zod';
import { decodeText } from '../article/front-matter.ts';
import { type ParserName, parserNames } from '../article/parser-names.ts';
import { isRedirectSource } from '../base/addresses.ts';
import { isTimeZone, suggestTimeZone } from '../base/dates.ts';
import {
  type Diagnostic,
  type Report,
  type RuleSetting,
  readingRules,
  reportTo,
} from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { LocalText } from '../base/local-text.ts';
import { editorSchema, formerAddresses, languageTag, localText, text, webAddress } from '../base/schemas.ts';
import { type Synonyms, suggest } from '../base/suggestions.ts';
import { type PartlyCheckedYaml, type PlaceOf, type Places, readPartlyValidYaml } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';
import { type Csp, cspSchema } from './csp.ts';
import { type DeploySettings, deploySchema } from './deploy.ts';
import { type OutputName, type Outputs, outputNames, outputs } from './outputs.ts';
import { configPath } from './paths.ts';
import { defaultPermalink, permalinkProblem } from './permalinks.ts';
import { type PictureSettings, pictureSchema, readPictureSettings } from './pictures.ts';
import { newNames } from './renames.ts';
import { readThemeSettings, type ThemeSettings, themeSchema } from './theme.ts';
import { checkWire, type WireSettings, wireSchema } from './wire.ts';

/** The site's configuration: site.yaml with default values filled in. */
export interface Config extends SiteTexts<LocalText> {
  /** Scheme and host of the public address: `https://example.org`. */
  origin: string;
  /** Path below the origin, with a slash at both ends: `/` or `/news/`. */
  basePath: string;
  /** Language tag of the site (BCP 47). */
  lang: string;
  /** Time zone of the site (IANA name). */
  timeZone: string;
  typography: boolean;
  parser: ParserName;
  /** Pattern of article addresses: `/:desk/:year/:month/:slug/`. */
  permalink: string;
  /** Earlier values of `permalink`. Addresses of these patterns redirect to the articles. */
  formerPermalinks: string[];
  /** Redirects from former addresses that belong to no document, desk or topic. */
  redirects: RedirectSetting[];
  /** Number of stories on a numbered page of a list. */
  perPage: number;
  /** Number of days after its publication for which a story with `prominence: lead` holds the lead. */
  leadDays: number;
  /** Limits of the work on one file: its time in seconds, and its memory in megabytes. */
  limits: { seconds: number; megabytes: number };
  pictures: PictureSettings;
  theme: ThemeSettings;
  outputs: Outputs;
  robots: { disallow: string[]; aiCrawlers: boolean };
  /** Addresses of the newsroom's policies, by property of schema.org's NewsMediaOrganization. */
  policies: Partial<Record<PolicyName, string>>;
  /** Sources that extend the content security policy. */
  csp: Csp;
  /** Desks and topics of items from news agencies. */
  wire: WireSettings;
  /** Target of deployments, and what they notify. */
  deploy: DeploySettings;
  rules: Record<string, RuleSetting>;
}

/** Settings with texts for readers. `Text` is `LocalText`, or `string` if the texts are in one language. */
export interface SiteTexts<Text> {
  name: Text;
  tagline: Text | undefined;
  publisher: { name: Text; url: string | undefined; logo: string | undefined };
  desks: Desk<Text>[];
  topics: Topic<Text>[];
  navigation: MenuItem<Text>[];
  footer: MenuItem<Text>[];
}

/** schema.org properties for a newsroom's policies. */
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

/** A section of the publication, such as world or politics. */
export interface Desk<Text = LocalText> {
  id: string;
  name: Text;
  description: Text | undefined;
  /** Former addresses of its page, as paths from the site's root, which may have a query. */
  aliases: string[];
}

/** A subject that stories from several desks share. */
export interface Topic<Text = LocalText> {
  id: string;
  name: Text;
  description: Text | undefined;
  /** Former addresses of its page, as paths from the site's root, which may have a query. */
  aliases: string[];
}

/** A redirect as site.yaml describes it. */
export interface RedirectSetting {
  /** Path from the site's root, which may have a query, or end in `*` for all paths with this beginning. */
  from: string;
  /** Path from the site's root, or a web address. */
  to: string;
}

/** A menu item. `url` is a path from the site's root, or a web address. */
export interface MenuItem<Text = LocalText> {
  text: Text;
  url: string;
}

const id = z.string().regex(/^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u, problem('id'));
const address = z.string().regex(/^(\/(?!\/)|https?:\/\/)\S*$/, problem('address'));
const menu = z.array(z.strictObject({ text: localText, url: address })).default([]);
const defined = z
  .array(z.strictObject({ id, name: localText, description: localText.optional(), aliases: formerAddresses }))
  .default([]);
const redirects = z
  .array(z.strictObject({ from: z.string().refine(isRedirectSource, problem('redirect')), to: address }))
  .default([]);

/** Schema of a whole number, written as text. @param code code of the message about other values */
const numberFrom = (
  least: number,
  most: number,
  code: 'per-page' | 'lead-days' | 'limit-seconds' | 'limit-megabytes',
) =>
  z
    .string()
    .refine(count => /^\d+$/.test(count) && Number(count) >= least && Number(count) <= most, problem(code))
    .transform(Number);

const permalink = z.string().superRefine((pattern, context) => {
  const found = permalinkProblem(pattern);
  if (found) context.addIssue({ code: 'custom', message: found.error, params: found.params });
});
const switchOf = (name: OutputName) => z.boolean().default(!('isOff' in outputs[name]));
const switches = Object.fromEntries(outputNames.map(name => [name, switchOf(name)])) as Record<
  OutputName,
  ReturnType<typeof switchOf>
>;

const timeZone = z.string().superRefine((name, context) => {
  if (isTimeZone(name)) return;
  const { error, params } = problem('time-zone', { meant: suggestTimeZone(name) });
  context.addIssue({ code: 'custom', message: error, params });
});

/** Schema of site.yaml. */
export const siteSchema = z.strictObject({
  name: localText,
  tagline: localText.optional(),
  url: z.string().refine(isSiteAddress, problem('site-address')),
  lang: languageTag.default('en'),
  timeZone: timeZone.default('UTC'),
  publisher: z
    .strictObject({ name: localText, url: webAddress.optional(), logo: address.optional() })
    .optional(),
  desks: defined,
  topics: defined,
  navigation: menu,
  footer: menu,
  typography: z.boolean().default(true),
  parser: z.enum(parserNames).default('satteri'),
  permalink: permalink.default(defaultPermalink),
  formerPermalinks: z.array(permalink).default([]),
  redirects,
  perPage: numberFrom(2, 1000, 'per-page').default(24),
  leadDays: numberFrom(1, 3650, 'lead-days').default(7),
  limits: z
    .strictObject({
      seconds: numberFrom(1, 3600, 'limit-seconds').default(20),
      megabytes: numberFrom(128, 16_384, 'limit-megabytes').default(1024),
    })
    .prefault({}),
  pictures: pictureSchema,
  theme: themeSchema,
  outputs: z.strictObject(switches).prefault({}),
  robots: z
    .strictObject({ disallow: z.array(text).default([]), aiCrawlers: z.boolean().default(true) })
    .prefault({}),
  policies: z.partialRecord(z.enum(policyNames), address).default({}),
  csp: cspSchema,
  wire: wireSchema,
  deploy: deploySchema,
  rules: z.record(z.string(), z.enum(['off', 'warning', 'error'])).optional(),
});

/** Whether a text can be the public address of a site. */
export function isSiteAddress(address: string): boolean {
  return /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/i.test(address) && URL.canParse(address);
}

/** Hosts that exist only on one computer. */
const localHost = /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;

/** The configuration, with the places of its values and the hash of its file. */
export interface SiteConfig {
  config: Config;
  /** Finds the place of a value in site.yaml by its dotted path. */
  placeOf: PlaceOf;
  /** Hash of site.yaml's bytes. */
  hash: string;
}

/** Input of `readConfig`. */
export interface ConfigInput {
  /** Bytes of site.yaml; undefined if the file does not exist. */
  bytes: Uint8Array | undefined;
  /** Value of `--base-path`, which replaces the path in `url`. */
  basePath?: string | undefined;
  /** Ids of the rules that `rules` may set, besides `readingRules`. */
  ruleIds: readonly string[];
}

/** The result of reading site.yaml. */
export interface ReadConfig {
  /**
   * Undefined if the file is missing, cannot be parsed, does not fit the schema or has an unknown key. Duplicate
   * ids and unknown rules are dropped.
   */
  site: SiteConfig | undefined;
  /**
   * Configuration with defaults in place of invalid values, so that the rest of the site can be checked; undefined
   * if the file is missing or cannot be parsed, or if all values are valid.
   */
  flawed: SiteConfig | undefined;
  diagnostics: Diagnostic[];
}

/** Our keys by their former names, and by the names that other generators use, for the site and for menu items. */
const synonyms: Synonyms = {
  ...newNames('site'),
  address: 'url',
  baseURL: 'url',
  baseUrl: 'url',
  description: 'tagline',
  href: 'url',
  label: ['text', 'name'],
  language: 'lang',
  languageCode: 'lang',
  link: 'url',
  locale: 'lang',
  menu: 'navigation',
  name: 'text',
  sections: 'desks',
  subtitle: 'tagline',
  timezone: 'timeZone',
  title: ['text', 'name'],
};

/** Rules that depend on which addresses the site has. */
const addressRules = [
  'navigation-target',
  'link-target',
  'alias-conflict',
  'redirect-conflict',
  'redirect-target',
  'url-conflict',
];

/** Rules that report the consequences of an invalid value in site.yaml, by its key. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  desks: ['desk-unknown', ...addressRules],
  topics: ['topic-unknown', ...addressRules],
  permalink: addressRules,
  redirects: ['link-target', 'redirect-target'],
  perPage: ['link-target', 'redirect-target'],
  outputs: addressRules,
  lang: ['translation-original', 'link-target'],
  timeZone: ['date-zone', 'date-order'],
};

/** Values of required keys that are missing or invalid. No site with them is published. */
const placeholders = { name: 'Broadsheet', url: 'https://example.org/' };

/** Default values of site.yaml. */
const defaults = (): Record<string, unknown> => ({
  ...placeholders,
  ...Object.fromEntries(
    Object.entries(siteSchema.shape).flatMap(([key, schema]) => {
      const { success, data } = schema.safeParse(undefined);
      return success ? [[key, data]] : [];
    }),
  ),
});

/** Reads site.yaml. Diagnostics report everything that is wrong with it. */
export function readConfig({ bytes, basePath, ruleIds }: ConfigInput): ReadConfig {
  const diagnostics: Diagnostic[] = [];
  const report = reportTo(diagnostics, configPath);
  if (bytes === undefined) {
    report('error', 'site-config-absent', undefined);
    return { site: undefined, flawed: undefined, diagnostics };
  }
  const decoded = decodeText(bytes, report);
  const text = { text: decoded ?? '', origin: { line: 1, column: 1 } };
  const yaml =
    decoded === undefined
      ? undefined
      : readPartlyValidYaml(text, siteSchema, 'site-config', report, synonyms);
  if (!yaml) return { site: undefined, flawed: undefined, diagnostics };
  const { placeOf } = yaml;
  const value = yaml.value ?? ({ ...defaults(), ...yaml.valid } as z.output<typeof siteSchema>);
  const hasUnknownKey = diagnostics.some(({ code }) => code === 'site-config-unknown-key');
  const isFlawed = !yaml.value || hasUnknownKey;
  const rules = knownRules(value.rules, yaml.places, ruleIds, report);
  checkUniqueIds('desks', value.desks, placeOf, report);
  checkUniqueIds('topics', value.topics, placeOf, report);
  checkWire(value.wire, value, placeOf, report);
  const theme = readThemeSettings(value.theme, placeOf, report);
  const address = new URL(value.url);
  if (localHost.test(address.hostname))
    report('warning', 'site-config-value/local', placeOf('url'), { key: 'url' });
  const config: Config = {
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
    desks: uniqueById(value.desks),
    topics: uniqueById(value.topics),
    navigation: value.navigation,
    footer: value.footer,
    typography: value.typography,
    parser: value.parser,
    permalink: value.permalink,
    formerPermalinks: value.formerPermalinks,
    redirects: value.redirects,
    perPage: value.perPage,
    leadDays: value.leadDays,
    limits: value.limits,
    pictures: readPictureSettings(value.pictures),
    theme,
    outputs: value.outputs,
    robots: value.robots,
    policies: value.policies,
    csp: value.csp,
    wire: value.wire,
    deploy: value.deploy,
    rules: isFlawed ? { ...rules, ...silencedRules(yaml, hasUnknownKey) } : rules,
  };
  const site = { config, placeOf, hash: hashOf(bytes) };
  return { site: isFlawed ? undefined : site, flawed: isFlawed ? site : undefined, diagnostics };
}

/**
 * Turns off the rules that would report the consequences of invalid values. An unknown key may be any absent key:
 * if `desks` is misspelt, every article would be reported, too.
 */
function silencedRules(
  { valid, placeOf }: PartlyCheckedYaml<z.output<typeof siteSchema>>,
  hasUnknownKey: boolean,
): Record<string, RuleSetting> {
  // A file without its required keys is unfinished.
  const isUnfinished = hasUnknownKey || Object.keys(placeholders).some(key => placeOf(key) === undefined);
  const keys = Object.keys(consequences).filter(
    key => !(key in valid) || (isUnfinished && placeOf(key) === undefined),
  );
  return Object.fromEntries(keys.flatMap(key => consequences[key]!.map(rule => [rule, 'off'])));
}

/** Normalizes a path so that it begins and ends with one slash; an empty path becomes `/`. */
export function normalizeBasePath(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/**
 * Keeps the settings of existing rules, and reports the others. Looks for unknown names in the keys of
 * `places`, because `__proto__` is an ordinary name there.
 */
function knownRules(
  rules: Record<string, RuleSetting> | undefined,
  places: () => Places,
  ruleIds: readonly string[],
  report: Report,
): Record<string, RuleSetting> {
  if (rules === undefined) return {};
  const known = [...ruleIds, ...Object.keys(readingRules)];
  for (const [key, place] of Object.entries(places())) {
    const name = /^rules\.(.*):key$/.exec(key)?.[1];
    if (name === undefined || known.includes(name)) continue;
    report('error', 'site-config-unknown-rule', place, {
      name,
      suggestion: suggest(name, known, newNames('site', ['rules'])),
    });
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
    report('error', 'site-config-value/duplicate', placeOf(`${key}.${index}.id`), { key, id });
  });
}

const uniqueById = <Item extends { id: string; description?: LocalText | undefined }>(
  items: readonly Item[],
) =>
  items
    .filter((item, index) => items.findIndex(({ id }) => id === item.id) === index)
    .map(item => ({ ...item, description: item.description }));

/** JSON Schema (2020-12) for site.yaml, for code editors that check and complete YAML. */
export const siteConfigSchema = (): object => ({
  title: 'Settings of a Broadsheet site',
  ...editorSchema(siteSchema, text => text.enum === undefined),
});

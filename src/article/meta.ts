/** Front-matter schemas, and the normalization of front matter to meta. */
import { posix } from 'node:path';
import { slug as toSlug } from 'github-slugger';
import * as z from 'zod';
import type { TimeZone } from '../base/dates.ts';
import type { Report } from '../base/diagnostics.ts';
import { editorSchema, formerAddresses, localText, text, webAddress } from '../base/schemas.ts';
import { plainWords } from '../base/words.ts';
import type { PartlyCheckedYaml, PlaceOf } from '../base/yaml.ts';
import type { DateTime } from './keys.ts';
import { type ArticleMeta, articleKeys, documentKeys, type KeyReader } from './keys.ts';
import type { AuthorMeta, PageMeta } from './model.ts';
import { applyTypography, type TypographyStyle } from './typography.ts';
import { earliestYear, readWrittenDate } from './written-dates.ts';

/** Schema of an article's front matter. */
export const articleSchema = z.strictObject({
  ...schemasOf(articleKeys),
  ...schemasOf(documentKeys),
});

/** Collects the schemas of declared keys. */
function schemasOf<Keys extends Record<string, { schema: z.ZodType }>>(
  keys: Keys,
): { [Key in keyof Keys]: Keys[Key]['schema'] } {
  const schemas = Object.entries(keys).map(([name, { schema }]) => [name, schema]);
  return Object.fromEntries(schemas) as { [Key in keyof Keys]: Keys[Key]['schema'] };
}

/** Schema of a standing page's front matter. */
export const pageSchema = z.strictObject({
  title: text,
  description: text.optional(),
  chapters: z.array(text).default([]),
  aliases: formerAddresses,
  ...schemasOf(documentKeys),
});

/** Schema of the front matter in an author's file. */
export const authorSchema = z.strictObject({
  name: localText,
  role: localText.optional(),
  url: webAddress.optional(),
  links: z.array(z.strictObject({ text, url: webAddress })).default([]),
  picture: text.optional(),
  aliases: formerAddresses,
  ...schemasOf(documentKeys),
});

/** Settings that normalizing front matter depends on. */
export interface MetaSettings {
  /** Path of the document, relative to the site's root. */
  path: string;
  timeZone: TimeZone;
  typography: TypographyStyle | undefined;
}

/** Resolves a file name in the document at `path` to a path relative to the site's root. */
const pathFrom = (path: string, name: string): string => posix.join(posix.dirname(path), name);

const keyReaders = Object.entries(articleKeys).map(
  ([name, { read }]) => [name, read as (value: unknown, reader: KeyReader) => unknown] as const,
);

/** Normalized front matter. */
export interface NormalizedMeta<Meta> {
  /** Undefined if a value is invalid. */
  meta: Meta | undefined;
  /** Valid values of an article with invalid ones. Rules check them. */
  valid: Partial<ArticleMeta>;
}

/** Normalizes every valid key of an article's front matter. Reports invalid dates. */
export function normalizeArticleMeta(
  { value, valid, placeOf }: PartlyCheckedYaml<z.output<typeof articleSchema>>,
  settings: MetaSettings,
  report: Report,
): NormalizedMeta<ArticleMeta> {
  const invalid = new Set<string>();
  let current = '';
  const reader: KeyReader = {
    date(text, path) {
      const key = path === undefined ? current : `${current}.${path}`;
      const date = normalizeDate(key, text, settings.timeZone, placeOf, report);
      if (date === undefined) invalid.add(current);
      return date ?? '';
    },
    prose: text => applyTypography(text, settings.typography),
    path: name => pathFrom(settings.path, name),
  };
  const values: Record<string, unknown> = valid;
  const meta: Record<string, unknown> = {};
  for (const [name, read] of keyReaders) {
    if (!(name in values) && !value) continue;
    current = name;
    meta[name] = read(values[name], reader);
  }
  for (const name of invalid) delete meta[name];
  const isValid = value !== undefined && invalid.size === 0;
  return isValid ? { meta: meta as ArticleMeta, valid: {} } : { meta: undefined, valid: meta };
}

/** Normalizes the front matter of a standing page. */
export function normalizePageMeta(
  { value }: PartlyCheckedYaml<z.output<typeof pageSchema>>,
  settings: MetaSettings,
): NormalizedMeta<PageMeta> {
  if (!value) return { meta: undefined, valid: {} };
  const meta = {
    title: applyTypography(plainWords(value.title), settings.typography),
    description: value.description && applyTypography(value.description, settings.typography),
    chapters: [...new Set(value.chapters.map(name => pathFrom(settings.path, name)))],
    aliases: [...new Set(value.aliases)],
  };
  return { meta, valid: {} };
}

/** Normalizes the front matter of an author's file. */
export function normalizeAuthorMeta({
  value,
}: PartlyCheckedYaml<z.output<typeof authorSchema>>): NormalizedMeta<AuthorMeta> {
  if (!value) return { meta: undefined, valid: {} };
  const { name, role, url, links, picture, aliases } = value;
  return { meta: { name, role, url, links, picture, aliases: [...new Set(aliases)] }, valid: {} };
}

/**
 * Last part of a document's address: the key `slug`, or GitHub's slug of the file name. Uses the folder's
 * name for index.md, and omits the language of `x.he.md`.
 * @param written value of the key `slug`
 * @returns an empty string if the name has no usable characters
 */
export function slugOf(path: string, written: string | undefined, lang: string): string {
  if (written !== undefined) return written;
  const name = posix.basename(path, '.md').replace(new RegExp(`\\.${lang}$`, 'i'), '');
  return toSlug(plainWords(name === 'index' ? posix.basename(posix.dirname(path)) : name).normalize('NFC'));
}

function normalizeDate(
  key: string,
  raw: string,
  timeZone: TimeZone,
  placeOf: PlaceOf,
  report: Report,
): DateTime | undefined {
  const date = timeZone.parse(raw);
  const place = placeOf(key);
  if (!date) {
    const meant = readWrittenDate(raw, timeZone);
    const example = timeZone.parse(exampleTime)?.dateTime ?? exampleTime;
    report('error', 'front-matter-date', place, { text: raw, meant, example });
    return undefined;
  }
  const { dateTime, zoned } = date;
  const year = Number(raw.trim().slice(0, 4));
  if (year < earliestYear) {
    report('error', 'front-matter-date/year', place, { text: raw, year });
    return undefined;
  }
  if (zoned) return dateTime;
  const data = { text: raw, timeZone: timeZone.name, dateTime };
  const nextDay = key === 'expires' ? dayAfter(raw, timeZone) : undefined;
  if (nextDay === undefined) report('warning', 'date-zone', place, data);
  else report('warning', 'date-zone/expires', place, { ...data, nextDay });
  return dateTime;
}

/** Local time that messages show as an example. */
const exampleTime = '2025-03-05T13:00:00';

/** The end of a day that is written without a time; undefined if the text has a time. */
function dayAfter(text: string, timeZone: TimeZone): string | undefined {
  if (text.includes(':')) return undefined;
  const next = new Date(Date.parse(text.trim()) + 86_400_000);
  return timeZone.parse(next.toISOString().slice(0, 10))?.dateTime;
}

/** JSON Schema (2020-12) for an article's front matter, for code editors that check and complete YAML. */
export function frontMatterSchema(): object {
  const schema = editorSchema(articleSchema);
  const declared = Object.entries({ ...articleKeys, ...documentKeys });
  const properties = Object.fromEntries(
    declared.map(([name, { about, example }]) => [
      name,
      { description: about, examples: [example], ...(schema.properties?.[name] as object) },
    ]),
  );
  return { title: 'Front matter of a Broadsheet article', ...schema, properties };
}

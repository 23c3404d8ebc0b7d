/** Schemas of front matter, and the meta that it becomes. */
import { posix } from 'node:path';
import { slug as toSlug } from 'github-slugger';
import * as z from 'zod';
import type { TimeZone } from '../base/dates.ts';
import type { Report } from '../base/diagnostics.ts';
import { languageTag, text, webAddress } from '../base/schemas.ts';
import type { CheckedYaml, PlaceOf } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';
import {
  type ArticleMeta,
  type AuthorMeta,
  type DateTime,
  type PageMeta,
  prominences,
  workTypes,
} from './model.ts';
import { applyTypography, type TypographyStyle } from './typography.ts';

const slug = z.string().refine(value => value !== '' && toSlug(value) === value, problem('slug'));

const alias = z
  .string()
  .refine(
    value => /^\/(?!\/)[^\s\\?#*]*$/.test(value) && !value.includes('/:') && posix.normalize(value) === value,
    problem('alias'),
  );

/** Front matter of an article. */
export const articleSchema = z.strictObject({
  title: text,
  standfirst: text.optional(),
  kicker: text.optional(),
  dateline: text.optional(),
  published: text,
  updated: text.optional(),
  desk: text,
  authors: z.array(text).default([]),
  topics: z.array(text).default([]),
  sources: z
    .array(
      z.strictObject({
        name: text,
        url: webAddress.optional(),
        note: text.optional(),
        firstReport: z.boolean().default(false),
      }),
    )
    .default([]),
  keyFigures: z.array(z.strictObject({ value: text, label: text, source: text.optional() })).default([]),
  related: z.array(text).default([]),
  corrections: z.array(z.strictObject({ date: text, text })).default([]),
  draft: z.boolean().default(false),
  aliases: z.array(alias).default([]),
  expires: text.optional(),
  prominence: z.enum(prominences).default('normal'),
  type: z.enum(workTypes).default('news'),
  people: z.array(text).default([]),
  translationOf: text.optional(),
  lang: languageTag.optional(),
  slug: slug.optional(),
});

/** Front matter of a standing page. */
export const pageSchema = z.strictObject({
  title: text,
  description: text.optional(),
  lang: languageTag.optional(),
  slug: slug.optional(),
});

/** Front matter of an author's file. */
export const authorSchema = z.strictObject({
  name: text,
  role: text.optional(),
  url: webAddress.optional(),
  links: z.array(z.strictObject({ text, url: webAddress })).default([]),
  picture: text.optional(),
  lang: languageTag.optional(),
  slug: slug.optional(),
});

/** The settings that normalizing front matter depends on. */
export interface MetaSettings {
  path: string;
  timeZone: TimeZone;
  typography: TypographyStyle | undefined;
}

/** Front matter as an article's meta: dates in the site's zone, prose with the language's quotation marks, paths from the root. */
export function normalizeArticleMeta(
  { value, placeOf }: CheckedYaml<z.output<typeof articleSchema>>,
  settings: MetaSettings,
  report: Report,
): ArticleMeta | undefined {
  const date = (key: string, raw: string) => normalizeDate(key, raw, settings.timeZone, placeOf, report);
  const beside = (path: string) => posix.join(posix.dirname(settings.path), path);
  const prose = (raw: string) => applyTypography(raw, settings.typography);
  const published = date('published', value.published);
  const updated = value.updated === undefined ? undefined : date('updated', value.updated);
  const expires = value.expires === undefined ? undefined : date('expires', value.expires);
  const corrections = value.corrections.map(({ date: raw, text }, index) => ({
    date: date(`corrections.${index}.date`, raw),
    text: prose(text),
  }));
  if (published === undefined || (value.updated !== undefined && updated === undefined)) return undefined;
  if (value.expires !== undefined && expires === undefined) return undefined;
  if (
    !corrections.every(
      (correction): correction is { date: DateTime; text: string } => correction.date !== undefined,
    )
  ) {
    return undefined;
  }
  return {
    title: prose(value.title),
    standfirst: value.standfirst && prose(value.standfirst),
    kicker: value.kicker && prose(value.kicker),
    dateline: value.dateline && prose(value.dateline),
    published,
    updated,
    desk: value.desk,
    authors: unique(value.authors),
    topics: unique(value.topics),
    sources: value.sources.map(source => ({
      name: prose(source.name),
      url: source.url,
      note: source.note && prose(source.note),
      firstReport: source.firstReport,
    })),
    keyFigures: value.keyFigures.map(figure => ({
      value: prose(figure.value),
      label: prose(figure.label),
      source: figure.source && prose(figure.source),
    })),
    related: unique(value.related).map(beside),
    corrections,
    draft: value.draft,
    aliases: unique(value.aliases),
    expires,
    prominence: value.prominence,
    type: value.type,
    people: unique(value.people).map(prose),
    translationOf: value.translationOf && beside(value.translationOf),
  };
}

/** Front matter as a standing page's meta. */
export function normalizePageMeta(
  { value }: CheckedYaml<z.output<typeof pageSchema>>,
  settings: MetaSettings,
): PageMeta {
  return {
    title: applyTypography(value.title, settings.typography),
    description: value.description && applyTypography(value.description, settings.typography),
  };
}

/** Front matter as an author's meta. */
export function normalizeAuthorMeta({ value }: CheckedYaml<z.output<typeof authorSchema>>): AuthorMeta {
  return { name: value.name, role: value.role, url: value.url, links: value.links, picture: value.picture };
}

/** The last part of the address: the key `slug`, or GitHub's slug of the file's name (its folder's, for index.md), without the language in `x.he.md`. */
export function slugOf(path: string, written: string | undefined, lang: string): string {
  if (written !== undefined) return written;
  const name = posix.basename(path, '.md').replace(new RegExp(`\\.${lang}$`, 'i'), '');
  return toSlug((name === 'index' ? posix.basename(posix.dirname(path)) : name).normalize('NFC'));
}

const unique = (list: readonly string[]): string[] => [...new Set(list)];

function normalizeDate(
  key: string,
  raw: string,
  timeZone: TimeZone,
  placeOf: PlaceOf,
  report: Report,
): DateTime | undefined {
  const date = timeZone.parse(raw);
  if (!date) {
    report('error', 'front-matter-date', placeOf(key), { text: raw });
    return undefined;
  }
  const { dateTime, zoned } = date;
  if (!zoned) report('warning', 'date-zone', placeOf(key), { text: raw, timeZone: timeZone.name, dateTime });
  return dateTime;
}

/** JSON Schema (2020-12) of an article's front matter, for editors that check and complete YAML. */
export function frontMatterSchema(): object {
  return {
    title: 'Front matter of a Broadsheet article',
    ...z.toJSONSchema(articleSchema, {
      io: 'input',
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // Text may also be written as a number: `value: 59`.
        if (jsonSchema.type === 'string' && jsonSchema.minLength === 1)
          jsonSchema.type = ['string', 'number'] as never;
      },
    }),
  };
}

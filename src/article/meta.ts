/** The front matter's schemas: what may stand there, and what it becomes. */
import { posix } from 'node:path';
import { slug as toSlug } from 'github-slugger';
import * as z from 'zod';
import type { TimeZone } from '../base/dates.ts';
import type { Report } from '../base/diagnostics.ts';
import { isLanguageTag } from '../base/languages.ts';
import type { CheckedYaml, PlaceOf } from '../base/yaml.ts';
import {
  type ArticleMeta,
  type AuthorMeta,
  type DateTime,
  type PageMeta,
  prominences,
  workTypes,
} from './model.ts';
import { applyTypography, type TypographyStyle } from './typography.ts';

const text = z.string().trim().min(1);
const webAddress = z
  .string()
  .regex(/^https?:\/\/\S+$/i, 'is not a web address. Write it in full, with https://.');
const language = z
  .string()
  .refine(isLanguageTag, "is not a language tag. Write one such as 'en', 'he' or 'pt-BR'.");

const slug = z
  .string()
  .refine(
    value => value !== '' && toSlug(value) === value,
    "is not a slug. Write small letters, digits and hyphens, without '/' or '..'.",
  );

const alias = z
  .string()
  .refine(
    value => /^\/(?!\/)[^\s\\?#*]*$/.test(value) && !value.includes('/:') && posix.normalize(value) === value,
    "is not a path of this site. Write it from the root: '/old/address/'.",
  );

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
  lang: language.optional(),
  slug: slug.optional(),
});

export const pageSchema = z.strictObject({
  title: text,
  description: text.optional(),
  lang: language.optional(),
  slug: slug.optional(),
});

export const authorSchema = z.strictObject({
  name: text,
  role: text.optional(),
  url: webAddress.optional(),
  links: z.array(z.strictObject({ text, url: webAddress })).default([]),
  picture: text.optional(),
  lang: language.optional(),
  slug: slug.optional(),
});

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
    authors: once(value.authors),
    topics: once(value.topics),
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
    related: once(value.related).map(beside),
    corrections,
    draft: value.draft,
    aliases: once(value.aliases),
    expires,
    prominence: value.prominence,
    type: value.type,
    people: once(value.people).map(prose),
    translationOf: value.translationOf && beside(value.translationOf),
  };
}

export function normalizePageMeta(
  { value }: CheckedYaml<z.output<typeof pageSchema>>,
  settings: MetaSettings,
): PageMeta {
  return {
    title: applyTypography(value.title, settings.typography),
    description: value.description && applyTypography(value.description, settings.typography),
  };
}

export function normalizeAuthorMeta({ value }: CheckedYaml<z.output<typeof authorSchema>>): AuthorMeta {
  return { name: value.name, role: value.role, url: value.url, links: value.links, picture: value.picture };
}

/** The last part of the address: the key `slug`, or GitHub's slug of the file's name (its folder's, for index.md), without the language in `x.he.md`. */
export function slugOf(path: string, written: string | undefined, lang: string): string {
  if (written !== undefined) return written;
  const name = posix.basename(path, '.md').replace(new RegExp(`\\.${lang}$`, 'i'), '');
  return toSlug((name === 'index' ? posix.basename(posix.dirname(path)) : name).normalize('NFC'));
}

const once = (list: readonly string[]): string[] => [...new Set(list)];

function normalizeDate(
  key: string,
  raw: string,
  timeZone: TimeZone,
  placeOf: PlaceOf,
  report: Report,
): DateTime | undefined {
  const date = timeZone.parse(raw);
  if (!date) {
    report(
      'error',
      'front-matter-date',
      placeOf(key),
      `'${raw}' is not a date that the calendar has. Write it as 2025-03-05T13:00:00-05:00.`,
    );
    return undefined;
  }
  if (!date.zoned) {
    report(
      'warning',
      'date-zone',
      placeOf(key),
      `'${raw}' has no time zone; it is taken in the site's, ${timeZone.name}. Write ${date.dateTime}.`,
    );
  }
  return date.dateTime;
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

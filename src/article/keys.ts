/**
 * Front-matter keys of an article, each declared only here. The zod schema, `ArticleMeta` and the JSON Schemas
 * of front matter and article.json are derived from this table, or do not compile until they handle a new key.
 */
import { slug as toSlug } from 'github-slugger';
import * as z from 'zod';
import { isIsoDate } from '../base/dates.ts';
import { formerAddresses, languageTag, text, webAddress } from '../base/schemas.ts';
import { plainWords } from '../base/words.ts';
import { problem } from '../base/yaml-messages.ts';

/** RFC 3339 date-time with the UTC offset of the site's time zone at that moment. */
export type DateTime = string;

/** Levels of prominence on the front page, the highest first. */
export const prominences = ['lead', 'high', 'normal'] as const;
export type Prominence = (typeof prominences)[number];

/**
 * Types of work. Most are defined by the Trust Project, and correspond to schema.org's subtypes of NewsArticle.
 */
export const workTypes = [
  'news',
  'report',
  'analysis',
  'opinion',
  'editorial',
  'background',
  'explainer',
  'review',
  'interview',
  'obituary',
  'photo-essay',
  'video',
  'audio',
  'agency',
  'sponsored',
] as const;
export type WorkType = (typeof workTypes)[number];

/** Kinds of reviewed works, which correspond to types of schema.org. */
export const workKinds = [
  'book',
  'film',
  'series',
  'album',
  'play',
  'game',
  'exhibition',
  'restaurant',
  'product',
] as const;
export type WorkKind = (typeof workKinds)[number];

/** A mark: `value` out of `best`. */
export interface Rating {
  value: number;
  best: number;
}

/** Matches `4/5` and `7.5/10`. */
const ratingPattern = /^(\d{1,3}(?:[.,]\d)?)\s*\/\s*([1-9]\d{0,2})$/;

/** Reads a rating; undefined if it has another form, or more than the best mark. */
function readRating(text: string): Rating | undefined {
  const [, value = '', best = ''] = ratingPattern.exec(text) ?? [];
  const rating = { value: Number(value.replace(',', '.')), best: Number(best) };
  return value !== '' && rating.value <= rating.best ? rating : undefined;
}

const rating = text.refine(value => readRating(value) !== undefined, problem('rating'));
/** A year, a month or a day of a life. */
const dateOfLife = text.refine(isIsoDate, problem('life-date'));

/** Converts text from the front matter of one article. */
export interface KeyReader {
  /**
   * Normalizes a date to RFC 3339 in the site's time zone.
   * @param path path below the key, such as `0.date`
   * @returns an empty string if the date is invalid, which is reported
   */
  date(text: string, path?: string): DateTime;
  /** Applies the typography of the article's language to text for readers. */
  prose(text: string): string;
  /** Resolves a file name relative to the article to a path from the site's root. */
  path(name: string): string;
}

interface JsonField {
  schema: object;
  /** Whether article.json always has the field. A list is always present, although it may be empty. */
  required: boolean;
  /** Whether emit/article-json.ts must look up the value, such as the name for an id. */
  resolved?: true;
}

interface KeyDeclaration<Schema extends z.ZodType, Meta> {
  /** Schema of the value in YAML. */
  schema: Schema;
  /** Short description, for code editors and the manual. */
  about: string;
  /** Example of a value in YAML. */
  example: unknown;
  /** Converts the checked value to the model's value. */
  read(value: z.output<Schema>, reader: KeyReader): Meta;
  /** Field in article.json; undefined if article.json omits the key. */
  json?: JsonField;
  /** Whether story templates receive a copy of the model's value, as `article.<key>`. */
  page?: true;
}

/** Returns a declaration unchanged, and infers the types of the key's value. */
const key = <Schema extends z.ZodType, Meta, const Rest extends object>(
  declaration: KeyDeclaration<Schema, Meta> & Rest,
): KeyDeclaration<Schema, Meta> & Rest => declaration;

const list = z.array(text).default([]);
const unique = (items: readonly string[]): string[] => [...new Set(items)];
const asIs = <Value>(value: Value): Value => value;
const optionalProse = (value: string | undefined, { prose }: KeyReader): string | undefined =>
  value === undefined ? undefined : prose(value);

const json = {
  text: { type: 'string' },
  texts: { type: 'array', items: { type: 'string' } },
  dateTime: { type: 'string', format: 'date-time' },
  named: {
    type: 'object',
    properties: { id: { type: 'string' }, name: { type: 'string' } },
    required: ['id', 'name'],
    additionalProperties: false,
  },
  rating: {
    type: 'object',
    properties: { value: { type: 'number' }, best: { type: 'number' } },
    required: ['value', 'best'],
    additionalProperties: false,
  },
  objects: (properties: Record<string, object>, required: string[]) => ({
    type: 'array',
    items: { type: 'object', properties, required, additionalProperties: false },
  }),
};

/** Keys of an article, in the order of article.json. */
export const articleKeys = {
  /** Type of work, as defined by the Trust Project. */
  type: key({
    schema: z.enum(workTypes).default('news'),
    about: 'Type of work, such as news, analysis or opinion.',
    example: 'analysis',
    read: asIs,
    json: { schema: { enum: workTypes }, required: true },
    page: true,
  }),
  title: key({
    schema: text,
    about: 'Headline.',
    example: 'Council approves the budget',
    read: (value, { prose }) => prose(plainWords(value)),
    json: { schema: json.text, required: true },
  }),
  standfirst: key({
    schema: text.optional(),
    about:
      'Standfirst: one or two sentences below the headline, also used as the description for search engines.',
    example: 'The vote was 7 to 2.',
    read: optionalProse,
    json: { schema: json.text, required: false },
    page: true,
  }),
  /** Line above the headline. The default is the desk's name. */
  kicker: key({
    schema: text.optional(),
    about: 'Short line above the headline.',
    example: 'Explainer',
    read: optionalProse,
    json: { schema: json.text, required: false },
  }),
  /** Title for search engines and link previews. The default is the headline. */
  seoTitle: key({
    schema: text.optional(),
    about: 'Title for search engines and link previews, instead of the headline.',
    example: 'City council budget vote 2026',
    read: optionalProse,
  }),
  /** Description for search engines and link previews. The default is the standfirst. */
  seoDescription: key({
    schema: text.optional(),
    about: 'Description for search engines and link previews, instead of the standfirst.',
    example: 'How each member of the council voted on the budget for 2026.',
    read: optionalProse,
  }),
  dateline: key({
    schema: text.optional(),
    about: 'Place where the story was reported.',
    example: 'Washington',
    read: optionalProse,
    json: { schema: json.text, required: false },
    page: true,
  }),
  published: key({
    schema: text,
    about: 'Date when the story appears. Before this date, it is nowhere on the site.',
    example: '2026-03-05T13:00:00-05:00',
    read: (value, { date }) => date(value),
    json: { schema: json.dateTime, required: true },
  }),
  updated: key({
    schema: text.optional(),
    about: 'Date of the last change to the story.',
    example: '2026-03-06T09:30:00-05:00',
    read: (value, { date }) => (value === undefined ? undefined : date(value)),
  }),
  /** Id of a desk in site.yaml. */
  desk: key({
    schema: text,
    about: 'Desk of the story, as an id from `desks` in site.yaml.',
    example: 'politics',
    read: asIs,
    json: { schema: json.named, required: true, resolved: true },
  }),
  /** Ids of topics in site.yaml. */
  topics: key({
    schema: list,
    about: 'Topics of the story, as ids from `topics` in site.yaml.',
    example: ['gaza', 'ceasefire'],
    read: unique,
    json: { schema: { type: 'array', items: json.named }, required: true, resolved: true },
  }),
  /** Names of the people in the story. */
  people: key({
    schema: list,
    about: 'Names of the people that the story is about.',
    example: ['Karoline Leavitt'],
    read: (value, { prose }) => unique(value).map(prose),
    json: { schema: json.texts, required: true },
  }),
  /** Ids of authors, which are file names in content/authors/. */
  authors: key({
    schema: list,
    about: 'Authors, as names of files in content/authors/ without .md.',
    example: ['jane-doe'],
    read: unique,
    json: { schema: { type: 'array', items: json.named }, required: true, resolved: true },
  }),
  /** Sources of the facts. `firstReport` marks the source that had the story first. */
  sources: key({
    schema: z
      .array(
        z.strictObject({
          name: text,
          url: webAddress.optional(),
          note: text.optional(),
          firstReport: z.boolean().default(false),
        }),
      )
      .default([]),
    about: 'Sources of the facts in the story.',
    example: [{ name: 'Axios', url: 'https://www.axios.com/', firstReport: true }],
    read: (value, { prose }) =>
      value.map(({ name, url, note, firstReport }) => ({
        name: prose(name),
        url,
        note: note && prose(note),
        firstReport,
      })),
    json: {
      schema: json.objects(
        { name: json.text, url: json.text, note: json.text, firstReport: { type: 'boolean' } },
        ['name', 'firstReport'],
      ),
      required: true,
    },
  }),
  /** Key figures of the story, shown as cards. A value is text, printed as written: `over 2,000`. */
  keyFigures: key({
    schema: z.array(z.strictObject({ value: text, label: text, source: text.optional() })).default([]),
    about: 'Numbers from the story, shown as cards.',
    example: [{ value: 'over 2,000', label: 'freed' }],
    read: (value, { prose }) =>
      value.map(({ value, label, source }) => ({
        value: prose(value),
        label: prose(label),
        source: source && prose(source),
      })),
    json: {
      schema: json.objects({ value: json.text, label: json.text, source: json.text }, ['value', 'label']),
      required: true,
    },
  }),
  /** What a review is about, and what it finds. */
  review: key({
    schema: z
      .strictObject({
        item: text,
        kind: z.enum(workKinds).optional(),
        verdict: text,
        rating: rating.optional(),
        facts: z
          .array(z.strictObject({ label: text, value: text.optional(), rating: rating.optional() }))
          .default([]),
      })
      .optional(),
    about: 'What a review is about, its verdict, an overall rating, and facts about the work.',
    example: { item: 'The Long Winter', kind: 'book', verdict: 'Slow, and worth it.', rating: '4/5' },
    read: (value, { prose }) =>
      value && {
        item: prose(value.item),
        kind: value.kind,
        verdict: prose(value.verdict),
        rating: value.rating === undefined ? undefined : readRating(value.rating),
        facts: value.facts.map(({ label, value, rating }) => ({
          label: prose(label),
          value: value && prose(value),
          rating: rating === undefined ? undefined : readRating(rating),
        })),
      },
    json: {
      schema: {
        type: 'object',
        properties: {
          item: json.text,
          kind: { enum: workKinds },
          verdict: json.text,
          rating: json.rating,
          facts: json.objects({ label: json.text, value: json.text, rating: json.rating }, ['label']),
        },
        required: ['item', 'verdict', 'facts'],
        additionalProperties: false,
      },
      required: false,
    },
  }),
  /** The person of an obituary. Dates are ISO 8601 years, months or days. */
  life: key({
    schema: z
      .strictObject({ name: text, born: dateOfLife.optional(), died: dateOfLife.optional() })
      .optional(),
    about: 'The person of an obituary: name, date of birth and date of death.',
    example: { name: 'Ada Lovelace', born: '1815-12-10', died: '1852-11-27' },
    read: (value, { prose }) => value && { name: prose(value.name), born: value.born, died: value.died },
    json: {
      schema: {
        type: 'object',
        properties: { name: json.text, born: json.text, died: json.text },
        required: ['name'],
        additionalProperties: false,
      },
      required: false,
    },
  }),
  /** Picture for lists and previews, if it is not the first one of the text: a file name beside the story, with options. */
  picture: key({
    schema: text.optional(),
    about: 'Picture for lists and link previews, instead of the first picture of the text.',
    example: 'portrait.jpg#focus=50,20',
    read: asIs,
  }),
  corrections: key({
    schema: z.array(z.strictObject({ date: text, text })).default([]),
    about: 'Corrections: the date, and what was wrong and is now right.',
    example: [{ date: '2026-03-06T09:30:00-05:00', text: 'The vote was 7 to 2, not 7 to 3.' }],
    read: (value, { date, prose }) =>
      value.map((correction, index) => ({
        date: date(correction.date, `${index}.date`),
        text: prose(correction.text),
      })),
    json: {
      schema: json.objects({ date: json.dateTime, text: json.text }, ['date', 'text']),
      required: true,
    },
  }),
  /** Hand-picked articles, as paths relative to the site's root. */
  related: key({
    schema: list,
    about: 'Related stories, as paths relative to this file.',
    example: ['other-story.md'],
    read: (value, { path }) => unique(value).map(path),
  }),
  draft: key({
    schema: z.boolean().default(false),
    about: 'Whether the story is a draft. Drafts are not published.',
    example: true,
    read: asIs,
    page: true,
  }),
  /** Former addresses of the article, as paths from the site's root, which may have a query. */
  aliases: key({
    schema: formerAddresses,
    about: 'Former addresses of the story, which redirect to it.',
    example: ['/old/address/', '/?p=123'],
    read: unique,
  }),
  /** Moment at which the story is taken down. */
  expires: key({
    schema: text.optional(),
    about: 'Date when the story is taken down.',
    example: '2026-04-05T00:00:00-05:00',
    read: (value, { date }) => (value === undefined ? undefined : date(value)),
  }),
  /** Prominence of the story on the front page. */
  prominence: key({
    schema: z.enum(prominences).default('normal'),
    about: 'Prominence of the story on the front page.',
    example: 'lead',
    read: asIs,
  }),
  /** Original of this translation, as a path relative to the site's root. */
  translationOf: key({
    schema: text.optional(),
    about: 'Original of this translation, as a path relative to this file.',
    example: 'story.md',
    read: (value, { path }) => (value === undefined ? undefined : path(value)),
  }),
};

/** Keys that every kind of document may have. Their values are fields of the document, not of its `meta`. */
export const documentKeys = {
  lang: {
    schema: languageTag.optional(),
    about: 'Language tag of the text, if it differs from the language of the site.',
    example: 'he',
  },
  slug: {
    schema: z
      .string()
      .refine(value => value !== '' && toSlug(value) === value, problem('slug'))
      .optional(),
    about: 'Last part of the address. Replaces the name of the file (or, for index.md, of the folder).',
    example: 'budget-vote',
  },
};

type ArticleKeys = typeof articleKeys;

/** The checked and normalized front matter of an article. Dates have the offset of the site's time zone. */
export type ArticleMeta = { [Key in keyof ArticleKeys]: ReturnType<ArticleKeys[Key]['read']> };

/** Keys whose values in article.json differ from those of the model. */
export type ResolvedKey = {
  [Key in keyof ArticleKeys]: ArticleKeys[Key] extends { json: { resolved: true } } ? Key : never;
}[keyof ArticleKeys];

/** Keys that story templates receive. */
export type PageKey = {
  [Key in keyof ArticleKeys]: ArticleKeys[Key] extends { page: true } ? Key : never;
}[keyof ArticleKeys];

const pageKeys = (Object.keys(articleKeys) as (keyof ArticleKeys)[]).filter(
  (name): name is PageKey => 'page' in articleKeys[name],
);

// Calls structuredClone only for objects, because it is slow even for text.
const copyOf = <Value>(value: Value): Value => (typeof value === 'object' ? structuredClone(value) : value);

/**
 * Copies the part of an article's meta that story templates receive, because rendering changes the prototypes of
 * template data. Documents from the cache lack undefined fields; the copy has all fields.
 */
export function pageMetaOf(meta: ArticleMeta): Pick<ArticleMeta, PageKey> {
  return Object.fromEntries(pageKeys.map(name => [name, copyOf(meta[name])])) as Pick<ArticleMeta, PageKey>;
}

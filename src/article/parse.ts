/** Parses a source file into a structured document. `readBody` lists the steps in order. */
import type { Nodes, Root } from 'mdast';
import { VFile } from 'vfile';
import type * as z from 'zod';
import type { TimeZone } from '../base/dates.ts';
import { type Diagnostic, type Report, reportTo } from '../base/diagnostics.ts';
import type { PartlyCheckedYaml, PlaceOf } from '../base/yaml.ts';
import { createSurroundings, type ReadBeside, type Surroundings } from './data-file.ts';
import { adoptFigures } from './figures.ts';
import { splitSource } from './front-matter.ts';
import { adoptHtml } from './html.ts';
import { type KeyPlaces, keyPlacesOf } from './key-places.ts';
import type { ArticleMeta, documentKeys } from './keys.ts';
import { reportLeftovers } from './leftovers.ts';
import type { MarkdownParser } from './markdown.ts';
import {
  articleSchema,
  authorSchema,
  type MetaSettings,
  type NormalizedMeta,
  normalizeArticleMeta,
  normalizeAuthorMeta,
  normalizePageMeta,
  pageSchema,
  slugOf,
} from './meta.ts';
import type { AuthorMeta, ContentDocument, PageMeta, SourceFile } from './model.ts';
import { reportValues } from './plain-values.ts';
import { adoptBlockquotes } from './quotes.ts';
import { adoptRelatedLinks } from './related-links.ts';
import { assignIds, nestSections } from './sections.ts';
import { applyTreeTypography, typographyStyle } from './typography.ts';

/** The part of the site's configuration that parsing depends on. */
export interface ParseSettings {
  /** Language tag of the site (BCP 47). A document's own `lang` takes precedence. */
  lang: string;
  timeZone: TimeZone;
  typography: boolean;
  markdown: MarkdownParser;
}

/** The result of parsing a source file. */
export interface Parsed<Meta> {
  /**
   * Structured document; undefined if an error prevents parsing the body. If only the front matter is invalid,
   * `meta` is undefined, and the body can still be checked.
   */
  document: ContentDocument<Meta | undefined> | undefined;
  /** Valid values of an article's front matter if others are invalid, for the rules; otherwise empty. */
  valid: Partial<ArticleMeta>;
  /** Finds the place of a value in the front matter by its dotted path: `keyFigures.0.value`. */
  placeOf: PlaceOf;
  keyPlaces: KeyPlaces;
  diagnostics: Diagnostic[];
}

/** Parses a file of content/articles/. @param read reads the data files that the document names */
export const parseArticle = (
  source: SourceFile,
  settings: ParseSettings,
  read: ReadBeside,
): Parsed<ArticleMeta> => parseDocument(source, settings, read, articleSchema, normalizeArticleMeta);

/** Parses a file of content/pages/. @param read reads the data files that the document names */
export const parsePage = (source: SourceFile, settings: ParseSettings, read: ReadBeside): Parsed<PageMeta> =>
  parseDocument(source, settings, read, pageSchema, normalizePageMeta);

/** Parses a file of content/authors/. @param read reads the data files that the document names */
export const parseAuthor = (
  source: SourceFile,
  settings: ParseSettings,
  read: ReadBeside,
): Parsed<AuthorMeta> => parseDocument(source, settings, read, authorSchema, normalizeAuthorMeta);

/** Keys that every kind of document may have. */
type DocumentShape = { [Key in keyof typeof documentKeys]: (typeof documentKeys)[Key]['schema'] };

function parseDocument<Schema extends z.ZodObject<DocumentShape>, Meta>(
  source: SourceFile,
  settings: ParseSettings,
  read: ReadBeside,
  schema: Schema,
  normalizeMeta: (
    yaml: PartlyCheckedYaml<z.output<Schema>>,
    settings: MetaSettings,
    report: Report,
  ) => NormalizedMeta<Meta>,
): Parsed<Meta> {
  const diagnostics: Diagnostic[] = [];
  const report = reportTo(diagnostics, source.path);
  const split = splitSource(source, schema, report);
  const unread = { document: undefined, valid: {}, keyPlaces: '{}', diagnostics };
  if (!split) return { ...unread, placeOf: () => undefined };

  const folder = diagnostics.length > 0 ? meantFolder(source) : undefined;
  if (folder) {
    // All other mistakes in the front matter follow from this one.
    diagnostics.length = 0;
    report('error', `content-folder/${folder}`, { line: 1, column: 1 });
  }
  const { frontMatter } = split;
  const placeOf: PlaceOf = path => frontMatter?.placeOf(path);
  const lang = frontMatter?.valid.lang ?? settings.lang;
  const typography = settings.typography ? typographyStyle(lang) : undefined;
  const surroundings = createSurroundings({ path: source.path, lang }, read, diagnostics);
  if (frontMatter) reportValues(frontMatter.valid, placeOf, report);
  const body = readBody(split.body, surroundings, settings.markdown, report);
  if (!body) return { ...unread, placeOf };
  applyTreeTypography(body, typography);

  const slug = slugOf(source.path, frontMatter?.valid.slug, lang);
  if (slug === '') report('error', 'slug-empty', { line: 1, column: 1 });
  if (Buffer.byteLength(slug) > 200) {
    const place = placeOf('slug') ?? { line: 1, column: 1 };
    report('error', 'slug-length', place);
  }
  const { meta, valid } = frontMatter
    ? normalizeMeta(frontMatter, { path: source.path, timeZone: settings.timeZone, typography }, report)
    : { meta: undefined, valid: {} };
  return {
    document: { path: source.path, slug, lang, meta, body },
    valid,
    placeOf,
    keyPlaces: frontMatter ? keyPlacesOf(frontMatter.valid, placeOf) : '{}',
    diagnostics,
  };
}

/** What a file with wrong front matter was probably meant as, if that belongs into another folder. */
function meantFolder({ path, bytes }: SourceFile): 'story' | 'author' | undefined {
  const [, head = ''] = new TextDecoder().decode(bytes.subarray(0, 5000)).split(/^---/m, 2);
  const has = (key: string) => new RegExp(`^${key}:`, 'm').test(head);
  if (path.startsWith('content/pages/')) return has('published') && has('desk') ? 'story' : undefined;
  const isAuthor = has('name') && !has('title') && !has('published');
  return path.startsWith('content/articles/') && isAuthor ? 'author' : undefined;
}

/** Maximum number of levels in a tree. Every later stage can recurse this deep without a stack overflow. */
const depthLimit = 700;

function isDeeper(node: Nodes, levels: number): boolean {
  return levels === 0 || ('children' in node && node.children.some(child => isDeeper(child, levels - 1)));
}

/** Matches more than 500 nested block quotes. The parser would take a minute for 100,000 of them. */
const tooDeep = /^(?:[ \t]*>){501}/m;
const mayBeTooDeep = (text: string): boolean => text.split('>', 502).length > 501;

function readBody(
  text: string,
  surroundings: Surroundings,
  markdown: MarkdownParser,
  report: Report,
): Root | undefined {
  const file = new VFile({ path: surroundings.path, value: text });
  const deepest = mayBeTooDeep(text) ? tooDeep.exec(text) : null;
  if (deepest) {
    const line = text.slice(0, deepest.index).split('\n').length;
    report('error', 'nested-too-deep/quotes', { line, column: 1 });
    return undefined;
  }
  try {
    const tree = markdown(file);
    reportLeftovers(tree, file, report);
    adoptHtml(tree, file, report);
    adoptBlockquotes(tree, report);
    adoptFigures(tree, surroundings, file, report);
    adoptRelatedLinks(tree);
    nestSections(tree, report);
    assignIds(tree);
    if (isDeeper(tree, depthLimit)) throw new RangeError('too deep');
    return tree;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report('error', 'nested-too-deep/blocks', { line: 1, column: 1 });
    return undefined;
  }
}

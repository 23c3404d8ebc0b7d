/** The stages in their order. All messages are collected, then reported; errors end the build before anything is written. */
import { join } from 'node:path';
import { createMarkdownParser } from './article/markdown.ts';
import type { Article, ArticleMeta, ContentDocument } from './article/model.ts';
import { type Parsed, type ParseSettings, parseArticle, parseAuthor, parsePage } from './article/parse.ts';
import { checkDocument, checkSite, ruleIds } from './check/rules.ts';
import { type Config, readConfig } from './config.ts';
import { type Diagnostic, settleDiagnostics } from './diagnostics.ts';
import { emitArticleJson, emitArticleSchema } from './emit/article-json.ts';
import { emitFeeds } from './emit/feeds.ts';
import { emitHostFiles, emitRedirects } from './emit/host-files.ts';
import { emitNinjs } from './emit/ninjs.ts';
import { emitRobots } from './emit/robots.ts';
import { emitSitemaps } from './emit/sitemaps.ts';
import { emitStyles } from './emit/styles.ts';
import { OutputError, writeOutput } from './output.ts';
import { createRenderContext, type RenderContext } from './render/context.ts';
import { bodyHtml, type DocumentOf, type OutputFile, renderPage } from './render/page.ts';
import { readStrings } from './render/strings.ts';
import { createTemplates, TemplateError } from './render/templates.ts';
import { articleEntry, authorEntry, collectSite, pageEntry } from './site/collect.ts';
import type { ArticleEntry, Site } from './site/model.ts';
import { type ArticlePage, hasFeeds, type Page, planPages } from './site/plan.ts';
import { overlayFiles, readSources, readTemplateFiles, type Sources } from './source.ts';

export interface BuildOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** Absolute path of the package's own folder, whose templates and public files serve where the site has none. */
  packageRoot: string;
  /** Absolute path of the output folder; nothing to check alone. */
  out: string | undefined;
  /** Instead of the path of `url` in site.yaml. */
  basePath?: string | undefined;
  drafts: boolean;
  /** Warnings are errors. */
  strict: boolean;
  /** The build's one clock, milliseconds of the epoch. */
  now: number;
  /** Told how far the build is, now and then. */
  progress?: (stage: string, done: number, of: number) => void;
}

export interface BuildResult {
  /** In the order of file, line and column. */
  diagnostics: Diagnostic[];
  /** Whether there was no error; only then is the output written. */
  ok: boolean;
  articles: number;
  /** Files of the site. */
  files: number;
  /** When the next story appears or expires, milliseconds of the epoch. */
  nextChange: number | undefined;
}

type Progress = NonNullable<BuildOptions['progress']>;

export async function build(options: BuildOptions): Promise<BuildResult> {
  const { root, packageRoot, out, now, progress = () => {} } = options;
  const diagnostics: Diagnostic[] = [];
  let rules: Config['rules'] = {};
  const result = (site?: Site, files = 0): BuildResult => {
    const settled = settleDiagnostics(diagnostics, rules, options.strict);
    const ok = settled.every(({ severity }) => severity !== 'error');
    return {
      diagnostics: settled,
      ok,
      articles: site?.articles.length ?? 0,
      files,
      nextChange: site?.nextChange,
    };
  };

  const sources = readSources(root);
  diagnostics.push(...sources.diagnostics);
  const { config, diagnostics: configDiagnostics } = readConfig({
    text: sources.siteYaml,
    basePath: options.basePath,
    ruleIds,
  });
  diagnostics.push(...configDiagnostics);
  if (!config) return result();
  rules = config.rules;

  const documents = parseSources(sources, config, progress);
  diagnostics.push(...documents.diagnostics);

  const publicFiles = overlayFiles(packageRoot, root, 'public');
  const site = collectSite({
    config,
    articles: documents.articles.filter(hasMeta).map(article => articleEntry(article, config)),
    pages: documents.pages.filter(hasMeta).map(pageEntry),
    authors: documents.authors.filter(hasMeta).map(authorEntry),
    assets: sources.assets,
    publicFiles: [...publicFiles.keys()],
    now,
    drafts: options.drafts,
  });
  const { pages, diagnostics: planDiagnostics } = planPages(site);
  diagnostics.push(...planDiagnostics, ...checkSite(site, pages));

  const look = await readLook(packageRoot, root, diagnostics);
  const soFar = result(site);
  if (!soFar.ok || !look) return soFar;

  const context = createRenderContext(site, look.templates, look.strings, `/${look.styles.path}`);
  const bySource = new Map(documents.all.map(document => [document.path, document]));
  const documentOf: DocumentOf = source => bySource.get(source)!;
  const files: OutputFile[] = [look.styles];
  for (const [index, page] of pages.entries()) {
    const made = await guard(diagnostics, () => renderFiles(page, context, documentOf));
    files.push(...(made ?? []));
    progress('Rendering', index + 1, pages.length);
  }
  const emitted = await guard(diagnostics, () => emitFiles(site, pages, context, documentOf, now));
  files.push(...withoutOwn(emitted ?? [], pages));

  const rendered = result(site, files.length);
  if (!rendered.ok || out === undefined) return rendered;
  try {
    writeOutput(out, root, files, copyOf =>
      copyOf.startsWith('public/') ? publicFiles.get(copyOf.slice('public/'.length))! : join(root, copyOf),
    );
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    diagnostics.push({
      file: out,
      place: undefined,
      severity: 'error',
      ruleId: 'output',
      reason: error.message,
    });
  }
  return result(site, files.length);
}

function parseSources(sources: Sources, config: Config, progress: Progress) {
  const settings: ParseSettings = {
    lang: config.lang,
    timeZone: config.timeZone,
    typography: config.typography,
    markdown: createMarkdownParser(config.parser),
  };
  const diagnostics: Diagnostic[] = [];
  const take = <Meta>(parsed: Parsed<Meta>): ContentDocument<Meta | undefined>[] => {
    diagnostics.push(...parsed.diagnostics);
    return parsed.document ? [parsed.document] : [];
  };
  const articles = sources.articles.flatMap((source, index) => {
    progress('Reading', index + 1, sources.articles.length);
    return take(parseArticle(source, settings));
  });
  const pages = sources.pages.flatMap(source => take(parsePage(source, settings)));
  const authors = sources.authors.flatMap(source => take(parseAuthor(source, settings)));
  for (const article of articles) diagnostics.push(...checkDocument(article));
  for (const document of [...pages, ...authors])
    diagnostics.push(...checkDocument({ ...document, meta: undefined }));
  return { articles, pages, authors, all: [...articles, ...pages, ...authors], diagnostics };
}

function hasMeta<Meta>(document: ContentDocument<Meta | undefined>): document is ContentDocument<Meta> {
  return document.meta !== undefined;
}

/** Templates, strings and styles; nothing when one of them is wrong. */
async function readLook(packageRoot: string, root: string, diagnostics: Diagnostic[]) {
  const files = readTemplateFiles(packageRoot, root);
  const { strings, diagnostics: stringDiagnostics } = readStrings(files);
  diagnostics.push(...stringDiagnostics);
  const templates = await guard(diagnostics, () => createTemplates(files));
  const styles = await guard(diagnostics, () => emitStyles(files));
  return templates && styles ? { templates, strings, styles } : undefined;
}

/** A page, and for an article its data beside it. */
function renderFiles(page: Page, context: RenderContext, documentOf: DocumentOf): OutputFile[] {
  const files = [renderPage(page, context, documentOf)];
  if (page.kind !== 'article') return files;
  const { outputs } = context.config;
  const article = documentOf(page.source) as ContentDocument<ArticleMeta>;
  if (outputs.articleJson) files.push(emitArticleJson(page, article, context));
  if (outputs.ninjs) files.push(emitNinjs(page, article, context));
  return files;
}

/** What is made of the site as a whole. */
async function emitFiles(
  site: Site,
  pages: readonly Page[],
  context: RenderContext,
  documentOf: DocumentOf,
  now: number,
): Promise<OutputFile[]> {
  const { config } = site;
  const { outputs } = config;
  const files: OutputFile[] = [];
  if (outputs.articleJson) files.push(emitArticleSchema(context));
  if (outputs.feeds) {
    const htmlOf = createFeedHtml(pages, context, documentOf);
    for (const list of site.lists.filter(hasFeeds)) files.push(...emitFeeds(list, htmlOf, context));
  }
  if (outputs.sitemaps) files.push(...(await emitSitemaps(site, pages, { now })));
  if (outputs.robots) files.push(emitRobots(config));
  if (outputs.redirects) files.push(emitRedirects(pages, config));
  if (outputs.hostFiles) files.push(...emitHostFiles(config));
  return files;
}

/** A file of public/ goes before one that would be made: a robots.txt of the owner's own. */
function withoutOwn(emitted: OutputFile[], pages: readonly Page[]): OutputFile[] {
  const own = new Set(pages.filter(({ kind }) => kind === 'copy').map(({ path }) => path.slice(1)));
  return emitted.filter(({ path }) => !own.has(path));
}

/** Article bodies with absolute addresses, each rendered once for all feeds that carry it. */
function createFeedHtml(
  pages: readonly Page[],
  context: RenderContext,
  documentOf: DocumentOf,
): (entry: ArticleEntry) => string {
  const byPath = new Map(
    pages
      .filter((page): page is Page & ArticlePage => page.kind === 'article')
      .map(page => [page.path, page]),
  );
  const rendered = new Map<string, string>();
  return ({ path, source }) => {
    const html =
      rendered.get(path) ?? bodyHtml(documentOf(source) as Article, byPath.get(path)!, 'elsewhere', context);
    rendered.set(path, html);
    return html;
  };
}

/** Runs `make`; a template's mistake becomes a message. */
async function guard<T>(diagnostics: Diagnostic[], make: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    diagnostics.push({
      file: error.file,
      place: error.line === undefined ? undefined : { line: error.line, column: 1 },
      severity: 'error',
      ruleId: 'template',
      reason: error.message,
    });
    return undefined;
  }
}

/** The stages in their order. All messages are collected, then reported; errors end the build before anything is written. */
import { join } from 'node:path';
import type { ArticleMeta, ContentDocument } from './article/model.ts';
import { type Parsed, type ParseSettings, parseArticle, parseAuthor, parsePage } from './article/parse.ts';
import { checkDocument, checkSite, ruleIds } from './check/rules.ts';
import { type Config, readConfig } from './config.ts';
import { type Diagnostic, settleDiagnostics } from './diagnostics.ts';
import { emitStyles } from './emit/styles.ts';
import { OutputError, writeOutput } from './output.ts';
import { createRenderContext, type OutputFile, renderPage } from './render/page.ts';
import { readStrings } from './render/strings.ts';
import { createTemplates, TemplateError } from './render/templates.ts';
import { articleEntry, authorEntry, collectSite, pageEntry } from './site/collect.ts';
import { planPages } from './site/plan.ts';
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
}

export async function build(options: BuildOptions): Promise<BuildResult> {
  const { root, packageRoot, out, progress = () => {} } = options;
  const diagnostics: Diagnostic[] = [];
  let rules: Config['rules'] = {};
  const result = (articles = 0, files = 0): BuildResult => {
    const settled = settleDiagnostics(diagnostics, rules, options.strict);
    return {
      diagnostics: settled,
      ok: settled.every(({ severity }) => severity !== 'error'),
      articles,
      files,
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
    articles: documents.articles.filter(hasMeta).map(articleEntry),
    pages: documents.pages.filter(hasMeta).map(pageEntry),
    authors: documents.authors.filter(hasMeta).map(authorEntry),
    assets: sources.assets,
    publicFiles: [...publicFiles.keys()],
    now: options.now,
    drafts: options.drafts,
  });
  const { pages, diagnostics: planDiagnostics } = planPages(site);
  diagnostics.push(...planDiagnostics, ...checkSite(site, pages));

  const look = await readLook(packageRoot, root, diagnostics);
  const soFar = result(site.articles.length);
  if (!soFar.ok || !look) return soFar;

  const context = createRenderContext(site, look.templates, look.strings, `/${look.styles.path}`);
  const bySource = new Map(
    [...documents.articles, ...documents.pages].map(document => [document.path, document]),
  );
  const files: OutputFile[] = [look.styles];
  for (const [index, page] of pages.entries()) {
    const file = await guard(diagnostics, () =>
      renderPage(page, context, {
        article: source => bySource.get(source) as ContentDocument<ArticleMeta>,
        standing: source => bySource.get(source) as never,
      }),
    );
    if (file) files.push(file);
    progress('Rendering', index + 1, pages.length);
  }

  const rendered = result(site.articles.length, files.length);
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
  return result(site.articles.length, files.length);
}

function parseSources(sources: Sources, config: Config, progress: NonNullable<BuildOptions['progress']>) {
  const settings: ParseSettings = {
    lang: config.lang,
    timeZone: config.timeZone,
    typography: config.typography,
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
  for (const { meta, ...page } of pages) diagnostics.push(...checkDocument({ ...page, meta: undefined }));
  return { articles, pages, authors, diagnostics };
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

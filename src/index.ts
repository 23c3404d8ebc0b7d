/**
 * The library: what programs that use Broadsheet import. The command line uses it too. Nothing else in src/ is a public interface.
 *
 * Every function loads the generator when it is called, not when this module is imported.
 */
import { resolve } from 'node:path';
import type { Article } from './article/model.ts';
import type { Message } from './base/diagnostics.ts';
import { packageRoot } from './base/package.ts';
import { buildIfChanged } from './build/build-if-changed.ts';
import type { BuildOptions, BuildResult } from './build/options.ts';

export type { ArticleMeta, DateTime, Prominence, WorkType } from './article/keys.ts';
export type {
  Article,
  ArticleSection,
  AudioFigure,
  Callout,
  ChartFigure,
  ContentDocument,
  Figure,
  HtmlElement,
  ImageFigure,
  Quote,
  RelatedLink,
  TableFigure,
  TimelineFigure,
  VideoFigure,
} from './article/model.ts';
export { formatDiagnostic, type Message, type Place, type Severity } from './base/diagnostics.ts';
export type { BuildResult } from './build/options.ts';
export type { Config } from './config/config.ts';

/** What every function takes. */
export interface SiteOptions
  extends Partial<
    Pick<BuildOptions, 'basePath' | 'drafts' | 'strict' | 'now' | 'workers' | 'progress' | 'signal'>
  > {
  /** Path of the site's folder. */
  root: string;
}

/** What `build` takes. */
export interface SiteBuildOptions extends SiteOptions, Partial<Pick<BuildOptions, 'shard' | 'merge'>> {
  /** Path of the output folder; `dist` in the site's folder by default. */
  out?: string | undefined;
}

/** What `check` takes. */
export interface SiteCheckOptions extends SiteOptions {
  /**
   * Unsaved text by the path of its file, relative to the site's folder and with forward slashes: `content/articles/2026/story.md`.
   * It takes the place of the file, which need not exist.
   */
  unsaved?: Readonly<Record<string, string>>;
}

/**
 * Builds a site into its output folder. If nothing has changed since the last build, this takes a moment.
 * @returns the messages, and what was done. If `ok` is false, the existing site is unchanged.
 */
export function build({ root, out, ...options }: SiteBuildOptions): Promise<BuildResult> {
  const folder = resolve(root);
  return buildIfChanged({
    ...defaults(),
    ...options,
    root: folder,
    out: resolve(out ?? resolve(folder, 'dist')),
  });
}

/** Checks a site as `build` does, and writes no output. With unsaved text, it keeps nothing in the cache either. */
export function check({ root, unsaved, ...options }: SiteCheckOptions): Promise<BuildResult> {
  return buildIfChanged({
    ...defaults(),
    ...options,
    root: resolve(root),
    out: undefined,
    unsaved:
      unsaved &&
      new Map(Object.entries(unsaved).map(([path, text]) => [path, new TextEncoder().encode(text)])),
  });
}

const defaults = () => ({ packageRoot, drafts: false, strict: false, now: Date.now() });

/** What an article is parsed with. Each setting has the meaning and the default that it has in site.yaml. */
export interface ParseOptions {
  /** Path of the article, relative to the site's folder. The slug and messages come from it. */
  path?: string;
  /** BCP 47. */
  lang?: string;
  /** IANA name. */
  timeZone?: string;
  typography?: boolean;
}

/** A parsed article. */
export interface ParsedArticle {
  /** The structured document, plain JSON; undefined if the article has an error that leaves no document. */
  article: Article | undefined;
  /** What is wrong with the article by itself. Links and references need the whole site: see `check`. */
  diagnostics: Message[];
}

/**
 * Parses an article into a structured document, and checks it by the rules that need no other file. Charts whose data are in a file are
 * reported as missing it.
 * @param text the whole file: front matter and Markdown
 */
export async function parseArticle(text: string, options: ParseOptions = {}): Promise<ParsedArticle> {
  const { parseText } = await import('./build/parse-text.ts');
  return parseText(text, options);
}

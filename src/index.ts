/**
 * The library that programs import to use Broadsheet. The command line uses it too. No other file in src/ is
 * a public interface.
 *
 * Functions load the generator when they need it, not when this module is imported.
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

/** Options that `build` and `check` share. */
export interface SiteOptions
  extends Partial<
    Pick<BuildOptions, 'basePath' | 'drafts' | 'strict' | 'now' | 'workers' | 'progress' | 'signal'>
  > {
  /** Path of the site's folder, absolute or relative to the current folder. */
  root: string;
}

/** Options of `build`. */
export interface SiteBuildOptions
  extends SiteOptions,
    Partial<Pick<BuildOptions, 'shard' | 'merge' | 'allowRemovals' | 'inPlace'>> {
  /**
   * Path of a folder for encoded pictures, which several builds may share. Builds never remove files from it.
   */
  pictureStore?: string | undefined;
  /** Path of the output folder; `dist` in the site's folder by default. */
  out?: string | undefined;
}

/** Options of `check`. */
export interface SiteCheckOptions
  extends SiteOptions,
    Partial<Pick<BuildOptions, 'countFiles' | 'urls' | 'explain'>> {
  /**
   * Unsaved text by file path, relative to the site's folder and with forward slashes:
   * `content/articles/2026/story.md`. The text replaces the file, which need not exist.
   */
  unsaved?: Readonly<Record<string, string>>;
}

/**
 * Builds a site into its output folder. If nothing has changed since the last build, this takes only a
 * moment.
 * @returns the messages, and facts about the build. If `ok` is false, the existing site is unchanged.
 * @throws the reason of `signal` if it aborts the build
 */
export function build({ root, out, pictureStore, ...options }: SiteBuildOptions): Promise<BuildResult> {
  const folder = resolve(root);
  return buildIfChanged({
    ...defaults(),
    ...options,
    root: folder,
    out: resolve(out ?? resolve(folder, 'dist')),
    pictureStore: pictureStore === undefined ? undefined : resolve(pictureStore),
  });
}

/**
 * Checks a site in the same way as `build`, without writing any output. With unsaved text, it saves nothing
 * in the cache either.
 * @throws the reason of `signal` if it aborts the check
 */
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

/** Options of `parseArticle`. Except `path`, each has the same meaning and default as in site.yaml. */
export interface ParseOptions {
  /**
   * Path of the article, relative to the site's folder; content/articles/article.md by default. It determines
   * the slug, and messages contain it.
   */
  path?: string;
  /** Language tag of the article (BCP 47). */
  lang?: string;
  /** Time zone of the article's dates (IANA name). */
  timeZone?: string;
  typography?: boolean;
}

/** A parsed article. */
export interface ParsedArticle {
  /** Structured document, as plain JSON; undefined if an error prevents its creation. */
  article: Article | undefined;
  /** Problems of the article itself. Checking links and references needs the whole site: see `check`. */
  diagnostics: Message[];
}

/**
 * Parses an article into a structured document, and checks it with the rules that need no other file. A chart
 * whose data are in a separate file is reported, because that file is not read.
 * @param text content of the whole file: front matter and Markdown
 * @throws RangeError if `timeZone` is not a known time zone
 */
export async function parseArticle(text: string, options: ParseOptions = {}): Promise<ParsedArticle> {
  const { parseText } = await import('./build/parse-text.ts');
  return parseText(text, options);
}

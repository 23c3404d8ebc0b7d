/**
 * Functions that generate the files of each output. config/outputs.ts declares the files. A file without a
 * function, or a function without a file, is a type error.
 */
import type { Article } from '../article/model.ts';
import type { OutputFile } from '../base/output-file.ts';
import { type OutputName, type Outputs, outputNames, type outputs } from '../config/outputs.ts';
import type { RenderContext } from '../render/context.ts';
import type { Site } from '../site/model.ts';
import type { Page, PageOf } from '../site/pages.ts';
import type { Redirect } from '../site/redirects.ts';
import { outputFileOf } from '../site/urls.ts';
import { emitApacheRedirects } from './apache-redirects.ts';
import { emitArticleJson, emitArticleSchema } from './article-json.ts';
import { emitCaddyRedirects } from './caddy-redirects.ts';
import { emitHeaders } from './host-files.ts';
import { emitNginxRedirects } from './nginx-redirects.ts';
import { emitNinjs } from './ninjs.ts';
import { emitRedirects, type RedirectRule, rulesOf } from './redirect-rules.ts';
import { emitRobots } from './robots.ts';

/** Generates the text of a file beside a story's page. */
type StoryEmitter = (page: PageOf<'article'>, article: Article, context: RenderContext) => string;

/** Input for generating the site-wide files, such as robots.txt. */
export interface SiteFileInput {
  site: Site;
  pages: readonly Page[];
  redirects: readonly Redirect[];
  /** Style sheets that are inlined in pages. */
  inlineStyles: readonly string[];
}

/** Generates the text of a file for the whole site. `rules` are the redirects in the order in which hosts try them. */
type SiteEmitter = (input: SiteFileInput & { rules: readonly RedirectRule[] }) => string;

type Declared = typeof outputs;
type Emitters<Declaration> = (Declaration extends { story: readonly (infer File extends string)[] }
  ? { story: Record<File, StoryEmitter> }
  : { story?: never }) &
  (Declaration extends { site: readonly (infer File extends string)[] }
    ? { site: Record<File, SiteEmitter> }
    : { site?: never });

/**
 * Emitters by output. Cards, feeds, sitemaps, the text edition and the search have separate tasks
 * (build/tasks.ts).
 */
const emitters: { [Name in OutputName]: Emitters<Declared[Name]> } = {
  cards: {},
  feeds: {},
  sitemaps: {},
  robots: { site: { '/robots.txt': ({ site }) => emitRobots(site.config) } },
  articleJson: {
    story: { 'article.json': emitArticleJson },
    site: { '/schema/article.v1.json': ({ site }) => emitArticleSchema(site.config) },
  },
  ninjs: { story: { 'ninjs.json': emitNinjs } },
  redirects: {
    site: { '/_redirects': ({ rules, pages, site }) => emitRedirects(rules, pages, site.config) },
  },
  redirectPages: {},
  serverRules: {
    site: {
      '/redirects.nginx.conf': ({ rules, pages, site: { config } }) => {
        const paths = pages.flatMap(({ kind, path }) => (kind === 'redirect' ? [] : [path]));
        return emitNginxRedirects(rules, paths, config);
      },
      '/redirects.caddy': ({ rules }) => emitCaddyRedirects(rules),
      '/.htaccess': ({ rules, site: { config } }) => emitApacheRedirects(rules, config),
    },
  },
  hostFiles: {
    site: {
      '/.nojekyll': () => '',
      '/_headers': ({ site, inlineStyles }) => emitHeaders(site.config, inlineStyles),
    },
  },
  text: {},
  search: {},
};

/** Emits the files beside a story's page. */
export function emitStoryFiles(...[page, article, shared]: Parameters<StoryEmitter>): OutputFile[] {
  const context = shared.inLanguage(article.lang);
  return enabledEmitters(context.config.outputs).flatMap(({ story = {} }) =>
    Object.entries<StoryEmitter>(story).map(([name, emit]) => ({
      path: outputFileOf(page.path + name),
      text: emit(page, article, context),
    })),
  );
}

/** Emits the site-wide files. Generating them takes little time, so every plan contains their text. */
export function emitSiteFiles(site: SiteFileInput): OutputFile[] {
  const input = { ...site, rules: rulesOf(site.redirects, site.site.config) };
  return enabledEmitters(site.site.config.outputs).flatMap(({ site = {} }) =>
    Object.entries<SiteEmitter>(site).map(([path, emit]) => ({
      path: outputFileOf(path),
      text: emit(input),
    })),
  );
}

const enabledEmitters = (enabled: Partial<Outputs>) =>
  outputNames
    .filter(name => enabled[name])
    .map(
      (name): { story?: Record<string, StoryEmitter>; site?: Record<string, SiteEmitter> } => emitters[name],
    );

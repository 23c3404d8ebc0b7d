/** A page as a pure function of the site, its document and the templates. */
import type { Article, StandingPage } from '../article/model.ts';
import { contentsOf, countWords, plainText, readingMinutes } from '../article/text.ts';
import type { MenuItem } from '../config.ts';
import { assertUnreachable } from '../diagnostics.ts';
import type { ArticleEntry, Entry, Site } from '../site/model.ts';
import type { Page } from '../site/plan.ts';
import { absoluteUrl, linkUrl, outputFileOf, urlOf } from '../site/urls.ts';
import { renderBody } from './body.ts';
import { createLocale, directionOf, type Locale } from './locale.ts';
import type { Strings } from './strings.ts';
import type { Templates } from './templates.ts';
import type { ArticleView, FrameView, HomeView, NotFoundView, StandingView, TeaserView } from './views.ts';

export interface RenderContext {
  site: Site;
  templates: Templates;
  /** Path of the hashed style sheet from the site's root. */
  stylesPath: string;
  /** The locale of a language, made once. */
  localeOf: (lang: string) => Locale;
}

export function createRenderContext(
  site: Site,
  templates: Templates,
  strings: Strings,
  stylesPath: string,
): RenderContext {
  const locales = new Map<string, Locale>();
  return {
    site,
    templates,
    stylesPath,
    localeOf(lang) {
      const locale = locales.get(lang) ?? createLocale(lang, site.config.timeZone, strings);
      locales.set(lang, locale);
      return locale;
    },
  };
}

/** A file of dist/: its path below it, and its text or the file that it is a copy of (from the site's root). */
export type OutputFile = { path: string } & ({ text: string } | { copyOf: string });

/**
 * @param documentOf the article or standing page of a source
 * @throws TemplateError
 */
export function renderPage(
  page: Page,
  context: RenderContext,
  documentOf: { article: (source: string) => Article; standing: (source: string) => StandingPage },
): OutputFile {
  const path = outputFileOf(page.path);
  const render = (template: string, view: FrameView) => ({
    path,
    text: context.templates.render(template, view),
  });
  switch (page.kind) {
    case 'article':
      return render('article', articleView(page.entry, documentOf.article(page.source), context));
    case 'standing':
      return render('standing', standingView(page.entry, documentOf.standing(page.source), context));
    case 'home':
      return render('home', homeView(context));
    case 'notFound':
      return render('404', notFoundView(context));
    case 'copy':
      return { path, copyOf: page.source };
    default:
      return assertUnreachable(page);
  }
}

interface FrameInput {
  kind: string;
  path: string;
  lang: string;
  title: string;
  description: string | undefined;
}

function frameView(
  { kind, path, lang, title, description }: FrameInput,
  { site: { config }, localeOf, stylesPath }: RenderContext,
): FrameView {
  const { t, dir } = localeOf(lang);
  const menuUrl = ({ url }: MenuItem) => (url.startsWith('/') ? urlOf(url, config) : url);
  return {
    site: {
      name: config.name,
      tagline: config.tagline,
      lang: config.lang,
      dir: directionOf(config.lang),
      home: { url: urlOf('/', config), text: config.name },
      navigation: config.navigation.map(item => ({
        url: menuUrl(item),
        text: item.text,
        current: item.url === path,
      })),
      footer: config.footer.map(item => ({ url: menuUrl(item), text: item.text })),
      publisher: config.publisher.name,
      feedsUrl: undefined,
    },
    page: { kind, title, description, canonical: absoluteUrl(path, config), lang, dir, robots: 'max-image-preview:large', meta: [], alternates: [], feeds: [], jsonLdHtml: undefined },
    assets: { styles: urlOf(stylesPath, config), public: name => urlOf(`/${name}`, config) },
    t,
  };
}

function articleView(entry: ArticleEntry, article: Article, context: RenderContext): ArticleView {
  const { site } = context;
  const { meta, body, lang } = article;
  const locale = context.localeOf(lang);
  const desk = site.config.desks.find(({ id }) => id === meta.desk)!;
  const wordCount = countWords(plainText(body), lang);
  return {
    ...frameView(
      {
        kind: 'article',
        path: entry.path,
        lang,
        title: `${meta.title} — ${site.config.name}`,
        description: meta.standfirst,
      },
      context,
    ),
    article: {
      headline: meta.title,
      standfirst: meta.standfirst,
      kicker: meta.kicker ?? desk.name,
      desk: { url: urlOf('/', site.config), text: desk.name },
      dateline: meta.dateline,
      byline: meta.authors.map(id => {
        const { name, role, url } = site.authors.get(id)!;
        return { name, role, url };
      }),
      published: locale.date(meta.published),
      updated: meta.updated === undefined ? undefined : locale.date(meta.updated),
      draft: meta.draft,
      wordCount,
      readingMinutes: readingMinutes(wordCount),
      contents: contentsOf(body),
      keyFigures: meta.keyFigures,
      firstReportedBy: meta.sources.filter(source => source.firstReport),
      sources: meta.sources,
      topics: meta.topics.map(id => ({ url: urlOf('/', site.config), text: site.config.topics.find(topic => topic.id === id)!.name })),
      languages: [],
      type: 'news',
      corrections: meta.corrections.map(({ date, text }) => ({ date: locale.date(date), text })),
      related: meta.related.flatMap(source => {
        const other = site.articles.find(candidate => candidate.source === source);
        return other ? [teaserView(other, context)] : [];
      }),
      html: bodyHtml(entry, article, context),
    },
  };
}

function bodyHtml(
  entry: Entry,
  { body, lang }: Article | StandingPage,
  { site, templates, localeOf }: RenderContext,
): string {
  return renderBody(body, { templates, locale: localeOf(lang), linkUrl: url => linkUrl(url, entry, site) });
}

function standingView(entry: Entry, page: StandingPage, context: RenderContext): StandingView {
  const { title, description } = page.meta;
  return {
    ...frameView(
      {
        kind: 'standing',
        path: entry.path,
        lang: page.lang,
        title: `${title} — ${context.site.config.name}`,
        description,
      },
      context,
    ),
    heading: title,
    html: bodyHtml(entry, page, context),
  };
}

function homeView(context: RenderContext): HomeView {
  const { config, articles } = context.site;
  return {
    ...frameView(
      { kind: 'home', path: '/', lang: config.lang, title: config.name, description: config.tagline },
      context,
    ),
    lead: undefined,
    high: [],
    articles: articles.map(entry => teaserView(entry, context)),
    archive: undefined,
  };
}

function notFoundView(context: RenderContext): NotFoundView {
  const { config, articles } = context.site;
  const title = `${context.localeOf(config.lang).t('not-found')} — ${config.name}`;
  return {
    ...frameView(
      { kind: 'notFound', path: '/404.html', lang: config.lang, title, description: undefined },
      context,
    ),
    articles: articles.slice(0, 5).map(entry => teaserView(entry, context)),
  };
}

function teaserView(
  { path, title, lang, meta }: ArticleEntry,
  { site, localeOf }: RenderContext,
): TeaserView {
  const desk = site.config.desks.find(({ id }) => id === meta.desk)!;
  return {
    url: urlOf(path, site.config),
    headline: title,
    standfirst: meta.standfirst,
    kicker: meta.kicker ?? desk.name,
    // In a list all dates are in the list's language.
    published: localeOf(site.config.lang).date(meta.published),
    lang,
    dir: directionOf(lang),
  };
}

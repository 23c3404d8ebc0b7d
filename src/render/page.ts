/** A page as a pure function of what the plan says of it, its document, and the context. */
import type { Article, ContentDocument, StandingPage } from '../article/model.ts';
import { contentsOf } from '../article/text.ts';
import type { MenuItem } from '../config.ts';
import { assertUnreachable } from '../diagnostics.ts';
import { languageName } from '../site/collect.ts';
import type { Teaser } from '../site/model.ts';
import type { Pager } from '../site/paginate.ts';
import type { ArticlePage, ListHead, Page, Shown } from '../site/plan.ts';
import { absoluteUrl, linkUrl, outputFileOf, urlOf } from '../site/urls.ts';
import { renderBody } from './body.ts';
import type { RenderContext } from './context.ts';
import { articleMeta, feedFormats, feedLinks, pageMeta } from './head.ts';
import type { Locale } from './locale.ts';
import { pictureView } from './picture.ts';
import { articleThings, breadcrumbs, jsonLd, person, siteThings } from './structured-data.ts';
import type {
  ArchiveView,
  ArticleView,
  AuthorView,
  CorrectionsView,
  DirectoryView,
  FeedsView,
  FrameView,
  HomeView,
  LinkView,
  ListView,
  NotFoundView,
  PagerView,
  RedirectView,
  StandingView,
  TeaserView,
} from './views.ts';

/** A file of dist/: its path below it, and its text or the absolute path of the file that it is a copy of. */
export type OutputFile = { path: string } & ({ text: string } | { copyFrom: string });

/** The source whose document a page shows; nothing for a page without one. */
export function documentSource(page: Page): string | undefined {
  switch (page.kind) {
    case 'article':
    case 'standing':
      return page.source;
    case 'author':
      return page.pager.number === undefined ? page.source : undefined;
    case 'corrections':
      return page.entry?.source;
    default:
      return undefined;
  }
}

/**
 * @param document that of `documentSource(page)`
 * @throws TemplateError
 */
export function renderPage(
  page: Exclude<Page, { kind: 'copy' }>,
  context: RenderContext,
  document: ContentDocument<unknown> | undefined,
): OutputFile {
  const path = outputFileOf(page.path);
  const [template, view] = viewOf(page, context, document);
  return { path, text: context.templates.render(template, view) };
}

function viewOf(
  page: Exclude<Page, { kind: 'copy' }>,
  context: RenderContext,
  document: ContentDocument<unknown> | undefined,
): [template: string, view: object] {
  switch (page.kind) {
    case 'article':
      return ['article', articleView(page, document as Article, context)];
    case 'standing':
      return ['standing', standingView(page, document as StandingPage, context)];
    case 'home':
      return ['home', homeView(page, context)];
    case 'list':
      return ['list', listView(page, context)];
    case 'author':
      return ['author', authorView(page, document, context)];
    case 'archive':
      return ['archive', archiveView(page, context)];
    case 'directory':
      return ['directory', directoryView(page, context)];
    case 'corrections':
      return ['corrections', correctionsView(page, document, context)];
    case 'feeds':
      return ['feeds', feedsView(page, context)];
    case 'redirect':
      return ['redirect', redirectView(page, context)];
    case 'notFound':
      return ['404', notFoundView(page, context)];
    default:
      return assertUnreachable(page);
  }
}

type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

interface FrameInput {
  page: Page;
  lang: string;
  /** As search results and previews show it; the page's title adds the site's name. */
  title: string;
  description?: string | undefined;
  type?: string;
  robots?: string;
  meta?: FrameView['page']['meta'];
  alternates?: FrameView['page']['alternates'];
  feeds?: FrameView['page']['feeds'];
  jsonLdHtml?: string;
}

function frameView(input: FrameInput, context: RenderContext): FrameView {
  const { config, localeOf, stylesPath, languages } = context;
  const { page, lang, title, description } = input;
  const { t, dir, ogLocale } = localeOf(lang);
  const menuUrl = ({ url }: MenuItem) => (url.startsWith('/') ? urlOf(url, config) : url);
  const canonical = absoluteUrl(page.path, config);
  return {
    site: {
      name: config.name,
      tagline: config.tagline,
      lang: config.lang,
      dir: localeOf(config.lang).dir,
      home: { url: urlOf('/', config), text: config.name },
      navigation: config.navigation.map(item => ({
        url: menuUrl(item),
        text: item.text,
        current: item.url === page.path,
      })),
      footer: config.footer.map(item => ({ url: menuUrl(item), text: item.text })),
      sections: sectionsOf(input.lang, context),
      languages: languages.map(tag => ({
        lang: tag,
        dir: localeOf(tag).dir,
        name: languageName(tag),
        url: urlOf(`/${tag}/`, config),
      })),
      publisher: config.publisher.name,
      feedsUrl: config.outputs.feeds ? urlOf('/feeds/', config) : undefined,
    },
    page: {
      kind: page.kind,
      title: page.kind === 'home' ? title : `${title} — ${config.name}`,
      description,
      canonical,
      lang,
      dir,
      robots: input.robots ?? 'max-image-preview:large',
      meta: [
        ...pageMeta({ title, description, canonical, ogLocale, type: input.type ?? 'website' }, config),
        ...(input.meta ?? []),
      ],
      alternates: input.alternates ?? [],
      feeds: input.feeds ?? feedLinks({ path: '/', name: config.name }, config),
      jsonLdHtml: input.jsonLdHtml,
    },
    assets: { styles: urlOf(stylesPath, config), public: name => urlOf(`/${name}`, config) },
    t,
  };
}

/** Every overview that the site has, so that no page is without a way to it. */
function sectionsOf(lang: string, { config, listPaths, localeOf }: RenderContext): LinkView[] {
  const { t } = localeOf(lang);
  const has = (folder: string) => [...listPaths].some(path => path.startsWith(folder));
  return [
    ...config.desks.map(({ id, name }) => ({ url: urlOf(`/${id}/`, config), text: name })),
    ...(has('/topics/') ? [{ url: urlOf('/topics/', config), text: t('topics-heading') }] : []),
    ...(has('/authors/') ? [{ url: urlOf('/authors/', config), text: t('authors-heading') }] : []),
    { url: urlOf('/archive/', config), text: t('archive-heading') },
    { url: urlOf('/corrections/', config), text: t('corrections-heading') },
  ];
}

function articleView(page: ArticlePage & Page, article: Article, context: RenderContext): ArticleView {
  const { config, authors, listPaths } = context;
  const { modified, related, languages } = page;
  const { meta, body, lang } = article;
  const locale = context.localeOf(lang);
  const desk = config.desks.find(({ id }) => id === meta.desk)!;
  const words = context.wordsOf(article);
  // A document that comes from the cache lacks the fields that are undefined; a view has them all.
  const sources = meta.sources.map(({ name, url, note, firstReport }) => ({ name, url, note, firstReport }));
  const versions = languages.filter(({ path }) => path !== page.path);
  return {
    ...frameView(
      {
        page,
        lang,
        title: meta.title,
        description: meta.standfirst,
        type: 'article',
        meta: articleMeta(article, page, context),
        alternates: [
          ...languages.map(version => ({ lang: version.lang, url: absoluteUrl(version.path, config) })),
          ...(languages[0] ? [{ lang: 'x-default', url: absoluteUrl(languages[0].path, config) }] : []),
        ],
        feeds: [
          ...feedLinks({ path: '/', name: config.name }, config),
          ...(context.languages.includes(lang)
            ? feedLinks({ path: `/${lang}/`, name: languageName(lang) }, config)
            : []),
          ...(config.outputs.articleJson
            ? [
                {
                  type: 'application/json',
                  title: meta.title,
                  url: absoluteUrl(`${page.path}article.json`, config),
                },
              ]
            : []),
        ],
        jsonLdHtml: jsonLd(articleThings(page, article, words.count, context)),
      },
      context,
    ),
    article: {
      headline: meta.title,
      standfirst: meta.standfirst,
      kicker: meta.kicker ?? desk.name,
      desk: { url: urlOf(`/${desk.id}/`, config), text: desk.name },
      dateline: meta.dateline,
      byline: meta.authors.map(id => {
        const author = authors.get(id)!;
        return {
          name: author.title,
          role: author.meta.role,
          url: listPaths.has(author.path) ? urlOf(author.path, config) : undefined,
        };
      }),
      published: locale.date(meta.published),
      updated: modified === meta.published ? undefined : locale.date(modified),
      draft: meta.draft,
      wordCount: words.count,
      readingMinutes: words.readingMinutes,
      contents: contentsOf(body),
      keyFigures: meta.keyFigures.map(({ value, label, source }) => ({ value, label, source })),
      firstReportedBy: sources.filter(source => source.firstReport),
      sources,
      topics: meta.topics.map(id => topicLink(id, context)),
      corrections: meta.corrections.map(({ date, text }) => ({ date: locale.date(date), text })),
      languages: versions.map(({ lang, name, path }) => ({
        lang,
        dir: context.localeOf(lang).dir,
        name,
        url: urlOf(path, config),
      })),
      type: meta.type,
      related: related.map(teaser => teaserView(teaser, locale, context)),
      html: bodyHtml(article, page, 'page', context),
    },
  };
}

function topicLink(
  id: string,
  { config, listPaths }: RenderContext,
): { url: string | undefined; text: string } {
  const path = `/topics/${id}/`;
  return {
    url: listPaths.has(path) ? urlOf(path, config) : undefined,
    text: config.topics.find(topic => topic.id === id)!.name,
  };
}

/** The body on its own page, or for elsewhere (a feed), where every address is absolute. */
export function bodyHtml(
  { body, lang }: ContentDocument<unknown>,
  { path, links, pictures }: { path: string } & Shown,
  where: 'page' | 'elsewhere',
  { templates, localeOf, config }: RenderContext,
): string {
  const from = where === 'page' ? path : undefined;
  return renderBody(body, {
    templates,
    locale: localeOf(lang),
    linkUrl: url => (Object.hasOwn(links, url) ? linkUrl(links[url]!, from, config) : undefined),
    picture: url => (Object.hasOwn(pictures, url) ? pictures[url] : undefined),
    pictureUrl: path => (from === undefined ? absoluteUrl(path, config) : urlOf(path, config)),
    where,
    pageUrl: where === 'page' ? '' : absoluteUrl(path, config),
  });
}

function standingView(
  page: PageOf<'standing'>,
  document: StandingPage,
  context: RenderContext,
): StandingView {
  const { title, description } = document.meta;
  return {
    ...frameView({ page, lang: document.lang, title, description }, context),
    heading: title,
    html: bodyHtml(document, page, 'page', context),
  };
}

function homeView(page: PageOf<'home'>, context: RenderContext): HomeView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  const teaser = (story: Teaser) => teaserView(story, locale, context);
  return {
    ...frameView(
      {
        page,
        lang: config.lang,
        title: config.name,
        description: config.tagline,
        jsonLdHtml: jsonLd(siteThings(config)),
      },
      context,
    ),
    lead: page.lead && teaser(page.lead),
    high: page.high.map(teaser),
    articles: page.articles.map(teaser),
    archive: page.lead ? { url: urlOf('/archive/', config), text: locale.t('all-stories') } : undefined,
  };
}

function listView(page: PageOf<'list'>, context: RenderContext): ListView {
  const { list, articles } = page;
  const locale = context.localeOf(list.lang);
  const heading = listHeading(list, locale);
  return {
    ...frameView(listFrame(page, list, heading, context), context),
    heading,
    kind: list.kind as ListView['kind'],
    description: list.description,
    articles: articles.map(story => teaserView(story, locale, context)),
    pager: pagerView(page.pager, context),
  };
}

function listHeading({ kind, id, name }: ListHead, locale: Locale): string {
  if (kind === 'language') return locale.t('language-stories', { language: name });
  return kind === 'year' || kind === 'month' ? locale.eventDate(id).date! : name;
}

function listFrame(
  page: PageOf<'list'> | PageOf<'author'>,
  list: ListHead,
  heading: string,
  { config, localeOf }: RenderContext,
): FrameInput {
  const { t } = localeOf(list.lang);
  const { number } = page.pager;
  const dated = list.kind === 'year' || list.kind === 'month';
  return {
    page,
    lang: list.lang,
    title: number === undefined ? heading : `${heading}, ${t('page-number', { n: String(number) })}`,
    description: list.description,
    feeds: dated ? feedLinks({ path: '/', name: config.name }, config) : feedLinks(list, config),
    jsonLdHtml: jsonLd([
      breadcrumbs(
        [
          [config.name, '/'],
          [heading, list.path],
        ],
        config,
      ),
    ]),
  };
}

function pagerView({ number, newer, older }: Pager, { config }: RenderContext): PagerView {
  return { number, newer: newer && urlOf(newer, config), older: older && urlOf(older, config) };
}

function authorView(
  page: PageOf<'author'>,
  document: ContentDocument<unknown> | undefined,
  context: RenderContext,
): AuthorView {
  const { entry, list, pager, pictures } = page;
  const { config } = context;
  const locale = context.localeOf(list.lang);
  const { role, url, links: own, picture } = entry.meta;
  const frame = listFrame(page, list, entry.title, context);
  const portrait = picture === undefined ? undefined : pictures[picture];
  return {
    ...frameView(
      {
        ...frame,
        type: 'profile',
        jsonLdHtml: jsonLd([{ '@type': 'ProfilePage', mainEntity: person(entry, context, portrait) }]),
      },
      context,
    ),
    heading: entry.title,
    role,
    picture: portrait && pictureView(portrait, path => urlOf(path, config)),
    links: [
      ...(url === undefined ? [] : [{ url, text: new URL(url).hostname }]),
      ...own.map(link => ({ ...link })),
    ],
    html: document ? bodyHtml(document, page, 'page', context) : '',
    articles: page.articles.map(story => teaserView(story, locale, context)),
    pager: pagerView(pager, context),
  };
}

function archiveView(page: PageOf<'archive'>, context: RenderContext): ArchiveView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  const heading = locale.t('archive-heading');
  const years = [...new Set(page.months.map(({ id }) => id.slice(0, 4)))];
  const link = (id: string) => ({
    url: urlOf(`/archive/${id.replace('-', '/')}/`, config),
    text: locale.eventDate(id).date!,
  });
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    years: years.map(year => ({
      year: link(year),
      months: page.months
        .filter(({ id }) => id.startsWith(year))
        .map(({ id, count }) => ({ ...link(id), count })),
    })),
  };
}

function directoryView(page: PageOf<'directory'>, context: RenderContext): DirectoryView {
  const { config } = context;
  const heading = context.localeOf(config.lang).t(`${page.of}s-heading`);
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    entries: page.lists.map(({ path, name, description, count }) => ({
      url: urlOf(path, config),
      text: name,
      description,
      count,
    })),
  };
}

function correctionsView(
  page: PageOf<'corrections'>,
  document: ContentDocument<unknown> | undefined,
  context: RenderContext,
): CorrectionsView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  const heading = page.entry?.title ?? locale.t('corrections-heading');
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    html: document ? bodyHtml(document, page, 'page', context) : '',
    corrections: page.corrections.map(({ date, text, title, path, lang }) => ({
      date: locale.date(date),
      text,
      article: { url: urlOf(path, config), text: title },
      lang,
      dir: context.localeOf(lang).dir,
    })),
  };
}

function feedsView(page: PageOf<'feeds'>, context: RenderContext): FeedsView {
  const { config } = context;
  const heading = context.localeOf(config.lang).t('feeds-heading');
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    lists: page.lists.map(({ path, name }) => ({
      name,
      feeds: feedFormats.map(format => ({ url: urlOf(path + format.file, config), text: format.name })),
    })),
  };
}

function redirectView(
  { title, lang, target }: PageOf<'redirect'>,
  { config, localeOf }: RenderContext,
): RedirectView {
  return {
    lang,
    title,
    canonical: absoluteUrl(target, config),
    target: urlOf(target, config),
    t: localeOf(lang).t,
  };
}

function notFoundView(page: PageOf<'notFound'>, context: RenderContext): NotFoundView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  return {
    ...frameView({ page, lang: config.lang, title: locale.t('not-found'), robots: 'noindex' }, context),
    articles: page.articles.map(story => teaserView(story, locale, context)),
  };
}

/** In a list all dates are in the list's language. */
function teaserView(
  { path, title, standfirst, kicker, desk, published, draft, lang }: Teaser,
  locale: Locale,
  { config, localeOf }: RenderContext,
): TeaserView {
  return {
    url: urlOf(path, config),
    headline: title,
    standfirst,
    kicker: kicker ?? config.desks.find(({ id }) => id === desk)!.name,
    published: locale.date(published),
    draft,
    lang,
    dir: localeOf(lang).dir,
  };
}

/** Views of standing pages, redirects, the search page and the 404 page. */
import type { StandingPage } from '../../article/model.ts';
import { contentsOf } from '../../article/text.ts';
import { type PageOf, searchIndexPath } from '../../site/pages.ts';
import { absoluteUrl, urlOf } from '../../site/urls.ts';
import { bodyHtml } from '../body-html.ts';
import type { RenderContext } from '../context.ts';
import { frameView } from '../frame.ts';
import { typeLabels } from '../type-label.ts';
import type { NotFoundView, RedirectView, SearchView, StandingView } from '../views.ts';
import { teaserView } from './teaser.ts';

/** Creates the view of a standing page. */
export function standingView(
  page: PageOf<'standing'>,
  document: StandingPage,
  context: RenderContext,
): StandingView {
  const { title, description } = document.meta;
  const linkTo = (to: { path: string; title: string } | undefined) =>
    to && { url: context.pageUrl(to.path), text: to.title };
  const { series } = page;
  return {
    ...frameView({ page, lang: document.lang, title, description }, context),
    heading: title,
    html: bodyHtml(document, page, 'page', context),
    contents: contentsOf(document.body),
    chapters: page.chapters.map(({ path, title, description, lang }) => ({
      url: context.pageUrl(path),
      text: title,
      description,
      lang,
    })),
    series: series && {
      start: linkTo(series.start),
      previous: linkTo(series.previous),
      next: linkTo(series.next),
    },
  };
}

/** Creates the view of a redirect from a former address. */
export function redirectView(
  { title, lang, target }: PageOf<'redirect'>,
  { config, localeOf, pageUrl }: RenderContext,
): RedirectView {
  const pathUrl = (path: string) =>
    'hasText' in target && target.hasText ? pageUrl(path) : urlOf(path, config);
  return {
    lang,
    title,
    canonical: 'url' in target ? target.url : absoluteUrl(target.path, config) + target.suffix,
    target: 'url' in target ? target.url : pathUrl(target.path) + target.suffix,
    t: localeOf(lang).t,
  };
}

/** Creates the view of the search page. */
export function searchView(page: PageOf<'search'>, context: RenderContext): SearchView {
  const { config } = context;
  const title = context.localeOf(config.lang).t('search');
  return {
    ...frameView({ page, lang: config.lang, title, robots: 'noindex' }, context),
    heading: title,
    labels: JSON.stringify(typeLabels(context.localeOf(config.lang).t)),
    indexes: page.years.map(year => urlOf(searchIndexPath(year), config)),
  };
}

/** Creates the view of the 404 page. */
export function notFoundView(page: PageOf<'notFound'>, context: RenderContext): NotFoundView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  return {
    ...frameView({ page, lang: config.lang, title: locale.t('not-found'), robots: 'noindex' }, context),
    articles: page.articles.map(story => teaserView(story, locale, context)),
  };
}

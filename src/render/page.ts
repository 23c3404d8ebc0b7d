/** Renders a page: a pure function of its plan, its document and the context. */
import type { Article, ContentDocument, StandingPage } from '../article/model.ts';
import { assertUnreachable } from '../base/diagnostics.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { Page, RenderedPage } from '../site/pages.ts';
import { textPath } from '../site/text-edition.ts';
import { outputFileOf } from '../site/urls.ts';
import type { RenderContext } from './context.ts';
import { articleView } from './pages/article.ts';
import { authorView } from './pages/author.ts';
import { homeView } from './pages/home.ts';
import { listView } from './pages/list.ts';
import { archiveView, correctionsView, directoryView, feedsView } from './pages/overviews.ts';
import { notFoundView, redirectView, searchView, standingView } from './pages/small.ts';

/** Source of the document that a page shows; undefined if it shows none. */
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
 * Renders a page in the context's edition.
 * @param document the document of `documentSource(page)`
 * @throws TemplateError
 */
export function renderPage(
  page: RenderedPage,
  context: RenderContext,
  document: ContentDocument<unknown> | undefined,
): OutputFile {
  const [template, view] = viewOf(page, context.inLanguage(languageOf(page, document, context)), document);
  if (context.edition === 'full')
    return { path: outputFileOf(page.path), text: context.templates.render(template, view) };
  // Both editions share the redirect template.
  const name = page.kind === 'redirect' ? template : `text/${template}`;
  return { path: outputFileOf(textPath(page.path)), text: context.templates.render(name, view) };
}

/** Language of a page: that of its document or list, or that of the site. */
function languageOf(
  page: RenderedPage,
  document: ContentDocument<unknown> | undefined,
  { config }: RenderContext,
): string {
  switch (page.kind) {
    case 'article':
    case 'standing':
      return document!.lang;
    case 'list':
    case 'author':
      return page.list.lang;
    case 'redirect':
      return page.lang;
    default:
      return config.lang;
  }
}

function viewOf(
  page: RenderedPage,
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
    case 'search':
      return ['search', searchView(page, context)];
    case 'notFound':
      return ['404', notFoundView(page, context)];
    default:
      return assertUnreachable(page);
  }
}

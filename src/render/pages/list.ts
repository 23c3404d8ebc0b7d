import type { ListHead, PageOf } from '../../site/pages.ts';
import type { Pager } from '../../site/paginate.ts';
import type { RenderContext } from '../context.ts';
import type { FrameInput } from '../frame.ts';
import { frameView } from '../frame.ts';
import { feedLinks } from '../head.ts';
import type { Locale } from '../locale.ts';
import { breadcrumbs, jsonLd } from '../structured-data.ts';
import type { ListView, PagerView } from '../views.ts';
import { teaserView } from './teaser.ts';

/** Creates the view of a page of a list. */
export function listView(page: PageOf<'list'>, context: RenderContext): ListView {
  const { list, articles } = page;
  const locale = context.localeOf(list.lang);
  const heading = listHeading(list, locale);
  return {
    ...frameView(listFrame(page, list, heading, context), context),
    heading,
    kind: list.kind as ListView['kind'],
    description: list.description,
    lead: page.lead && teaserView(page.lead, locale, context),
    articles: articles.map(story => teaserView(story, locale, context)),
    pager: pagerView(page.pager, context),
  };
}

function listHeading({ kind, id, name }: ListHead, locale: Locale): string {
  if (kind === 'language') return locale.t('language-stories', { language: name });
  return kind === 'year' || kind === 'month' ? locale.eventDate(id).date! : name;
}

/**
 * Creates the frame of a page of a list. Archive lists have no feeds, so their pages link to the home page's
 * feeds.
 */
export function listFrame(
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
    within: list.path,
    lang: list.lang,
    title: number === undefined ? heading : `${heading}, ${t('page-number', { n: String(number) })}`,
    description: list.description,
    head: () => ({
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
    }),
  };
}

/** Converts the paths of a pager to URLs. */
export function pagerView({ number, newer, older }: Pager, { pageUrl }: RenderContext): PagerView {
  return { number, newer: newer && pageUrl(newer), older: older && pageUrl(older) };
}

import type { Teaser } from '../../site/model.ts';
import type { PageOf } from '../../site/pages.ts';
import type { RenderContext } from '../context.ts';
import { frameView } from '../frame.ts';
import { jsonLd, siteThings } from '../structured-data.ts';
import type { HomeView } from '../views.ts';
import { teaserView } from './teaser.ts';

/** Creates the view of the home page. */
export function homeView(page: PageOf<'home'>, context: RenderContext): HomeView {
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
        date: page.edition === undefined ? undefined : locale.edition(page.edition),
        head: () => ({ jsonLdHtml: jsonLd(siteThings(config)) }),
      },
      context,
    ),
    layout: page.layout,
    leads: page.leads.map(teaser),
    subject: page.subject && {
      topic: { url: context.pageUrl(page.subject.list.path), text: page.subject.list.name },
      articles: page.subject.articles.map(teaser),
    },
    beside: page.beside.map(teaser),
    rows: page.rows.map(row => ({ ...row, stories: row.stories.map(teaser) })),
    desks: page.desks.map(({ list, articles }) => ({
      desk: { url: context.pageUrl(list.path), text: list.name },
      articles: articles.map(teaser),
    })),
    archive:
      page.leads.length > 0
        ? { url: context.pageUrl('/archive/'), text: locale.t('all-stories') }
        : undefined,
  };
}

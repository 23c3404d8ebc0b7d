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
        head: () => ({ jsonLdHtml: jsonLd(siteThings(config)) }),
      },
      context,
    ),
    lead: page.lead && teaser(page.lead),
    high: page.high.map(teaser),
    articles: page.articles.map(teaser),
    desks: page.desks.map(({ list, articles }) => ({
      desk: { url: context.pageUrl(list.path), text: list.name },
      articles: articles.map(teaser),
    })),
    archive: page.lead ? { url: context.pageUrl('/archive/'), text: locale.t('all-stories') } : undefined,
  };
}

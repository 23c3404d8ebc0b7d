import type { ContentDocument } from '../../article/model.ts';
import type { PageOf } from '../../site/pages.ts';
import { urlOf } from '../../site/urls.ts';
import { bodyHtml } from '../body-html.ts';
import { authorIn, type RenderContext } from '../context.ts';
import { frameView } from '../frame.ts';
import { pictureView } from '../picture.ts';
import { jsonLd, person } from '../structured-data.ts';
import type { AuthorView } from '../views.ts';
import { listFrame, pagerView } from './list.ts';
import { teaserView } from './teaser.ts';

/**
 * Creates the view of an author's page.
 * @param document the author's file; undefined on numbered pages of the list
 */
export function authorView(
  page: PageOf<'author'>,
  document: ContentDocument<unknown> | undefined,
  context: RenderContext,
): AuthorView {
  const { list, pager, pictures } = page;
  const { config } = context;
  const entry = authorIn(page.entry, list.lang);
  const locale = context.localeOf(list.lang);
  const { url, links: own, picture } = entry.meta;
  const frame = listFrame(page, list, entry.title, context);
  const portrait = picture === undefined ? undefined : pictures[picture];
  return {
    ...frameView(
      {
        ...frame,
        type: 'profile',
        head: () => ({
          ...frame.head?.(),
          jsonLdHtml: jsonLd([{ '@type': 'ProfilePage', mainEntity: person(entry, context, portrait) }]),
        }),
      },
      context,
    ),
    heading: entry.title,
    role: entry.role,
    roleLang: entry.roleLang,
    roleDir: context.localeOf(entry.roleLang).dir,
    picture: portrait && pictureView(portrait, path => urlOf(path, config)),
    links: [
      ...(url === undefined ? [] : [{ url, text: new URL(url).hostname }]),
      ...own.map(link => ({ ...link })),
    ],
    work: page.work.map(({ type, count }) => ({ text: locale.t(`type-${type}`), count })),
    html: document ? bodyHtml(document, page, 'page', context) : '',
    lang: entry.lang,
    dir: context.localeOf(entry.lang).dir,
    articles: page.articles.map(story => teaserView(story, locale, context)),
    pager: pagerView(pager, context),
  };
}

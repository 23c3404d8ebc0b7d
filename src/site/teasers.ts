/** Teasers: articles as lists show them. */
import type { ArticleEntry, Teaser, TeaserPicture } from './model.ts';
import type { PictureMaps, RenderedPage } from './pages.ts';
import { leadPictureOf } from './picture-links.ts';
import { pictureOptions } from './pictures.ts';

export type TeaserOf = (article: ArticleEntry) => Teaser;

/** Creates a function that returns the teaser of an article. Every list gets the same object. */
export function createTeasers(pictures: PictureMaps): TeaserOf {
  const teasers = new Map<ArticleEntry, Teaser>();
  return article => {
    const known = teasers.get(article);
    if (known) return known;
    const { path, title, lang, standfirst, kicker } = article;
    const { desk, published, type, draft } = article.meta;
    const picture = pictureOf(article, pictures);
    const teaser = { path, title, lang, standfirst, kicker, desk, published, type, draft, picture };
    teasers.set(article, teaser);
    return teaser;
  };
}

function pictureOf({ links, source }: ArticleEntry, pictures: PictureMaps): TeaserPicture | undefined {
  const url = leadPictureOf(links)?.url;
  const picture = url === undefined ? undefined : pictures.get(source)?.[url];
  if (!picture || url === undefined) return undefined;
  const { folder, width, height, sizes, color } = picture;
  return { folder, width, height, sizes, color, focus: pictureOptions(url).focus };
}

/** Copies a page, and converts each story on it with `of`. */
export function mapTeasers<From, To>(page: RenderedPage<From>, of: (story: From) => To): RenderedPage<To> {
  const all = (stories: readonly From[]) => stories.map(of);
  switch (page.kind) {
    case 'article':
      return { ...page, related: all(page.related) };
    case 'home':
      return {
        ...page,
        lead: page.lead === undefined ? undefined : of(page.lead),
        high: all(page.high),
        articles: all(page.articles),
        desks: page.desks.map(({ list, articles }) => ({ list, articles: all(articles) })),
      };
    case 'list':
    case 'author':
    case 'notFound':
      return { ...page, articles: all(page.articles) };
    default:
      return page;
  }
}

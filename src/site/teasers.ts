/** Teasers: articles as lists show them. */
import type { ArticleEntry, Teaser, TeaserPicture } from './model.ts';
import type { PictureMaps, RecordingMaps, RenderedPage } from './pages.ts';
import { leadPictureOf } from './picture-links.ts';
import { pictureOptions } from './pictures.ts';

export type TeaserOf = (article: ArticleEntry) => Teaser;

/** Creates a function that returns the teaser of an article. Every list gets the same object. */
export function createTeasers(pictures: PictureMaps, recordings: RecordingMaps = new Map()): TeaserOf {
  const teasers = new Map<ArticleEntry, Teaser>();
  return article => {
    const known = teasers.get(article);
    if (known) return known;
    const { path, title, lang, standfirst, kicker, review, life } = article;
    const { desk, published, type, draft } = article.meta;
    const picture = pictureOf(article, pictures);
    const teaser: Teaser = {
      path,
      title,
      lang,
      standfirst,
      kicker,
      desk,
      published,
      type,
      draft,
      picture,
      review,
      life,
      seconds: secondsOf(article, recordings),
      pictures: type === 'photo-essay' ? countPictures(article) : undefined,
    };
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

/** Number of pictures that a story shows by themselves, without those within paragraphs. */
export const countPictures = ({ links }: Pick<ArticleEntry, 'links'>): number =>
  links.filter(link => link.kind === 'picture' && link.as === 'figure').length;

/** Duration of a story's recording, in seconds: as the author wrote it, or as its file says. */
function secondsOf({ recording, source }: ArticleEntry, recordings: RecordingMaps): number | undefined {
  if (!recording) return undefined;
  const file = recording.src === undefined ? undefined : recordings.get(source)?.[recording.src];
  return recording.seconds ?? file?.seconds;
}

/** Copies a page, and converts each story on it with `of`. */
export function mapTeasers<From, To>(page: RenderedPage<From>, of: (story: From) => To): RenderedPage<To> {
  const all = (stories: readonly From[]) => stories.map(of);
  switch (page.kind) {
    case 'article':
      return {
        ...page,
        related: all(page.related),
        next: page.next === undefined ? undefined : of(page.next),
      };
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

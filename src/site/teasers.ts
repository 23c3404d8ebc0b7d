/** Teasers: articles as lists show them. */
import type { ArticleEntry, Site, Teaser, TeaserPicture } from './model.ts';
import type { PictureMaps, RecordingMaps, RenderedPage } from './pages.ts';
import { leadPictureOf } from './picture-links.ts';
import type { PictureShape } from './pictures.ts';

export type TeaserOf = (article: ArticleEntry) => Teaser;

/** Creates a function that returns the teaser of an article. Every list gets the same object. */
export function createTeasers(
  site: Site,
  pictures: PictureMaps,
  recordings: RecordingMaps = new Map(),
): TeaserOf {
  const teasers = new Map<ArticleEntry, Teaser>();
  const today = site.lists[0]!.articles[0]?.meta.published.slice(0, 10);
  return article => {
    const known = teasers.get(article);
    if (known) return known;
    const { path, title, lang, standfirst, kicker, modified, review, life } = article;
    const { desk, published, type, draft } = article.meta;
    const teaser: Teaser = {
      path,
      title,
      lang,
      standfirst,
      kicker,
      desk,
      published,
      updated: modified !== published && modified.slice(0, 10) === today ? modified : undefined,
      isToday: published.slice(0, 10) === today,
      type,
      byline: article.meta.authors.flatMap(id => {
        const author = site.authors.get(id);
        return author ? [author.meta.name] : [];
      }),
      face: faceOf(article, site, pictures),
      draft,
      picture: pictureOf(article, pictures),
      review,
      life,
      seconds: secondsOf(article, recordings),
      pictures: type === 'photo-essay' ? countPictures(article) : undefined,
    };
    teasers.set(article, teaser);
    return teaser;
  };
}

/** Portrait of the author of an opinion piece, if it has only one. */
function faceOf({ meta }: ArticleEntry, { authors }: Site, pictures: PictureMaps): PictureShape | undefined {
  if (meta.type !== 'opinion' || meta.authors.length !== 1) return undefined;
  const author = authors.get(meta.authors[0]!);
  const picture =
    author?.meta.picture === undefined ? undefined : pictures.get(author.source)?.[author.meta.picture];
  if (!picture) return undefined;
  const { folder, width, height, sizes, color } = picture;
  return { folder, width, height, sizes, color };
}

function pictureOf({ links, source }: ArticleEntry, pictures: PictureMaps): TeaserPicture | undefined {
  const url = leadPictureOf(links)?.url;
  const picture = url === undefined ? undefined : pictures.get(source)?.[url];
  if (!picture) return undefined;
  const { folder, width, height, sizes, color, lists } = picture;
  return { folder, width, height, sizes, color, lists };
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
        leads: all(page.leads),
        subject: page.subject && { ...page.subject, articles: all(page.subject.articles) },
        beside: all(page.beside),
        rows: page.rows.map(row => ({ ...row, stories: all(row.stories) })),
        desks: page.desks.map(({ list, articles }) => ({ list, articles: all(articles) })),
      };
    case 'list':
      return { ...page, lead: page.lead && of(page.lead), articles: all(page.articles) };
    case 'author':
    case 'notFound':
      return { ...page, articles: all(page.articles) };
    default:
      return page;
  }
}

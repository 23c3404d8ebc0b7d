/** Metadata in a page's head, for search engines, aggregators and link previews. */
import type { Root } from 'mdast';
import type { Article } from '../article/model.ts';
import { blocksOf } from '../article/walk.ts';
import type { RenderSettings } from '../config/settings.ts';
import { cardFile } from '../site/cards.ts';
import type { ArticlePage, ListHead } from '../site/pages.ts';
import { cropFiles, type PictureFile } from '../site/pictures.ts';
import { absoluteUrl } from '../site/urls.ts';
import type { RenderContext } from './context.ts';
import type { FrameView } from './views.ts';

type Meta = FrameView['page']['meta'];

const property = (name: string, content: string) => ({ property: name, name: undefined, content });
const named = (name: string, content: string) => ({ property: undefined, name, content });

/** Metadata of every page: Open Graph (https://ogp.me) and the Twitter card. */
export function pageMeta(
  page: {
    title: string;
    description: string | undefined;
    canonical: string;
    ogLocale: string;
    type: string;
  },
  config: RenderSettings,
): Meta {
  return [
    property('og:type', page.type),
    property('og:title', page.title),
    ...(page.description === undefined ? [] : [property('og:description', page.description)]),
    property('og:url', page.canonical),
    property('og:locale', page.ogLocale),
    property('og:site_name', config.name),
    named('twitter:card', 'summary_large_image'),
  ];
}

/** Properties of Open Graph's `article` object, and the preview picture. */
export function articleMeta(article: Article, page: ArticlePage, context: RenderContext): Meta {
  const { meta } = article;
  const { modified } = page;
  const { config, authors, listPaths } = context;
  const nameOf = (list: readonly { id: string; name: string }[], id: string) =>
    list.find(item => item.id === id)?.name ?? id;
  return [
    property('article:published_time', meta.published),
    ...(modified === meta.published ? [] : [property('article:modified_time', modified)]),
    property('article:section', nameOf(config.desks, meta.desk)),
    ...meta.topics.map(topic => property('article:tag', nameOf(config.topics, topic))),
    ...meta.authors
      .map(id => authors.get(id)!.path)
      .filter(path => listPaths.has(path))
      .map(path => property('article:author', absoluteUrl(path, config))),
    ...previewMeta(article, page, config),
  ];
}

/**
 * Preview picture: the wide crop of the lead picture, or the card if there is no crop. Drawings have no
 * crops, because few programs can show SVG.
 */
function previewMeta(
  { meta, body }: Article,
  { lead, pictures, card }: ArticlePage,
  config: RenderSettings,
): Meta {
  const picture = lead === undefined ? undefined : pictures[lead];
  const crop = picture && cropFiles(picture)[0];
  if (crop) return imageMeta(crop, altOf(body, lead!) ?? picture.rights.alt, config);
  return card === undefined ? [] : imageMeta(cardFile(card), `${meta.title} — ${config.name}`, config);
}

function imageMeta(
  { path, type, width, height }: PictureFile,
  alt: string | undefined,
  config: RenderSettings,
): Meta {
  const url = absoluteUrl(path, config);
  return [
    property('og:image', url),
    property('og:image:type', type),
    property('og:image:width', String(width)),
    property('og:image:height', String(height)),
    ...(alt === undefined ? [] : [property('og:image:alt', alt)]),
    named('twitter:image', url),
    ...(alt === undefined ? [] : [named('twitter:image:alt', alt)]),
  ];
}

function altOf(body: Root, src: string): string | undefined {
  const figure = blocksOf(body, 'figure').find(figure => figure.kind === 'image' && figure.src === src);
  return figure?.kind === 'image' ? figure.alt.trim() || undefined : undefined;
}

/** Feed formats, which every list with feeds offers. */
export const feedFormats = [
  { file: 'feed.xml', type: 'application/rss+xml', name: 'RSS' },
  { file: 'atom.xml', type: 'application/atom+xml', name: 'Atom' },
  { file: 'feed.json', type: 'application/feed+json', name: 'JSON Feed' },
] as const;

/** Feeds of a list for `<link rel="alternate">`, with absolute URLs; empty if site.yaml disables feeds. */
export function feedLinks(
  { path, name }: Pick<ListHead, 'path' | 'name'>,
  config: RenderSettings,
): FrameView['page']['feeds'] {
  if (!config.outputs.feeds) return [];
  return feedFormats.map(format => ({
    type: format.type,
    title: `${name} (${format.name})`,
    url: absoluteUrl(path + format.file, config),
  }));
}

/**
 * Generates schema.org JSON-LD, one graph per page, typed by schema-dts. https://schema.org/NewsArticle,
 * https://developers.google.com/search/docs/appearance/structured-data/article
 */

import { toString as textOf } from 'mdast-util-to-string';
import type {
  BreadcrumbList,
  Graph,
  ImageObject,
  NewsArticle,
  NewsMediaOrganization,
  Person,
  Quotation,
  Thing,
  WebSite,
} from 'schema-dts';
import type { WorkKind, WorkType } from '../article/keys.ts';
import type { Article } from '../article/model.ts';
import { blocksOf } from '../article/walk.ts';
import type { RenderSettings } from '../config/settings.ts';
import { cardFile } from '../site/cards.ts';
import type { ArticlePage, Page } from '../site/pages.ts';
import { cropFiles, noRights, type Picture, type PictureFile, plainFile } from '../site/pictures.ts';
import { recordingType } from '../site/recordings.ts';
import { absoluteUrl, linkUrl } from '../site/urls.ts';
import type { LocalAuthor, RenderContext } from './context.ts';

/**
 * Serializes a graph for a `<script type="application/ld+json">`. Escapes `<`, so that no text can close the
 * script.
 */
export function jsonLd(things: readonly Thing[]): string {
  const graph = { '@context': 'https://schema.org', '@graph': things } as Graph;
  return JSON.stringify(graph).replace(
    /[<\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const articleTypes = {
  news: 'NewsArticle',
  report: 'ReportageNewsArticle',
  analysis: 'AnalysisNewsArticle',
  opinion: 'OpinionNewsArticle',
  editorial: 'OpinionNewsArticle',
  background: 'BackgroundNewsArticle',
  explainer: 'BackgroundNewsArticle',
  review: 'ReviewNewsArticle',
  interview: 'NewsArticle',
  obituary: 'NewsArticle',
  'photo-essay': 'ReportageNewsArticle',
  video: 'NewsArticle',
  audio: 'NewsArticle',
  agency: 'NewsArticle',
  sponsored: 'AdvertiserContentArticle',
} as const satisfies Record<WorkType, string>;

/**
 * Describes a story: the NewsArticle, its breadcrumbs and its publisher.
 * @param wordCount number of words in the body
 */
export function articleThings(
  page: ArticlePage & Page,
  article: Article,
  wordCount: number,
  context: RenderContext,
): Thing[] {
  const { config, authors } = context;
  const { path, modified, languages } = page;
  const { meta, lang } = article;
  const url = absoluteUrl(path, config);
  const desk = config.desks.find(({ id }) => id === meta.desk)!;
  const topics = meta.topics.map(id => config.topics.find(topic => topic.id === id)!.name);
  const original = languages[0];
  const news = {
    '@type': articleTypes[meta.type],
    '@id': `${url}#article`,
    mainEntityOfPage: url,
    url,
    headline: meta.title,
    ...(meta.standfirst !== undefined && { description: meta.standfirst }),
    ...(meta.kicker !== undefined && { alternativeHeadline: `${meta.kicker}: ${meta.title}` }),
    datePublished: meta.published,
    dateModified: modified,
    ...(meta.dateline !== undefined && { dateline: meta.dateline }),
    ...(meta.authors.length > 0 && { author: meta.authors.map(id => person(authors.get(id)!, context)) }),
    publisher: { '@id': organizationId(config) },
    copyrightHolder: { '@id': organizationId(config) },
    articleSection: desk.name,
    ...(topics.length > 0 && { keywords: topics }),
    ...aboutOf(meta, topics),
    ...(meta.people.length > 0 && { mentions: meta.people.map(name => ({ '@type': 'Person', name })) }),
    wordCount,
    inLanguage: lang,
    isAccessibleForFree: true,
    ...citations(article),
    ...(meta.corrections.length > 0 && {
      correction: meta.corrections.map(({ text, date }) => ({
        '@type': 'CorrectionComment',
        text,
        datePublished: date,
      })),
    }),
    ...(original &&
      original.path !== path && {
        translationOfWork: { '@id': `${absoluteUrl(original.path, config)}#article` },
      }),
    ...reviewOf(meta),
    speakable: { '@type': 'SpeakableSpecification', cssSelector: ['h1', '.standfirst'] },
    ...images(page, article, config),
    ...quotations(article, url),
    ...recordings(page, article, config),
  } as unknown as NewsArticle;
  return [
    news,
    breadcrumbs(
      [
        [config.name, '/'],
        [desk.name, `/${desk.id}/`],
        [meta.title, path],
      ],
      config,
    ),
    context.memo('organization', () => organization(config)),
  ];
}

/** Types of schema.org by the kind of a reviewed work. */
const itemTypes = {
  book: 'Book',
  film: 'Movie',
  series: 'TVSeries',
  album: 'MusicAlbum',
  play: 'Play',
  game: 'VideoGame',
  exhibition: 'ExhibitionEvent',
  restaurant: 'Restaurant',
  product: 'Product',
} as const satisfies Record<WorkKind, string>;

/**
 * Describes what a review is about and what it finds: ReviewNewsArticle inherits these properties from Review.
 * https://developers.google.com/search/docs/appearance/structured-data/review-snippet
 */
function reviewOf({ type, review }: Article['meta']): object {
  if (!review || type !== 'review') return {};
  const { item, kind, verdict, rating } = review;
  return {
    itemReviewed: { '@type': kind ? itemTypes[kind] : 'CreativeWork', name: item },
    reviewBody: verdict,
    ...(rating && {
      reviewRating: {
        '@type': 'Rating',
        ratingValue: rating.value,
        bestRating: rating.best,
        worstRating: 0,
      },
    }),
  };
}

/** What a story is about: its topics and, in an obituary, the person. */
function aboutOf({ life }: Article['meta'], topics: readonly string[]): object {
  const person = life && {
    '@type': 'Person',
    name: life.name,
    ...(life.born !== undefined && { birthDate: life.born }),
    ...(life.died !== undefined && { deathDate: life.died }),
  };
  const about = [...(person ? [person] : []), ...topics.map(name => ({ '@type': 'Thing', name }))];
  return about.length > 0 ? { about } : {};
}

/** Sources of a story: `isBasedOn` names those that reported the story first, and `citation` the others. */
function citations({ meta }: Article): object {
  const work = ({ name, url }: { name: string; url: string | undefined }) => ({
    '@type': 'CreativeWork',
    name,
    ...(url !== undefined && { url }),
  });
  const first = meta.sources.filter(({ firstReport }) => firstReport).map(work);
  const others = meta.sources.filter(({ firstReport }) => !firstReport).map(work);
  return { ...(first.length > 0 && { isBasedOn: first }), ...(others.length > 0 && { citation: others }) };
}

/** Describes the site's own videos and audio. Recordings on other sites are described by the pages there. */
function recordings(
  { links, pictures, recordings }: ArticlePage,
  { body, meta }: Article,
  config: RenderSettings,
): object {
  const address = (name: string | undefined) => {
    const target = name === undefined ? undefined : links[name];
    return target && linkUrl(target, undefined, config);
  };
  const things = blocksOf(body, 'figure').flatMap(figure => {
    if ((figure.kind !== 'video' && figure.kind !== 'audio') || figure.src === undefined) return [];
    const poster =
      figure.kind === 'video' && figure.poster !== undefined ? pictures[figure.poster] : undefined;
    const { seconds, width, height } = recordings[figure.src] ?? {};
    const thumbnailUrl = poster && absoluteUrl(plainFile(poster).path, config);
    return {
      '@type': figure.kind === 'video' ? 'VideoObject' : 'AudioObject',
      name: figure.caption,
      description: figure.caption,
      uploadDate: meta.published,
      contentUrl: address(figure.src),
      encodingFormat: recordingType(figure.src),
      // ISO 8601 duration.
      ...(seconds !== undefined && { duration: `PT${seconds}S` }),
      ...(width !== undefined && height !== undefined && { width, height }),
      ...(thumbnailUrl !== undefined && { thumbnailUrl }),
      ...(figure.transcript !== undefined && { transcript: figure.transcript }),
    };
  });
  const of = (type: string) => things.filter(thing => thing['@type'] === type);
  const [video, audio] = [of('VideoObject'), of('AudioObject')];
  return { ...(video.length > 0 && { video }), ...(audio.length > 0 && { audio }) };
}

/**
 * Describes the lead picture in three aspect ratios, or the card if it has no crops; and every picture in the
 * text with its rights.
 */
function images(
  { lead, pictures, card }: ArticlePage,
  { body }: Article,
  config: RenderSettings,
): { image?: ImageObject[]; associatedMedia?: ImageObject[] } {
  const leading = lead === undefined ? undefined : pictures[lead];
  const crops = leading ? cropFiles(leading).map(file => imageObject(leading, file, config)) : [];
  const image = crops.length > 0 ? crops : uncut(leading, card, config);
  const shown = blocksOf(body, 'figure').flatMap(figure => {
    const picture = figure.kind === 'image' ? pictures[figure.src] : undefined;
    return picture ? imageObject(picture, plainFile(picture), config, figure.caption) : [];
  });
  return {
    ...(image.length > 0 && { image }),
    ...(shown.length > 0 && { associatedMedia: shown }),
  };
}

/** Describes the card, or the drawing if there is no card. Drawings are never cropped. */
function uncut(
  drawing: Picture | undefined,
  card: string | undefined,
  config: RenderSettings,
): ImageObject[] {
  if (card !== undefined) return [imageObject({ rights: noRights }, cardFile(card), config)];
  return drawing ? [imageObject(drawing, plainFile(drawing), config)] : [];
}

/**
 * Describes a picture file, according to
 * https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata.
 */
function imageObject(
  { rights }: Pick<Picture, 'rights'>,
  { path, type, width, height }: PictureFile,
  config: RenderSettings,
  caption = rights.caption,
): ImageObject {
  const { creators, credit, copyright, license, licensor } = rights;
  const url = absoluteUrl(path, config);
  return {
    '@type': 'ImageObject',
    url,
    contentUrl: url,
    encodingFormat: type,
    width,
    height,
    ...(caption !== undefined && { caption }),
    ...(credit !== undefined && { creditText: credit }),
    ...(creators.length > 0 && { creator: creators.map(name => ({ '@type': 'Person', name })) }),
    ...(copyright !== undefined && { copyrightNotice: copyright }),
    ...(license !== undefined && { license }),
    ...(licensor !== undefined && { acquireLicensePage: licensor }),
  } as unknown as ImageObject;
}

/** Describes every quotation that names its speaker, with its URL on the page. */
function quotations({ body }: Article, url: string): { hasPart?: Quotation[] } {
  const parts = blocksOf(body, 'quote').map(
    quote =>
      ({
        '@type': 'Quotation',
        '@id': `${url}#${quote.id}`,
        text: quote.children.map(child => textOf(child)).join('\n\n'),
        spokenByCharacter: {
          '@type': 'Person',
          name: quote.speaker,
          ...(quote.role !== undefined && { jobTitle: quote.role }),
        } as Person,
      }) as Quotation,
  );
  return parts.length > 0 ? { hasPart: parts } : {};
}

/** Describes an author as a Person. The URL is set only if the author has a page. */
export function person(
  { meta, path, title, role }: LocalAuthor,
  { config, listPaths }: RenderContext,
  portrait?: Picture,
): Person {
  const sameAs = [...(meta.url === undefined ? [] : [meta.url]), ...meta.links.map(({ url }) => url)];
  return {
    '@type': 'Person',
    name: title,
    ...(listPaths.has(path) && { url: absoluteUrl(path, config) }),
    ...(role !== undefined && { jobTitle: role }),
    ...(sameAs.length > 0 && { sameAs }),
    ...(portrait && { image: imageObject(portrait, plainFile(portrait), config) }),
  } as Person;
}

/** Creates a BreadcrumbList. @param steps pages from the home page to the page itself */
export function breadcrumbs(
  steps: readonly (readonly [name: string, path: string])[],
  config: RenderSettings,
): BreadcrumbList {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(([name, path], index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: absoluteUrl(path, config),
    })),
  };
}

const organizationId = (config: RenderSettings): string => `${absoluteUrl('/', config)}#publisher`;

/** Describes the publisher and its policies. */
export function organization(config: RenderSettings): NewsMediaOrganization {
  const { publisher, policies } = config;
  const absolute = (address: string) => (address.startsWith('/') ? absoluteUrl(address, config) : address);
  return {
    '@type': 'NewsMediaOrganization',
    '@id': organizationId(config),
    name: publisher.name,
    url: publisher.url ?? absoluteUrl('/', config),
    ...(publisher.logo !== undefined && { logo: { '@type': 'ImageObject', url: absolute(publisher.logo) } }),
    ...Object.fromEntries(Object.entries(policies).map(([name, address]) => [name, absolute(address)])),
  } as NewsMediaOrganization;
}

/** Describes the site and its publisher, for the home page. */
export function siteThings(config: RenderSettings): Thing[] {
  const site: WebSite = {
    '@type': 'WebSite',
    '@id': `${absoluteUrl('/', config)}#site`,
    name: config.name,
    url: absoluteUrl('/', config),
    inLanguage: config.lang,
    publisher: { '@id': organizationId(config) } as NewsMediaOrganization,
    ...(config.tagline !== undefined && { description: config.tagline }),
  };
  return [site, organization(config)];
}

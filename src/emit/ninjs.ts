/**
 * ninjs.json: the article in IPTC ninjs 3.1 (https://iptc.org/std/ninjs/), for the systems of other
 * newsrooms. The standard forbids unknown properties.
 */
import type { WorkType } from '../article/keys.ts';
import type { Article, AudioFigure, Figure, ImageFigure, VideoFigure } from '../article/model.ts';
import { blocksOf } from '../article/walk.ts';
import type { RenderSettings } from '../config/settings.ts';
import { bodyHtml } from '../render/body-html.ts';
import type { RenderContext } from '../render/context.ts';
import type { ArticlePage, Page } from '../site/pages.ts';
import { creditLine, filesOf, type PictureFile, plainFile } from '../site/pictures.ts';
import { recordingType } from '../site/recordings.ts';
import { absoluteUrl, linkUrl } from '../site/urls.ts';

/**
 * Genre codes of the IPTC: https://cv.iptc.org/newscodes/genre/. A sponsored story has no code, because it is not
 * journalism.
 */
const genres: Record<WorkType, { name: string; code?: string }> = {
  news: { name: 'Current', code: 'Current' },
  report: { name: 'Actuality', code: 'Actuality' },
  analysis: { name: 'Analysis', code: 'Analysis' },
  opinion: { name: 'Opinion', code: 'Opinion' },
  editorial: { name: 'Opinion', code: 'Opinion' },
  background: { name: 'Background', code: 'Background' },
  explainer: { name: 'Background', code: 'Background' },
  review: { name: 'Review', code: 'Review' },
  interview: { name: 'Interview', code: 'Interview' },
  obituary: { name: 'Obituary', code: 'Obituary' },
  'photo-essay': { name: 'Feature', code: 'Feature' },
  video: { name: 'Feature', code: 'Feature' },
  audio: { name: 'Feature', code: 'Feature' },
  agency: { name: 'Current', code: 'Current' },
  sponsored: { name: 'Sponsored' },
};

/** Generates the text of a story's ninjs.json. */
export function emitNinjs(page: Page & ArticlePage, article: Article, context: RenderContext): string {
  const { config, authors, listPaths } = context;
  const { meta, lang } = article;
  const words = context.wordsOf(article);
  const html = bodyHtml(article, page, 'elsewhere', context, meta.type);
  const url = absoluteUrl(page.path, config);
  const byline = meta.authors.map(id => authors.get(id)!.title);
  const genre = genres[meta.type];
  const corrections = config.policies.correctionsPolicy;
  const data = {
    uri: url,
    standard: {
      name: 'ninjs',
      version: '3.1',
      schema: 'https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
    },
    type: 'text',
    representationType: 'full',
    language: lang,
    firstCreated: meta.published,
    versionCreated: page.modified,
    contentCreated: meta.published,
    ...(meta.expires !== undefined && { expires: meta.expires }),
    pubStatus: 'usable',
    title: meta.title,
    headlines: [
      { role: 'main', contentType: 'text/plain', value: meta.title },
      ...(meta.kicker === undefined
        ? []
        : [{ role: 'kicker', contentType: 'text/plain', value: meta.kicker }]),
    ],
    ...(meta.standfirst !== undefined && {
      descriptions: [{ role: 'summary', contentType: 'text/plain', value: meta.standfirst }],
    }),
    bodies: [
      { role: 'main', contentType: 'text/html', charCount: html.length, wordCount: words.count, value: html },
      {
        role: 'main',
        contentType: 'text/plain',
        charCount: words.text.length,
        wordCount: words.count,
        value: words.text,
      },
    ],
    ...(byline.length > 0 && { by: byline.join(', ') }),
    ...(meta.dateline !== undefined && { located: meta.dateline }),
    ...(meta.people.length > 0 && { people: meta.people.map(name => ({ name, rel: 'about' })) }),
    subjects: [
      {
        name: config.desks.find(({ id }) => id === meta.desk)!.name,
        rel: 'category',
        uri: absoluteUrl(`/${meta.desk}/`, config),
      },
      ...meta.topics.map(id => ({
        name: config.topics.find(topic => topic.id === id)!.name,
        rel: 'about',
        ...(listPaths.has(`/topics/${id}/`) && { uri: absoluteUrl(`/topics/${id}/`, config) }),
      })),
    ],
    genres: [
      {
        name: genre.name,
        // Several types of work share a genre.
        literal: meta.type,
        ...(genre.code !== undefined && { uri: `http://cv.iptc.org/newscodes/genre/${genre.code}` }),
      },
    ],
    ...(meta.sources.length > 0 && {
      infoSources: meta.sources.map(({ name, url, firstReport }) => ({
        name,
        role: firstReport ? 'first report' : 'source',
        ...(url !== undefined && { uri: url }),
      })),
    }),
    ...(meta.corrections.length > 0 && {
      edNote: meta.corrections.map(({ date, text }) => `Correction, ${date}: ${text}`).join('\n'),
    }),
    ...(corrections !== undefined && {
      trustIndicators: [
        {
          role: 'https://schema.org/correctionsPolicy',
          title: 'Corrections policy',
          href: corrections.startsWith('/') ? absoluteUrl(corrections, config) : corrections,
        },
      ],
    }),
    ...associations(page, article, config),
    copyrightHolder: config.publisher.name,
  };
  return `${JSON.stringify(data)}\n`;
}

/** Pictures, videos and audio in the text as separate news objects, each with its files. */
function associations(page: Page & ArticlePage, { body, lang }: Article, config: RenderSettings) {
  const objects = blocksOf(body, 'figure').flatMap(figure => {
    const own = objectOf(figure, page, config);
    if (!own) return [];
    const { caption, credit, ...more } = own;
    return {
      name: figure.id,
      rel: own.type,
      uri: `${absoluteUrl(page.path, config)}#${figure.id}`,
      language: lang,
      ...(caption !== undefined && {
        descriptions: [{ role: 'caption', contentType: 'text/plain', value: caption }],
      }),
      ...(credit !== undefined && { by: credit }),
      ...more,
    };
  });
  return objects.length > 0 ? { associations: objects } : {};
}

function objectOf(figure: Figure, page: Page & ArticlePage, config: RenderSettings) {
  switch (figure.kind) {
    case 'image':
      return pictureObject(figure, page, config);
    case 'video':
    case 'audio':
      return recordingObject(figure, page, config);
    default:
      return undefined;
  }
}

function pictureObject(figure: ImageFigure, { pictures }: ArticlePage, config: RenderSettings) {
  const picture = pictures[figure.src];
  if (!picture) return undefined;
  const { rights, sizes } = picture;
  return {
    type: 'picture',
    caption: figure.caption ?? rights.caption,
    credit: figure.credit ?? creditLine(rights),
    ...(rights.copyright !== undefined && { copyrightNotice: rights.copyright }),
    ...(rights.usageTerms !== undefined && { usageTerms: rights.usageTerms }),
    renditions: filesOf(picture, sizes.at(-1)!).map(file => rendition(String(file.width), file, config)),
  };
}

/** A recording with its poster and captions. If it is on another site, its page is the only rendition. */
function recordingObject(
  figure: VideoFigure | AudioFigure,
  { links, pictures, recordings }: ArticlePage,
  config: RenderSettings,
) {
  const { kind, src, url, caption, credit, transcript } = figure;
  const addressOf = (name: string | undefined) => {
    const target = name === undefined ? undefined : links[name];
    return target && linkUrl(target, undefined, config);
  };
  const href = addressOf(src) ?? addressOf(url);
  if (href === undefined) return undefined;
  const { seconds, width, height } = (src === undefined ? undefined : recordings[src]) ?? {};
  const still = kind === 'video' && figure.poster !== undefined ? pictures[figure.poster] : undefined;
  const captions = kind === 'video' ? addressOf(figure.captions) : undefined;
  return {
    type: kind,
    caption,
    credit,
    ...(transcript !== undefined && {
      bodies: [{ role: 'transcript', contentType: 'text/plain', value: transcript }],
    }),
    renditions: [
      {
        name: src === undefined ? 'page' : 'main',
        href,
        contentType: src === undefined ? 'text/html' : recordingType(src),
        ...(width !== undefined && height !== undefined && { width, height }),
        ...(seconds !== undefined && { duration: seconds }),
      },
      ...(still ? [rendition('still', plainFile(still), config)] : []),
      ...(captions === undefined ? [] : [{ name: 'captions', href: captions, contentType: 'text/vtt' }]),
    ],
  };
}

const rendition = (name: string, { path, type, width, height }: PictureFile, config: RenderSettings) => ({
  name,
  href: absoluteUrl(path, config),
  contentType: type,
  width,
  height,
});

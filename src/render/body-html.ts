import type { WorkType } from '../article/keys.ts';
import type { ContentDocument } from '../article/model.ts';
import type { Shown } from '../site/pages.ts';
import { absoluteUrl, linkUrl, urlOf } from '../site/urls.ts';
import { type BodyParts, renderBody } from './body.ts';
import type { RenderContext } from './context.ts';

/** Renders a document's body as one piece of HTML. @see bodyParts */
export const bodyHtml = (...input: Parameters<typeof bodyParts>): string => {
  const { lead, opening, rest } = bodyParts(...input);
  return lead + opening + rest;
};

/**
 * Renders a document's body in parts, as in `renderBody`.
 * @param where `page` for the document's own page, or `elsewhere`, such as in a feed, where all URLs are
 *   absolute
 * @param type type of work, if the document is a story
 * @throws TemplateError
 */
export function bodyParts(
  { body, lang }: ContentDocument<unknown>,
  { path, links, pictures, recordings }: { path: string } & Shown,
  where: 'page' | 'elsewhere',
  { templates, localeOf, config, edition, pageUrl }: RenderContext,
  type?: WorkType,
): BodyParts {
  const there = where === 'page';
  const fileUrl = (path: string) => (there ? urlOf(path, config) : absoluteUrl(path, config));
  return renderBody(body, {
    templates,
    locale: localeOf(lang),
    linkUrl: url =>
      Object.hasOwn(links, url)
        ? linkUrl(links[url]!, there ? path : undefined, config, there ? pageUrl : undefined)
        : undefined,
    relOf: url =>
      type === 'sponsored' && /^https?:/.test(url) && !url.startsWith(`${config.origin}/`)
        ? 'sponsored'
        : undefined,
    picture: url => (Object.hasOwn(pictures, url) ? pictures[url] : undefined),
    pictureUrl: fileUrl,
    recording: url => (Object.hasOwn(recordings, url) ? recordings[url] : undefined),
    type,
    where: there && edition === 'text' ? 'text' : where,
    pageUrl: there ? '' : absoluteUrl(path, config),
    folderUrl: there && edition === 'full' ? '' : fileUrl(path),
  });
}

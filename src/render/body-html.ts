import type { WorkType } from '../article/keys.ts';
import type { ContentDocument } from '../article/model.ts';
import type { Shown } from '../site/pages.ts';
import { absoluteUrl, linkUrl, urlOf } from '../site/urls.ts';
import { renderBody } from './body.ts';
import type { RenderContext } from './context.ts';

/** Renders a document's body as one piece of HTML. @see bodyParts */
export const bodyHtml = (...input: Parameters<typeof bodyParts>): string => bodyParts(...input).join('');

/**
 * Renders a document's body in two parts, split as in `renderBody`.
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
): [opening: string, rest: string] {
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
    where: there && edition === 'text' ? 'text' : where,
    pageUrl: there ? '' : absoluteUrl(path, config),
    folderUrl: there && edition === 'full' ? '' : fileUrl(path),
  });
}

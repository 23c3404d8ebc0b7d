import type { ContentDocument } from '../article/model.ts';
import type { Shown } from '../site/plan.ts';
import { absoluteUrl, linkUrl, urlOf } from '../site/urls.ts';
import { renderBody } from './body.ts';
import type { RenderContext } from './context.ts';

/** The body on its own page, or for elsewhere (a feed), where every address is absolute. */
export const bodyHtml = (...input: Parameters<typeof bodyParts>): string => bodyParts(...input).join('');

/** The same as its opening and the rest. */
export function bodyParts(
  { body, lang }: ContentDocument<unknown>,
  { path, links, pictures, recordings }: { path: string } & Shown,
  where: 'page' | 'elsewhere',
  { templates, localeOf, config }: RenderContext,
): [opening: string, rest: string] {
  const from = where === 'page' ? path : undefined;
  return renderBody(body, {
    templates,
    locale: localeOf(lang),
    linkUrl: url => (Object.hasOwn(links, url) ? linkUrl(links[url]!, from, config) : undefined),
    picture: url => (Object.hasOwn(pictures, url) ? pictures[url] : undefined),
    pictureUrl: path => (from === undefined ? absoluteUrl(path, config) : urlOf(path, config)),
    recording: url => (Object.hasOwn(recordings, url) ? recordings[url] : undefined),
    where,
    pageUrl: where === 'page' ? '' : absoluteUrl(path, config),
  });
}

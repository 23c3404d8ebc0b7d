/** Input and helpers that the handlers of all nodes share. */
import type { ElementContent } from 'hast';
import type { Nodes } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import type { Options } from 'remark-rehype';
import { unified } from 'unified';
import type { WorkType } from '../../article/keys.ts';
import type { Picture } from '../../site/pictures.ts';
import type { Recording } from '../../site/recordings.ts';
import type { Locale } from '../locale.ts';
import type { Templates } from '../templates.ts';
import type { ElementFrame, LinkRel } from '../views.ts';

/** Everything besides the tree that the HTML of a body depends on. Addresses are as the author wrote them. */
export interface BodyContext {
  templates: Templates;
  locale: Locale;
  /** Returns the URL to print; undefined if the address is broken or not allowed. */
  linkUrl: (address: string) => string | undefined;
  /** Returns the `rel` of a link to a URL to print. */
  relOf: (url: string) => LinkRel;
  /** Finds a picture; undefined if the address has no usable picture file. */
  picture: (address: string) => Picture | undefined;
  /** Returns the URL to print for the path of a picture's file. */
  pictureUrl: (path: string) => string;
  /** Finds a recording's metadata; undefined if the address has no usable file on this site. */
  recording: (address: string) => Recording | undefined;
  /** Type of work, if the document is a story. */
  type: WorkType | undefined;
  /**
   * Where the HTML is printed: on the document's own page, on its page in the text edition, or elsewhere,
   * such as in a feed.
   */
  where: 'page' | 'text' | 'elsewhere';
  /** Prefix of `#fragment` links: empty on the page itself, and the page's absolute URL elsewhere. */
  pageUrl: string;
  /** Prefix for names of files beside the page: empty on the page itself, and the page's URL elsewhere. */
  folderUrl: string;
}

/** Input of a handler, besides its node. */
export interface HandlerContext extends BodyContext {
  /** First node of the body. */
  first: Nodes | undefined;
}

export type Handlers = NonNullable<Options['handlers']>;
export type State = Parameters<NonNullable<Handlers['link']>>[0];

const writer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze();

/** Serializes hast as HTML. Does not escape raw nodes, which contain HTML from templates. */
export const toHtml = (children: ElementContent[]): string => writer.stringify({ type: 'root', children });

/** Renders the block content of a node as HTML. */
export const flowHtml = (state: State, node: { children: readonly unknown[] }): string =>
  toHtml(state.wrap(state.all(node as Nodes) as ElementContent[], true) as ElementContent[]);

/** Renders the inline content of a node as HTML. */
export const phrasingHtml = (state: State, node: unknown): string =>
  toHtml(state.all(node as Nodes) as ElementContent[]);

/**
 * Renders an element template.
 * @param name name of the template, without folder and extension: `quote`
 * @throws TemplateError
 */
export function renderElement<View extends ElementFrame>(
  name: string,
  view: Omit<View, keyof ElementFrame>,
  { templates, locale, where }: HandlerContext,
): ElementContent {
  const folder = where === 'text' ? 'text/elements' : 'elements';
  const value = templates.render(`${folder}/${name}`, { lang: locale.lang, t: locale.t, ...view });
  return { type: 'raw', value } as unknown as ElementContent;
}

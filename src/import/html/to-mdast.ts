/** Turns the prepared hast tree into the mdast tree that the Markdown is written from. */
import type { Element, Root as HastRoot } from 'hast';
import { defaultHandlers, type Handle, type State, toMdast } from 'hast-util-to-mdast';
import type { BlockContent, Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { stringify } from 'yaml';
import { keptInline } from './blocks.ts';
import type { HtmlContext } from './context.ts';
import { alsoReadIn } from './labels.ts';
import { attribute, isBlock, isElement, plainOf } from './tree.ts';

/** Converts a prepared tree. Elements `bs-…` are those of the steps in `html/convert.ts`. */
export function toTree(tree: HastRoot, handlers: Record<string, Handle>): Root {
  const mdast = toMdast(tree, { document: true, newlines: false, handlers });
  separateMarks(mdast);
  tightenLists(mdast);
  return mdast.type === 'root' ? mdast : { type: 'root', children: [mdast as RootContent] };
}

/**
 * Writes a bold or italic text that immediately follows another one as HTML, because Markdown cannot tell where the
 * asterisks of one end and those of the other begin.
 */
function separateMarks(node: Nodes): void {
  if (!('children' in node)) return;
  let isAfterMark = false;
  node.children = (node.children as RootContent[]).flatMap((child): RootContent[] => {
    separateMarks(child);
    const tag = marks[child.type];
    const isSecond = tag !== undefined && isAfterMark;
    isAfterMark = tag !== undefined && !isSecond;
    return isSecond && 'children' in child
      ? [raw(`<${tag}>`), ...(child.children as PhrasingContent[]), raw(`</${tag}>`)]
      : [child];
  }) as never;
}

/** Writes lists whose items are all single paragraphs without blank lines. */
function tightenLists(node: Nodes): void {
  if (!('children' in node)) return;
  for (const child of node.children) tightenLists(child);
  if (node.type !== 'list' || !node.children.every(({ children }) => children.length < 2)) return;
  node.spread = false;
  for (const item of node.children) item.spread = false;
}

const marks: Readonly<Record<string, string>> = { emphasis: 'em', strong: 'strong' };

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const raw = (value: string): PhrasingContent => ({ type: 'html', value });
const paragraph = (...children: PhrasingContent[]): Paragraph => ({ type: 'paragraph', children });

/** Creates the handlers of the elements of one story. */
export function handlersFor(context: HtmlContext): Record<string, Handle> {
  const inline: Handle = (state, node) => wrapped(state, node, node.tagName, {});
  return {
    ...Object.fromEntries(keptInline.map(name => [name, inline])),
    abbr: (state, node) => wrapped(state, node, 'abbr', { title: attribute(node, 'title') }),
    time: (state, node) => wrapped(state, node, 'time', { datetime: attribute(node, 'dateTime') }),
    cite: (state, node) => state.handlers.em!(state, node, undefined),
    // A blank line would end the code.
    code: (_, node) => ({ type: 'inlineCode', value: plainOf(node) }),
    span: (state, node) => {
      const lang = attribute(node, 'lang');
      return lang === undefined ? state.all(node) : wrapped(state, node, 'span', { lang });
    },
    li: (state, node) => itemOf(state, node),
    a: (state, node) => linkOf(state, node),
    table: (state, node) => tableOf(state, node),
    figure: (state, node) => state.all(node),
    figcaption: (state, node) => state.toFlow(state.all(node)),
    iframe: () => undefined,
    'bs-figure': (_, node) => pictureOf(node, context),
    'bs-image': (_, node) => pictureOf(node, context).children,
    'bs-recording': (_, node) => recordingOf(node, context),
    'bs-quote': (state, node) => quoteOf(state, node),
    'bs-box': (state, node) => boxOf(state, node),
    'bs-line': (state, node) => paragraph(...(state.all(node) as PhrasingContent[])),
    'bs-related': (_, node) => relatedOf(node, context),
    'bs-ref': (_, node) => ({
      type: 'footnoteReference',
      identifier: attribute(node, 'number')!,
      label: attribute(node, 'number')!,
    }),
    'bs-note': (state, node) => ({
      type: 'footnoteDefinition',
      identifier: attribute(node, 'number')!,
      label: attribute(node, 'number')!,
      children: state.toFlow(state.all(node)) as BlockContent[],
    }),
    'bs-removed': () => undefined,
  };
}

const escapeAttribute = (value: string): string =>
  value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** Inline content between an HTML tag and its end. */
function wrapped(
  state: State,
  node: Element,
  tag: string,
  attributes: Record<string, string | undefined>,
): Nodes[] {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  return [raw(`<${tag}${written.join('')}>`), ...(state.all(node) as PhrasingContent[]), raw(`</${tag}>`)];
}

/** An item of a list. A line with a list below it needs no blank lines. */
function itemOf(state: State, node: Element): Nodes {
  const item = defaultHandlers.li(state, node) as Nodes;
  const blocks = node.children.filter(child => child.type === 'element' && isBlock(child));
  const lists = blocks.filter(child => isElement(child, 'ul', 'ol'));
  const lines = blocks.filter(child => isElement(child, 'p'));
  const isPlain = lists.length > 0 && lines.length <= 1 && lists.length + lines.length === blocks.length;
  if (item.type === 'listItem' && isPlain) item.spread = false;
  return item;
}

function linkOf(state: State, node: Element): Nodes[] {
  const url = attribute(node, 'href');
  const children = state.all(node) as PhrasingContent[];
  if (url === undefined || textOf({ type: 'paragraph', children }).trim() === '') return children;
  return [{ type: 'link', url, title: null, children }];
}

/** A picture in a paragraph of its own. Without its file, it is a link to where it was. */
function pictureOf(node: Element, context: HtmlContext): Paragraph {
  const { alt, caption, credit } = partsOf(node, context);
  if (credit !== undefined) context.credited();
  const address = attribute(node, 'address');
  const title = [caption, credit && `Photo: ${credit}`].filter(Boolean).join(' ');
  if (address === undefined) {
    const src = attribute(node, 'src')!;
    const words = alt ?? caption ?? fileName(src);
    const name = missing(src, words, context);
    const rest = [alt === undefined ? undefined : caption, credit && `Photo: ${credit}`]
      .filter(Boolean)
      .join(' ');
    return paragraph(name, ...(rest === '' ? [] : [text(`${/[.!?]$/.test(words) ? '' : '.'} ${rest}`)]));
  }
  if (alt === undefined) context.report('picture-description', address);
  const width = attribute(node, 'width');
  const url = width === undefined ? address : `${address}#width=${width}`;
  return paragraph({ type: 'image', url, alt: alt ?? '', title: title || null });
}

/** Words for a file that is missing: a link to where it was, if its address is known. */
function missing(src: string, words: string, context: HtmlContext): PhrasingContent {
  context.report('media-missing', src);
  const url = context.absolute(src).replaceAll('\\', '%5C');
  return /^https?:/i.test(url) && URL.canParse(url)
    ? { type: 'link', url, title: null, children: [text(words)] }
    : text(words);
}

const fileName = (src: string): string =>
  src
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1) || src;

/** Texts of a picture: the story's own, and what the media library says where the story says nothing. */
function partsOf(
  node: Element,
  context: HtmlContext,
): Record<'alt' | 'caption' | 'credit', string | undefined> {
  const ownOf = (name: string) => {
    const value = attribute(node, name);
    if (value !== undefined) context.inherited(value);
    return value;
  };
  const caption = attribute(node, 'caption') ?? ownOf('ownCaption');
  const credit = attribute(node, 'credit') ?? ownOf('ownCredit');
  const end = credit === undefined ? '' : '.';
  return { alt: attribute(node, 'alt'), caption: caption?.replace(/(?<![.!?…:"”’)])$/u, end), credit };
}

/** A recording as a fenced block, or as a link if its file is missing or nothing describes it. */
function recordingOf(node: Element, context: HtmlContext): Nodes {
  const kind = attribute(node, 'kind')!;
  const [url, src] = [attribute(node, 'url'), attribute(node, 'address')];
  const caption = attribute(node, 'caption');
  if (attribute(node, 'credit') !== undefined) context.credited();
  if (url === undefined && src === undefined) {
    const own = attribute(node, 'src')!;
    return paragraph(missing(own, caption ?? fileName(own), context));
  }
  if (caption === undefined) {
    const target = url ?? src!;
    return paragraph({ type: 'link', url: target, title: null, children: [text(url ?? fileName(target))] });
  }
  const [credit, poster, captions] = ['credit', 'poster', 'captions'].map(name => attribute(node, name));
  const data = {
    ...(src === undefined ? { url } : { src }),
    ...(poster && kind === 'video' && { poster }),
    ...(captions && kind === 'video' && { captions }),
    caption,
    ...(credit && { credit }),
  };
  return { type: 'code', lang: kind, meta: null, value: stringify(data, { lineWidth: 0 }).trimEnd() };
}

function quoteOf(state: State, node: Element): Nodes {
  const last = node.children.at(-1);
  const line = isElement(last, 'bs-line') ? last : undefined;
  const children = state.toFlow(
    state.all({ ...node, children: node.children.filter(child => child !== line) }),
  ) as BlockContent[];
  if (!line) {
    const marker = paragraph(raw('[!plain]'));
    const [first, ...rest] = children;
    if (first?.type !== 'paragraph') return { type: 'blockquote', children: [marker, ...children] };
    return { type: 'blockquote', children: [paragraph(raw('[!plain]\n'), ...first.children), ...rest] };
  }
  const attribution = paragraph(text('— '), ...withoutFormat(state.all(line) as PhrasingContent[]));
  return { type: 'blockquote', children: [...children, attribution] };
}

/** An attribution's content without bold, italics and line breaks, which Broadsheet drops with a warning. */
function withoutFormat(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'break') return [text(', ')];
    if (node.type === 'emphasis' || node.type === 'strong' || node.type === 'delete')
      return withoutFormat(node.children);
    if (node.type === 'html') return [];
    return [node];
  });
}

function boxOf(state: State, node: Element): Nodes {
  const kind = attribute(node, 'kind') ?? 'context';
  const title = attribute(node, 'title');
  const children = state.toFlow(state.all(node)) as BlockContent[];
  const marker = paragraph(raw(`[!${kind}]`), ...(title === undefined ? [] : [text(` ${title}`)]));
  return { type: 'blockquote', children: [marker, ...children] };
}

function relatedOf(node: Element, { lang }: HtmlContext): Paragraph {
  const link: PhrasingContent = {
    type: 'link',
    url: attribute(node, 'href')!,
    title: null,
    children: [text(plainOf(node))],
  };
  return paragraph(text(`${alsoReadIn(lang)}: `), link);
}

/** A table, and its caption as a paragraph below it. A line break in a cell is HTML. */
function tableOf(state: State, node: Element): Nodes[] {
  const { br } = state.handlers;
  state.handlers.br = () => raw('<br>');
  const table = defaultHandlers.table(state, node) as Nodes;
  state.handlers.br = br!;
  const caption = node.children.find(child => isElement(child, 'caption'));
  const words = caption ? plainOf(caption) : '';
  return words === '' ? [table] : [table, paragraph(text(`Table: ${words}`))];
}

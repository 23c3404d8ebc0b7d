/** Removes invisible elements, and the clutter of word processors and editors. */
import type { Element, ElementContent, Parents, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import {
  attribute,
  element,
  find,
  hasClass,
  isBlank,
  isBlock,
  isElement,
  plainOf,
  replaceAll,
  textNode,
} from './tree.ts';

/** Elements without content for readers. */
const removed = new Set(
  'script style template head meta link title noscript svg math canvas map base input button select textarea datalist'.split(
    ' ',
  ),
);

/** Elements whose tags carry no meaning here; their content stays. */
const unwrapped = new Set(
  `acronym article basefont bdi bdo big center colgroup content data fieldset font footer header hgroup html body label main
  marquee menuitem nav nobr ns object output picture section slot strike tt u wbr`.split(/\s+/),
);

/** Characters that control the display and belong to no word. U+200C and U+200D are needed in Persian and Hindi. */
const invisible = /[\u00ad\u200b\u2060\ufeff\ufffc]|(?![\t\n\r])\p{Cc}/gu;

/** Cleans a tree, in place. */
export function clean(tree: Root, context: HtmlContext): Root {
  cleanText(tree);
  return replaceAll(tree, (node, parent) => cleanElement(node, context, parent));
}

function cleanText(node: Root | Element): void {
  for (const child of node.children) {
    if (child.type === 'text') {
      child.value = child.value.replace(invisible, '');
      if (!isElement(node as Element, 'pre', 'code'))
        child.value = child.value.replace(/[\u00a0\u2028\u2029]/g, ' ');
    } else if (child.type === 'element') cleanText(child);
  }
}

function cleanElement(
  node: Element,
  context: HtmlContext,
  parent: Parents,
): ElementContent | ElementContent[] | undefined {
  const { tagName } = node;
  const children = inLanguage(node);
  if (tagName === 'form') {
    if (!isBlank(node)) context.report('form', plainOf(node).slice(0, 80));
    return undefined;
  }
  if (removed.has(tagName) || isHidden(node)) return undefined;
  if (tagName === 'a' && hasClass(node, /^wp-block-file__button$/)) {
    // A second link to the same file.
    context.replaced(plainOf(node));
    return undefined;
  }
  if (tagName === 'img') return isTrackingPixel(node) ? undefined : node;
  const address = protectedAddress(node);
  if (address !== undefined) {
    context.replaced(plainOf(node));
    return textNode(address);
  }
  if (tagName === 'span') return spanOf(node);
  if (tagName === 'q') return [textNode('“'), ...children, textNode('”')];
  // The foot of a quotation is its attribution.
  if (tagName === 'footer' && parent.type === 'element' && parent.tagName === 'blockquote') return node;
  if (tagName.includes(':') || unwrapped.has(tagName)) return children;
  if (/^(?:b|strong|i|em|cite|code|del|s|ins|mark|small|sub|sup|abbr|dfn|var|samp|kbd|time)$/.test(tagName))
    return isBlank(node) ? children : { ...node, children };
  if (/^(?:p|h[1-6]|li|figcaption|address)$/.test(tagName) && isBlank(node) && !attribute(node, 'id'))
    return [];
  if (tagName === 'address') return { ...node, tagName: 'p' };
  if (tagName === 'a' && (attribute(node, 'href') === undefined || isBlank(node)) && !attribute(node, 'id'))
    return children;
  return node;
}

const languageTag = /^[a-z]{2,3}(?:-[a-z\d]+)*$/i;

/** Content of an inline element, within a span if it has a language of its own. */
function inLanguage({ tagName, children, properties: { lang } }: Element): ElementContent[] {
  const isInline = /^(?:b|strong|i|em|cite|q)$/.test(tagName);
  return isInline && typeof lang === 'string' && languageTag.test(lang)
    ? [element('span', { lang }, children)]
    : children;
}

/** E-mail address that Cloudflare hides from robots. @returns undefined if an element is not of this kind */
function protectedAddress(node: Element): string | undefined {
  const code = attribute(node, 'dataCfemail') ?? '';
  if (!/^(?:[\da-f]{2}){2,}$/i.test(code)) return undefined;
  const [key, ...bytes] = Buffer.from(code, 'hex');
  return Buffer.from(bytes.map(byte => byte ^ key!)).toString();
}

/** Whether an element hides its content, or is part of the page around the story. */
export function isHidden(node: Element): boolean {
  const style = attribute(node, 'style') ?? '';
  return (
    node.properties.hidden === true ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style) ||
    hasClass(node, /^(?:screen-reader-text|sr-only|visually-hidden|sharedaddy|addtoany.*|jp-relatedposts)$/i)
  );
}

function isTrackingPixel(node: Element): boolean {
  const size = (name: string) => Number.parseInt(attribute(node, name) ?? '', 10);
  return size('width') <= 1 && size('height') <= 1;
}

/** Turns a span into the element that its style or language means, or into its content. */
function spanOf(node: Element): ElementContent | ElementContent[] {
  const style = attribute(node, 'style') ?? '';
  let content: ElementContent[] = node.children;
  // References of footnotes may lead to the id of a span.
  const id = attribute(node, 'id');
  if (isBlank(node)) return id === undefined ? content : element('a', { id }, content);
  const wrap = (tagName: string, properties: Element['properties'] = {}) => {
    content = [element(tagName, properties, content)];
  };
  if (!content.some(isBlock)) {
    if (/vertical-align\s*:\s*super/i.test(style)) wrap('sup');
    if (/vertical-align\s*:\s*sub/i.test(style)) wrap('sub');
    if (/font-style\s*:\s*italic/i.test(style)) wrap('em');
    if (/font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style)) wrap('strong');
    if (/text-decoration[^;]*line-through/i.test(style)) wrap('del');
    const lang = attribute(node, 'lang') ?? attribute(node, 'xmlLang');
    if (lang !== undefined && languageTag.test(lang)) wrap('span', { lang });
    const credit = hasClass(node, /credit|attribution|copyright/i);
    if (credit) wrap('span', { className: ['credit'] });
  }
  return content;
}

/**
 * Moves white space out of inline elements, and joins equal neighbours: Markdown cannot express `<b>a </b><b>b</b>`.
 * Splits paragraphs at two line breaks.
 */
export function tidyInline(tree: Root): Root {
  unwrapNested(tree, new Set());
  replaceAll(tree, node => {
    if (/^(?:p|div)$/.test(node.tagName)) return splitAtBreaks(node);
    // An anchor without text marks a place.
    if (!/^(?:b|strong|i|em|del|s|a)$/.test(node.tagName) || attribute(node, 'id')) return node;
    return withoutEdges(node);
  });
  joinNeighbours(tree);
  return tree;
}

/** The mark that an inline element means. */
const markOf: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  del: 'del',
  s: 'del',
};

/** Unwraps bold within bold, and so on: Markdown has no such thing. */
function unwrapNested(parent: Root | Element, open: ReadonlySet<string>): void {
  parent.children = (parent.children as ElementContent[]).flatMap(child => {
    if (child.type !== 'element') return [child];
    const mark = markOf[child.tagName];
    unwrapNested(child, mark === undefined ? open : new Set([...open, mark]));
    return mark !== undefined && open.has(mark) ? child.children : [child];
  });
}

function withoutEdges(node: Element): ElementContent[] {
  const [before, after]: [ElementContent[], ElementContent[]] = [[], []];
  const { children } = node;
  for (let first = children[0]; first; first = children[0]) {
    if (isElement(first, 'br')) before.push(children.shift()!);
    else if (first.type === 'text' && /^\s/.test(first.value)) {
      const rest = first.value.trimStart();
      before.push(textNode(' '));
      if (rest !== '') {
        first.value = rest;
        break;
      }
      children.shift();
    } else break;
  }
  for (let last = children.at(-1); last; last = children.at(-1)) {
    if (isElement(last, 'br')) after.unshift(children.pop()!);
    else if (last.type === 'text' && /\s$/.test(last.value)) {
      const rest = last.value.trimEnd();
      after.unshift(textNode(' '));
      if (rest !== '') {
        last.value = rest;
        break;
      }
      children.pop();
    } else break;
  }
  return children.length === 0 ? [...before, ...after] : [...before, node, ...after];
}

/** Joins neighbours of the same kind, such as two bold parts of one word, and texts. */
function joinNeighbours(parent: Root | Element): void {
  const joined: ElementContent[] = [];
  for (const child of parent.children as ElementContent[]) {
    const last = joined.at(-1);
    if (child.type === 'text' && last?.type === 'text') last.value += child.value;
    else if (
      isElement(child, 'b', 'strong', 'i', 'em') &&
      isElement(last, child.tagName) &&
      !child.children.some(isBlock)
    )
      last.children.push(...child.children);
    else joined.push(child);
  }
  parent.children = joined;
  for (const child of joined) if (child.type === 'element') joinNeighbours(child);
}

/** Splits a paragraph at two or more line breaks, and removes breaks at its edges. */
function splitAtBreaks(node: Element): ElementContent[] {
  if (!find(node, ({ tagName }) => tagName === 'br')) return [node];
  const parts: ElementContent[][] = [[]];
  let breaks: ElementContent[] = [];
  const flush = () => {
    if (breaks.length > 1 && node.tagName === 'p') parts.push([]);
    else if (parts.at(-1)!.length > 0) parts.at(-1)!.push(...breaks);
    breaks = [];
  };
  for (const child of node.children) {
    if (isElement(child, 'br')) breaks.push(child);
    else if (breaks.length > 0 && child.type === 'text' && child.value.trim() === '') continue;
    else {
      flush();
      parts.at(-1)!.push(child);
    }
  }
  return parts
    .filter(part => part.some(child => !isBlank(child)))
    .map(part => ({ ...node, properties: { ...node.properties }, children: part }));
}

/** Brings blocks out of paragraphs and inline elements, where HTML allows them and Markdown does not. */
import type { Element, ElementContent, Root } from 'hast';
import {
  attribute,
  element,
  find,
  isBlank,
  isBlock,
  isElement,
  plainOf,
  replaceAll,
  textNode,
} from './tree.ts';

/** Elements that cannot contain blocks in Markdown. */
const narrow =
  /^(?:p|h[1-6]|a|b|strong|i|em|del|s|ins|mark|small|sub|sup|abbr|dfn|var|samp|kbd|time|span|cite|code|dt|summary)$/;

/** Splits narrow elements that contain blocks: `<p>a<figure/>b</p>` becomes a paragraph, a figure, a paragraph. */
export const liftBlocks = (tree: Root): Root =>
  replaceAll(tree, node => (narrow.test(node.tagName) && node.children.some(isBlock) ? split(node) : node));

function split(node: Element): ElementContent[] {
  const parts: ElementContent[] = [];
  let inline: ElementContent[] = [];
  const flush = () => {
    if (inline.some(child => !isBlank(child)))
      parts.push({ ...node, properties: { ...node.properties }, children: inline });
    inline = [];
  };
  for (const child of node.children) {
    if (!isBlock(child)) inline.push(child);
    else {
      flush();
      parts.push(node.tagName === 'a' ? linkWithin(child, node) : child);
    }
  }
  flush();
  return parts;
}

/** A block with its content in a link, if it is a line of text. */
function linkWithin(block: ElementContent, link: Element): ElementContent {
  if (!isElement(block, 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'div')) return block;
  if (block.children.some(isBlock))
    return { ...block, children: block.children.map(child => linkWithin(child, link)) };
  return { ...block, children: [{ ...link, children: block.children }] };
}

/**
 * Turns tables that only arrange things side by side into their content, and the blocks in the cells of all others
 * into lines, because a cell of a Markdown table contains one line.
 */
export function flattenTables(tree: Root, onLayout: () => void): Root {
  return replaceAll(tree, node => {
    if (node.tagName !== 'table') return node;
    const rows = cellsOf(node);
    const caption = node.children.find(child => isElement(child, 'caption')) as Element | undefined;
    const cells = rows.flat();
    // Tables without headings that contain pictures only arrange them.
    const isLayout = cells.some(hasPicture) && !cells.some(cell => cell.tagName === 'th');
    const isData =
      rows.length > 1 && rows.some(row => row.length > 1) && !cells.some(hasWideContent) && !isLayout;
    if (!isData) {
      if (rows.length > 0) onLayout();
      const content = cells.map(cell => ({ ...cell, tagName: 'div' }));
      return [...(caption ? [{ ...caption, tagName: 'p' }] : []), ...content];
    }
    for (const cell of cells) {
      cell.children = linesOf(cell);
      alignByStyle(cell);
    }
    adoptCaptionRow(node, rows);
    // Browsers show the foot of a table at its end, wherever it is written.
    node.children = node.children.toSorted(
      (a, b) => Number(isElement(a, 'tfoot')) - Number(isElement(b, 'tfoot')),
    );
    return node;
  });
}

function alignByStyle(cell: Element): void {
  const style = attribute(cell, 'style') ?? '';
  const align = /text-align\s*:\s*(left|center|right)/i.exec(style)?.[1];
  if (align) cell.properties.align ??= align.toLowerCase();
}

const hasPicture = (node: Element): boolean =>
  find(node, ({ tagName }) => tagName === 'bs-figure') !== undefined;

/** Turns a last row that is the caption, as some Markdown dialects write it, into the caption. */
function adoptCaptionRow(table: Element, rows: readonly Element[][]): void {
  const [first, ...others] = rows.at(-1) ?? [];
  const text = first ? plainOf(first) : '';
  if (!/^Table:\s*\S/.test(text) || !others.every(isBlank)) return;
  for (const cell of rows.at(-1)!) cell.children = [];
  removeEmptyRows(table);
  table.children.unshift(element('caption', {}, [textNode(text.replace(/^Table:\s*/, ''))]));
}

function removeEmptyRows(node: Element): void {
  node.children = node.children.filter(child => !isElement(child, 'tr') || !isBlank(child));
  for (const child of node.children) if (isElement(child, 'thead', 'tbody', 'tfoot')) removeEmptyRows(child);
}

function cellsOf(table: Element): Element[][] {
  return table.children.flatMap(child => {
    if (!isElement(child, 'tr')) return isElement(child, 'thead', 'tbody', 'tfoot') ? cellsOf(child) : [];
    return [child.children.filter((cell): cell is Element => isElement(cell, 'td', 'th'))];
  });
}

const hasWideContent = (cell: Element): boolean =>
  cell.children.some(
    child =>
      child.type === 'element' &&
      (/^(?:h[1-6]|blockquote|table|pre|hr|bs-(?:box|line|note|quote|recording|related))$/.test(
        child.tagName,
      ) ||
        hasWideContent(child)),
  );

/** Content of a cell as inline content, with a line break between two blocks. */
function linesOf(cell: Element): ElementContent[] {
  const lines: ElementContent[][] = [[]];
  const visit = (nodes: readonly ElementContent[]) => {
    for (const node of nodes) {
      if (node.type === 'element' && node.tagName === 'bs-figure')
        lines.at(-1)!.push({ ...node, tagName: 'bs-image' });
      else if (node.type === 'element' && isBlock(node)) {
        if (lines.at(-1)!.length > 0) lines.push([]);
        visit(node.children);
        lines.push([]);
      } else if (node.type !== 'comment') lines.at(-1)!.push(node);
    }
  };
  visit(cell.children);
  return lines
    .filter(line => line.some(node => !isBlank(node)))
    .flatMap((line, index) => (index === 0 ? line : [element('br'), ...line]));
}

/**
 * Puts inline content beside blocks into paragraphs of its own, in containers that hold blocks.
 * @param node a root or a container
 */
export function wrapInline(node: Root | Element): void {
  const children = node.children as ElementContent[];
  for (const child of children)
    if (
      child.type === 'element' &&
      /^(?:div|blockquote|bs-.*|figcaption|figure|li|dd|dt|td|th|ul|ol|dl|table|tbody|tr)$/.test(
        child.tagName,
      )
    )
      wrapInline(child);
  if (node.type === 'element' && !holdsBlocks(node)) return;
  const wrapped: ElementContent[] = [];
  let line: ElementContent[] = [];
  const flush = () => {
    if (line.some(child => !isBlank(child))) wrapped.push(element('p', {}, trimmed(line)));
    line = [];
  };
  for (const child of children) {
    if (isBlock(child)) {
      flush();
      wrapped.push(child);
    } else if (child.type !== 'comment') line.push(child);
  }
  flush();
  node.children = wrapped;
}

/** Whether an element's inline content has to be in paragraphs: also if a part of it is written as HTML. */
function holdsBlocks(node: Element): boolean {
  if (/^(?:div|blockquote|figcaption|bs-(?:box|note|quote))$/.test(node.tagName)) return true;
  const isItem = /^(?:li|dd|dt)$/.test(node.tagName);
  return isItem && (node.children.some(isBlock) || find(node, isWrittenAsHtml) !== undefined);
}

const isWrittenAsHtml = ({ tagName, properties }: Element): boolean =>
  keptInline.includes(tagName) || (tagName === 'span' && properties.lang !== undefined);

/** Inline elements that Broadsheet keeps as HTML. */
export const keptInline: readonly string[] = [
  'sub',
  'sup',
  'u',
  'small',
  'mark',
  'abbr',
  'ins',
  'kbd',
  'dfn',
  'var',
  'samp',
  'time',
  'ruby',
  'rt',
  'rp',
];

function trimmed(line: ElementContent[]): ElementContent[] {
  const isEdge = (node: ElementContent | undefined) =>
    node !== undefined && (isElement(node, 'br') || (node.type === 'text' && node.value.trim() === ''));
  const kept = [...line];
  while (isEdge(kept[0])) kept.shift();
  while (isEdge(kept.at(-1))) kept.pop();
  const first = kept[0];
  if (first?.type === 'text') kept[0] = textNode(first.value.trimStart());
  return kept;
}

/** Adjusts remark-rehype's handlers for Markdown's own nodes. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Code, FootnoteReference, Image, Link, ListItem, Paragraph, Parents, TableRow } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { defaultHandlers } from 'remark-rehype';
import { plainFile } from '../../site/pictures.ts';
import { completeFragment } from '../fragments.ts';
import type { HandlerContext, State } from './context.ts';

/** Converts a footnote reference. Outside the page, its link is absolute. */
export function footnoteReference(
  state: State,
  node: FootnoteReference,
  { pageUrl }: HandlerContext,
): Element {
  const reference = defaultHandlers.footnoteReference(state, node);
  for (const child of reference.children) if (child.type === 'element') completeFragment(child, pageUrl);
  return reference;
}

/**
 * Converts a paragraph of an interview. One in bold is a question, and one that begins with a name in bold and a
 * colon is the turn of that speaker; their classes distinguish them.
 */
export function interviewParagraph(state: State, node: Paragraph): Element {
  const paragraph = defaultHandlers.paragraph(state, node);
  const [first, second] = node.children;
  if (first?.type !== 'strong') return paragraph;
  const isQuestion = node.children.every(
    child =>
      child.type === 'strong' ||
      child.type === 'break' ||
      (child.type === 'text' && /^\s*$/.test(child.value)),
  );
  const isTurn =
    textOf(first).length <= 60 &&
    (/:\s*$/.test(textOf(first)) || (second?.type === 'text' && second.value.startsWith(':')));
  if (isTurn && node.children.length > 1) paragraph.properties.className = ['turn'];
  else if (isQuestion) paragraph.properties.className = ['question'];
  return paragraph;
}

/** Converts a list item. Task-list checkboxes are read-only, so they are rendered as icons. */
export function listItem(
  state: State,
  node: ListItem,
  parent: Parents | undefined,
  { locale }: HandlerContext,
): Element {
  const item = defaultHandlers.listItem(state, node, parent);
  if (node.checked == null) return item;
  const [icon, key] = node.checked ? ['☑', 'task-done'] : ['☐', 'task-open'];
  replaceCheckbox(item, h('span', { className: ['task-mark'], role: 'img', ariaLabel: locale.t(key) }, icon));
  return item;
}

/**
 * Replaces the checkbox, which remark-rehype puts into the item's first paragraph or, if there is no
 * paragraph, into the item.
 */
function replaceCheckbox(item: Element, icon: Element): void {
  const paragraph = item.children.find(
    (child): child is Element => child.type === 'element' && child.tagName === 'p',
  );
  const parent = paragraph ?? item;
  parent.children = parent.children.map(child =>
    child.type === 'element' && child.tagName === 'input' ? icon : child,
  );
}

/** Converts a table row, and normalizes its cells. */
export function tableRow(state: State, node: TableRow, parent: Parents | undefined): Element {
  const row = defaultHandlers.tableRow(state, node, parent);
  for (const cell of row.children) if (cell.type === 'element') normalizeCell(cell);
  return row;
}

/** Replaces `align`, which is obsolete in HTML, with a class, and gives header cells their scope. */
function normalizeCell(cell: Element): void {
  const { align, ...properties } = cell.properties;
  cell.properties = {
    ...properties,
    ...(align && { className: [`align-${align}`] }),
    ...(cell.tagName === 'th' && { scope: 'col' }),
  };
}

/**
 * Converts a code block. Long lines scroll, so the block is focusable: readers must be able to scroll it with
 * the keyboard (WCAG 2.2, 2.1.1).
 */
export function code(state: State, node: Code): Element {
  const block = defaultHandlers.code(state, node);
  block.properties = { ...block.properties, tabIndex: 0 };
  return block;
}

/** Converts a link, or only its text if its address is broken or not allowed. */
export function link(
  state: State,
  node: Link,
  { linkUrl, relOf }: HandlerContext,
): ElementContent | ElementContent[] {
  const url = linkUrl(node.url);
  if (url === undefined) return state.all(node) as ElementContent[];
  const element = defaultHandlers.link(state, { ...node, url });
  const rel = relOf(url);
  if (rel !== undefined) element.properties.rel = [rel];
  return element;
}

/** Maximum width of the file of a picture within a paragraph, in pixels. */
const inlineWidth = 960;

/** Converts a picture within a paragraph. The text edition shows its alternative text instead. */
export function image(
  state: State,
  node: Image,
  { picture, pictureUrl, where }: HandlerContext,
): ElementContent {
  const shown = picture(node.url);
  if (!shown) return { type: 'text', value: node.alt ?? '' };
  const alt = node.alt?.trim() || shown.rights.alt || '';
  if (where === 'text') return { type: 'text', value: alt };
  const { path, width, height } = plainFile(shown, inlineWidth);
  const converted = defaultHandlers.image(state, { ...node, alt, url: pictureUrl(path) });
  return { ...converted, properties: { ...converted.properties, width, height, loading: 'lazy' } };
}

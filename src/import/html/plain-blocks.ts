/**
 * Writes ordinary paragraphs and headings directly. They are nine tenths of most archives, and the general way, through
 * mdast, takes several times as long. The result is the same (tests/import/plain-blocks.test.ts).
 */
import type { Element, ElementContent } from 'hast';
import { attribute, isElement } from './tree.ts';

/** Text without a character that Markdown could read as markup. */
const safe = /^[^\\`*_[\]<>&~|@{}#\r\t\u00a0]*$/;
const autolink = /[wW]\.[-.\w]|[ps]:\//;

/** Beginnings of a line that Markdown reads as a list, a heading or a rule. */
const marked = /^(?:[-+=>]|\d+[.)])/;

/** Addresses that need no escaping. */
const plainAddress = /^[\w\-.~:/?#@!$&'*+,;=%]+$/;

/**
 * Writes a paragraph or a heading as Markdown.
 * @returns undefined if it is something else, or contains anything but ordinary text, links, bold and italics
 */
export function plainBlock(node: Element): string | undefined {
  const [, level] = /^h([1-6])$/.exec(node.tagName) ?? [];
  if (level === undefined && node.tagName !== 'p') return undefined;
  const line = lineOf(node);
  return line === undefined || level === undefined ? line : `${'#'.repeat(Number(level))} ${line}`;
}

function lineOf(node: Element): string | undefined {
  let written = '';
  for (const [index, child] of node.children.entries()) {
    const next = node.children[index + 1];
    const part = partOf(child, written, next);
    if (part === undefined) return undefined;
    written += part;
  }
  const line = written.replace(/\s+/g, ' ').trim();
  return line === '' || marked.test(line) ? undefined : line;
}

function partOf(node: ElementContent, before: string, next: ElementContent | undefined): string | undefined {
  if (node.type === 'text') return isSafe(node.value) ? node.value : undefined;
  if (node.type !== 'element') return undefined;
  if (node.tagName === 'a') return linkOf(node, before);
  if (!isElement(node, 'strong', 'b', 'em', 'i')) return undefined;
  const [only, ...more] = node.children;
  if (only?.type !== 'text' || more.length > 0 || !isSafe(only.value)) return undefined;
  const text = only.value.replace(/\s+/g, ' ');
  // Anywhere else, whether a mark begins or ends something depends on the characters around it.
  const isApart =
    /^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?$/u.test(text) && /(?:^|\s)$/.test(before) && startsApart(next);
  const mark = isElement(node, 'strong', 'b') ? '**' : '*';
  return isApart ? mark + text + mark : undefined;
}

const isSafe = (text: string): boolean => safe.test(text) && !autolink.test(text);

const startsApart = (node: ElementContent | undefined): boolean =>
  node === undefined || (node.type === 'text' && /^(?:$|[\s.,;:?)])/.test(node.value));

function linkOf(node: Element, before: string): string | undefined {
  const url = attribute(node, 'href');
  const [only, ...more] = node.children;
  if (url === undefined || only?.type !== 'text' || more.length > 0 || !plainAddress.test(url))
    return undefined;
  const text = only.value.replace(/\s+/g, ' ');
  const isUsable = isSafe(text) && text.trim() === text && text !== '' && !/!$/.test(before);
  return isUsable ? `[${text}](${url})` : undefined;
}

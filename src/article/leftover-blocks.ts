/** Finds blocks that Markdown reads in another way than most authors expect. */
import type { Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Report } from '../base/diagnostics.ts';
import { messageLimit } from './csv.ts';
import { shortened } from './tell.ts';
import { walk, walkBlocks } from './walk.ts';

/** Reports indented code, which is mostly an indented paragraph. */
export function reportIndented(tree: Root, text: string, report: Report): void {
  let told = 0;
  walkBlocks(tree, node => {
    const start = node.position?.start;
    if (node.type !== 'code' || start?.offset === undefined || told === messageLimit) return undefined;
    if (/^[`~]/.test(text.slice(start.offset, start.offset + 1))) return undefined;
    told++;
    report('warning', 'markdown-leftover/indented', start);
    return undefined;
  });
}

/** Matches front matter that is not at the beginning of the file, which another message reports. */
const frontMatter = /(?:^|\s)(?:title|name):/;

/** Reports headings that a line of dashes makes of the text above it, unless the line is as long as the text. */
export function reportUnderlined(tree: Root, text: string, report: Report): void {
  let told = 0;
  walkBlocks(tree, node => {
    const { start, end } = node.position ?? {};
    if (node.type !== 'heading' || node.depth !== 2 || start?.offset === undefined) return undefined;
    if (text[start.offset] === '#' || told === messageLimit) return undefined;
    const written = text.slice(start.offset, end!.offset);
    const dashes = /\n[ \t>]*(-{1,8})[ \t]*$/.exec(written)?.[1];
    const heading = textOf(node).replace(/\s+/g, ' ').trim();
    if (dashes === undefined || heading.length <= dashes.length || frontMatter.test(heading))
      return undefined;
    told++;
    report('warning', 'markdown-leftover/underlined', start, {
      line: end!.line,
      dashes,
      fixed: shortened(`## ${heading}`),
    });
    return undefined;
  });
}

/** Reports rows with more cells than their table has columns, because the parsers drop these cells. */
export function reportRows(tree: Root, text: string, report: Report): void {
  if (!text.includes('|')) return;
  let told = 0;
  walkBlocks(tree, node => {
    if (node.type !== 'table') return undefined;
    const columns = node.children[0]!.children.length;
    for (const { position } of node.children.slice(1)) {
      if (position?.start.offset === undefined || told === messageLimit) break;
      const end = text.indexOf('\n', position.start.offset);
      const cells = cellsOf(text.slice(position.start.offset, end < 0 ? undefined : end));
      const more = cells.slice(columns);
      const lost = more.slice(0, more.findLastIndex(cell => cell !== '') + 1).join(' | ');
      if (lost === '') continue;
      told++;
      report('error', 'markdown-leftover/row', position.start, {
        cells: cells.length,
        columns,
        lost: shortened(lost),
      });
    }
    return undefined;
  });
}

/** Splits a row as GFM does: at every '|' without a backslash, also in code. Trims the cells. */
function cellsOf(row: string): string[] {
  const cells = [''];
  const inner = row.trim().replace(/^\|/, '');
  for (const [part] of inner.matchAll(/\\[\\|]|\||[^\\|]+|\\/g))
    if (part === '|') cells.push('');
    else cells[cells.length - 1] += part;
  if (cells.length > 1 && cells.at(-1)!.trim() === '') cells.pop();
  return cells.map(cell => cell.trim());
}

/** Reports links without a text, which readers cannot see. */
export function reportEmptyLinks(tree: Root, text: string, report: Report): void {
  if (!text.includes('[](') && !text.includes('[ ](')) return;
  walk(tree, node => {
    if (node.type !== 'link' || node.children.some(child => child.type !== 'text')) return;
    if (textOf(node).trim() === '')
      report('error', 'markdown-leftover/link-text', node.position?.start, { url: shortened(node.url) });
  });
}

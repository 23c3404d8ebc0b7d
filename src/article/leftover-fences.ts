/** Finds fenced blocks that are not closed, and blocks whose names or marks are mistyped. */
import { distance } from 'fastest-levenshtein';
import type { Root } from 'mdast';
import type { Place, Report } from '../base/diagnostics.ts';
import { replacementOf } from './foreign-markup.ts';
import { chartTypes } from './model.ts';
import { shownLength } from './tell.ts';
import { walk, walkBlocks } from './walk.ts';

/** Reports fenced blocks that are not closed, and blocks whose name is probably mistyped. */
export function reportFences(tree: Root, text: string, report: Report): void {
  const mistyped = mistypedFences(tree, text, report);
  if (!text.includes('```') && !text.includes('~~~')) return;
  let above = 0;
  walkBlocks(tree, node => {
    const start = node.position?.start;
    if (node.type !== 'code' || start?.offset === undefined) return undefined;
    const fence = /^(?:`{3,}|~{3,})/.exec(text.slice(start.offset, start.offset + shownLength))?.[0];
    if (fence === undefined) {
      above = node.position!.end.line;
      return undefined;
    }
    const last = lastLineOfOpen(text.slice(start.offset, node.position!.end.offset), fence);
    // The closing line of a block whose opening line is mistyped opens another block.
    const closes = node.lang ? undefined : mistyped.find(line => line > above && line < start.line);
    above = node.position!.end.line;
    if (last !== undefined && closes === undefined)
      report('error', 'markdown-leftover/fence', start, { fence, last: start.line + last });
    const name = node.lang ?? '';
    if (blocks.includes(name)) return undefined;
    const meant = /^(?:ya?ml|text|txt)?$/i.test(name) ? blockOf(node.value) : undefined;
    if (meant && closes === undefined)
      report('error', 'markdown-leftover/block-unnamed', start, {
        written: fence + name,
        fixed: fence + meant,
      });
    if (name === '') return undefined;
    const replacement = replacementOf(name);
    const nearest = nearestBlock(name);
    if (replacement && replacement !== 'code')
      report('error', 'markdown-leftover/block-foreign', start, { name, replacement });
    else if (nearest) report('error', 'markdown-leftover/block', start, { name, nearest });
    return undefined;
  });
}

/**
 * Finds the last line of a block that is not closed, or that the opening line of another block closes.
 * @param source the block in the source
 * @returns number of lines after the opening one; undefined if the block is closed
 */
function lastLineOfOpen(source: string, fence: string): number | undefined {
  const lines = source
    .trimEnd()
    .split(/\r\n|\r|\n/)
    .map(line => line.replace(/^[ \t>]+/, '').trimEnd());
  const marks = lines.map(line => /^(?:`{3,}|~{3,})/.exec(line)?.[0] ?? '');
  const another = lines.findIndex(
    (line, index) => index > 0 && marks[index]!.startsWith(fence) && line !== marks[index],
  );
  if (another > 0) return another - 1;
  const last = lines.length - 1;
  return last > 0 && marks[last]!.startsWith(fence) ? undefined : last;
}

const blocks = ['chart', 'timeline', 'video', 'audio'];
/** Languages of code whose names are similar to a block's. */
const languages = new Set(['dart', 'chapel']);

/** Finds the block that was probably meant; undefined if no block has a similar name. */
function nearestBlock(name: string): string | undefined {
  if (name.length < 4 || name.length > 12 || languages.has(name)) return undefined;
  return blocks.find(block => distance(name.toLowerCase(), block) <= 2);
}

const chartType = new RegExp(`^type:[ \\t]*["']?(?:${chartTypes.join('|')})["']?[ \\t]*\\r?$`, 'm');

/** Finds the block that some YAML was probably meant for; undefined if it is like no block. */
function blockOf(yaml: string): 'chart' | 'timeline' | undefined {
  const start = yaml.slice(0, 2000);
  if (chartType.test(start) && /^data:/m.test(start)) return 'chart';
  if (/^(?:events:|- date:)/m.test(start) && /^[ \t-]*text:/m.test(start)) return 'timeline';
  return undefined;
}

const mistypedPattern = new RegExp(
  `^([ \\t>]*)((?:[‘’'´]{2,3}|\`{1,2})[ \\t]?)(${blocks.join('|')})[ \\t]*\\r?$`,
  'gm',
);

/**
 * Reports lines that would open a block, if their marks were three backticks.
 * @returns the numbers of these lines
 */
function mistypedFences(tree: Root, text: string, report: Report): number[] {
  const found: Place[] = [];
  if (!/[‘’'´`](?:chart|timeline|video|audio)/.test(text)) return [];
  const matches = [...text.matchAll(mistypedPattern)];
  if (matches.length === 0) return [];
  const paragraphs: { from: number; to: number; line: number; at: number }[] = [];
  walk(tree, ({ type, position }) => {
    if (type !== 'paragraph' || position?.start.offset === undefined) return undefined;
    const { start, end } = position;
    paragraphs.push({ from: start.offset!, to: end.offset!, line: start.line, at: start.offset! });
    return 'skip';
  });
  for (const { index, 1: prefix = '', 2: marks = '', 3: name = '' } of matches) {
    const at = index + prefix.length;
    const owner = paragraphs.find(({ from, to }) => from <= at && at < to);
    if (!owner) continue;
    const line = owner.line + text.slice(owner.from, at).split('\n').length - 1;
    const place = { line, column: prefix.length + 1 };
    found.push(place);
    report('error', 'markdown-leftover/fence-marks', place, { written: marks + name, name });
  }
  return found.map(({ line }) => line);
}

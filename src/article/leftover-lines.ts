/** Finds lines that were pasted from other programs and would appear as one paragraph. */
import { shortened, type Tell } from './tell.ts';

/** Finds rows of a spreadsheet, whose cells are separated by tabs. */
export function findTabs(text: string, tell: Tell): void {
  if (!text.includes('\t')) return;
  const isRow = (line: string) =>
    /\S\t+\S/.test(line) && !line.includes('|') && !/^(?:[-*+•·‣▪●]|\d{1,9}[.)])\s/.test(line);
  for (const { at, line } of findRuns(text, isRow)) {
    const cells = line.trim().split(/\t+/);
    tell(at, 'markdown-leftover/tabs', {
      row: shortened(`| ${cells.map(cell => cell.trim()).join(' | ')} |`),
      line: `|${' --- |'.repeat(Math.min(cells.length, 20))}`,
    });
  }
}

const bullets = ['•', '·', '‣', '▪', '●'];

/** Finds lists whose items begin with a bullet. */
export function findBullets(text: string, tell: Tell): void {
  if (!bullets.some(bullet => text.includes(bullet))) return;
  for (const { at, line } of findRuns(text, line => /^[•·‣▪●][ \t]/.test(line)))
    tell(at, 'markdown-leftover/bullets', {
      bullet: line[0]!,
      fixed: shortened(`- ${line.slice(1).trim()}`),
    });
}

/**
 * Finds the first line of two or more consecutive ones.
 * @param isMatch tests a line without its indentation and the marks of block quotes
 */
function findRuns(text: string, isMatch: (line: string) => boolean): { at: number; line: string }[] {
  const found: { at: number; line: string }[] = [];
  let before: { at: number; line: string } | undefined;
  let isOpen = false;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const written = text.slice(start, end);
    const line = written.replace(/^[ \t>]+/, '');
    const at = start + written.length - line.length;
    if (!isMatch(line)) [before, isOpen] = [undefined, false];
    else if (!before) before = { at, line };
    else if (!isOpen) {
      found.push(before);
      isOpen = true;
    }
    start = end + 1;
  }
  return found;
}

/**
 * Matches UTF-8 that was read as Windows-1252, such as `â€™` for `’`, and the character that replaces what could not
 * be decoded.
 */
const wrongText =
  /â€[^\s\w]?|Ã[\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bfŸ]|Â[\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf]|\ufffd/g;

/** Finds characters that were decoded wrongly before they were pasted: their offsets, and the characters. */
export function wrongCharacters(text: string): { at: number; written: string }[] {
  if (!(text.includes('Ã') || text.includes('Â') || text.includes('â€') || text.includes('\ufffd')))
    return [];
  return Array.from(text.matchAll(wrongText), ({ index, 0: written }) => ({ at: index, written }));
}

/** Finds characters that were decoded wrongly, and places of objects that were not pasted. */
export function findWrongText(text: string, tell: Tell): void {
  for (const { at, written } of wrongCharacters(text)) tell(at, 'text-encoding/text', { written });
  if (text.includes('\ufffc'))
    for (const { index } of text.matchAll(/\ufffc/g)) tell(index, 'text-encoding/object');
}

/**
 * Finds Markdown that the parser did not recognize and that would therefore appear as text, such as `##Heading`.
 * The patterns run on the source. The tree only decides whether a match is in prose, outside code.
 */
import { distance } from 'fastest-levenshtein';
import type { Nodes, Root } from 'mdast';
import type { VFile } from 'vfile';
import { location } from 'vfile-location';
import type { DataArguments, Messages, Report } from '../base/diagnostics.ts';
import { messageLimit } from './csv.ts';
import { replacementOf } from './foreign-markup.ts';
import { walk, walkBlocks } from './walk.ts';

type Leftover = Extract<keyof Messages, `markdown-leftover/${string}`>;

/** Reports a leftover that begins at an offset of the source, unless the offset is outside prose. */
type Tell = <Own extends Leftover>(at: number, code: Own, ...data: DataArguments<Messages[Own]>) => void;

/** Tells whether an offset of the source is in a text node of the tree. */
type IsProse = (offset: number) => boolean;

/** Maximum length of a quoted part of the source in a message, in characters. */
const shownLength = 120;
const shortened = (text: string): string =>
  text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;

/**
 * Reports Markdown that would appear as text.
 * @param tree the tree as the parser produced it
 */
export function reportLeftovers(tree: Root, source: VFile, report: Report): void {
  const text = String(source.value);
  const told = new Map<Leftover, number>();
  let test: IsProse | undefined;
  const isProse: IsProse = offset => {
    test ??= createProseTest(tree);
    return test(offset);
  };
  let places: ReturnType<typeof location> | undefined;
  const tell: Tell = (at, code, ...data) => {
    const count = told.get(code) ?? 0;
    if (count >= messageLimit || text[at - 1] === '\\' || !isProse(at)) return;
    told.set(code, count + 1);
    places ??= location(source);
    report('error', code, places.toPoint(at), ...data);
  };
  for (const find of [findLinks, findHeadings, findTemplates, findShortcodes, findContainers, findTables])
    find(text, tell, isProse);
  if (text.includes('[^')) reportNotes(tree, text, tell, report);
  if (text.includes('```') || text.includes('~~~')) reportFences(tree, text, report);
}

/** Collects the text nodes of a tree. */
function createProseTest(tree: Nodes): IsProse {
  const starts: number[] = [];
  const ends: number[] = [];
  walk(tree, ({ type, position }) => {
    if (type !== 'text' || position?.start.offset === undefined) return;
    starts.push(position.start.offset);
    ends.push(position.end.offset!);
  });
  return offset => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low > 0 && offset < ends[low - 1]!;
  };
}

/** Matches a space after `](`, unless a title in straight quotation marks follows. Most files have none. */
const suspiciousLink =
  /\]\([^)\s<]{0,1000}\s{1,100}(?:[^\s"']|"[^"]{0,1000}"(?!\s{0,100}\))|'[^']{0,1000}'(?!\s{0,100}\)))/;
const linkPattern = /(!?\[[^[\]\n]*\])\(((?:[^()\n<]|\([^()\n]*\))*)\)/g;
/** Splits an address and a title in any kind of quotation marks. */
const quotedTitle = /^([^"“”„«»]*)\s["“”„«»](.*)$/s;
const fileName = /^\S.*\.[a-z\d]{2,5}$/i;

/** Finds links and pictures whose address or title prevents the parser from reading them. */
function findLinks(text: string, tell: Tell, isProse: IsProse): void {
  if (!suspiciousLink.test(text)) return;
  for (const { index, 1: label = '', 2: inside = '' } of text.matchAll(linkPattern)) {
    const written = inside.trim();
    // A code span or another link may begin within the label.
    if (!/\s/.test(written) || !isProse(index + label.length)) continue;
    const quoted = quotedTitle.exec(written);
    const plain = quoted || fileName.test(written) ? null : /^(\S+)\s+(.*)$/s.exec(written);
    const [address, title] = quoted
      ? [quoted[1]!.trim(), quoted[2]!.replace(/["“”„«»]$/, '')]
      : [plain?.[1] ?? written, plain?.[2]];
    if (!/[./#:]/.test(address)) continue;
    const hasSpaces = /\s/.test(address);
    const end = title === undefined ? '' : ` "${title.replace(/(?<!\\)"/g, '\\"')}"`;
    tell(index, `markdown-leftover/${hasSpaces ? 'address' : 'title'}`, {
      kind: label.startsWith('!') ? 'picture' : 'link',
      fixed: shortened(`${label}(${hasSpaces ? `<${address}>` : address}${end})`),
    });
  }
}

/** Beginning of a line, with the marks of block quotes and of one list item. */
const lineStart = '^([ \\t>]*(?:[-*+] |\\d{1,9}[.)] )?)';

const headingPattern = new RegExp(`${lineStart}(#{2,6})([^#\\s].*)`, 'gm');

/** Finds headings without a space after their marks. */
function findHeadings(text: string, tell: Tell): void {
  if (!/##[^#\s]/.test(text)) return;
  for (const { index, 1: prefix = '', 2: marks = '', 3: heading = '' } of text.matchAll(headingPattern))
    tell(index + prefix.length, 'markdown-leftover/heading', {
      marks,
      fixed: shortened(`${marks} ${heading.trim()}`),
    });
}

/** Finds tags of template languages: `{{< figure >}}`, `{% embed %}`. */
function findTemplates(text: string, tell: Tell): void {
  if (!text.includes('{{') && !text.includes('{%')) return;
  for (const { index, 0: written } of text.matchAll(/\{\{[<%\s][^{}]*\}\}|\{%[^{}]*\}/g)) {
    const name = /[a-z][\w-]*/i.exec(written.slice(0, shownLength))?.[0] ?? '';
    tell(index, 'markdown-leftover/shortcode', {
      written: shortened(written),
      replacement: replacementOf(name),
    });
  }
}

const bracketPattern =
  /\[([a-z][\w-]*)((?:=[^\]\s]+)?(?:[ \t]+[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'\]]+))*)[ \t]*\/?\](?!\()/g;
const bareShortcodes = new Set(['gallery', 'toc', 'contact-form']);

/** Finds shortcodes in brackets, as in WordPress and on bulletin boards: `[caption id="7"]`, `[b]…[/b]`. */
function findShortcodes(text: string, tell: Tell): void {
  if (!text.includes('[')) return;
  const closed = text.includes('[/')
    ? new Set(Array.from(text.matchAll(/\[\/([a-z][\w-]*)\]/g), ([, name]) => name))
    : undefined;
  for (const { index, 0: written, 1: name = '', 2: attributes } of text.matchAll(bracketPattern)) {
    if (!attributes && !closed?.has(name) && !bareShortcodes.has(name)) continue;
    tell(index, 'markdown-leftover/shortcode', {
      written: shortened(written),
      replacement: replacementOf(name),
    });
  }
}

const containerPattern = new RegExp(`${lineStart}(:{3,}[ \\t]*\\{?\\.?([a-z][\\w-]*))(.*)`, 'gim');

/** Finds containers of directives: `::: note`. */
function findContainers(text: string, tell: Tell): void {
  if (!text.includes(':::')) return;
  for (const { index, 1: prefix = '', 2: written = '', 3: name = '', 4: rest = '' } of text.matchAll(
    containerPattern,
  )) {
    const title = rest
      .slice(0, shownLength)
      .replace(/[[\]{}]/g, ' ')
      .trim();
    const kind = /^correct/i.test(name) ? 'correction' : 'note';
    tell(index + prefix.length, 'markdown-leftover/container', {
      written: shortened(written),
      fixed: `> [!${kind}] ${title}`.trim(),
    });
  }
}

const rowPattern = new RegExp(`${lineStart}(\\|.*\\|)[ \\t]*\\r?$`, 'gm');

/** Finds rows of tables that have no line of dashes below their first row. */
function findTables(text: string, tell: Tell): void {
  if (!text.includes('|')) return;
  let end = -1;
  for (const { index, 0: line, 1: prefix = '', 2: row = '' } of text.matchAll(rowPattern)) {
    const isFirst = index !== end + 1;
    end = index + line.length;
    // A single mark is a line of text, such as '|' between two names.
    const columns = row.split('|', shownLength).length - 2;
    if (isFirst && columns > 0)
      tell(index + prefix.length, 'markdown-leftover/table', {
        line: `|${' --- |'.repeat(Math.min(columns, 20))}`,
      });
  }
}

/** Reports references to notes that do not exist, and notes without a reference. */
function reportNotes(tree: Root, text: string, tell: Tell, report: Report): void {
  for (const { index, 1: name = '' } of text.matchAll(/\[\^([^[\]\s]+)\]/g))
    tell(index, 'markdown-leftover/note-absent', { name: shortened(name) });
  const used = new Set<string>();
  const notes: Extract<Nodes, { type: 'footnoteDefinition' }>[] = [];
  walk(tree, node => {
    if (node.type === 'footnoteReference') used.add(node.identifier);
    else if (node.type === 'footnoteDefinition') notes.push(node);
  });
  for (const { identifier, label, position } of notes
    .filter(note => !used.has(note.identifier))
    .slice(0, messageLimit))
    report('warning', 'markdown-leftover/note-unused', position?.start, {
      name: shortened(label ?? identifier),
    });
}

/** Reports fenced blocks that are not closed, and blocks whose name is probably mistyped. */
function reportFences(tree: Root, text: string, report: Report): void {
  walkBlocks(tree, node => {
    const start = node.position?.start;
    if (node.type !== 'code' || start?.offset === undefined) return undefined;
    const fence = /^(?:`{3,}|~{3,})/.exec(text.slice(start.offset, start.offset + shownLength))?.[0];
    if (fence === undefined) return undefined;
    const last = lastLineOfOpen(text.slice(start.offset, node.position!.end.offset), fence);
    if (last !== undefined)
      report('error', 'markdown-leftover/fence', start, { fence, last: start.line + last });
    const name = node.lang ?? '';
    if (blocks.includes(name)) return undefined;
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

/**
 * Finds Markdown that the parser did not recognize and that would therefore appear as text, such as `##Heading`.
 * The patterns run on the source. The tree only decides whether a match is in prose, outside code.
 */
import type { Nodes, Root } from 'mdast';
import type { VFile } from 'vfile';
import { location } from 'vfile-location';
import type { Report } from '../base/diagnostics.ts';
import { messageLimit } from './csv.ts';
import { replacementOf } from './foreign-markup.ts';
import { reportEmptyLinks, reportIndented, reportRows, reportUnderlined } from './leftover-blocks.ts';
import { reportFences } from './leftover-fences.ts';
import { findBullets, findTabs, findWrongText } from './leftover-lines.ts';
import { findBrokenLinks, findLinks } from './leftover-links.ts';
import {
  type IsProse,
  type Leftover,
  lineStart,
  severityOf,
  shortened,
  shownLength,
  type Tell,
} from './tell.ts';
import { walk } from './walk.ts';

/** Steps that look for patterns in the source, in order. */
const finders: readonly ((text: string, tell: Tell, isProse: IsProse) => void)[] = [
  findLinks,
  findBrokenLinks,
  findHeadings,
  findTemplates,
  findShortcodes,
  findContainers,
  findTables,
  findTabs,
  findBullets,
  findWrongText,
];

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
    report(severityOf(code), code, places.toPoint(at), ...data);
  };
  for (const find of finders) find(text, tell, isProse);
  if (text.includes('[^')) reportNotes(tree, text, tell, report);
  for (const find of [reportFences, reportIndented, reportUnderlined, reportRows, reportEmptyLinks])
    find(tree, text, report);
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
const videoHost = /\/\/(?:www\.|player\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com)\//i;
const bareShortcodes = new Set(['gallery', 'toc', 'contact-form']);

/** Finds shortcodes in brackets, as in WordPress and on bulletin boards: `[caption id="7"]`, `[b]…[/b]`. */
function findShortcodes(text: string, tell: Tell): void {
  if (!text.includes('[')) return;
  const closed = text.includes('[/')
    ? new Set(Array.from(text.matchAll(/\[\/([a-z][\w-]*)\]/g), ([, name]) => name))
    : undefined;
  for (const { index, 0: written, 1: name = '', 2: attributes } of text.matchAll(bracketPattern)) {
    if (!attributes && !closed?.has(name) && !bareShortcodes.has(name)) continue;
    const content = text.slice(index, index + written.length + shownLength).split(`[/${name}]`, 1)[0]!;
    const isVideo = name === 'embed' && videoHost.test(content);
    tell(index, 'markdown-leftover/shortcode', {
      written: shortened(written),
      replacement: isVideo ? 'video' : replacementOf(name),
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

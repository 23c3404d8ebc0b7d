/** Turns pictures, tables and fenced blocks into `figure` nodes. */
import { distance } from 'fastest-levenshtein';
import type { Code, Image, Paragraph, PhrasingContent, Root, RootContent, Table } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { VFile } from 'vfile';
import * as z from 'zod';
import type { Report } from '../base/diagnostics.ts';
import { text } from '../base/schemas.ts';
import { readYaml, type YamlText } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';
import { isAbsentDate } from './axis-mistakes.ts';
import { readChart } from './chart.ts';
import type { Surroundings } from './data-file.ts';
import {
  blockWidths,
  type CreditKind,
  type Figure,
  type ImageFigure,
  type TableFigure,
  type TimelineFigure,
} from './model.ts';
import { readAudio, readVideo } from './recordings.ts';
import { walkBlocks } from './walk.ts';

/**
 * Replaces pictures, tables and fenced blocks with `figure` nodes, in place. Leaves `id` empty; `assignIds`
 * sets it.
 */
export function adoptFigures(tree: Root, surroundings: Surroundings, file: VFile, report: Report): void {
  walkBlocks(tree, (node, index, parent) => {
    if (!parent || index === undefined || parent.type === 'figure') return undefined;
    const siblings = parent.children as RootContent[];
    if (node.type === 'paragraph') {
      const pictures = picturesOf(node, siblings, index);
      if (!pictures) return undefined;
      siblings.splice(index, 1, ...pictures);
      return index + pictures.length;
    }
    const figure = figureOf(node as RootContent, siblings, index, surroundings, file, report);
    if (figure)
      siblings[index] = {
        ...figure,
        caption: withoutMarks(figure.caption),
        ...(node.position && { position: node.position }),
      };
    return undefined;
  });
}

function figureOf(
  node: RootContent,
  siblings: RootContent[],
  index: number,
  surroundings: Surroundings,
  file: VFile,
  report: Report,
): Figure | undefined {
  switch (node.type) {
    case 'table':
      return tableOf(node, siblings, index, report);
    case 'code':
      return fencedOf(node, surroundings, file, report);
    default:
      return undefined;
  }
}

/**
 * Reads `![alt](src "Caption. Photo: Credit")`. If a picture has no title, the text in italics below it is its
 * caption, in the same paragraph or alone in the next one, which is then removed.
 * @returns undefined if the paragraph has any other content
 */
function picturesOf(
  { children, position }: Paragraph,
  siblings: RootContent[],
  index: number,
): ImageFigure[] | undefined {
  if (children[0]?.type !== 'image') return undefined;
  const parts = children.filter(child => !isSpace(child));
  const pictures: ImageFigure[] = [];
  for (const [at, part] of parts.entries()) {
    const before = parts[at - 1];
    if (part.type === 'image') pictures.push(pictureOf(part, part.title ?? '', part.position));
    else if (part.type === 'emphasis' && before?.type === 'image' && !before.title)
      pictures.splice(-1, 1, pictureOf(before, textOf(part), before.position));
    else return undefined;
  }
  const [only] = parts;
  if (only?.type !== 'image' || parts.length > 1) return pictures;
  const caption = only.title ? undefined : captionBelow(siblings[index + 1]);
  if (caption) siblings.splice(index + 1, 1);
  return [pictureOf(only, only.title || caption || '', position)];
}

const isSpace = (node: PhrasingContent): boolean =>
  node.type === 'break' || (node.type === 'text' && node.value.trim() === '');

/** Returns the text of a paragraph that consists of one text in italics. */
function captionBelow(node: RootContent | undefined): string | undefined {
  if (node?.type !== 'paragraph' || node.children.length !== 1) return undefined;
  const [only] = node.children;
  return only?.type === 'emphasis' ? textOf(only) : undefined;
}

function pictureOf({ url, alt }: Image, title: string, position: Image['position']): ImageFigure {
  const { text: caption, credit, creditKind } = splitCredit(title);
  return {
    type: 'figure',
    kind: 'image',
    id: '',
    src: url,
    alt: alt ?? '',
    caption: withoutMarks(caption),
    credit,
    creditKind,
    children: [],
    ...(position && { position }),
  };
}

/**
 * Maximum number of cells in a table. Markdown pads short rows, so a small file could otherwise produce
 * millions of cells.
 */
const cellLimit = 100_000;

/** Reads a table. Removes the paragraph `Table: Caption. Source: Name` below it, if present, and reads it too. */
function tableOf(table: Table, siblings: RootContent[], index: number, report: Report): TableFigure {
  const cells = table.children.length * (table.children[0]?.children.length ?? 0);
  if (cells > cellLimit) {
    report('error', 'table-size', table.position?.start, { cells, limit: cellLimit });
  }
  const next = siblings[index + 1];
  const line = next?.type === 'paragraph' ? tablePattern.exec(textOf(next)) : null;
  if (line) siblings.splice(index + 1, 1);
  else {
    reportCaption(table, next, report);
    const above = siblings[index - 1];
    if (above?.type === 'paragraph' && tablePattern.test(textOf(above)))
      report('warning', 'markdown-leftover/caption-above', above.position?.start);
  }
  return { type: 'figure', kind: 'table', id: '', ...splitCaption(line?.[1] ?? ''), children: [table] };
}

/** Reports a caption that is a row of its table, or that begins with a mistyped word. */
function reportCaption(table: Table, next: RootContent | undefined, report: Report): void {
  const last = table.children.at(-1)!;
  const [first, ...others] = last.children.map(cell => textOf(cell));
  if (table.children.length > 1 && tablePattern.test(first ?? '') && others.every(text => text === ''))
    report('error', 'markdown-leftover/caption-row', last.position?.start);
  if (next?.type !== 'paragraph' || next.children[0]?.type !== 'text') return;
  const word = /^(\p{L}{4,12})\s*:/u.exec(next.children[0].value)?.[1];
  const nearest =
    word && tableWords.split('|').find(known => distance(known.toLowerCase(), word.toLowerCase()) <= 2);
  if (nearest) report('warning', 'markdown-leftover/caption-word', next.position?.start, { word, nearest });
}

/** Words that introduce a credit, a table's caption or its source, in the languages of templates/strings/. */
const creditWords: Record<CreditKind, string> = {
  photo: 'Photo|Photographie|Foto|Fotografía|تصوير|صورة|צילום',
  graphic: 'Graphic|Infographie|Gráfico|Grafik|גרפיקה',
  illustration: 'Illustration|Ilustración|איור',
};
const creditPattern = new RegExp(`(?:^|\\s)(${Object.values(creditWords).join('|')})\\s*:\\s*(.+)$`, 'su');
const creditKinds = Object.keys(creditWords) as CreditKind[];
const sourceWords = 'Sources?|Quellen?|Fuentes?|المصدر|المصادر|מקור|מקורות';
const sourcePattern = new RegExp(`(?:^|\\s)(?:${sourceWords})\\s*:\\s*(.+)$`, 'su');
const tableWords = 'Table|Tabelle|Tableau|Tabla|جدول|טבלה';
const tablePattern = new RegExp(`^(?:${tableWords})\\s*:\\s*(.*)$`, 'su');

interface Credited {
  text: string | undefined;
  credit: string | undefined;
  creditKind: CreditKind | undefined;
}

function splitCredit(text: string): Credited {
  const match = creditPattern.exec(text);
  const before = match ? text.slice(0, match.index) : text;
  const word = match?.[1];
  return {
    text: before.trim() || undefined,
    credit: match?.[2]?.trim(),
    creditKind:
      word === undefined ? undefined : creditKinds.find(kind => creditWords[kind].split('|').includes(word)),
  };
}

/** Matches text between marks of emphasis, as in `*Ocean* and **all**`. */
const emphasis =
  /(?<![\p{L}\p{N}\\*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,300})(?<=[^\s*_])\1(?![\p{L}\p{N}*_])/gu;

/** Removes the marks of emphasis from a caption, which is plain text. */
const withoutMarks = (caption: string | undefined): string | undefined => caption?.replace(emphasis, '$2');

/** Words before the width of a table, and the widths, which are the same in all languages. */
const widthPattern = new RegExp(
  `(?:^|\\s)(?:Width|Breite|Largeur|Ancho|العرض|רוחב)\\s*:\\s*(${blockWidths.join('|')})\\.?\\s*$`,
  'u',
);

function splitCaption(
  line: string,
): Pick<TableFigure, 'caption' | 'credit' | 'creditKind' | 'source' | 'layout'> {
  const width = widthPattern.exec(line);
  const { text = '', credit, creditKind } = splitCredit(width ? line.slice(0, width.index).trim() : line);
  const source = sourcePattern.exec(text);
  const caption = source ? text.slice(0, source.index) : text;
  return {
    caption: caption.trim() || undefined,
    credit,
    creditKind,
    source: source?.[1]?.trim(),
    layout: blockWidths.find(name => name === width?.[1]),
  };
}

/** Date of an event: any text, except a date of the calendar that does not exist. */
const eventDate = text.refine(date => !isAbsentDate(date), problem('date'));

/** Schema of the YAML in a fenced `timeline` block. */
export const timelineSchema = z.strictObject({
  caption: text.optional(),
  credit: text.optional(),
  source: text.optional(),
  width: z.enum(blockWidths).optional(),
  events: z.array(z.strictObject({ date: eventDate.optional(), text })).min(1),
});

function fencedOf(code: Code, surroundings: Surroundings, file: VFile, report: Report): Figure | undefined {
  switch (code.lang) {
    case 'chart':
      return readChart(yamlOf(code, file), surroundings, report);
    case 'timeline':
      return readTimeline(yamlOf(code, file), report);
    case 'video':
      return readVideo(yamlOf(code, file), report);
    case 'audio':
      return readAudio(yamlOf(code, file), report);
    default:
      return undefined;
  }
}

/** Returns the YAML between the fences, with its place in the file. */
function yamlOf({ value, position }: Code, file: VFile): YamlText {
  const firstLine = (position?.start.line ?? 0) + 1;
  let lines: { source: string[]; value: string[] } | undefined;
  // Lines can be indented differently, for example lazy lines of a list. Markdown removes the indentation.
  const indentOf = (index: number): number => {
    lines ??= { source: linesOf(String(file.value)), value: linesOf(value) };
    const source = lines.source[firstLine - 1 + index] ?? '';
    return Math.max(0, source.length - (lines.value[index]?.length ?? 0));
  };
  return { text: value, origin: { line: firstLine, column: indentOf(0) + 1 }, indentOf };
}

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

function readTimeline(source: YamlText, report: Report): TimelineFigure | undefined {
  const yaml = readYaml(source, timelineSchema, 'timeline', report);
  if (!yaml) return undefined;
  const { value } = yaml;
  return {
    type: 'figure',
    kind: 'timeline',
    id: '',
    caption: value.caption,
    credit: value.credit,
    source: value.source,
    layout: value.width,
    events: value.events.map(({ date, text }) => ({ date, text })),
    children: [],
  };
}

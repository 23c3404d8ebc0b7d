/**
 * Values derived from the tree: contents, word count, reading time, plain text, links. The document itself
 * does not contain them.
 */
import type { Nodes, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Place } from '../base/diagnostics.ts';
import type { ArticleSection, ChartFigure } from './model.ts';
import { blocksOf, walk, walkBlocks } from './walk.ts';

/** An entry of the table of contents. */
export interface ContentsEntry {
  id: string;
  text: string;
  depth: number;
  children: ContentsEntry[];
}

/** Builds the table of contents from the nested sections. */
export function contentsOf(tree: { children: readonly Nodes[] }): ContentsEntry[] {
  return tree.children
    .filter((node): node is ArticleSection => node.type === 'articleSection')
    .map(section => ({
      id: section.id,
      text: textOf(section.children[0]),
      depth: section.depth,
      children: contentsOf(section),
    }));
}

const blockTypes = new Set(['paragraph', 'heading', 'tableCell', 'relatedLink', 'figure', 'code']);

/**
 * Plain text of a document, with blank lines between blocks. Includes footnotes and captions, but not code
 * blocks.
 */
export const plainText = (tree: Root): string =>
  textBlocks(tree)
    .map(({ text }) => text)
    .join('\n\n');

export interface TextBlock {
  text: string;
  /** Id of the section if the block is a section's heading; otherwise undefined. */
  id: string | undefined;
}

/** Plain text of a document as paragraphs, headings, cells and captions, in document order. */
export function textBlocks(tree: Root): TextBlock[] {
  const blocks: TextBlock[] = [];
  const push = (...texts: string[]) => {
    for (const text of texts) blocks.push({ text, id: undefined });
  };
  let section: string | undefined;
  walk(tree, node => {
    if (node.type === 'figure') {
      if (node.caption) push(node.caption);
      if (node.kind === 'timeline')
        push(...node.events.map(event => [event.date, event.text].filter(Boolean).join(' ')));
      if (node.kind === 'chart') push(...[node.subtitle, node.note].flatMap(text => text ?? []));
      return node.kind === 'table' ? undefined : 'skip';
    }
    if (node.type === 'quote') {
      push([node.speaker, node.role].filter(Boolean).join(', '));
    } else if (node.type === 'callout') {
      if (node.title) push(node.title);
    } else if (node.type === 'articleSection') {
      section = node.id;
    } else if (node.type !== 'code' && blockTypes.has(node.type)) {
      blocks.push({ text: textOf(node, { includeHtml: false }), id: section });
      section = undefined;
      return 'skip';
    }
    return undefined;
  });
  return blocks;
}

/**
 * Counts words by the rules of UAX #29, which also cover languages without spaces. A faster scan counts Latin
 * text with the same result, because Intl.Segmenter would take most of the time spent on an article.
 * @param lang language tag (BCP 47)
 */
export function countWords(text: string, lang: string): number {
  return countLatinWords(text) ?? countSegments(text, new Intl.Segmenter(lang, { granularity: 'word' }));
}

function countSegments(text: string, segmenter: Intl.Segmenter): number {
  let count = 0;
  for (const [piece] of text.matchAll(pieces))
    for (const { isWordLike } of segmenter.segment(piece)) if (isWordLike) count++;
  return count;
}

/**
 * Matches a piece of text that ends before white space or punctuation, so that no word is split, unless there is
 * neither in a thousand characters. The segmenter's time grows with the square of a text's length.
 */
const pieces = /[\s\S]{1,1000}[^ \n\u3000-\u3002\uff01-\uff1f]{0,1000}/g;

const space = 0;
const letter = 1;
const digit = 2;
/** Kind of characters that have special rules, such as underscores. Only Intl.Segmenter knows these rules. */
const unknown = 3;

/** Kind of each character up to U+024F: Latin letters, digits, punctuation. */
const latinKinds = Uint8Array.from({ length: 0x250 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\p{L}/u.test(character)) return letter;
  if (/\p{Nd}/u.test(character)) return digit;
  return /[\n\x20-\x5e\x60-\x7e\xa0-\xac\xae-\u024f]/.test(character) ? space : unknown;
});

/** Returns the kind of a UTF-16 code unit. Above U+024F, only common punctuation is known. */
const kindOf = (code: number): number => {
  if (code < latinKinds.length) return latinKinds[code]!;
  const isKnown = (code >= 0x2010 && code <= 0x2026) || (code >= 0x2030 && code <= 0x203a) || code === 0x20ac;
  return isKnown ? space : unknown;
};

const codesOf = (characters: string) => new Set([...characters].map(character => character.charCodeAt(0)));
const joinsLetters = codesOf("'.\u00b7\u2018\u2019\u2024\u2027");
const joinsDigits = codesOf(",.;'\u2018\u2019\u2024");
const colon = 0x3a;

/**
 * Counts runs of letters and digits. An apostrophe or full stop joins letters; a separator joins digits.
 * @returns undefined if the text has characters whose rules this scan does not know
 */
function countLatinWords(text: string): number | undefined {
  let count = 0;
  let isInWord = false;
  let before = space;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kind = kindOf(code);
    if (kind === unknown) return undefined;
    if (kind !== space) {
      if (!isInWord) count++;
      isInWord = true;
    } else if (isInWord) {
      const after = i + 1 < text.length ? kindOf(text.charCodeAt(i + 1)) : space;
      // Versions of the rules differ on whether a colon joins two letters, so the segmenter decides.
      if (code === colon && before === letter && after === letter) return undefined;
      isInWord =
        before !== space && before === after && (before === letter ? joinsLetters : joinsDigits).has(code);
    }
    before = kind;
  }
  return count;
}

/**
 * Words per minute in silent reading of English non-fiction (Brysbaert 2019, doi:10.1016/j.jml.2019.104047).
 */
const wordsPerMinute = 238;

/**
 * Reading time in minutes, at least 1.
 * @param words number of words in the text
 */
export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / wordsPerMinute));
}

/** A link in a document, or a picture that the document shows. */
export type OutgoingLink = { kind: 'link'; url: string; place: Place | undefined } | PictureLink;

export interface PictureLink {
  kind: 'picture';
  url: string;
  place: Place | undefined;
  /**
   * `figure`: the only content of its paragraph. `inline`: within a paragraph.
   * `still`: the poster of a video. `portrait`: an author's picture. `cover`: named in the front matter of a story.
   */
  as: 'figure' | 'inline' | 'still' | 'portrait' | 'cover';
  /** Alternative text; undefined if the author wrote none. */
  alt: string | undefined;
  caption: string | undefined;
  credit: string | undefined;
}

/** Collects every link and picture in the body, with its address as the author wrote it. */
export function outgoingLinks(tree: Root): OutgoingLink[] {
  const links: OutgoingLink[] = [];
  walk(tree, node => {
    const place = node.position && { line: node.position.start.line, column: node.position.start.column };
    if (node.type === 'link' || node.type === 'relatedLink')
      links.push({ url: node.url, kind: 'link', place });
    else if (node.type === 'image')
      links.push({
        kind: 'picture',
        url: node.url,
        place,
        as: 'inline',
        alt: node.alt?.trim() || undefined,
        caption: undefined,
        credit: undefined,
      });
    else if (node.type === 'figure' && node.kind === 'image') {
      const { src, caption, credit } = node;
      const alt = node.alt.trim() || undefined;
      links.push({ kind: 'picture', url: src, place, as: 'figure', alt, caption, credit });
    } else if (node.type === 'figure' && (node.kind === 'video' || node.kind === 'audio')) {
      for (const url of [node.src, node.url, node.kind === 'video' ? node.captions : undefined])
        if (url !== undefined) links.push({ url, kind: 'link', place });
      if (node.kind === 'video' && node.poster !== undefined) {
        const still = {
          as: 'still',
          alt: node.caption ?? 'video',
          caption: undefined,
          credit: undefined,
        } as const;
        links.push({ kind: 'picture', url: node.poster, place, ...still });
      }
    } else if (node.type === 'quote' && node.source !== undefined)
      links.push({ url: node.source, kind: 'link', place });
    else if (node.type === 'htmlElement' && typeof node.properties.href === 'string') {
      links.push({ url: node.properties.href, kind: 'link', place });
    }
  });
  return links;
}

/** Names of the files that are published beside the document's page: the data of its charts. */
export const dataFilesOf = (tree: Root): string[] =>
  blocksOf(tree, 'figure').flatMap(figure => (figure.kind === 'chart' ? [dataFileOf(figure)] : []));

/**
 * Name of a chart's CSV file: the chart's id and `.csv`. Long ids are shortened, because file systems limit
 * names to 255 bytes.
 */
export function dataFileOf({ id }: ChartFigure): string {
  if (Buffer.byteLength(id) <= 120) return `${id}.csv`;
  const number = /-\d+$/.exec(id)?.[0] ?? '';
  let name = '';
  for (const character of id) {
    if (Buffer.byteLength(name + character) > 100) break;
    name += character;
  }
  return `${name}${number}.csv`;
}

/** Fragments that links to the page can use: the ids of sections, quotes and figures. */
export function anchorsOf(tree: Root): string[] {
  const ids: string[] = [];
  walkBlocks(tree, node => {
    if (node.type === 'articleSection' || node.type === 'quote' || node.type === 'figure') ids.push(node.id);
  });
  return ids;
}

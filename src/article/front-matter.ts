/** Splits a file into checked front matter and a body that keeps its line and column positions. */
import { Buffer, isUtf8 } from 'node:buffer';
import matter from 'gray-matter';
import { location } from 'vfile-location';
import type * as z from 'zod';
import type { Place, Report } from '../base/diagnostics.ts';
import { type PartlyCheckedYaml, readPartlyValidYaml } from '../base/yaml.ts';
import type { SourceFile } from './model.ts';
import { synonyms } from './synonyms.ts';

/** Maximum size of a source file, in bytes. A larger file is as long as a book and takes minutes to parse. */
export const sourceSizeLimit = 1_000_000;

/** Maximum length of front matter, in characters: enough for a hundred sources. */
const frontMatterLimit = 50_000;

/** A source file, split into front matter and body. */
export interface SplitSource<Meta> {
  /** Checked front matter; undefined if it is missing or cannot be parsed, which is reported. */
  frontMatter: PartlyCheckedYaml<Meta> | undefined;
  /** Markdown. White space replaces the front matter, so that positions match the file. */
  body: string;
}

const start: Place = { line: 1, column: 1 };

/**
 * Splits a source file into its front matter, checked against a schema, and its body.
 * @returns undefined if the body cannot be read either, for example because the front matter has no end. The
 * problem is reported.
 */
export function splitSource<Schema extends z.ZodObject>(
  source: SourceFile,
  schema: Schema,
  report: Report,
): SplitSource<z.output<Schema>> | undefined {
  const text = decodeSource(source, report);
  if (text === undefined) return undefined;
  if (!/^---(?!-)/.test(text)) {
    const mistake = openingMistake(text);
    if (mistake) {
      report('error', `front-matter-absent/${mistake}`, start);
      return undefined;
    }
    const first = source.path.startsWith('content/authors/') ? 'name' : 'title';
    report('error', 'front-matter-absent', start, { first });
    return { frontMatter: undefined, body: text };
  }
  const language = matter.language(text).name;
  if (language !== '' && language !== 'yaml') {
    report('error', 'front-matter-engine', start, { language });
    return undefined;
  }
  const head = closingLine.exec(text)?.[0];
  if (head === undefined) {
    report('error', 'front-matter-unclosed', start);
    return undefined;
  }

  const end = text.indexOf('\n---');
  if (end > frontMatterLimit) {
    report('error', 'file-size/front-matter', start, { characters: end, limit: frontMatterLimit });
    return undefined;
  }

  let frontMatter: PartlyCheckedYaml<z.output<Schema>> | undefined;
  let wasRead = false;
  const read = (yaml: string) => {
    wasRead = true;
    frontMatter = readPartlyValidYaml(
      { text: yaml, origin: { line: 1, column: 4 + language.length } },
      schema,
      'front-matter',
      report,
      synonyms,
    );
    return {};
  };
  // Passing options disables gray-matter's cache, which would keep every file in memory. gray-matter also
  // copies its input several times, so it gets only the front matter.
  const split = matter(head, { language: 'yaml', engines: { ...rejectedEngines, yaml: { parse: read } } });
  // gray-matter does not call the engine for front matter that contains only comments.
  if (!wasRead) read(split.matter);
  return { frontMatter, body: head.replace(/[^\r\n]/g, ' ') + text.slice(head.length) };
}

/** Finds out why a file whose first line is not `---` seems to have no front matter. */
function openingMistake(text: string): 'below' | 'dashes' | 'toml' | 'html' | undefined {
  const head = text.slice(0, 500);
  if (/^\s+---[ \t]*\r?\n/.test(head)) return 'below';
  if (/^[-\u2010-\u2015\u2212]{1,10}[ \t]*\r?\n\s*[a-z]\w*:/i.test(head)) return 'dashes';
  if (/^\s*\+\+\+[ \t]*\r?\n/.test(head)) return 'toml';
  return /^\s*<(?:!doctype html|html)\b/i.test(head) ? 'html' : undefined;
}

/**
 * Matches the front matter with its opening and closing lines. gray-matter ends the front matter at the first
 * line that begins with `---`, so that line must contain nothing else.
 */
const closingLine = /^---[^\n]*\n(?:(?!---)[^\n]*\n)*---[ \t]*\r?(?:\n|$)/;

/**
 * Replaces gray-matter's engines for languages other than YAML. The engine for JavaScript would execute the front
 * matter.
 */
const rejectingEngine = {
  parse: (): never => {
    throw new Error('Only YAML front matter is read.');
  },
};
const rejectedEngines = Object.fromEntries(
  ['javascript', 'js', 'coffee', 'json', 'toml'].map(name => [name, rejectingEngine]),
);

function decodeSource({ bytes }: SourceFile, report: Report): string | undefined {
  if (bytes.length > sourceSizeLimit && formatOf(bytes) === undefined) {
    report('error', 'file-size/source', start, { bytes: bytes.length, limit: sourceSizeLimit });
    return undefined;
  }
  return decodeText(bytes, report);
}

/** Reports the first conflict that Git marked and nobody resolved. */
function hasConflict(text: string, report: Report): boolean {
  const match = text.includes('\n>>>>>>> ') ? /^<{7} /m.exec(text) : null;
  if (!match || text.lastIndexOf('\n>>>>>>> ') < match.index) return false;
  const { line, column } = location(text).toPoint(match.index)!;
  report('error', 'merge-conflict', { line, column });
  return true;
}

const decoder = new TextDecoder('utf-8');

/**
 * Decodes UTF-8. Removes a byte order mark, and replaces NUL characters with U+FFFD.
 * @returns undefined if the bytes are not UTF-8, or if they contain a merge conflict; both are reported
 */
export function decodeText(bytes: Uint8Array, report: Report): string | undefined {
  const format = formatOf(bytes);
  if (format !== undefined) {
    report('error', 'file-encoding/format', undefined, { format });
    return undefined;
  }
  const text = decoder.decode(bytes);
  // CommonMark replaces NUL with U+FFFD, so front matter does too.
  if (isUtf8(bytes)) return hasConflict(text, report) ? undefined : text.replaceAll('\0', '\ufffd');
  report('error', 'file-encoding', placeOfBadByte(bytes, text));
  return undefined;
}

/** First bytes of documents that are not text, as Latin-1. */
const signatures: Readonly<Record<string, string>> = {
  'PK\u0003\u0004': 'a document of a program such as Word or Excel',
  '\u00d0\u00cf\u0011\u00e0': 'a document of a program such as Word or Excel',
  '{\\rtf': 'a document in Rich Text Format',
  '%PDF-': 'a PDF document',
};

/** Names the format of a document that is not text, but may have the name of a text file. */
function formatOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  const signature = Object.keys(signatures).find(one => head.startsWith(one));
  return signature && signatures[signature];
}

/** Finds the place of the first invalid byte, where the decoder has inserted a replacement character. */
function placeOfBadByte(bytes: Uint8Array, text: string): Place {
  let at = 0;
  let offset = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (const character of text) {
    if (
      character === '\ufffd' &&
      !(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)
    )
      break;
    offset += Buffer.byteLength(character);
    at += character.length;
  }
  const { line, column } = location(text).toPoint(at)!;
  return { line, column };
}

/** Recognizes and reads the files of agencies. */
import { readBytes, readStart, sizeOf } from '../../disk/files.ts';
import type { WireFile } from './item.ts';
import { newsmlFile } from './newsml-items.ts';
import { isNinjs, ninjsFile } from './ninjs-items.ts';
import { nitfFile } from './nitf-items.ts';
import { parseXml, XmlProblem } from './xml.ts';

export type WireFormat = 'nitf' | 'newsml' | 'ninjs';

/** Largest file, in bytes. Pictures can be part of a file. */
const sizeLimit = 100_000_000;

/** Names of files that can contain items. */
export const wireName = /\.(?:xml|nitf|newsml|g2|json|ninjs)$/i;

/** Number of bytes at the beginning of a file that tell its format. */
export const headSize = 20_000;

/** Format of a file from its beginning; undefined if the format is unknown. */
export function formatOf(head: string): WireFormat | undefined {
  const text = head.replace(/\0/g, '').replace(/^[^<{[]{0,4}/, '');
  if (/^\s*[[{]/.test(text)) return looksLikeNinjs(text) ? 'ninjs' : undefined;
  if (!/^\s*</.test(text)) return undefined;
  const [, root] =
    /^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE\s[^[>]*(?:\[[\s\S]*?\]\s*)?>)*<(?:[\w-]+:)?([\w.-]+)[\s/>]/.exec(
      text,
    ) ?? [];
  if (root === 'nitf') return 'nitf';
  const isNar = /iptc\.org\/std\/nar\//.test(text) || /standard="NewsML-G2"/.test(text);
  return isNar && /^(?:newsMessage|newsItem|packageItem)$/.test(root ?? '') ? 'newsml' : undefined;
}

const looksLikeNinjs = (text: string): boolean =>
  /"(?:uri|guid)"\s*:/i.test(text) &&
  /"(?:version_?created|pubstatus|representationtype|copyrightholder|firstcreated|\$?standard)"\s*:/i.test(
    text,
  );

/** Result of reading a file. */
export type ReadWire =
  | { kind: 'items'; file: WireFile }
  /** The file ends too early. */
  | { kind: 'incomplete'; reason: string; line: number | undefined }
  | { kind: 'problem'; reason: string; line: number | undefined }
  /** The file is something else. */
  | { kind: 'other' };

/** Reads a file. @param path absolute path @param name name for messages and for items without an id */
export function readWireFile(path: string, name: string, bytes?: Uint8Array): ReadWire {
  if (sizeOf(path) > sizeLimit) {
    if (formatOf(readStart(path, headSize).toString('utf8')) === undefined) return { kind: 'other' };
    return {
      kind: 'problem',
      line: undefined,
      reason: `The file has more than ${sizeLimit / 1e6} MB. Ask the agency for smaller files.`,
    };
  }
  const data = bytes ?? readBytes(path);
  const head = Buffer.from(data.subarray(0, headSize)).toString('utf8');
  const format = formatOf(head);
  if (format !== undefined) return format === 'ninjs' ? readJson(data, name) : readXml(data, name, format);
  // A file that is still being written can be too short to be recognized.
  const isStart = data.length < 200 && /^\s*(?:$|[<{[])/.test(head.replace(/^\ufeff/, ''));
  return isStart && !isWhole(head)
    ? { kind: 'incomplete', line: undefined, reason: 'The file is empty or ends too early.' }
    : { kind: 'other' };
}

const isWhole = (text: string): boolean => /[}\]>]\s*$/.test(text);

function readXml(data: Uint8Array, name: string, format: 'nitf' | 'newsml'): ReadWire {
  try {
    const root = parseXml(data);
    return { kind: 'items', file: format === 'nitf' ? nitfFile(root, name) : newsmlFile(root, name) };
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const { message, line, isIncomplete } = error;
    return { kind: isIncomplete ? 'incomplete' : 'problem', line, reason: `The XML is wrong: ${message}.` };
  }
}

function readJson(data: Uint8Array, name: string): ReadWire {
  const text = decodeJson(data);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const kind =
      /[}\]]\s*$/.test(text) && !/Unexpected end|Unterminated/i.test((error as Error).message)
        ? 'problem'
        : 'incomplete';
    return {
      kind,
      line: undefined,
      reason: `The JSON is wrong: ${(error as Error).message.replace(/\.$/, '')}.`,
    };
  }
  const values = Array.isArray(json) ? json : [json];
  return values.some(isNinjs) ? { kind: 'items', file: ninjsFile(json, name) } : { kind: 'other' };
}

/** JSON is UTF-8. Other encodings have a byte order mark, or bytes that UTF-8 does not have. */
function decodeJson(data: Uint8Array): string {
  const encoding =
    data[0] === 0xff && data[1] === 0xfe
      ? 'utf-16le'
      : data[0] === 0xfe && data[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('windows-1252').decode(data);
  }
}

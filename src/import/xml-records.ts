/** Streams records out of large XML files. Memory depends on the largest record, not on the file. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { readPieces } from '../disk/files.ts';

/** An element with its attributes and content. */
export interface XmlNode {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
  /** Text directly in the element. */
  text: string;
}

/** A record of a file. */
export interface XmlRecord {
  node: XmlNode;
  /** Line on which it begins, counted from 1. */
  line: number;
}

export interface XmlProblem {
  problem: string;
  line: number;
}

/** Largest text of a record, in characters. */
const recordLimit = 5_000_000;

/** Most elements that may be open within each other. */
const depthLimit = 100;

/**
 * Reads the records of a file: elements with one of the names, and the other elements of the channel, each as a record.
 * After a mistake in the XML, reading goes on with the next record.
 * @param channel name of the element whose other children are records, too
 */
export async function* createRecordReader(
  path: string,
  names: ReadonlySet<string>,
  { channel }: { channel: string },
): AsyncIterable<XmlRecord | XmlProblem> {
  const found: (XmlRecord | XmlProblem)[] = [];
  const decoder = createDecoder();
  let state = createParser(found, names, channel, 1, false);
  let line = 1;
  let isRestarted = false;
  let broken: { since: number } | undefined;
  let rest = '';
  for await (const piece of readPieces(path)) {
    let text = rest + decoder.decode(piece);
    rest = '';
    // Keeps an unfinished line, so that a restart finds whole tags.
    const end = text.lastIndexOf('\n');
    if (end >= 0 && text.length < 10_000_000) {
      rest = text.slice(end + 1);
      text = text.slice(0, end + 1);
    }
    feed(text);
    yield* found.splice(0);
  }
  feed(rest + decoder.end());
  if (!broken) finish();
  yield* found.splice(0);

  /** Feeds text to the parser. After a mistake, skips to the next record and begins again there. */
  function feed(text: string): void {
    let position = 0;
    while (position < text.length) {
      if (broken) {
        const next = nextRecord(text, position, names);
        if (next < 0) {
          line += countLines(text, position, text.length);
          return;
        }
        line += countLines(text, position, next);
        position = next;
        broken = undefined;
        state = createParser(found, names, channel, line, true);
        isRestarted = true;
        state.parser.write(`<${channel}>`);
      }
      // Parses record by record, so that a mistake costs one record.
      const next = nextRecord(text, position + 1, names);
      const stop = next < 0 ? text.length : next;
      const part = text.slice(position, stop);
      try {
        state.parser.write(part);
      } catch (error) {
        broken = { since: line };
        // After the last record, only the ends of the outer elements follow.
        if (state.isInRecord() || next >= 0)
          found.push({
            problem: problemOf(error as Error, state.title()),
            line: lineOf(error as Error) ?? line,
          });
      }
      line += countLines(text, position, stop);
      position = stop;
    }
  }

  function finish(): void {
    try {
      state.parser.close();
    } catch {
      // After a restart, the elements around the records are open.
      if (!state.isInRecord() && isRestarted) return;
      const title = state.title();
      const where = title === undefined ? '' : `, in the item “${title}”`;
      found.push({
        problem: `The file ends before it is complete${where}. Everything after this line is missing. Export it again.`,
        line,
      });
    }
  }
}

const countLines = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
};

/** Offset of the next record's tag at the beginning of a line; -1 if no record follows. */
function nextRecord(text: string, from: number, names: ReadonlySet<string>): number {
  const pattern = new RegExp(`<(?:${[...names].join('|')})[>\\s]`, 'g');
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

class XmlError extends Error {
  line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const lineOf = (error: Error): number | undefined => (error instanceof XmlError ? error.line : undefined);

const problemOf = (error: Error, title: string | undefined): string =>
  `The XML is wrong: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}. ${title === undefined ? 'The item on this line' : `The item “${title}”`} is not imported. Correct the file or export it again.`;

function createParser(
  found: (XmlRecord | XmlProblem)[],
  names: ReadonlySet<string>,
  channel: string,
  firstLine: number,
  isFragment: boolean,
) {
  const parser = new SaxesParser({ xmlns: false, fragment: isFragment });
  const open: XmlNode[] = [];
  let start = 0;
  let size = 0;
  let isOversized = false;
  const here = () => firstLine + parser.line - 1;
  const isRecord = (name: string) => names.has(name) || parents.at(-1) === channel;
  const parents: string[] = [];
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (parents.length > depthLimit) throw new XmlError('elements are nested too deeply', here());
    if (open.length > 0 || isRecord(name)) {
      if (open.length === 0) {
        start = here();
        size = 0;
        isOversized = false;
      }
      const node = { name, attributes, children: [], text: '' };
      open.at(-1)?.children.push(node);
      open.push(node);
    }
    parents.push(name);
  });
  const addText = (text: string) => {
    const node = open.at(-1);
    if (!node) return;
    size += text.length;
    if (size > recordLimit) {
      isOversized = true;
      node.text = '';
    } else node.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    parents.pop();
    const node = open.pop();
    if (!node || open.length > 0) return;
    if (!isOversized) found.push({ node, line: start });
    else
      found.push({
        problem: `The item “${titleOf(node) ?? '?'}” has more than ${recordLimit.toLocaleString('en')} characters and is not imported. Split it, or remove what is repeated.`,
        line: start,
      });
  });
  parser.on('error', error => {
    // An undeclared entity stays as written. Everything else ends the record.
    if (/undefined entity|disallowed character/.test(error.message)) return;
    throw new XmlError(error.message, here());
  });
  return {
    parser,
    isInRecord: () => open.length > 0,
    title: () => (open[0] ? titleOf(open[0]) : undefined),
  };
}

const titleOf = ({ children }: XmlNode): string | undefined => {
  const title = children
    .find(({ name }) => name === 'title')
    ?.text.trim()
    .slice(0, 100);
  return title === '' ? undefined : title;
};

/**
 * Decodes UTF-8, UTF-16 with a byte order mark, and the encoding that the XML declaration names. Bytes that are not
 * UTF-8 are read as Windows-1252, because many exports contain a few, whatever they declare. Removes control characters,
 * which XML does not allow.
 */
export function createDecoder() {
  let decoder: TextDecoder | undefined;
  let isUtf8 = true;
  const latin = new TextDecoder('windows-1252');
  let rest = new Uint8Array(0);
  const start = (piece: Uint8Array) => {
    const head = Buffer.from(piece.subarray(0, 200)).toString('latin1');
    const declared =
      /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding=["']([\w-]+)/.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
    const label = head.startsWith('\xff\xfe')
      ? 'utf-16le'
      : head.startsWith('\xfe\xff')
        ? 'utf-16be'
        : declared;
    try {
      decoder = new TextDecoder(label);
    } catch {
      decoder = new TextDecoder();
    }
    isUtf8 = decoder.encoding === 'utf-8';
  };
  const decodeUtf8 = (bytes: Uint8Array): string => {
    const text = new TextDecoder('utf-8').decode(bytes);
    return text.includes('\ufffd') ? mixed(bytes, latin) : text;
  };
  const decodeOther = (text: string): string =>
    decoder?.encoding === 'windows-1252' ? asWindows(text) : text;
  return {
    decode(piece: Uint8Array): string {
      if (!decoder) start(piece);
      if (!isUtf8) return withoutControls(decodeOther(decoder!.decode(piece, { stream: true })));
      const bytes = Buffer.concat([rest, piece]);
      const end = completeLength(bytes);
      rest = Uint8Array.from(bytes.subarray(end));
      return withoutControls(decodeUtf8(bytes.subarray(0, end)));
    },
    end: (): string => withoutControls(isUtf8 ? decodeUtf8(rest) : decodeOther(decoder?.decode() ?? '')),
  };
}

/** Characters of Windows-1252 from 0x80 to 0x9f. Node's decoder returns control characters for them. */
const windowsCharacters = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const asWindows = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, character => windowsCharacters[character.charCodeAt(0) - 0x80]!);

const withoutControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids these characters.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

/** Length without an incomplete character at the end. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Decodes UTF-8 in which some bytes are Windows-1252. */
function mixed(bytes: Uint8Array, latin: TextDecoder): string {
  let text = '';
  let valid = 0;
  const utf8 = new TextDecoder('utf-8');
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += utf8.decode(bytes.subarray(valid, at)) + asWindows(latin.decode(bytes.subarray(at, at + 1)));
    at++;
    valid = at;
  }
  return text + utf8.decode(bytes.subarray(valid));
}

/** Length of the UTF-8 character at an offset; 0 if the bytes there are not UTF-8. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return 0;
  for (let offset = 1; offset < length; offset++) if (((bytes[at + offset] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

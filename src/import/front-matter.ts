/** Splits files of static generators into metadata and text: YAML, TOML, JSON, and the headers of Pelican and Nikola. */
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';

export type Meta = Readonly<Record<string, unknown>>;

export interface SplitFile {
  meta: Meta;
  text: string;
  /** Line of the text's beginning, counted from 1. */
  line: number;
  /** Error in the metadata; undefined if it is valid. */
  problem?: string;
}

interface Notation {
  pattern: RegExp;
  read: (text: string) => unknown;
}

const notations: readonly Notation[] = [
  {
    pattern:
      /^---[ \t]*(?=\r?\n)((?:\r?\n(?!(?:---|\.\.\.)[ \t]*(?:\r?\n|$)).*)*)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/,
    read: text => parseYaml(text, { schema: 'core', logLevel: 'error', uniqueKeys: false }),
  },
  {
    pattern: /^\+\+\+[ \t]*(?=\r?\n)((?:\r?\n(?!\+\+\+[ \t]*(?:\r?\n|$)).*)*)\r?\n\+\+\+[ \t]*(?:\r?\n|$)/,
    read: text => parseToml(text),
  },
  { pattern: /^(\{[ \t]*\r?\n[\s\S]*?\r?\n\})[ \t]*(?:\r?\n|$)/, read: text => JSON.parse(text) },
  // Nikola
  {
    pattern: /^<!--\s*\r?\n((?:\.\.[ \t]+[\w-]+:.*\r?\n)+)\s*-->[ \t]*(?:\r?\n|$)/,
    read: text => readHeader(text, /^\.\.[ \t]+([\w-]+):[ \t]*(.*)$/),
  },
  {
    pattern: /^((?:\.\.[ \t]+[\w-]+:.*\r?\n)+)/,
    read: text => readHeader(text, /^\.\.[ \t]+([\w-]+):[ \t]*(.*)$/),
  },
  // Pelican
  {
    pattern: /^((?:[A-Z][\w-]*:[ \t].*\r?\n(?:[ \t]+\S.*\r?\n)*)+)(?:\r?\n|$)/,
    read: text => readHeader(text, /^([\w-]+):[ \t]*(.*)$/),
  },
  // Hexo also accepts front matter without its first line.
  {
    pattern: /^((?:[a-z][\w-]*:.*\r?\n(?:[ \t-].*\r?\n)*)+)---[ \t]*(?:\r?\n|$)/,
    read: text => parseYaml(text, { schema: 'core', logLevel: 'error', uniqueKeys: false }),
  },
];

/** Splits a file. A file without metadata is all text. */
export function splitFile(content: string): SplitFile {
  const file = content.replace(/^\ufeff/, '');
  for (const { pattern, read } of notations) {
    const match = pattern.exec(file);
    if (match?.index !== 0) continue;
    const text = file.slice(match[0].length);
    const line = match[0].split('\n').length;
    try {
      const meta: unknown = read(match[1]!);
      return { meta: plain(meta), text, line };
    } catch (error) {
      return { meta: {}, text, line, problem: (error as Error).message.split('\n', 1)[0]! };
    }
  }
  return { meta: {}, text: file, line: 1 };
}

function readHeader(text: string, pattern: RegExp): Record<string, string> {
  const meta: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = pattern.exec(line) ?? [];
    if (key !== undefined) meta[key.toLowerCase()] = value!.trim();
  }
  return meta;
}

/** Reads a file of data: YAML, TOML, JSON, or the texts that a Python file assigns, by its name. @returns undefined if it cannot be read */
export function readData(name: string, text: string): Meta | undefined {
  try {
    if (/\.py$/i.test(name)) return pythonTexts(text);
    const data: unknown = /\.toml$/i.test(name)
      ? parseToml(text)
      : /\.json$/i.test(name)
        ? JSON.parse(text)
        : parseYaml(text, { schema: 'core', logLevel: 'error', uniqueKeys: false });
    return plain(data);
  } catch {
    return undefined;
  }
}

/** Texts that are assigned to names: `SITENAME = 'The Courier'`. */
const pythonTexts = (text: string): Meta =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)\s*=\s*u?(?:'([^'\\\n]*)'|"([^"\\\n]*)")/gm)].map(
      ([, name, single, double]) => [name!, single ?? double],
    ),
  );

/** A map; anything else is empty. */
const plain = (data: unknown): Meta =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Meta) : {};

/** A value as text: a date as RFC 3339, a number in decimal; undefined if it is empty or a map. */
export function textValue(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  // Dates of TOML know whether they have an offset.
  if (value instanceof Date) return value.toISOString().replace('.000', '');
  if (typeof value === 'string') return value.trim() || undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A list of texts: of a list, of a text with commas, or of a list of maps with names. */
export function listValue(value: unknown, separator: RegExp = /\s*[,;]\s*/): string[] {
  if (Array.isArray(value)) return value.flatMap(item => nameOf(item) ?? []);
  if (typeof value === 'object' && value !== null) return nameOf(value) === undefined ? [] : [nameOf(value)!];
  const text = textValue(value);
  return text === undefined ? [] : text.split(separator).filter(Boolean);
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || item instanceof Date) return textValue(item);
  const { name, title, id, slug } = item as Record<string, unknown>;
  return textValue(name ?? title ?? id ?? slug);
}

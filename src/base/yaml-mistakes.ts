/**
 * Explains syntax errors in hand-written YAML by the mistakes that newsrooms make: a colon or quotation marks in a
 * value, tabs, non-breaking spaces, and lines that are indented too far or not far enough. Each mistake has the
 * corrected line.
 */
import type { YAMLParseError } from 'yaml';
import type { YamlEndings } from './yaml-messages.ts';

/** A mistake, its offset in the text, and the data of its message. */
export type YamlMistake = {
  [Ending in keyof MistakeData]: { ending: Ending; offset: number; data: MistakeData[Ending] };
}[keyof MistakeData];

type MistakeEnding =
  | 'syntax'
  | 'comment'
  | 'comma'
  | 'dash'
  | 'list'
  | 'continued'
  | 'no-value'
  | 'colon'
  | 'curly'
  | 'around'
  | 'start'
  | 'unclosed'
  | 'no-space'
  | 'tab'
  | 'indentation'
  | 'space'
  | 'space-indentation';
type MistakeData = {
  [Ending in MistakeEnding as `yaml/${Ending}`]: Parameters<YamlEndings[`yaml/${Ending}`]>[0];
};

/** Parses one line, to test whether a correction is valid. */
type IsValid = (line: string) => boolean;

/** What an explainer knows about YAML and about the keys of its text. */
export interface Expected {
  isValid: IsValid;
  /** Whether the value of a top-level key is a list of texts. */
  isTextList(key: string): boolean;
  /** Whether a word is a top-level key. */
  isKey(word: string): boolean;
}

/** Number of errors to explain in one text. The others probably follow from these. */
const explainedLimit = 50;

/** Number of lines above an error in which to look for the indentation that it should have. */
const lookBack = 100;

/** Maximum length of a corrected line in a message, in characters. */
export const shownLength = 90;

/** White space that YAML does not read as such, for example a non-breaking space. */
const oddSpace = '[^\\S \\t\\n\\r]';
const oddIndentation = new RegExp(`^[ \\t]*${oddSpace}`);
const oddSeparation = new RegExp(`^[^:]*:${oddSpace}`);
const anyOddSpace = new RegExp(oddSpace);
const anyOddSpaces = new RegExp(oddSpace, 'g');

/** Matches messages about a line that is not aligned with those above. */
const misaligned = /^(?:All (?:mapping|sequence) items must|Sequence item without|A block sequence may not)/;

/** Matches messages that often follow from an earlier line with the wrong indentation. */
const followsIndentation = new RegExp(`${misaligned.source}|^Implicit (?:map )?keys need`);

/** Matches a line `key: value`, also in a list: its indentation, its dashes and key, and its value. */
export const entryPattern = /^([ ]*)((?:- +)*[^\s:"'[\]{}#&*!|>%@`-][^:]*:)[ \t]+(\S.*)$/;

/** Explains what is wrong with one YAML text. */
export interface YamlExplainer {
  /** Explains the errors of a parser. Reports each line once, because one mistake often causes several errors. */
  errors(errors: readonly YAMLParseError[]): YamlMistake[];
  /** Explains white space in or before a key. @returns undefined if the key is an ordinary one */
  key(key: string, offset: number): YamlMistake | undefined;
}

/** Creates an explainer, which splits the text into lines on first use. */
export function createExplainer(yaml: string, expected: Expected): YamlExplainer {
  let lines: Lines | undefined;
  const text = () => {
    lines ??= createLines(yaml);
    return lines;
  };
  return {
    errors: errors => (errors.length === 0 ? [] : explainErrors(text(), errors, expected)),
    key: (key, offset) =>
      anyOddSpace.test(key)
        ? explainSpace(text().lineAt(offset), text(), new Map(), expected.isValid)
        : undefined,
  };
}

function explainErrors(text: Lines, errors: readonly YAMLParseError[], expected: Expected): YamlMistake[] {
  const mistakes = new Map<number, YamlMistake>();
  const moved = new Map<number, number>();
  for (const { pos, message } of errors.slice(0, explainedLimit)) {
    // Everything after a line that ends the document too early is an error, too.
    if (mistakes.size > 0 && /in YAML stream/.test(message)) break;
    const line = text.lineAt(pos[0]);
    const mistake = explain(message, line, text, moved, expected) ?? {
      ending: 'yaml/syntax',
      offset: pos[0],
      data: { message },
    };
    const owner = text.lineAt(mistake.offset);
    const isFollowUp =
      mistakes.has(line) ||
      (mistake.ending === 'yaml/syntax' && moved.size > 0 && followsIndentation.test(message));
    if (isFollowUp || mistakes.has(owner)) continue;
    mistakes.set(owner, mistake);
    if (mistake.ending === 'yaml/indentation') moved.set(owner, mistake.data.spaces);
  }
  return [...mistakes.values()];
}

interface Lines {
  lines: readonly string[];
  lineAt(offset: number): number;
  startOf(line: number): number;
}

function createLines(yaml: string): Lines {
  const lines = yaml.split('\n');
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + 1;
  }
  return {
    lines,
    lineAt(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    startOf: line => starts[line]!,
  };
}

const indentOf = (line: string): number => /^ */.exec(line)![0].length;

function explain(
  message: string,
  at: number,
  text: Lines,
  moved: ReadonlyMap<number, number>,
  expected: Expected,
): YamlMistake | undefined {
  const { isValid } = expected;
  const line = text.lines[at]!;
  const next = text.lines[at + 1];
  const odd = explainSpace(at, text, moved, isValid);
  if (odd) return odd;
  if (/^Tabs are not allowed/.test(message) && /^\s*\t/.test(line)) {
    const spaces = indentationFor(withSpaces(line), at, text.lines, moved);
    return { ending: 'yaml/tab', offset: text.startOf(at), data: { spaces, line: shorten(line.trim()) } };
  }
  if (misaligned.test(message)) return indentation(at, text, moved);
  const first = text.lines.findIndex(one => /\S/.test(one));
  if (/^Unexpected scalar at node end/.test(message) && indentOf(line) < indentOf(text.lines[first]!))
    return indentation(first, text, moved);
  if (/^Missing closing/.test(message)) return unclosed(text, isValid);
  const list = listOnOneLine(message, line, text.startOf(at), expected);
  if (list) return list;
  const quoted = quotation(message, line, text.startOf(at), isContinued(line, next), isValid);
  if (quoted) return quoted;
  if (
    /^(?:Nested mappings|Implicit keys)/.test(message) &&
    entryPattern.test(line) &&
    isContinued(line, next) &&
    /^ *(?:- |[\w-]+:(?:\s|$))/.test(next)
  )
    return indentation(at + 1, text, moved);
  return noSpace(message, at, text, expected);
}

/** Explains a list that begins on the line of its key: `authors: - newsroom`. */
function listOnOneLine(
  message: string,
  line: string,
  start: number,
  { isTextList }: Expected,
): YamlMistake | undefined {
  if (!message.startsWith('Unexpected block-seq-ind')) return undefined;
  const [, key = '', item = ''] = /^([\w-]+):[ ]+- +(\S.*)$/.exec(line) ?? [];
  if (key === '' || !isTextList(key)) return undefined;
  const text = item.trim();
  const shown = /^[\w-]+$/.test(text) ? text : quote(shorten(text));
  return {
    ending: 'yaml/list',
    offset: start + line.indexOf('-', key.length),
    data: { line: `${key}: [${shown}]` },
  };
}

/** Explains a line that is not `key: value`, because there is no space after its colon, or no colon. */
function noSpace(message: string, at: number, text: Lines, expected: Expected): YamlMistake | undefined {
  if (!/^Implicit (?:map )?keys need/.test(message)) return undefined;
  const { isValid, isKey } = expected;
  const line = text.lines[at]!;
  const offset = text.startOf(at) + indentOf(line);
  if (/^ *-[^\s-]/.test(line)) {
    const fixed = line.trim().replace(/^-/, '- ');
    return { ending: 'yaml/dash', offset, data: { line: shorten(fixed) } };
  }
  const above = text.lines[at - 1] ?? '';
  const words = line.trim().split(/\s+/, 2);
  const isContinuation = words.length === 2 && !isKey(words[0]!) && indentOf(line) === indentOf(above);
  if (!line.includes(':') && isContinuation && /\s/.test(entryPattern.exec(above)?.[3]?.trim() ?? ''))
    return { ending: 'yaml/continued', offset, data: { spaces: indentOf(above) + 2 } };
  if (!line.includes(':'))
    return {
      ending: 'yaml/syntax',
      offset,
      data: { message: 'Implicit map keys need to be followed by map values' },
    };
  const glued = /^[ ]*(?:- +)*[a-z][\w-]*:(?![\s/])/i.exec(line)?.[0];
  const fixed = glued === undefined ? undefined : corrected(`${glued} ${line.slice(glued.length)}`, isValid);
  return fixed === undefined ? undefined : { ending: 'yaml/no-space', offset, data: { line: fixed } };
}

/** Whether the next line belongs to the value of a line, because it is indented further. */
const isContinued = (line: string, next: string | undefined): next is string =>
  next !== undefined && /\S/.test(next) && indentOf(next) > contentOf(line);

/** Column, from 0, at which the content of a line begins: after its indentation and the dashes of a list. */
const contentOf = (line: string): number => /^ *(?:- +)*/.exec(line)![0].length;

/** Explains white space that is neither a space nor a tab: before a line, or after its colon. */
function explainSpace(
  at: number,
  text: Lines,
  moved: ReadonlyMap<number, number>,
  isValid: IsValid,
): YamlMistake | undefined {
  const line = text.lines[at]!;
  const plain = withSpaces(line);
  if (oddIndentation.test(line)) {
    const data = { spaces: indentationFor(plain, at, text.lines, moved), line: shorten(plain.trim()) };
    return { ending: 'yaml/space-indentation', offset: text.startOf(at), data };
  }
  if (!oddSeparation.test(line)) return undefined;
  const offset = text.startOf(at) + line.indexOf(':') + 1;
  return { ending: 'yaml/space', offset, data: { line: corrected(plain, isValid) ?? shorten(plain.trim()) } };
}

/** Replaces a tab by two spaces, and all other white space by one. */
const withSpaces = (line: string): string => line.replace(/\t/g, '  ').replace(anyOddSpaces, ' ');

/** Shortens a line for a message, with its value in quotation marks if necessary. */
function corrected(line: string, isValid: IsValid): string | undefined {
  if (isValid(line)) return shorten(line.trim());
  const [, , key = '', value = ''] = entryPattern.exec(line) ?? [];
  return isValid(`${key} ${quote(value)}`) ? quotedLine(key, value) : undefined;
}

function indentation(at: number, text: Lines, moved: ReadonlyMap<number, number>): YamlMistake | undefined {
  const line = text.lines[at]!;
  const spaces = indentationFor(line, at, text.lines, moved);
  const written = indentOf(line);
  if (spaces === written) return undefined;
  const data = { written, spaces, line: shorten(line.trim()) };
  return { ending: 'yaml/indentation', offset: text.startOf(at) + written, data };
}

/**
 * Finds the indentation that a line should have: of those that the lines above allow, the nearest one.
 * @param moved indentations of lines that have been reported, by line
 */
function indentationFor(
  line: string,
  at: number,
  lines: readonly string[],
  moved: ReadonlyMap<number, number>,
): number {
  const isItem = /^\s*- /.test(line);
  const allowed: number[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (let above = at - 1; above >= Math.max(0, at - lookBack) && limit > 0; above--) {
    const other = withSpaces(lines[above]!);
    if (!/^\s*[^\s#]/.test(other)) continue;
    const indent = moved.get(above) ?? indentOf(other);
    if (indent >= limit) continue;
    const content = indent + contentOf(other) - indentOf(other);
    const opensBlock = limit === Number.POSITIVE_INFINITY && /:\s*$/.test(other);
    if (opensBlock) allowed.push(content + 2);
    if (isItem === content > indent) allowed.push(indent);
    if (!isItem && content > indent && content < limit) allowed.push(content);
    limit = indent;
  }
  const written = indentOf(line);
  return allowed.reduce(
    (best, one) => (Math.abs(one - written) < Math.abs(best - written) ? one : best),
    allowed[0] ?? 0,
  );
}

const curlyPairs = /^[“”„«»‘’‚]([^“”„«»‘’‚]*)[“”„«»’‘"]$/;

/** Explains a value that needs quotation marks. The correction puts the whole value into them. */
function quotation(
  message: string,
  line: string,
  start: number,
  continued: boolean,
  isValid: IsValid,
): YamlMistake | undefined {
  if (!quotable.test(message)) return undefined;
  const [, indent = '', key = '', value = ''] = entryPattern.exec(line) ?? [];
  if (key === '' || continued) return undefined;
  const offset = start + line.length - value.length;
  const curly = curlyPairs.exec(value.trimEnd())?.[1];
  const written = (curly ?? unwrapped(value)).trim();
  if (!isValid(`${indent}${key} ${quote(written)}`)) return undefined;
  const data = { line: quotedLine(key, written) };
  if (curly !== undefined) return { ending: 'yaml/curly', offset, data };
  if (/^["'[{*&!]/.test(value)) return { ending: 'yaml/around', offset, data };
  if (/^[-@`%|>?,]/.test(value)) return { ending: 'yaml/start', offset, data: { ...data, start: value[0]! } };
  return /:(?:\s|$)/.test(value) ? { ending: 'yaml/colon', offset, data } : undefined;
}

const quotable =
  /^(?:Nested mappings|Unexpected scalar at node end|Plain value cannot start|Unexpected block-seq-ind|Block scalar header|Not a YAML token|Unexpected scalar token)/;

/** Removes the quotation marks around a value such as 'It's here', whose middle contains more of them. */
function unwrapped(value: string): string {
  const text = value.trimEnd();
  const mark = text[0];
  return mark === "'" && text.length > 1 && text.endsWith(mark) ? text.slice(1, -1) : value;
}

/** Finds the first value that begins with a quotation mark and has no second one. */
function unclosed({ lines, startOf }: Lines, isValid: IsValid): YamlMistake | undefined {
  for (const [index, line] of lines.entries()) {
    const [, , key = '', value = ''] = entryPattern.exec(line) ?? [];
    const [mark] = value;
    if ((mark !== '"' && mark !== "'") || value.indexOf(mark, 1) > 0) continue;
    const written = value.slice(1).trimEnd();
    if (isContinued(line, lines[index + 1]) || !isValid(`${key} ${quote(written)}`)) return undefined;
    const offset = startOf(index) + line.length - value.length;
    return { ending: 'yaml/unclosed', offset, data: { line: quotedLine(key, written) } };
  }
  return undefined;
}

/** Puts text in quotation marks, in those that need no escapes if possible. */
export function quote(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

const quotedLine = (key: string, value: string): string =>
  `${key} ${quote(shorten(value.trim(), shownLength - key.length))}`;

/** Shortens a part of the source for a message. */
export function shorten(text: string, length = shownLength): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(20, length)).trimEnd()}…`;
}

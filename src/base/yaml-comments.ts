/**
 * Finds text that YAML reads as a comment by mistake: `title: Housing #1 worry`. A `#` after a space begins a comment,
 * so the rest of the line would be lost silently.
 */
import type { Lexer } from 'yaml';
import { entryPattern, quote, shorten, shownLength, type YamlMistake } from './yaml-mistakes.ts';

/** Cheap test for a comment that follows a value on its line, without a space after `#`. */
const mayHide = /(?:[^\s#][ \t]+|[,[{])#[^\s#]/;

/** Whether a text can contain a value that a comment cuts short. It may also be in quotation marks. */
export const mayHideText = (yaml: string): boolean => yaml.includes('#') && mayHide.test(yaml);

/** Number of comments to explain in one text. Each of them needs another run of the lexer. */
const explainedLimit = 20;

/** YAML in which every such `#` is replaced with a letter, so that the parser finds only the other mistakes. */
export interface UncoveredYaml {
  yaml: string;
  mistakes: YamlMistake[];
}

/** Finds the values that a comment cuts short. @param createLexer creates a lexer of the package `yaml` */
export function uncoverText(yaml: string, createLexer: () => Lexer): UncoveredYaml {
  const mistakes: YamlMistake[] = [];
  let text = yaml;
  while (mistakes.length < explainedLimit && mayHideText(text)) {
    const found = findHidden(text, createLexer());
    if (!found) break;
    const { offset } = found;
    const line = correctedLine(text, found).replaceAll(placeholder, '#');
    const rest = text.slice(offset).split('\n', 1)[0]!;
    const hidden = shorten(rest.trim().replaceAll(placeholder, '#'), hiddenLength);
    mistakes.push({ ending: 'yaml/comment', offset, data: { hidden, line } });
    // Text in a block can contain further '#'. In brackets, each one is found on its own.
    const covered = found.isInFlow ? placeholder + rest.slice(1) : rest.replaceAll('#', placeholder);
    text = text.slice(0, offset) + covered + text.slice(offset + rest.length);
  }
  return { yaml: text, mistakes };
}

/** Private-use character in place of a `#` that has been reported. */
const placeholder = '\ue000';

/** Maximum length of the lost text in a message, in characters. */
const hiddenLength = 30;

/** A comment that was meant as text: its offset, and those of the value and of the entry that it belongs to. */
interface Hidden {
  offset: number;
  value: number;
  entry: number;
  isInFlow: boolean;
}

const byteOrderMark = '\ufeff';
/** Lexemes of the package `yaml` that are not part of the text. */
const [documentMark, flowEnd, scalarMark] = ['\u0002', '\u0018', '\u001f'];

/** Goes through the lexemes of a text up to the first comment that was meant as text. */
function findHidden(text: string, lexer: Lexer): Hidden | undefined {
  let offset = 0;
  let depth = 0;
  let entry = 0;
  let value: number | undefined;
  let before = '\n';
  let isScalar = false;
  for (const lexeme of lexer.lex(text)) {
    if (lexeme === documentMark || lexeme === flowEnd || lexeme === scalarMark) {
      if (lexeme === flowEnd) depth = 0;
      isScalar = lexeme === scalarMark;
      continue;
    }
    if (isScalar || /^["']/.test(lexeme)) value = offset;
    else if (lexeme.startsWith('#')) {
      const found = { offset, value: value ?? offset, entry, isInFlow: depth > 0 };
      if (/^#[^\s#]/.test(lexeme) && isText(text, lexeme, before, found)) return found;
    } else if (/^[{[]$/.test(lexeme)) depth++;
    else if (/^[}\]]$/.test(lexeme)) depth = Math.max(0, depth - 1);
    if (!isScalar && /^(?:[:,{[\-?]|\r?\n)$/.test(lexeme)) value = undefined;
    if (!isScalar && /^(?:[,{[]|\r?\n)$/.test(lexeme)) entry = offset + lexeme.length;
    if (/\S/.test(lexeme) || lexeme.includes('\n')) before = lexeme;
    offset += lexeme === byteOrderMark && offset === 0 ? 1 : lexeme.length;
    isScalar = false;
  }
  return undefined;
}

/** Whether a comment belongs to the value before it, and is not a note about a key or about a block of text. */
function isText(text: string, comment: string, before: string, { offset, value, isInFlow }: Hidden): boolean {
  if (/\n$/.test(before) || /^[|>]/.test(before)) return false;
  if (value < offset) return true;
  if (isInFlow) return /[,}\]]/.test(comment);
  if (before !== ':' && before !== '-') return false;
  const [line = '', next = ''] = [lineAt(text, offset), nextLine(text, offset)];
  const indent = /^ */.exec(next)![0].length;
  const isNested = /\S/.test(next) && indent > /^ */.exec(line)![0].length;
  return !isNested && !(before === ':' && /^\s*- /.test(next) && !/^\s*- /.test(line));
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const lineAt = (text: string, offset: number): string =>
  text.slice(lineStart(text, offset)).split('\n', 1)[0]!;
/** The next line that has content, or an empty text. */
const nextLine = (text: string, offset: number): string =>
  /^[^\n]*\n(?:[ \t\r]*\n)*([^\n]*)/.exec(text.slice(offset))?.[1] ?? '';

/** Puts the whole value into quotation marks. Within brackets, shows only the entry. */
function correctedLine(text: string, { offset, value, entry, isInFlow }: Hidden): string {
  const [rest = ''] = text.slice(offset).split('\n', 1);
  const end = isInFlow ? offset + (/^[^,}\]]*/.exec(rest)?.[0].length ?? 0) : offset + rest.length;
  const [, , ownKey, ownValue = ''] = isInFlow ? [] : (entryPattern.exec(lineAt(text, value)) ?? []);
  if (ownKey !== undefined && lineStart(text, value) === lineStart(text, offset))
    return `${ownKey} ${quote(shorten(ownValue.trim(), shownLength - ownKey.length))}`;
  const start = isInFlow ? Math.max(entry, lineStart(text, value)) : lineStart(text, value);
  const key = text.slice(start, value).trim();
  const written = text.slice(value, end).replace(/\s+/g, ' ').trim();
  const quoted = quote(shorten(written, shownLength - key.length));
  return key === '' ? quoted : `${key} ${quoted}`;
}

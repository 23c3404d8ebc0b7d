/** Renames keys in the text of a file, and changes nothing else in it: comments, quotes and spaces stay. */
import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Place } from '../base/diagnostics.ts';
import type { KeyedFile, Rename } from './renames.ts';

/** A key that was renamed. */
export interface RenamedKey {
  place: Place;
  from: string;
  to: string;
  since: string;
}

/** Reason why a key, or a whole file, is unchanged although it has an old name. */
export interface RenameProblem {
  place: Place;
  kind: 'conflict' | 'yaml' | 'both' | 'form';
  /** Old and new name; undefined if the problem concerns the whole file. */
  from?: string;
  to?: string;
}

export interface RenamedText {
  /** The text with its new keys; the same text if nothing was renamed. */
  text: string;
  renamed: RenamedKey[];
  problems: RenameProblem[];
}

/** Marks that Git leaves in a file with a merge conflict. */
const conflict = /^(?:<{7}|>{7}) /m;

const frontMatter = /^(\ufeff?---[^\S\n]*\n)([\s\S]*?)^---[^\S\n]*$/m;

/**
 * Renames the old keys of a file.
 * @param file kind of the file
 * @param renames keys to rename; those of other kinds of files are ignored
 */
export function renameKeys(text: string, file: KeyedFile, renames: readonly Rename[]): RenamedText {
  const wanted = renames.filter(rename => rename.file === file);
  const unchanged = (problems: RenameProblem[] = []): RenamedText => ({ text, renamed: [], problems });
  const found = conflict.exec(text);
  if (found) return unchanged([{ place: placeAt(text, found.index), kind: 'conflict' }]);
  const start = yamlStart(text, file);
  if (start === undefined) return unchanged();
  const yaml = file === 'site' ? text.slice(start) : frontMatter.exec(text)![2]!;
  const document = parseDocument(yaml);
  const [error] = document.errors;
  if (error) return unchanged([{ place: placeAt(text, start + error.pos[0]), kind: 'yaml' }]);

  const problems: RenameProblem[] = [];
  const edits: { from: number; to: number; name: string; key: RenamedKey }[] = [];
  for (const { path, to, since } of wanted) {
    const map = mapAt(document.contents, path.slice(0, -1));
    const from = path.at(-1)!;
    const pair = map && pairOf(map, from);
    if (!map || !pair) continue;
    const [begin, end] = pair.key.range!;
    const place = placeAt(text, start + begin);
    const source = yaml.slice(begin, end);
    const [, quote = '', name] = /^(["']?)(.*)\1$/s.exec(source)!;
    if (pairOf(map, to)) problems.push({ place, kind: 'both', from, to });
    else if (name !== from) problems.push({ place, kind: 'form', from, to });
    else
      edits.push({
        from: start + begin,
        to: start + end,
        name: quote + to + quote,
        key: { place, from: path.join('.'), to: [...path.slice(0, -1), to].join('.'), since },
      });
  }
  edits.sort((a, b) => a.from - b.from);
  let changed = '';
  let done = 0;
  for (const edit of edits) {
    changed += text.slice(done, edit.from) + edit.name;
    done = edit.to;
  }
  return { text: changed + text.slice(done), renamed: edits.map(({ key }) => key), problems };
}

/** Offset of a file's YAML; undefined if a document has no front matter. */
function yamlStart(text: string, file: KeyedFile): number | undefined {
  if (file === 'site') return text.startsWith('\ufeff') ? 1 : 0;
  return text.search(frontMatter) === 0 ? frontMatter.exec(text)![1]!.length : undefined;
}

type KeyPair = Pair<Scalar<string>, unknown>;

const pairOf = (map: YAMLMap, name: string): KeyPair | undefined =>
  (map.items as Pair[]).find((pair): pair is KeyPair => isScalar(pair.key) && pair.key.value === name);

function mapAt(node: unknown, path: readonly string[]): YAMLMap | undefined {
  if (!isMap(node)) return undefined;
  const [name, ...rest] = path;
  return name === undefined ? node : mapAt(pairOf(node, name)?.value, rest);
}

/** Place of a character, counted from 1. */
function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).replace(/^\ufeff/, '');
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}

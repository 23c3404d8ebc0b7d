/** Finds template tags in a text: shortcodes, Liquid and Nunjucks tags, components. */
import { assertUnreachable } from '../../base/diagnostics.ts';
import type { TagSyntax } from '../model.ts';

/** A template tag. */
export interface Tag {
  name: string;
  /** Attributes by name; positional ones by their index from `0`. */
  attributes: Readonly<Record<string, string>>;
  /** What is between the tag and its closing tag; undefined if the tag has no end. */
  inner: string | undefined;
  /** The tag as it is written, with its content and its end. */
  written: string;
  /** Whether the tag is an expression, such as `{{ page.title }}`, which is a name here. */
  isExpression?: boolean;
}

/** Opening tags, closing tags and expressions, in the order of the text. */
interface Mark {
  kind: 'open' | 'close' | 'single' | 'literal';
  name: string;
  attributes: Record<string, string>;
  start: number;
  end: number;
  /** Text of a `literal`, which stays. */
  text?: string;
  isExpression?: boolean;
}

/** Matches attributes: `name="value"`, `name: value`, `name={value}` and positional values. */
const attributePattern =
  /([\w:@.-]+)\s*(?:=|:(?=[\s"'“{]))\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|[“”]([^“”]*)[“”]|\{\s*"?([^{}"]*)"?\s*\}|([^\s,"'{}()]+))|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s,"'=()]+)/g;

/** Reads the attributes of a tag. */
export function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null);
  let position = 0;
  for (const [, name, ...values] of text.slice(0, 20_000).matchAll(attributePattern)) {
    const value = (values.find(part => part !== undefined) ?? '').replace(/\\(["'\\])/g, '$1');
    attributes[name ?? String(position++)] = value;
  }
  return { ...attributes };
}

/** The marks of each notation. Names are as the text writes them. */
function marksOf(text: string, syntax: TagSyntax): Mark[] {
  switch (syntax) {
    case 'hugo':
      return match(
        text,
        /\{\{([<%])(-?)\s*(\/\*)?\s*(\/?)\s*([\w./-]*)((?:[^`"}]|"(?:[^"\\]|\\.){0,4000}"|`[^`]{0,4000}`|\}(?!\})){0,4000}?)\s*(\*\/)?\s*(\/?)-?[>%]\}\}/g,
        found => {
          const [, , , escaped, slash, name = '', rest = '', , closed] = found;
          if (escaped) return { kind: 'literal', name, text: found[0].replace(/\/\*|\*\//g, '') };
          const kind = slash ? 'close' : closed ? 'single' : 'open';
          return { kind, name, attributes: readAttributes(rest) };
        },
      );
    case 'liquid':
      return match(
        text,
        /\{%-?\s*(\/?)\s*([\w./-]+)((?:[^%"']|"[^"]{0,4000}"|'[^']{0,4000}'|%(?!\})){0,4000}?)-?%\}|\{\{-?\s*((?:[^{}"']|"[^"]{0,4000}"|'[^']{0,4000}'){0,4000}?)\s*-?\}\}/g,
        liquidMark,
      );
    case 'zola':
      return match(
        text,
        /\{%-?\s*(end|[\w-]+\s*\([^%]*?\))\s*-?%\}|\{\{\s*([\w-]+)\s*\(((?:[^"'`{}]|"[^"]{0,4000}"|'[^']{0,4000}'|`[^`]{0,4000}`){0,4000}?)\)\s*\}\}/g,
        ([, block, single, rest = '']) => {
          if (block === 'end') return { kind: 'close', name: '' };
          const [, name = '', inside = ''] = /^([\w-]+)\s*\((.*)\)$/s.exec(block ?? '') ?? [];
          if (block !== undefined) return { kind: 'open', name, attributes: readAttributes(inside) };
          return { kind: 'single', name: single!, attributes: readAttributes(rest) };
        },
      );
    case 'mdx':
      return match(
        text,
        /<(\/?)([A-Z][\w.]*)((?:[^<>"'{}]|"[^"]{0,4000}"|'[^']{0,4000}'|\{(?:[^{}]|\{[^{}]*\})*\}){0,4000}?)(\/?)>|\{\/\*[\s\S]*?\*\/\}|^(?:import|export)\s[^\n]*(?:\n[^\n]+)*?(?:;|(?=\n\s*\n)|$)/gm,
        found => {
          const [whole, slash, name, rest = '', closed] = found;
          if (name === undefined) return { kind: 'literal', name: whole.slice(0, 20), text: '' };
          return {
            kind: slash ? 'close' : closed ? 'single' : 'open',
            name,
            attributes: readAttributes(rest),
          };
        },
      );
    case 'wordpress':
      return match(
        text,
        /\[(\[?)(\/?)([a-z][\w-]*)(?![\w-])((?:[^[\]"'/]|"[^"]{0,4000}"|'[^']{0,4000}'|\/(?!\])){0,4000}?)(\/?)\](\]?)/gi,
        found => {
          const [whole, before, slash, name = '', rest = '', closed, after] = found;
          if (before && after) return { kind: 'literal', name, text: whole.slice(1, -1) };
          return {
            kind: slash ? 'close' : closed ? 'single' : 'open',
            name,
            attributes: readAttributes(rest),
          };
        },
      );
    default:
      return assertUnreachable(syntax);
  }
}

function liquidMark([, slash, name, rest = '', expression]: RegExpMatchArray): Omit<
  Mark,
  'start' | 'end' | 'attributes'
> &
  Partial<Mark> {
  if (expression !== undefined) return { kind: 'single', name: expression, isExpression: true };
  const closing = slash ? name! : /^end-?(.+)$/.exec(name!)?.[1];
  if (closing !== undefined) return { kind: 'close', name: closing };
  // `include` names the piece that it includes, which says what the tag is.
  // Hexo writes the language of code as `lang:js`.
  const attributes = readAttributes(name === 'codeblock' ? rest.replace(/\blang:(?=\w)/, 'lang=') : rest);
  const isInclude =
    /^(?:include|include_relative|render|partial)$/.test(name!) && attributes[0] !== undefined;
  return { kind: 'open', name: isInclude ? `include ${attributes[0]}` : name!, attributes };
}

type FoundMark = Omit<Mark, 'start' | 'end' | 'attributes'> & Partial<Mark>;

const match = (text: string, pattern: RegExp, read: (found: RegExpMatchArray) => FoundMark): Mark[] =>
  Array.from(text.matchAll(pattern), found => ({
    attributes: {},
    ...read(found),
    start: found.index,
    end: found.index + found[0].length,
  }));

/**
 * Replaces the tags of a text, innermost first.
 * @param replace receives a tag, and returns the text for it; undefined leaves the tag as it is written
 */
export function replaceTags(
  text: string,
  syntax: TagSyntax,
  replace: (tag: Tag) => string | undefined,
): string {
  const marks = marksOf(text, syntax);
  if (marks.length === 0) return text;
  const ends = pairs(marks);
  const render = (from: number, to: number, first: number, last: number): string => {
    let result = '';
    let at = from;
    for (let index = first; index < last; index++) {
      const mark = marks[index]!;
      if (mark.start < at) continue;
      result += text.slice(at, mark.start);
      at = mark.end;
      if (mark.kind === 'literal') result += mark.text ?? '';
      else if (mark.kind !== 'close') {
        const close = ends.get(index);
        const inner =
          close === undefined
            ? undefined
            : verbatim.test(mark.name)
              ? text.slice(mark.end, marks[close]!.start)
              : render(mark.end, marks[close]!.start, index + 1, close);
        if (close !== undefined) at = marks[close]!.end;
        const written = text.slice(mark.start, at);
        const { name, attributes, isExpression = false } = mark;
        result +=
          replace({ name, attributes, inner, written, isExpression }) ??
          (inner === undefined ? written : rewritten(text, mark, marks[close!]!, inner));
      } else if (syntax === 'wordpress') result += text.slice(mark.start, mark.end);
    }
    return result + text.slice(at, to);
  };
  return render(0, text.length, 0, marks.length);
}

/** Tags whose content is not read as template code. */
const verbatim = /^(?:raw|comment|verbatim|highlight|codeblock|code)$/;

const rewritten = (text: string, open: Mark, close: Mark, inner: string): string =>
  text.slice(open.start, open.end) + inner + text.slice(close.start, close.end);

/** Finds the closing mark of each opening one. */
function pairs(marks: readonly Mark[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { name: string; index: number }[] = [];
  for (const [index, { kind, name }] of marks.entries()) {
    if (kind === 'open') open.push({ name: name.replace(/^include .*/, 'include'), index });
    else if (kind === 'close') {
      const at = name === '' ? open.length - 1 : open.findLastIndex(mark => mark.name === name);
      if (at < 0) continue;
      ends.set(open[at]!.index, index);
      open.length = at;
    }
  }
  return ends;
}

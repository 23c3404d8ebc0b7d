/** Finds template tags in a text: shortcodes, Liquid and Nunjucks tags, components. */
import type { TagSyntax } from '../model.ts';
import { type Mark, marksOf } from './marks.ts';

/** A template tag. */
export interface Tag {
  name: string;
  /** Attributes by name; positional ones by their index from `0`. */
  attributes: Readonly<Record<string, string>>;
  /** Content between the tag and its closing tag; undefined if the tag has no end. */
  inner: string | undefined;
  /** Source text of the tag, with its content and its end. */
  written: string;
  /** Whether the tag is an expression, such as `{{ page.title }}`, which is a name here. */
  isExpression?: boolean;
}

/** How deeply nested tags are read. Deeper ones stay as written. */
const depthLimit = 30;

/**
 * Replaces the tags of a text, innermost first.
 * @param replace receives a tag, and returns the text for it; undefined leaves the tag unchanged
 */
export function replaceTags(
  text: string,
  syntax: TagSyntax,
  replace: (tag: Tag) => string | undefined,
): string {
  const marks = marksOf(text, syntax);
  if (marks.length === 0) return text;
  const ends = pairs(marks);
  const render = (from: number, to: number, first: number, last: number, depth: number): string => {
    if (depth > depthLimit) return text.slice(from, to);
    const parts: string[] = [];
    let at = from;
    for (let index = first; index < last; index++) {
      const mark = marks[index]!;
      parts.push(text.slice(at, mark.start));
      at = mark.end;
      if (mark.kind === 'literal') parts.push(mark.text ?? '');
      else if (mark.kind !== 'close') {
        const end = ends.get(index);
        const close = end === undefined ? undefined : marks[end]!;
        const inner =
          end === undefined || close === undefined
            ? undefined
            : verbatim.test(mark.name)
              ? text.slice(mark.end, close.start)
              : render(mark.end, close.start, index + 1, end, depth + 1);
        if (end !== undefined && close) {
          at = close.end;
          index = end;
        }
        const written = text.slice(mark.start, at);
        const { name, attributes, isExpression = false } = mark;
        parts.push(
          replace({ name, attributes, inner, written, isExpression }) ??
            (inner === undefined || !close ? written : rewritten(text, mark, close, inner)),
        );
      } else if (syntax === 'wordpress') parts.push(text.slice(mark.start, mark.end));
    }
    parts.push(text.slice(at, to));
    return parts.join('');
  };
  return render(0, text.length, 0, marks.length, 0);
}

/** Tags whose content is not read as template code. */
const verbatim = /^(?:raw|comment|verbatim|highlight|codeblock|code)$/;

const rewritten = (text: string, open: Mark, close: Mark, inner: string): string =>
  text.slice(open.start, open.end) + inner + text.slice(close.start, close.end);

/** Finds the closing mark of each opening one. */
function pairs(marks: readonly Mark[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { name: string; index: number }[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  for (const [index, { kind, name }] of marks.entries()) {
    if (kind === 'open') {
      const own = name.replace(/^include .*/s, 'include');
      open.push({ name: own, index });
      count(own, 1);
    } else if (kind === 'close') {
      if (name !== '' && !counts.get(name)) continue;
      for (let last = open.pop(); last; last = open.pop()) {
        count(last.name, -1);
        if (name !== '' && last.name !== name) continue;
        ends.set(last.index, index);
        break;
      }
    }
  }
  return ends;
}

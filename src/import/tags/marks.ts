/**
 * The marks of template tags in a text: where tags begin and end. They are found by scanning, in time proportional to
 * the length of the text, because texts of archives are long and may be hostile.
 */
import type { TagSyntax } from '../model.ts';
import { isQuote, quoteEnd, readAttributes } from './attributes.ts';

/** An opening tag, a closing tag, a tag without an end, or text that stays. */
export interface Mark {
  kind: 'open' | 'close' | 'single' | 'literal';
  name: string;
  attributes: Record<string, string>;
  start: number;
  end: number;
  /** Text of a `literal`. */
  text?: string;
  isExpression?: boolean;
}

type FoundMark = Omit<Mark, 'start' | 'end' | 'attributes'> & Partial<Mark>;

/** One kind of brackets around tags. */
interface Brackets {
  open: string;
  /** Any of these ends the tag. */
  close: readonly string[];
  /** Texts that no tag contains outside quotation marks. They also keep the scan short. */
  never: readonly string[];
  /** Whether `{…}` may contain everything, up to three levels deep. */
  hasBraces?: boolean;
  /** Reads what is between the brackets. @returns undefined if it is no tag */
  read(inside: string, close: string): FoundMark | undefined;
}

/** Longest tag, in characters. */
const lengthLimit = 20_000;

/** Finds the marks of a notation, in the order of the text. */
export function marksOf(text: string, syntax: TagSyntax): Mark[] {
  const brackets = notations[syntax];
  if (!brackets.some(({ open }) => text.includes(open))) return syntax === 'mdx' ? modules(text) : [];
  const marks: Mark[] = [];
  const starts = new RegExp(brackets.map(({ open }) => escaped(open)).join('|'), 'g');
  for (let found = starts.exec(text); found; found = starts.exec(text)) {
    const start = found.index;
    const kind = brackets.find(({ open }) => open === found![0])!;
    const end = endOf(text, start + kind.open.length, kind);
    const read = end && kind.read(text.slice(start + kind.open.length, end.at), end.close);
    if (!end || !read) {
      starts.lastIndex = start + 1;
      continue;
    }
    starts.lastIndex = end.at + end.close.length;
    marks.push({ attributes: {}, ...read, start, end: starts.lastIndex });
  }
  return syntax === 'mdx' ? withModules(marks, modules(text)) : marks;
}

const escaped = (text: string): string => text.replace(/[[\](){}*+?.^$|\\/]/g, '\\$&');

/** The end of a tag: the offset of what closes it. */
function endOf(
  text: string,
  from: number,
  { close, never, hasBraces = false }: Brackets,
): { at: number; close: string } | undefined {
  const limit = Math.min(text.length, from + lengthLimit);
  let depth = 0;
  for (let at = from; at < limit; at++) {
    if (depth === 0) {
      const end = close.find(mark => text.startsWith(mark, at));
      if (end !== undefined) return { at, close: end };
      if (never.some(mark => text.startsWith(mark, at))) return undefined;
      // An apostrophe within a word begins no quotation, nor does an escaped mark.
      if (isQuote(text[at]) && !/[\p{L}\p{N}\\]/u.test(text[at - 1] ?? '')) {
        const end = quoteEnd(text, at);
        if (end >= 0) at = end;
      }
    }
    if (!hasBraces) continue;
    if (text[at] === '{' && ++depth > 3) return undefined;
    if (text[at] === '}' && --depth < 0) return undefined;
  }
  return undefined;
}

const hugo: Brackets[] = ['<', '%'].map(sign => ({
  open: `{{${sign}`,
  close: ['>}}', '%}}'],
  never: ['{{<', '{{%'],
  read(inside, close) {
    const plain = inside.replace(/^-|-$/g, '').trim();
    const comment = /^\/\*(.*)\*\/$/s.exec(plain);
    if (comment)
      return { kind: 'literal', name: '', text: `{{${sign}${inside.replace(/\/\*|\*\//g, '')}${close}` };
    const slash = /^\/\s*/.exec(plain)?.[0] ?? '';
    const [name] = /^[\w./-]*/.exec(plain.slice(slash.length))!;
    const rest = plain.slice(slash.length + name.length);
    const isClosed = rest.endsWith('/') || name.endsWith('/');
    const kind = slash ? 'close' : isClosed ? 'single' : 'open';
    return { kind, name: name.replace(/\/$/, ''), attributes: readAttributes(rest.replace(/\/$/, '')) };
  },
}));

const liquid: Brackets[] = [
  {
    open: '{%',
    close: ['%}'],
    never: ['{%'],
    read(inside) {
      const plain = inside.replace(/^-|-$/g, '').trim();
      const [whole, slash = '', name] = /^(\/?)\s*([\w./-]+)/.exec(plain) ?? [];
      return name === undefined ? undefined : liquidTag(slash, name, plain.slice(whole!.length));
    },
  },
  {
    open: '{{',
    close: ['}}'],
    never: ['{', '}'],
    read: inside => ({ kind: 'single', name: inside.replace(/^-|-$/g, '').trim(), isExpression: true }),
  },
];

function liquidTag(slash: string, name: string, rest: string): FoundMark {
  const closing = slash ? name : /^end-?(.+)$/.exec(name)?.[1];
  if (closing !== undefined) return { kind: 'close', name: closing };
  // Hexo writes the language of code as `lang:js`.
  const attributes = readAttributes(name === 'codeblock' ? rest.replace(/\blang:(?=\w)/, 'lang=') : rest);
  // `include` names the piece that it includes, which says what the tag is.
  const isInclude = /^(?:include|include_relative|render|partial)$/.test(name) && attributes[0] !== undefined;
  return { kind: 'open', name: isInclude ? `include ${attributes[0]}` : name, attributes };
}

const zola: Brackets[] = [
  {
    open: '{%',
    close: ['%}'],
    never: ['{%'],
    read(inside) {
      const plain = inside.replace(/^-|-$/g, '').trim();
      return plain === 'end' ? { kind: 'close', name: '' } : call(plain, 'open');
    },
  },
  { open: '{{', close: ['}}'], never: ['{', '}'], read: inside => call(inside.trim(), 'single') },
];

/** A call of a shortcode: `name(key="value")`. */
function call(text: string, kind: 'open' | 'single'): FoundMark | undefined {
  const [, name, inside = ''] = /^([\w-]+)\s*\((.*)\)$/s.exec(text) ?? [];
  return name === undefined ? undefined : { kind, name, attributes: readAttributes(inside) };
}

const mdx: Brackets[] = [
  {
    open: '<',
    close: ['>'],
    never: ['<'],
    hasBraces: true,
    read(inside) {
      const [whole, slash, name] = /^(\/?)([A-Z][\w.]*)(?![\w.-])/.exec(inside) ?? [];
      if (name === undefined) return undefined;
      const rest = inside.slice(whole!.length).trimEnd();
      const kind = slash ? 'close' : rest.endsWith('/') ? 'single' : 'open';
      return { kind, name, attributes: readAttributes(rest.replace(/\/$/, '')) };
    },
  },
  {
    open: '{/*',
    close: ['*/}'],
    never: ['{/*'],
    read: () => ({ kind: 'literal', name: 'comment', text: '' }),
  },
];

/** The paragraphs of an MDX file that are JavaScript. */
function modules(text: string): Mark[] {
  const marks: Mark[] = [];
  const pattern =
    /^(?:import\s+(?:[\w*{][^\n]*|['"])|export\s+(?:const|let|var|default|function|async|class|[{*]))/gm;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const start = found.index;
    const blank = /\n[ \t]*\r?\n/g;
    blank.lastIndex = start;
    const end = blank.exec(text)?.index ?? text.length;
    const isCode =
      found[0].startsWith('export') || /['"]/.test(text.slice(start, Math.min(end, start + 2_000)));
    if (isCode)
      marks.push({ kind: 'literal', name: found[0].slice(0, 6), attributes: {}, text: '', start, end });
    // Code is a paragraph of its own, so what follows in this one is text.
    pattern.lastIndex = end;
  }
  return marks;
}

/** Marks of both kinds, without the tags within modules. */
function withModules(marks: readonly Mark[], code: readonly Mark[]): Mark[] {
  if (code.length === 0) return [...marks];
  const all = [...marks, ...code].sort((a, b) => a.start - b.start);
  let end = 0;
  return all.filter(mark => {
    if (mark.start < end) return false;
    if (mark.kind === 'literal') end = mark.end;
    return true;
  });
}

const wordpress: Brackets[] = [
  {
    open: '[[',
    close: [']]'],
    never: ['[['],
    read: inside =>
      /^\/?[a-z]/i.test(inside) ? { kind: 'literal', name: '', text: `[${inside}]` } : undefined,
  },
  {
    open: '[',
    close: [']'],
    // HTML is only in quotation marks.
    never: ['[', '<'],
    read(inside) {
      const [whole, slash, name] = /^(\/?)([a-z][\w-]*)(?![\w-])/i.exec(inside) ?? [];
      if (name === undefined) return undefined;
      const rest = inside.slice(whole!.length);
      const kind = slash ? 'close' : rest.endsWith('/') ? 'single' : 'open';
      return { kind, name, attributes: readAttributes(rest.replace(/\/$/, '')) };
    },
  },
];

const notations: Readonly<Record<TagSyntax, readonly Brackets[]>> = { hugo, liquid, zola, mdx, wordpress };

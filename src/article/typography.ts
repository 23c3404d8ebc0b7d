/**
 * Replaces straight quotation marks, `--`, `---` and `...` with the typographic marks of the article's
 * language. Quotation marks follow CLDR (https://cldr.unicode.org, `delimiters`); dashes follow the usage of
 * the language's newspapers.
 */
import type { Nodes, Parents, Text } from 'mdast';

export interface TypographyStyle {
  /** Opening and closing quotation marks: `double` for outer quotations, `single` for inner ones. */
  double: readonly [string, string];
  single: readonly [string, string];
  /** Replaces `--` between words. */
  dash: string;
  /** Whether a double mark between two Hebrew letters is a gershayim, which marks an abbreviation. */
  hebrew: boolean;
}

const latin = { double: ['“', '”'], single: ['‘', '’'], dash: '—', hebrew: false } as const;

const styles: Record<string, TypographyStyle> = {
  en: latin,
  es: { ...latin, double: ['«', '»'], single: ['“', '”'] },
  fr: { ...latin, double: ['«\u202f', '\u202f»'], single: ['“', '”'] },
  de: { ...latin, double: ['„', '“'], single: ['‚', '‘'], dash: '–' },
  it: { ...latin, double: ['«', '»'], single: ['“', '”'], dash: '–' },
  pt: latin,
  nl: latin,
  ar: { ...latin, double: ['”', '“'], single: ['’', '‘'] },
  he: { ...latin, double: ['”', '”'], single: ['’', '’'], dash: '–', hebrew: true },
};

/**
 * Typographic style of a language, or the English style if the language is unknown.
 * @param lang language tag (BCP 47)
 */
export function typographyStyle(lang: string): TypographyStyle {
  return styles[lang.toLowerCase().split('-')[0]!] ?? latin;
}

const straight = /["']|--|\.\.\./;

/** Applies a style to text. Returns the text unchanged if the style is undefined. */
export function applyTypography(text: string, style: TypographyStyle | undefined): string {
  return style ? curl(text, style, '', '') : text;
}

/**
 * Applies a style to all prose in a tree, in place. Changes neither code nor links whose text is their address.
 * If the style is undefined, the tree stays unchanged.
 */
export function applyTreeTypography(tree: Nodes, style: TypographyStyle | undefined): void {
  if (style) curlBlock(tree, style, []);
}

const inline = new Set(['emphasis', 'strong', 'delete', 'link']);
const codeElements = new Set(['code', 'kbd', 'samp', 'var', 'pre']);

/** Applies the style to text in node fields, such as captions and speakers. */
function curlFields(node: Nodes, style: TypographyStyle): void {
  const prose = <T extends string | undefined>(text: T) => (text && curl(text, style, '', '')) as T;
  if (node.type === 'quote') {
    node.speaker = prose(node.speaker);
    node.role = prose(node.role);
    node.sourceTitle = prose(node.sourceTitle);
  } else if (node.type === 'callout') {
    node.title = prose(node.title);
  } else if (node.type === 'figure') {
    node.caption = prose(node.caption);
    node.credit = prose(node.credit);
    if ('source' in node) node.source = prose(node.source);
    if ('transcript' in node) node.transcript = prose(node.transcript);
    if (node.kind === 'chart') {
      node.subtitle = prose(node.subtitle);
      node.note = prose(node.note);
      for (const annotation of node.annotations) annotation.text = prose(annotation.text);
    }
    if (node.kind === 'timeline') for (const event of node.events) event.text = prose(event.text);
  }
}

/**
 * Treats the texts of a block as one run: the direction of a mark depends on its neighbouring characters, which
 * may be in another node.
 */
function curlBlock(node: Nodes, style: TypographyStyle, run: Text[]): void {
  if (node.type === 'text') {
    run.push(node);
    return;
  }
  if (!('children' in node) || isAddress(node)) return;
  curlFields(node, style);
  if (node.type === 'htmlElement' && codeElements.has(node.tagName)) return;
  const sameRun = inline.has(node.type) || node.type === 'htmlElement';
  const texts = sameRun ? run : [];
  for (const child of node.children) curlBlock(child, style, texts);
  if (sameRun) return;
  texts.forEach((text, index) => {
    const before = index > 0 ? texts[index - 1]!.value.slice(-1) : '';
    const after = index + 1 < texts.length ? texts[index + 1]!.value.slice(0, 1) : '';
    text.value = curl(text.value, style, before, after);
  });
}

function isAddress(node: Parents): boolean {
  if (node.type !== 'link' || node.children.length !== 1) return false;
  const [child] = node.children;
  return (
    child?.type === 'text' &&
    (node.url === child.value ||
      node.url.endsWith(`:${child.value}`) ||
      node.url.endsWith(`//${child.value}`))
  );
}

const opensAfter = /[\s([{<\u2014\u2013\-/\u00a0\u202f«„‚“‘]/u;
const letter = /[\p{L}\p{N}]/u;
const hebrewLetter = /\p{Script=Hebrew}/u;

function curl(text: string, style: TypographyStyle, before: string, after: string): string {
  if (!straight.test(text)) return text;
  const dashed = text
    .replace(/(?<!-)---(?!-)/g, '—')
    .replace(/(?<=\d)--(?=\d)/g, '–')
    .replace(/(?<!-)--(?!-)/g, style.dash)
    .replace(/(?<!\.)\.\.\.(?!\.)/g, '…');
  let previous = before;
  let openSingles = 0;
  const curlMark = (straight: string, next: string): string => {
    const opens = previous === '' || opensAfter.test(previous);
    if (style.hebrew && hebrewLetter.test(previous) && (straight === "'" || hebrewLetter.test(next))) {
      return straight === '"' ? '״' : '׳';
    }
    if (straight === '"') return opens && next !== '' && !/\s/.test(next) ? style.double[0] : style.double[1];
    if (opens && next !== '' && !/[\d\s]/.test(next)) {
      openSingles++;
      return style.single[0];
    }
    if (openSingles > 0 && !letter.test(next)) {
      openSingles--;
      return style.single[1];
    }
    // The apostrophe is the same mark in every language: within a word, after it (soldiers') or before a
    // decade ('90s).
    return '’';
  };
  let end = 0;
  return dashed.replace(/["']/g, (char, at: number) => {
    if (at > end) previous = dashed[at - 1]!;
    end = at + 1;
    const mark = curlMark(char, dashed[end] ?? after);
    previous = mark.slice(-1);
    return mark;
  });
}

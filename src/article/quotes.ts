/**
 * Converts block quotes. A block quote becomes a `quote` if its last line is an attribution, or a `callout`
 * if its first line is `[!kind] Title`. Otherwise it remains an mdast `blockquote`.
 */
import type { Blockquote, Nodes, Paragraph, PhrasingContent, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Place, Report } from '../base/diagnostics.ts';
import { suggest } from '../base/suggestions.ts';
import { type BlockWidth, blockWidths, type Callout, calloutKinds, type Quote } from './model.ts';
import { walkBlocks } from './walk.ts';

/**
 * Replaces block quotes with `quote` and `callout` nodes, in place. Leaves the ids of quotes empty; `assignIds`
 * sets them.
 */
export function adoptBlockquotes(tree: Root, report: Report): void {
  walkBlocks(tree, (node, index, parent) => {
    if (node.type !== 'blockquote' || !parent || index === undefined) return undefined;
    const adopted = adoptMarked(node, report) ?? adoptQuote(node, report);
    if (!adopted) return undefined;
    parent.children[index] = adopted;
    // Visit the new node again, because its children may contain further block quotes.
    return adopted.type === 'blockquote' ? undefined : index;
  });
}

const dash = /^(?:—|–|--|―)\s*(?=\S)/;

function adoptQuote(node: Blockquote, report: Report, layout?: BlockWidth): Quote | undefined {
  const last = node.children.at(-1);
  if (last?.type !== 'paragraph') return undefined;
  const [said, line] = splitLastLine(last.children);
  const text = textOf({ type: 'paragraph', children: line });
  if (!dash.test(text)) return undefined;
  const children = node.children.slice(0, -1);
  if (said.length > 0) children.push({ ...last, children: said });
  if (children.length === 0) return undefined;
  const attribution = readAttribution(line);
  if (attribution.speaker === '') return undefined;
  const formatted = line.find(
    ({ type }) => type === 'emphasis' || type === 'delete' || type === 'inlineCode',
  );
  if (formatted)
    report('warning', 'quote-format', formatted.position?.start, {
      text: textOf(formatted),
    });
  return {
    type: 'quote',
    id: '',
    ...attribution,
    layout,
    children,
    ...(node.position && { position: node.position }),
  };
}

/** Splits a paragraph's content into its last line and everything before it. */
function splitLastLine(children: PhrasingContent[]): [before: PhrasingContent[], line: PhrasingContent[]] {
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i]!;
    if (child.type === 'break') return [children.slice(0, i), children.slice(i + 1)];
    if (child.type !== 'text') continue;
    const newline = child.value.lastIndexOf('\n');
    if (newline < 0) continue;
    const head = { ...child, value: child.value.slice(0, newline).trimEnd() };
    const tail = { ...child, value: child.value.slice(newline + 1) };
    return [
      head.value === '' ? children.slice(0, i) : [...children.slice(0, i), head],
      [tail, ...children.slice(i + 1)],
    ];
  }
  return [[], children];
}

/**
 * Reads an attribution: the name; the role, after the first comma (or Arabic comma); and optionally a link.
 * The name or the role may be the text of the link. A name that contains a comma must be strong, such as
 * `**France, the United Kingdom and Germany**`.
 */
function readAttribution(
  line: PhrasingContent[],
): Pick<Quote, 'speaker' | 'role' | 'source' | 'sourceTitle'> {
  const link = line.find(node => node.type === 'link');
  const full = clean(textOf({ type: 'paragraph', children: line }).replace(dash, ''));
  const before = link
    ? textOf({ type: 'paragraph', children: line.slice(0, line.indexOf(link)) }).replace(dash, '')
    : full;
  const linkText = link ? textOf(link) : '';
  const isSeparate =
    (/[,\u060c.;:(]\s*$/.test(before) && /[,\u060c]/.test(clean(before))) || /^https?:/i.test(linkText);
  const text = isSeparate ? clean(before) : full;
  const strong = line.slice(0, 2).find(node => node.type === 'strong');
  const name = strong && text.startsWith(textOf(strong)) ? textOf(strong) : /^[^,\u060c]*/.exec(text)![0];
  const [speaker, role] = [name, text.slice(name.length)];
  return {
    speaker: clean(speaker),
    role: clean(role) || undefined,
    source: link?.url,
    sourceTitle: isSeparate && !/^https?:/i.test(linkText) ? linkText : undefined,
  };
}

const clean = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/^[\s,\u060c;\u061b:(]+|[\s,\u060c;\u061b:(]+$/g, '');

const marker = /^\[!([^\]\s]+)\][+-]?[^\S\n]*/;
/** Matches a marker without its exclamation mark. */
const bareMarker = /^\[([a-z]+)\][^\S\n]*(?:\n|$|\p{Lu})/iu;

/**
 * Converts a block quote that begins with `[!kind]` to a callout, marks it as plain, or gives a quotation a width,
 * as in `[!side]`.
 * @returns undefined if it has no marker, or if the kind is unknown, which is reported
 */
function adoptMarked(node: Blockquote, report: Report): Callout | Quote | Blockquote | undefined {
  const first = node.children[0];
  if (first?.type !== 'paragraph') return undefined;
  const text = first.children[0];
  if (text?.type !== 'text') return undefined;
  const match = marker.exec(text.value);
  if (!match) return adoptBareMarked(node, text.value, report);
  const kind = match[1]!.toLowerCase();
  const [title, rest] = splitFirstLine([
    { ...text, value: text.value.slice(match[0].length) },
    ...first.children.slice(1),
  ]);
  const paragraph: Paragraph[] = rest.length > 0 ? [{ ...first, children: rest }] : [];
  const children = [...paragraph, ...node.children.slice(1)];
  const position = node.position && { position: node.position };
  if (kind === 'plain') return { type: 'blockquote', data: { plain: true }, children, ...position };
  const width = blockWidths.find(name => name === kind);
  if (width !== undefined) {
    const own = {
      ...node,
      children: textOf({ type: 'paragraph', children: title }).trim() === '' ? children : node.children,
    };
    return adoptQuote(own, report, width) ?? own;
  }
  const known = calloutKinds.find(name => name === kind);
  if (!known) {
    report('error', 'callout-kind', node.position?.start, {
      kind: match[1]!,
      suggestion: suggest(kind, [...calloutKinds, 'plain', ...blockWidths]),
    });
    return { ...node, data: { plain: true } };
  }
  const heading = textOf({ type: 'paragraph', children: title }).trim();
  return { type: 'callout', kind: known, title: heading || undefined, children, ...position };
}

/** Reports a block quote that begins with `[kind]` instead of `[!kind]`. */
function adoptBareMarked(node: Blockquote, text: string, report: Report): Blockquote | undefined {
  const kind = bareMarker.exec(text)?.[1]?.toLowerCase();
  if (kind === undefined || ![...calloutKinds, 'plain'].some(known => known === kind)) return undefined;
  report('error', 'callout-kind/bare', node.position?.start, { kind });
  return { ...node, data: { plain: true } };
}

function splitFirstLine(children: PhrasingContent[]): [line: PhrasingContent[], after: PhrasingContent[]] {
  for (const [i, child] of children.entries()) {
    if (child.type === 'break') return [children.slice(0, i), children.slice(i + 1)];
    if (child.type !== 'text') continue;
    const newline = child.value.indexOf('\n');
    if (newline < 0) continue;
    const head = { ...child, value: child.value.slice(0, newline) };
    const tail = { ...child, value: child.value.slice(newline + 1) };
    return [
      [...children.slice(0, i), head],
      [tail, ...children.slice(i + 1)],
    ];
  }
  return [children, []];
}

/** An attribution within a quotation that continues after it. */
interface MiddleAttribution {
  speaker: string;
  place: Place | undefined;
}

/**
 * Finds the first attribution that is not the end of its quotation, because another quotation follows.
 * @param children the content of a quotation, without its own attribution
 * @param isWhole whether the content is a whole block quote, whose last line may be its own attribution
 */
export function findMiddleAttribution(
  children: readonly Nodes[],
  isWhole: boolean,
): MiddleAttribution | undefined {
  for (const [index, child] of children.entries()) {
    if (child.type !== 'paragraph') continue;
    const lines = child.children
      .map(part => (part.type === 'break' ? '\n' : textOf(part)))
      .join('')
      .split('\n');
    const from = index === 0 ? 1 : 0;
    const to = isWhole && index === children.length - 1 ? lines.length - 1 : lines.length;
    const at = lines.findIndex((line, number) => number >= from && number < to && isName(line));
    if (at < 0) continue;
    const start = child.position?.start;
    return {
      speaker: clean(/^[^,\u060c]*/.exec(lines[at]!.trim().replace(dash, ''))![0]),
      place: start && { line: start.line + at, column: start.column },
    };
  }
  return undefined;
}

/**
 * Whether a line is probably an attribution. A dash also begins a speech in a dialogue, so a line that is long, that
 * ends like a sentence, or that has neither a role nor a capitalized name does not count.
 */
function isName(written: string): boolean {
  const line = written.trim();
  if (line.length > 80 || !dash.test(line) || /[.!?…:;"'”’»]$/.test(line)) return false;
  const name = line.replace(dash, '');
  if (!/^\p{Lu}|^\p{Lo}/u.test(name)) return false;
  return /^\P{Po}{2,40}[,\u060c]/u.test(name) || (/\s/.test(name) && !/\s\p{Ll}{4}/u.test(name));
}

/**
 * Finds block quotes that have no speaker and are not marked `[!plain]`. Of nested quotes, returns only the
 * outermost.
 */
export function findUnattributed(tree: Root): Blockquote[] {
  const found: Blockquote[] = [];
  walkBlocks(tree, node => {
    if (node.type !== 'blockquote') return undefined;
    if (!node.data?.plain) found.push(node);
    return 'skip';
  });
  return found;
}

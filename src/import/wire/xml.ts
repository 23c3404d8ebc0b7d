/** Parses a whole XML file to a tree that keeps the order of text and elements. External entities are never read. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { parseHtml } from '../html/convert.ts';
import { textOf as htmlText } from '../html/tree.ts';
import { createDecoder } from '../xml-records.ts';

/** An element. Names have no namespace prefix, because agencies choose their own. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlChild[];
  /** Line on which it begins, counted from 1. */
  line: number;
}

export type XmlChild = XmlElement | string;

/** Thrown if a file is not well-formed, or too large. */
export class XmlProblem extends Error {
  override name = 'XmlProblem';
  readonly line: number;
  /** Whether the file ends too early, perhaps because it is still being written. */
  readonly isIncomplete: boolean;
  constructor(message: string, line: number, isIncomplete = false) {
    super(message);
    this.line = line;
    this.isIncomplete = isIncomplete;
  }
}

/** Most elements that may be open within each other, and most elements of a file. */
const limits = { depth: 200, elements: 500_000 };

/** Parses XML in any encoding that it declares. @throws XmlProblem */
export function parseXml(bytes: Uint8Array): XmlElement {
  const parser = new SaxesParser({ xmlns: false });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (open.length >= limits.depth)
      throw new XmlProblem(`elements are nested more than ${limits.depth} levels deep`, parser.line);
    if (++count > limits.elements)
      throw new XmlProblem(`it has more than ${limits.elements.toLocaleString('en')} elements`, parser.line);
    const element: XmlElement = {
      name: localName(name),
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [localName(key), value]),
      ),
      children: [],
      line: parser.line,
    };
    if (open.length > 0) open.at(-1)!.children.push(element);
    else root ??= element;
    open.push(element);
  });
  const addText = (text: string) => {
    const parent = open.at(-1);
    if (!parent) return;
    const last = parent.children.at(-1);
    const decoded = withEntities(text);
    if (typeof last === 'string') parent.children[parent.children.length - 1] = last + decoded;
    else parent.children.push(decoded);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => open.pop());
  let isEnding = false;
  parser.on('error', ({ message }) => {
    // Entities of a document type that was not read stay as written.
    if (/undefined entity|disallowed character/.test(message)) return;
    throw new XmlProblem(message.replace(/^\d+:\d+: /, '').replace(/\.$/, ''), parser.line, isEnding);
  });
  const decoder = createDecoder();
  parser.write(decoder.decode(bytes) + decoder.end());
  isEnding = true;
  parser.close();
  if (!root) throw new XmlProblem('it has no element', 1, true);
  return root;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Replaces the named entities of HTML, which agencies use without declaring them. */
const withEntities = (text: string): string =>
  text.includes('&') ? text.replace(/&[a-z]{2,10}\d?;/gi, entity => htmlText(parseHtml(entity))) : text;

const isElement = (child: XmlChild): child is XmlElement => typeof child !== 'string';

/** Child elements, with one of the names if any are given. */
export const childrenOf = (element: XmlElement | undefined, ...names: readonly string[]): XmlElement[] =>
  (element?.children ?? [])
    .filter(isElement)
    .filter(({ name }) => names.length === 0 || names.includes(name));

/** First element at a path of names below an element. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return element;
  for (const child of childrenOf(element, name)) {
    const found = at(child, ...rest);
    if (found) return found;
  }
  return undefined;
}

/** All elements with a name below an element, in document order. Does not look inside those. */
export const allBelow = (element: XmlElement | undefined, name: string): XmlElement[] =>
  childrenOf(element).flatMap(child => (child.name === name ? [child] : allBelow(child, name)));

/** Text of an element on one line; undefined if it is empty. */
export function textIn(element: XmlElement | undefined): string | undefined {
  return element && (rawText(element).replace(/\s+/g, ' ').trim() || undefined);
}

/** Text of an element with its spaces and line breaks. */
export const rawText = (element: XmlElement): string =>
  element.children.map(child => (isElement(child) ? rawText(child) : child)).join('');

/** Attribute of an element, without surrounding spaces; undefined if it is missing or empty. */
export const attributeOf = (element: XmlElement | undefined, name: string): string | undefined =>
  element?.attributes[name]?.trim() || undefined;

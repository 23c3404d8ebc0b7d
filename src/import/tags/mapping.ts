/** Maps template tags to HTML, which the one mapping from HTML to Markdown then reads. */
import { parseHtml } from '../html/convert.ts';
import { textOf } from '../html/tree.ts';
import type { ImportedBody, TagSyntax } from '../model.ts';
import { builtInTags, namedTag, type TagMapping } from './built-in.ts';
import { replaceTags, type Tag } from './syntax.ts';

/** Outcome of the tags of one name. */
export interface TagUse {
  name: string;
  outcome: 'mapped' | 'removed' | 'unknown';
  example: string;
}

export interface TagContext {
  /** Tags that the site's owner maps, which take precedence. */
  mapping: TagMapping;
  /** Whether unknown tags become visible boxes instead of disappearing. */
  keepUnknown: boolean;
  onTag(use: TagUse): void;
  /** Notes the words in the attributes of a tag that disappears. */
  onWords(words: string): void;
}

/** Replaces all template tags of a body's text by HTML. */
export function resolveTags(body: ImportedBody, context: TagContext): string {
  return (body.tags ?? []).reduce(
    (text, syntax) =>
      replaceTags(text, syntax, tag => htmlOf(tag, syntax, body.format === 'markdown', context)),
    body.text,
  );
}

/** Returns the HTML for a tag; undefined if brackets are not a tag but part of the text. */
function htmlOf(tag: Tag, syntax: TagSyntax, isMarkdown: boolean, context: TagContext): string | undefined {
  const example = tag.written.replace(/\s+/g, ' ').slice(0, 160);
  const template =
    own(context.mapping, tag.name) ??
    builtIn(tag, syntax) ??
    (isCertain(tag, syntax) ? namedTag(tag.name, tag.attributes) : undefined);
  if (template !== undefined) {
    const isRemoved = template === 'remove';
    context.onTag({ name: tag.name, outcome: isRemoved ? 'removed' : 'mapped', example });
    if (isRemoved) return '';
    return fill(template === 'unwrap' ? '{inner}' : template, tag, isMarkdown, context);
  }
  if (!isCertain(tag, syntax)) return undefined;
  context.onTag({ name: tag.name, outcome: 'unknown', example });
  for (const [key, value] of Object.entries(tag.attributes))
    if (isProse(value) || (/^\d+$/.test(key) && /^\p{L}+$/u.test(value))) context.onWords(plainValue(value));
  if (!context.keepUnknown) return tag.inner ?? '';
  const box = `<aside data-title="${escapeHtml(tag.name)}"><p><code>${escapeHtml(example)}</code></p>${spaced(tag.inner ?? '', isMarkdown)}</aside>`;
  return isMarkdown ? `\n\n${box}\n\n` : box;
}

const own = (mapping: TagMapping, name: string): string | undefined =>
  Object.hasOwn(mapping, name) ? mapping[name] : undefined;

function builtIn(tag: Tag, syntax: TagSyntax): string | undefined {
  if (tag.isExpression) return expressionValue(tag.name);
  const tags = builtInTags[syntax];
  // The names of WordPress's shortcodes have no capitals.
  const other = syntax === 'wordpress' ? undefined : own(tags, tag.name.toLowerCase());
  return own(tags, tag.name) ?? other;
}

/** Text of an expression that consists of a literal and filters, or that is empty on a site at the root. */
function expressionValue(expression: string): string | undefined {
  const literal = /^(?:"([^"]*)"|'([^']*)')\s*(?:\|.*)?$/s.exec(expression);
  if (literal) return (literal[1] ?? literal[2] ?? '').replace(/[{}]/g, '');
  return /^(?:site\.(?:baseurl|url|base_url)|base_?url|baseurl)\b/i.test(expression) ? '{}' : undefined;
}

/** Editorial brackets such as `[sic]` are no shortcodes. Only attributes or an end make an unknown name a tag. */
function isCertain({ written, inner, name }: Tag, syntax: TagSyntax): boolean {
  if (syntax !== 'wordpress') return true;
  // `[Note to readers: …]` has no attributes: WordPress writes them with an equals sign.
  const hasAttributes = /^\[[\w-]+\s(?:[^=\]]*\s)?[a-z_][\w-]*\s?=/i.test(written.slice(0, 1_000));
  return hasAttributes || (inner !== undefined && /^[a-z]/.test(name));
}

const placeholder = /\{(html:)?([\w|:@.+-]*)\}/g;

/** Keys of the positional attributes from a position on. */
const positionsFrom = (attributes: Tag['attributes'], first: number): string[] =>
  Object.keys(attributes).filter(key => /^\d+$/.test(key) && Number(key) >= first);

function fill(template: string, tag: Tag, isMarkdown: boolean, context: TagContext): string {
  const used = new Set<string>();
  const html = template.replace(placeholder, (_, isHtml: string | undefined, names: string) => {
    for (const name of names.split('|')) {
      if (name === 'inner' && tag.inner !== undefined && tag.inner.trim() !== '')
        return spaced(tag.inner, isMarkdown && isBlockTemplate(template));
      if (name === 'inner-text')
        return escapeHtml((tag.inner ?? '').replace(/^[ \t]*\r?\n|\r?\n[ \t]*$/g, ''));
      const keys = name.endsWith('+') ? positionsFrom(tag.attributes, Number.parseInt(name, 10)) : [name];
      const value = keys.map(key => own(tag.attributes, key) ?? '').join(' ');
      if (value === '') continue;
      for (const key of keys) used.add(key);
      // The value is HTML, escaped as attributes are.
      if (isHtml) return textOf(parseHtml(value));
      return escapeHtml(plainValue(value));
    }
    return '';
  });
  for (const [name, value] of Object.entries(tag.attributes))
    if (!used.has(name) && isProse(value)) context.onWords(plainValue(value));
  const isAlone = isBlockTemplate(template);
  return isMarkdown && isAlone ? `\n\n${html}\n\n` : html;
}

/** Whether a template's HTML is a block, which Markdown needs blank lines around. */
const isBlockTemplate = (template: string): boolean =>
  /^<(?:figure|blockquote|aside|details|div|p|iframe|pre|table|ul|ol|h[1-6]|hr|video|audio|section)\b/.test(
    template,
  );

/** Puts blank lines around content, so that the Markdown within an HTML block is still read. */
const spaced = (inner: string, isMarkdown: boolean): string =>
  isMarkdown ? `\n\n${inner.trim()}\n\n` : inner;

/** Whether a value is words for readers rather than an address, an id or a number. */
const isProse = (value: string): boolean => /\p{L}{2,}\s+\p{L}/u.test(value) && !/^https?:/.test(value);

/** Text of a value that may contain links in Markdown or HTML. */
function plainValue(value: string): string {
  const unlinked = value.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return /[<&]/.test(unlinked) ? textOf(parseHtml(unlinked)) : unlinked;
}

/** Escapes text for HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

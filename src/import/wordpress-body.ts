/** Bodies as WordPress stores them: blocks in comments, or classic text with shortcodes and without paragraphs. */
import type { Element, ElementContent, Root } from 'hast';
import { parseHtml } from './html/convert.ts';
import { element, isBlank, isBlock, isElement, textNode } from './html/tree.ts';
import type { ImportedBody } from './model.ts';
import { escapeHtml, resolveTags, type TagContext } from './tags/mapping.ts';

/** Facts from other items of an archive. */
export interface LibraryContext {
  /** The picture with an id in the media library. */
  picture(
    id: string,
  ):
    | { src: string; alt?: string | undefined; caption?: string | undefined; credit?: string | undefined }
    | undefined;
  /** Ids of the pictures that were uploaded to the story. */
  attached: readonly string[];
  /** A reusable piece of text by its id. */
  snippet(id: string): ImportedBody | undefined;
}

type Context = TagContext & LibraryContext;

/** Parses a body of WordPress. */
export function readWordPressBody(body: ImportedBody, context: Context, depth = 0): Root {
  const isBlocks = body.text.includes('<!-- wp:');
  const text = isBlocks ? resolveBlocks(body, context, depth) : body.text;
  const tree = parseHtml(resolveTags({ ...body, text: resolveGalleries(text, context) }, context));
  return isBlocks ? tree : addParagraphs(tree);
}

/** Blocks that WordPress fills when it shows a page, and that are not part of the story. */
const dynamicBlock =
  /^(?:archives|avatar|calendar|categories|comment.*|latest-.*|loginout|navigation.*|page-list|post-.*|query.*|read-more|rss|search|site-.*|social-.*|tag-cloud|template-part|term-description|home-link|jetpack\/.*|newspack-blocks\/.*|yoast\/.*)$/;

/** Matches what is in the comment of a block. */
const blockPattern = /^\s+(\/?)wp:([\w/-]+)(?:\s+(\{.*\}))?\s+(\/?)$/s;

/** Replaces the comments of blocks. No comment contains its end: WordPress encodes hyphens in its data. */
function replaceBlocks(text: string, replace: (block: Block) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', start + 4)) {
    const end = text.indexOf('-->', start);
    if (end < 0) break;
    const [, close, name, json, single] = blockPattern.exec(text.slice(start + 4, end)) ?? [];
    if (name === undefined) continue;
    const written = text.slice(start, end + 3);
    parts.push(
      text.slice(at, start),
      replace({ name, json, isEnd: close !== '', isSingle: single !== '', written }),
    );
    at = end + 3;
    start = end;
  }
  return parts.join('') + text.slice(at);
}

interface Block {
  name: string;
  json: string | undefined;
  isEnd: boolean;
  isSingle: boolean;
  written: string;
}

/** Resolves the comments around blocks, of which few say more than their HTML does. */
function resolveBlocks({ text, notes }: ImportedBody, context: Context, depth: number): string {
  return replaceBlocks(text, ({ name, json, isEnd, isSingle, written }) => {
    if (isEnd) return '';
    if (name === 'footnotes') return footnotes(notes ?? {});
    if (name === 'block' || name === 'core/block') {
      const snippet = context.snippet(String(readJson(json).ref ?? ''));
      return snippet && depth < 5 ? innerHtml(snippet, context, depth) : '';
    }
    if (!isSingle) return '';
    if (name === 'more' || name === 'nextpage' || name === 'spacer') return '';
    context.onTag({
      name: `wp:${name}`,
      outcome: dynamicBlock.test(name) ? 'removed' : 'unknown',
      example: written.slice(0, 160),
    });
    return '';
  });
}

const innerHtml = (snippet: ImportedBody, context: Context, depth: number): string =>
  snippet.text.includes('<!-- wp:') ? resolveBlocks(snippet, context, depth + 1) : snippet.text;

function readJson(json: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** WordPress keeps footnotes apart from the text, which only contains their references. */
function footnotes(notes: Readonly<Record<string, string>>): string {
  const items = Object.entries(notes).map(
    ([id, html]) => `<li id="${escapeHtml(id)}">${html} <a href="#${escapeHtml(id)}-link">↩</a></li>`,
  );
  return items.length === 0 ? '' : `<ol>${items.join('')}</ol>`;
}

const galleryPattern = /\[gallery\b([^\][]*)\]/gi;

/** Replaces galleries, which name their pictures by id, by figures. */
function resolveGalleries(text: string, context: Context): string {
  if (!text.includes('[gallery')) return text;
  return text.replace(galleryPattern, (written: string, attributes: string) => {
    const named = /\b(?:ids|include)\s*=\s*["']?([\d,\s]+)/
      .exec(attributes)?.[1]
      ?.split(/[\s,]+/)
      .filter(Boolean);
    const ids = named ?? context.attached;
    const pictures = ids.flatMap(id => context.picture(id) ?? []);
    context.onTag({
      name: 'gallery',
      outcome: pictures.length > 0 ? 'mapped' : 'unknown',
      example: written.slice(0, 160),
    });
    const figures = pictures.map(
      ({ src, alt, caption, credit }) =>
        `<figure><img src="${escapeHtml(src)}" alt="${escapeHtml(alt ?? '')}"><figcaption>${escapeHtml(caption ?? '')} <span class="credit">${escapeHtml(credit ?? '')}</span></figcaption></figure>`,
    );
    return `\n\n${figures.join('')}\n\n`;
  });
}

/**
 * Adds paragraphs where the text has blank lines, and line breaks where it has single ones, as WordPress does when it
 * shows classic text.
 */
function addParagraphs(tree: Root): Root {
  addTo(tree);
  return tree;
}

const paragraphContainers = /^(?:div|blockquote|section|article|aside|center)$/;

function addTo(node: Root | Element): void {
  const children: ElementContent[] = [];
  let line: ElementContent[] = [];
  const flush = () => {
    if (line.some(child => !isBlank(child))) children.push(element('p', {}, line));
    line = [];
  };
  for (const child of node.children as ElementContent[]) {
    if (child.type === 'text') {
      const parts = child.value.split(/\n[ \t]*\n\s*/);
      for (const [index, part] of parts.entries()) {
        if (index > 0) flush();
        line.push(...withBreaks(part));
      }
    } else if (isBlock(child)) {
      flush();
      if (child.type === 'element') descend(child);
      children.push(child);
    } else {
      if (child.type === 'element' && !isElement(child, 'code')) breakLines(child, false);
      line.push(child);
    }
  }
  flush();
  node.children = children;
}

function descend(child: Element): void {
  if (paragraphContainers.test(child.tagName)) addTo(child);
  else if (isElement(child, 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6')) breakLines(child);
  else if (isElement(child, 'li', 'td', 'th', 'dd')) {
    if (child.children.some(part => part.type === 'text' && /\n[ \t]*\n/.test(part.value.trim())))
      addTo(child);
    else breakLines(child);
  } else if (isElement(child, 'ul', 'ol', 'dl', 'table', 'tbody', 'thead', 'tr'))
    for (const part of child.children) if (part.type === 'element') descend(part);
}

/** Turns line ends into breaks. Only at the edges of a block do they mean nothing. */
function breakLines(node: Element, isBlockLevel = true): void {
  node.children = node.children.flatMap((child, index, all) => {
    if (child.type === 'element' && !isElement(child, 'code', 'pre') && !isBlock(child))
      breakLines(child, false);
    if (child.type !== 'text') return [child];
    const start = isBlockLevel && index === 0 ? child.value.trimStart() : child.value;
    return withBreaks(isBlockLevel && index === all.length - 1 ? start.trimEnd() : start);
  });
}

/** A text with line breaks as elements. A break beside a block's edge is dropped later. */
function withBreaks(text: string): ElementContent[] {
  return text
    .split('\n')
    .flatMap((part, index): ElementContent[] =>
      index === 0 ? [textNode(part)] : [element('br'), textNode(part)],
    );
}

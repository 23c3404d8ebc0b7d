/** Addresses of links. */

import { slug as toSlug } from 'github-slugger';
import type { Element, ElementContent, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import { attribute, element, findAll, isElement, plainOf, replaceAll, textNode } from './tree.ts';

/** Translates the address of each link. Links to nowhere become text. */
export function resolveLinks(tree: Root, context: HtmlContext): Root {
  linkAddresses(tree);
  const anchors = headingIds(tree);
  return replaceAll(tree, node => {
    if (node.tagName !== 'a' && node.tagName !== 'bs-related') return node;
    const href = attribute(node, 'href')?.trim() ?? '';
    const address = href.startsWith('#') ? anchorOf(href, anchors, context) : addressOf(href, context);
    if (address === undefined) return node.tagName === 'a' ? node.children : { ...node, tagName: 'p' };
    node.properties = { href: address };
    return node;
  });
}

const addressPattern = /\bhttps?:\/\/[^\s<>"'“”„«»\\[\]{}|^`]+[^\s<>"'“”„«»\\[\]{}|^`.,;:!?)]/g;

/** Turns addresses in the text into links, as Markdown would, because escaped characters would change them. */
function linkAddresses(parent: Root | Element): void {
  parent.children = parent.children.flatMap((node): ElementContent[] => {
    if (node.type === 'element') {
      if (!isElement(node, 'a', 'pre', 'code')) linkAddresses(node);
      return [node];
    }
    if (node.type !== 'text' || !node.value.includes('://')) return [node as ElementContent];
    const parts: ElementContent[] = [];
    let at = 0;
    for (const { index, 0: address } of node.value.matchAll(addressPattern)) {
      parts.push(textNode(node.value.slice(at, index)), element('a', { href: address }, [textNode(address)]));
      at = index + address.length;
    }
    return [...parts, textNode(node.value.slice(at))].filter(
      part => part.type !== 'text' || part.value !== '',
    );
  });
}

/** Ids of headings, and the ids that Broadsheet gives these headings. */
function headingIds(tree: Root): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const heading of findAll(tree, node => isElement(node, 'h2', 'h3', 'h4', 'h5', 'h6'))) {
    const slug = toSlug(plainOf(heading));
    const count = taken.get(slug) ?? 0;
    taken.set(slug, count + 1);
    const inner = findAll(heading, node => attribute(node, 'id') !== undefined);
    const own = count === 0 ? slug : `${slug}-${count}`;
    for (const node of [heading, ...inner]) ids.set(attribute(node, 'id') ?? slug, own);
  }
  return ids;
}

/** Browsers drop line breaks and tabs anywhere in an address, and control characters at its beginning. */
const asBrowsersRead = (href: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const plain = href.replace(/[\t\r\n]/g, '').replace(/^[\u0000-\u0020]+/, '');
  return /^www\.[\w-]+\.[a-z]{2,}(?:[/?#]|$)/i.test(plain) ? `https://${plain}` : plain;
};

/** The address to which Google Docs redirects readers. */
function withoutRedirect(href: string): string {
  if (!/^https?:\/\/(?:www\.)?google\.com\/url\?/i.test(href) || !URL.canParse(href)) return href;
  const target = new URL(href).searchParams.get('q') ?? '';
  return /^https?:\/\//i.test(target) ? target : href;
}

function anchorOf(
  href: string,
  anchors: ReadonlyMap<string, string>,
  context: HtmlContext,
): string | undefined {
  const id = anchors.get(href.slice(1));
  if (id === undefined && href !== '#') context.report('link-fragment', href);
  return id === undefined || id === '' ? undefined : `#${id}`;
}

function addressOf(written: string, context: HtmlContext): string | undefined {
  const href = withoutRedirect(asBrowsersRead(written));
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme !== undefined && !/^(?:https?|mailto|tel)$/.test(scheme)) {
    context.report('link-scheme', href.slice(0, 80));
    return undefined;
  }
  if (href === '') return undefined;
  return context.link(href);
}

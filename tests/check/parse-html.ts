/**
 * Parses pages like a browser (parse5, through hast-util-raw), and finds everything that is forbidden in
 * them.
 */
import { createHash } from 'node:crypto';
import type { Element, Root } from 'hast';
import { raw } from 'hast-util-raw';
import { visit } from 'unist-util-visit';
import { themeScript } from '../../src/render/inline-scripts.ts';

const textOf = (node: Element): string =>
  node.children.map(child => (child.type === 'text' ? child.value : '')).join('');

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

export function parseHtml(html: string): Root {
  return raw({ type: 'root', children: [{ type: 'raw', value: html } as never] }) as Root;
}

const refusedElements = new Set(
  'script style iframe frame frameset object embed applet form input button textarea select base svg math template noscript portal marquee'.split(
    ' ',
  ),
);
const addressAttributes = [
  'href',
  'src',
  'srcSet',
  'cite',
  'action',
  'formAction',
  'data',
  'poster',
  'xLinkHref',
  'background',
];

/**
 * Whether an element belongs to the page's own user interface: its scripts, the search, the choice of
 * colours.
 */
function isFurniture(node: Element): boolean {
  const { type, src, action, name } = node.properties;
  const classes = String(node.properties.className ?? '').split(',');
  switch (node.tagName) {
    case 'script':
      if (type === 'module') return /^\/assets\/[a-z]+\.[\da-f]{10}\.js$/.test(String(src));
      if (type === 'speculationrules') return src === undefined && isJson(textOf(node));
      return type === undefined && src === undefined && textOf(node) === themeScript;
    case 'form':
      return classes.includes('search-form') && action === '/search/';
    case 'input':
      return (type === 'search' && name === 'q') || (type === 'radio' && name === 'theme');
    case 'button':
      return (
        type === 'submit' ||
        classes.some(
          each => each === 'share' || each === 'save' || each === 'search-more' || each === 'search-clear',
        )
      );
    case 'select':
      return ['desk', 'topic', 'author', 'year', 'language', 'sort'].includes(String(name));
    case 'template':
      return classes.includes('search-result');
    default:
      return node.tagName === 'noscript';
  }
}

/** Creates a function that tells whether the output's Content Security Policy allows a style sheet. */
export const allowedStyles =
  (files: Record<string, string>) =>
  (text: string): boolean =>
    files._headers?.includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`) === true;

/**
 * Finds elements that could run code, leave the page or load foreign styles, each as `<tag attribute=value>`.
 * @param isStyle whether a text is the site's own style sheet, which a page may include
 */
export function dangersIn(html: string, isStyle: (text: string) => boolean = () => false): string[] {
  const found: string[] = [];
  const scan = (tree: Root) =>
    visit(tree, 'element', (node: Element) => {
      // GFM renders task lists with disabled checkboxes.
      const isTask =
        node.tagName === 'input' && node.properties.type === 'checkbox' && node.properties.disabled === true;
      const isData =
        node.tagName === 'script' && node.properties.type === 'application/ld+json' && isJson(textOf(node));
      // Placeholder colour of a picture, a drawing of one rectangle; and the size of a picture in a pair, an empty one.
      const isColor =
        node.tagName === 'svg' &&
        ['picture-color', 'pair-size'].includes(String(node.properties.className)) &&
        node.children.every(
          child => child.type === 'element' && child.tagName === 'rect' && child.children.length === 0,
        );
      const isOwnStyle = node.tagName === 'style' && isStyle(textOf(node));
      if (
        refusedElements.has(node.tagName) &&
        !isTask &&
        !isData &&
        !isColor &&
        !isOwnStyle &&
        !isFurniture(node)
      )
        found.push(`<${node.tagName}>`);
      for (const [name, value] of Object.entries(node.properties)) {
        const text = String(value);
        const shown = `<${node.tagName} ${name}=${text}>`;
        if (/^on/i.test(name) || name === 'style' || name === 'srcDoc') found.push(shown);
        if (name === 'httpEquiv') found.push(shown);
        // Browsers remove control characters and spaces from a scheme.
        const address = text.replace(/[\p{Cc}\s]/gu, '').toLowerCase();
        if (addressAttributes.includes(name) && /^(javascript|data|vbscript|blob|file|about):/.test(address))
          found.push(shown);
      }
      if (
        node.tagName === 'link' &&
        !/^(canonical|icon|stylesheet|alternate|preload|manifest|license)$/.test(String(node.properties.rel))
      )
        found.push(`<link rel=${node.properties.rel}>`);
      if (node.content) scan(node.content);
    });
  scan(parseHtml(html));
  return found;
}

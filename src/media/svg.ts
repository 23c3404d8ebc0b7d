/** Sanitizes SVG drawings: removes scripts, event handlers and references to other files. */
import type { Element, Root } from 'hast';
import { svg } from 'property-information';
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { walk } from '../article/walk.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import { cleanStyleAttribute, cleanStyleSheet, isPlainValue } from './svg-styles.ts';

const parser = lazyPackage<typeof import('hast-util-raw')>('hast-util-raw');

/** A sanitized drawing. */
export interface Drawing {
  text: string;
  /** Width in CSS pixels. */
  width: number;
  height: number;
  /** Whether unsafe content was removed. */
  unsafe: boolean;
}

/** Allowed elements and attributes: static SVG 2, without animation, links, foreign content or scripts. */
const schema: Schema = {
  tagNames:
    'svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan textPath image marker pattern clipPath mask linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence'.split(
      ' ',
    ),
  attributes: { '*': Object.keys(svg.property).filter(name => !/^on|^xLink|^xmlns|^xml/i.test(name)) },
  ancestors: {},
  required: {},
  protocols: {},
  clobber: [],
  strip: ['script', 'foreignObject'],
};

const cleaner = unified().use(rehypeSanitize, schema).freeze();
const writer = unified()
  .use(rehypeStringify, {
    space: 'svg',
    closeSelfClosing: true,
    closeEmptyElements: true,
    allowDangerousCharacters: false,
  })
  .freeze();

/** Reads and sanitizes a drawing. @returns undefined if it is not SVG or has no size */
export function readDrawing(bytes: Uint8Array): Drawing | undefined {
  const text = decode(bytes);
  if (text === undefined) return undefined;
  const tree = parser().raw({
    type: 'root',
    // The HTML parser understands neither the XML prolog nor the document type of a drawing, so remove both.
    children: [{ type: 'raw', value: text.replace(/^.*?(?=<svg[\s>])/is, '') }],
  } as never) as Root;
  const unsafe = { found: false };
  walk<Root | Root['children'][number]>(tree, node => {
    if (node.type === 'element') removeReferences(node, unsafe);
  });
  const clean = cleaner.runSync(tree) as Root;
  const drawing = clean.children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'svg',
  );
  const size = drawing && sizeOf(drawing);
  if (!size) return undefined;
  drawing.properties = { xmlns: 'http://www.w3.org/2000/svg', ...drawing.properties };
  return {
    text: `${writer.stringify({ type: 'root', children: [drawing] })}\n`,
    ...size,
    unsafe: unsafe.found,
  };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const harmful = new Set([
  'script',
  'foreignObject',
  'iframe',
  'object',
  'embed',
  'a',
  'animate',
  'animateMotion',
  'animateTransform',
  'set',
  'handler',
  'listener',
]);

/** Removes an element's unsafe addresses and styles. The schema removes unsafe elements and attributes. */
function removeReferences(element: Element, unsafe: { found: boolean }): void {
  if (harmful.has(element.tagName)) unsafe.found = true;
  if (element.tagName === 'style') {
    const own = element.children.map(child => (child.type === 'text' ? child.value : '')).join('');
    const styles = cleanStyleSheet(own);
    element.children = styles.css === '' ? [] : [{ type: 'text', value: styles.css }];
    unsafe.found ||= styles.unsafe;
  }
  for (const [name, value] of Object.entries(element.properties)) {
    if (/^on/i.test(name)) {
      unsafe.found = true;
    } else if (name === 'href' || name === 'xLinkHref') {
      delete element.properties[name];
      if (isInside(String(value))) element.properties.href = String(value);
      else unsafe.found = true;
    } else if (name === 'style') {
      const styles = cleanStyleAttribute(String(value));
      if (styles.css === '') delete element.properties.style;
      else element.properties.style = styles.css;
      unsafe.found ||= styles.unsafe;
    } else if (!isText(name) && !isPlainValue(String(value))) {
      delete element.properties[name];
      unsafe.found = true;
    }
  }
}

/** Whether an address refers to a fragment of the drawing, or is a bitmap in a data URL. */
const isInside = (address: string): boolean =>
  /^(?:#|data:image\/(?:png|jpeg|webp|gif);)/i.test(address.trim());

/** Whether browsers never read an attribute as CSS. */
const isText = (name: string): boolean => /^(?:aria|data|xmlns|id$|className$|lang$)/.test(name);

function sizeOf({ properties }: Element): { width: number; height: number } | undefined {
  const pixels = (value: unknown) => {
    const found = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(String(value ?? ''));
    return found ? Number(found[1]) : undefined;
  };
  const box = String(properties.viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const ratio = box.length === 4 && box.every(Number.isFinite) && box[2]! > 0 ? box[3]! / box[2]! : undefined;
  const ownWidth = pixels(properties.width);
  const ownHeight = pixels(properties.height);
  const width = ownWidth ?? (ownHeight !== undefined && ratio ? ownHeight / ratio : box[2]);
  if (width === undefined) return undefined;
  const height = ownHeight ?? (ratio === undefined ? undefined : width * ratio);
  if (height === undefined || !(width > 0 && height > 0)) return undefined;
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

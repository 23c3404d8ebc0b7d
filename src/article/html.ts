/**
 * Converts HTML in Markdown. Its tags become `htmlElement` nodes around the Markdown between them, because the
 * model contains no HTML strings.
 */
import type { Element, Nodes as HastNodes, Root as HastRoot } from 'hast';
import type { Html, Root, RootContent } from 'mdast';
import { find, html } from 'property-information';
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize';
import type { VFile } from 'vfile';
import { location } from 'vfile-location';
import type { Place, Report } from '../base/diagnostics.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import { quotationOf } from './html-quotes.ts';
import { walk } from './walk.ts';

const parser = lazyPackage<typeof import('hast-util-raw')>('hast-util-raw');

/**
 * Allowed HTML. Pictures are excluded because only the rights of Markdown pictures are checked. Styles,
 * classes and ids are excluded because the templates determine the appearance.
 */
const schema: Schema = {
  tagNames: [
    'a',
    'abbr',
    'b',
    'bdi',
    'bdo',
    'br',
    'caption',
    'cite',
    'code',
    'dd',
    'del',
    'details',
    'dfn',
    'div',
    'dl',
    'dt',
    'em',
    'hr',
    'i',
    'ins',
    'kbd',
    'li',
    'mark',
    'ol',
    'p',
    'pre',
    'q',
    'rp',
    'rt',
    'ruby',
    's',
    'samp',
    'small',
    'span',
    'strong',
    'sub',
    'summary',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'time',
    'tr',
    'u',
    'ul',
    'var',
    'wbr',
  ],
  attributes: {
    '*': ['lang', ['dir', 'ltr', 'rtl', 'auto'], 'title'],
    a: ['href'],
    details: ['open'],
    ol: ['start'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', ['scope', 'col', 'row', 'colgroup', 'rowgroup']],
    time: ['dateTime'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'] },
  ancestors: {},
  strip: [
    'script',
    'style',
    'template',
    'noscript',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'title',
    'textarea',
    'select',
  ],
  clobber: [],
};

const sanitize = rehypeSanitize(schema) as (tree: HastRoot) => HastRoot;

/**
 * Noncharacter that replaces a `<` that begins no tag, because `&lt;` would shift the positions of the tags
 * after it.
 */
const literalLess = '\ufdd0';

/** Matches a tag without its closing tag. In CommonMark, its block extends to the end of the text. */
const unclosed = /^<(script|style|textarea|pre)\b(?![\s\S]*<\/\1>)/i;

/** Matches complete tags and comments. */
const complete = /<!--[\s\S]*?-->|<[/?!]?[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>/gi;
/** Matches the first characters of any tag or comment. */
const beginning = /<(?:[/?]?[a-z][^\s>]*|!(?:--|[a-z]))/i;

/**
 * Finds the first tag or comment that has no end.
 * @returns its offset in UTF-16 code units, and its first characters; undefined if there is none
 */
function unfinishedTag(value: string): { at: number; start: string } | undefined {
  const match = beginning.exec(value.replace(complete, tag => ' '.repeat(tag.length)));
  return match ? { at: match.index, start: match[0] } : undefined;
}

/**
 * Converts the HTML in a tree to `htmlElement` nodes, in place. `<blockquote>` becomes a quotation.
 * Drops elements and attributes that `schema` does not allow, with a warning. Reports unclosed tags as errors.
 */
export function adoptHtml(tree: Root, file: VFile, report: Report): void {
  if (!String(file.value).includes('<')) return;
  const written: Html[] = [];
  walk(tree, node => {
    if (node.type === 'html') written.push(node);
  });
  if (written.length === 0) return;
  for (const node of written) {
    node.value = node.value.replaceAll(literalLess, '\ufffd');
    const tag = unclosed.exec(node.value)?.[1]?.toLowerCase();
    if (tag !== undefined && node.value.includes('\n'))
      report('error', 'html-unclosed', node.position?.start, { tag });
    for (let open = unfinishedTag(node.value); open; open = unfinishedTag(node.value)) {
      if (tag === undefined)
        report('error', 'html-unclosed/tag', node.position?.start, { start: open.start });
      // The HTML parser would continue the tag in the next piece of HTML.
      node.value = node.value.slice(0, open.at) + literalLess + node.value.slice(open.at + 1);
    }
  }
  const formatting = createFormattingReport(report);
  walk(tree, node => {
    if (!('children' in node) || !node.children.some(child => child.type === 'html')) return;
    node.children = adoptChildren(
      node.children as RootContent[],
      node.type === 'root',
      file,
      formatting.report,
    ) as typeof node.children;
  });
  formatting.end();
}

/** Attributes that only format text. Texts pasted from other programs contain thousands of them. */
const formattingAttributes: ReadonlySet<string> = new Set(['class', 'id', 'style']);

/** Creates a report that counts dropped formatting attributes, and reports them once when it ends. */
function createFormattingReport(report: Report): { report: Report; end: () => void } {
  const dropped: { place: Place | undefined; attribute: string; tag: string }[] = [];
  return {
    report(severity, code, place, ...data) {
      const { attribute = '', tag = '' } = (data[0] ?? {}) as { attribute?: string; tag?: string };
      if (code === 'html-dropped/attribute' && formattingAttributes.has(attribute))
        dropped.push({ place, attribute, tag });
      else report(severity, code, place, ...data);
    },
    end() {
      const [first] = dropped.toSorted(
        (a, b) =>
          (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
      );
      if (!first) return;
      const { place, attribute, tag } = first;
      if (dropped.length === 1) report('warning', 'html-dropped/attribute', place, { attribute, tag });
      else {
        const attributes = [...new Set(dropped.map(({ attribute }) => attribute))].sort();
        report('warning', 'html-dropped/formatting', place, { attributes, count: dropped.length });
      }
    },
  };
}

/** Placeholder for a Markdown node while the HTML parser pairs the tags around it. */
interface Stitch {
  type: 'markdown';
  index: number;
}

function adoptChildren(children: RootContent[], flow: boolean, file: VFile, report: Report): RootContent[] {
  const markdown = children.filter(child => child.type !== 'html');
  const together = adoptTogether(children, flow, file, report);
  // If the parser lost Markdown after an unclosed tag, parse each tag separately, which keeps the author's text.
  const kept = nodesIn(together);
  if (markdown.every(node => kept.has(node))) return together;
  return children.flatMap(child =>
    child.type === 'html' ? adoptTogether([child], flow, file, report) : [child],
  );
}

/** Collects nodes, and those in their HTML elements. */
function nodesIn(nodes: readonly RootContent[], found = new Set<RootContent>()): ReadonlySet<RootContent> {
  for (const node of nodes) {
    found.add(node);
    if (node.type === 'htmlElement') nodesIn(node.children, found);
  }
  return found;
}

/** Parses the HTML among the children as a whole, because a tag may open in one node and close in another. */
function adoptTogether(children: RootContent[], flow: boolean, file: VFile, report: Report): RootContent[] {
  const nodes = children.map((child, index) =>
    child.type === 'html'
      ? { type: 'raw', value: child.value, position: child.position }
      : { type: 'markdown', index },
  );
  const parsed = parser().raw({ type: 'root', children: nodes } as unknown as HastRoot, {
    passThrough: ['markdown'],
    file,
  });
  const result = (parsed.type === 'root' ? parsed.children : [parsed]) as (HastNodes | Stitch)[];
  const positionOf = createPositions(children);
  return result.flatMap(node => adoptNode(node, { children, positionOf, report }, flow));
}

type PositionOf = (element: Element) => Html['position'];

/**
 * Creates a function that returns the position of an element. It counts the lines itself, because parse5 counts a
 * line break after `&` twice.
 * @param children the nodes that the HTML parser read
 */
function createPositions(children: readonly RootContent[]): PositionOf {
  const written = children
    .filter(child => child.type === 'html')
    .map(({ value, position }) => ({ position: position!, pointIn: location(value) }));
  return ({ position }) => {
    const offset = position?.start.offset;
    const owner = offset === undefined ? undefined : written[countBefore(written, offset) - 1];
    if (!position || !owner) return position ?? written[0]?.position;
    const point = owner.pointIn.toPoint(offset! - owner.position.start.offset!);
    if (!point) return position;
    const column = point.column + (point.line === 1 ? owner.position.start.column - 1 : 0);
    return {
      ...position,
      start: { ...position.start, line: owner.position.start.line + point.line - 1, column },
    };
  };
}

/** Matches the address of a picture on this site. */
const localPicture = /^(?![a-z][a-z\d+.-]*:|\/\/)[^?#]*\.(?:jpe?g|png|webp|avif|gif|svg)$/i;

/** Reports an element that is left out, and what to write instead. */
function reportDropped({ tagName, properties }: Element, place: Place | undefined, report: Report): void {
  const { src, alt } = properties;
  const video = tagName === 'iframe' && typeof src === 'string' ? videoAddress(src) : undefined;
  if (video !== undefined) report('warning', 'html-dropped/video', place, { url: video });
  else if (tagName === 'img' && typeof src === 'string' && localPicture.test(src)) {
    const address = /\s/.test(src) ? `<${src}>` : src;
    report('error', 'html-dropped/picture', place, { fixed: `![${String(alt ?? '')}](${address})` });
  } else if (isPlaceholder(tagName) && Object.values(properties).every(value => value === ''))
    report('error', 'html-dropped/placeholder', place, { tag: tagName });
  else report('warning', 'html-dropped/element', place, { tag: tagName });
}

/** Address of the page of a video that a frame shows; undefined if the frame shows no video of a known host. */
function videoAddress(src: string): string | undefined {
  const id = /^(?:https?:)?\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]+)/i.exec(src)?.[1];
  if (id !== undefined) return `https://www.youtube.com/watch?v=${id}`;
  const vimeo = /^(?:https?:)?\/\/player\.vimeo\.com\/video\/(\d+)/i.exec(src)?.[1];
  return vimeo === undefined ? undefined : `https://vimeo.com/${vimeo}`;
}

/** Elements of HTML that articles may not contain, also obsolete ones. All other names are no HTML. */
const otherTags: ReadonlySet<string> = new Set(
  `acronym address applet area article aside audio base basefont bgsound big blink blockquote body button canvas
  center circle col colgroup command content data datalist defs dialog dir element ellipse embed fieldset figcaption
  figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup html iframe image img input isindex
  keygen label legend line link listing main map marquee menu menuitem maction maligngroup malignmark math menclose merror meta meter mfenced mfrac mglyph mi mmultiscripts mn mo mover mpadded
  mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr multicol munder munderover nav nextid nobr
  noembed noframes noscript object optgroup option output param path picture plaintext polygon polyline portal
  progress rb rect rtc script search section select shadow slot source spacer strike style svg template text
  textarea title track tt use video xmp`.split(/\s+/),
);

/** Whether the name of an element is no HTML, and no name of a web component or with a prefix: `<NAME>`. */
const isPlaceholder = (tag: string): boolean =>
  /^[a-z]+$/.test(tag) && !otherTags.has(tag) && !schema.tagNames!.includes(tag);

/** Counts the nodes that begin at an offset, or before it. @param nodes in document order */
function countBefore(nodes: readonly { position: NonNullable<Html['position']> }[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.position.start.offset! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface AdoptContext {
  /** Markdown nodes, to which the stitches refer. */
  children: RootContent[];
  positionOf: PositionOf;
  report: Report;
}

function adoptNode(node: HastNodes | Stitch, context: AdoptContext, flow: boolean): RootContent[] {
  const { children, positionOf, report } = context;
  switch (node.type) {
    case 'markdown':
      return [children[node.index]!];
    case 'text': {
      const value = node.value.replaceAll(literalLess, '<');
      if (!flow) return [{ type: 'text', value }];
      return value.trim() === ''
        ? []
        : [{ type: 'paragraph', children: [{ type: 'text', value: value.trim() }] }];
    }
    case 'element': {
      const position = positionOf(node);
      if (node.tagName === 'blockquote') {
        const content = node.children.flatMap(child => adoptNode(child, context, false));
        return [{ ...quotationOf(content), ...(position && { position }) } as RootContent];
      }
      const kept = sanitize({ type: 'root', children: [{ ...node, children: [] }] }).children[0] as
        | Element
        | undefined;
      if (!kept) {
        reportDropped(node, position?.start, report);
        if (schema.strip!.includes(node.tagName)) return [];
        return node.children.flatMap(child => adoptNode(child, context, flow));
      }
      for (const name of Object.keys(node.properties)) {
        if (name in kept.properties) continue;
        report('warning', 'html-dropped/attribute', position?.start, {
          attribute: find(html, name).attribute,
          tag: node.tagName,
        });
      }
      const inner = node.children.flatMap(child => adoptNode(child, context, false));
      return [
        {
          type: 'htmlElement',
          tagName: kept.tagName,
          properties: kept.properties,
          children: inner,
          ...(position && { position }),
        },
      ];
    }
    default:
      return [];
  }
}

/** The structured document as HTML: mdast to hast by remark-rehype, our own nodes by the element templates. */
import type { Element, ElementContent, Nodes as HastNodes } from 'hast';
import { h } from 'hastscript';
import type { Nodes, Root } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkRehype, { defaultHandlers, type Options } from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';
import type {
  ArticleSection,
  AudioFigure,
  Callout,
  ChartFigure,
  Figure,
  HtmlElement,
  Quote,
  RelatedLink,
  VideoFigure,
} from '../article/model.ts';
import { dataFileOf } from '../article/text.ts';
import { blocksOf, walk } from '../article/walk.ts';
import { assertUnreachable } from '../base/diagnostics.ts';
import { chartTable } from '../charts/data.ts';
import { describeChart } from '../charts/describe.ts';
import { drawChart } from '../charts/draw.ts';
import { creditLine, type Picture, pictureOptions, plainFile } from '../site/pictures.ts';
import type { Recording } from '../site/recordings.ts';
import type { Locale } from './locale.ts';
import { pictureView, plainPictureView } from './picture.ts';
import type { Templates } from './templates.ts';
import type {
  AudioView,
  CalloutView,
  ChartView,
  ElementFrame,
  ImageView,
  QuoteView,
  RelatedLinkView,
  SectionView,
  TableView,
  TimelineView,
  VideoView,
} from './views.ts';

export interface BodyContext {
  templates: Templates;
  locale: Locale;
  /** The URL to print for an address of the text; nothing for one that must not be followed. */
  linkUrl: (url: string) => string | undefined;
  /** The picture at an address of the text, and the URL to print for the path of one of its files. */
  picture: (url: string) => Picture | undefined;
  pictureUrl: (path: string) => string;
  /** What is known of the video at an address of the text. */
  recording: (url: string) => Recording | undefined;
  /** On its own page, on that of the text edition, or in a feed and the like. */
  where: 'page' | 'text' | 'elsewhere';
  /** What goes before a `#fragment` of the text: nothing on the page itself, its absolute address elsewhere. */
  pageUrl: string;
  /** What goes before the name of a file beside the page: nothing there, the page's address elsewhere. */
  folderUrl: string;
}

const writer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze();

const html = (children: ElementContent[]): string => writer.stringify({ type: 'root', children });

/** Paragraphs that an opening has at most. */
const openingLength = 3;

/**
 * HTML that is safe to print: its raw parts come from templates alone, since the model holds no HTML. In two parts: the opening, which ends before
 * the first section and after three paragraphs at the latest, and the rest.
 */
export function renderBody(body: Root, context: BodyContext): [opening: string, rest: string] {
  const { t } = context.locale;
  const sections = new Set<ElementContent>();
  const toHast = remarkRehype({
    handlers: {
      ...createHandlers(context, body.children[0], sections),
      root: (state: State) => state.wrap(state.all(body)) as ElementContent[],
    },
    clobberPrefix: 'note:',
    footnoteLabel: t('footnotes-label'),
    footnoteBackLabel: (index, again) =>
      t('footnote-back', { n: again > 1 ? `${index + 1}-${again}` : String(index + 1) }),
  });
  // It first looks through the tree for notes, which takes half of its time: it is given an empty one where there are none.
  const hasNotes = blocksOf(body, 'footnoteDefinition').length > 0;
  const tree = toHast(hasNotes ? body : { type: 'root', children: [] }, new VFile());
  // The list of footnotes, which remark-rehype puts last.
  if (context.pageUrl !== '') {
    walk<HastNodes>(tree, node => {
      if (node.type === 'element') completeFragment(node, context.pageUrl);
    });
  }
  const children = tree.children as ElementContent[];
  let paragraphs = 0;
  const found = children.findIndex(
    node =>
      sections.has(node) ||
      (node.type === 'element' &&
        (node.tagName === 'section' || (node.tagName === 'p' && ++paragraphs > openingLength))),
  );
  const split = found < 0 ? children.length : found;
  return [html(children.slice(0, split)), html(children.slice(split))];
}

function completeFragment(element: Element, pageUrl: string): void {
  const { href } = element.properties;
  if (typeof href === 'string' && href.startsWith('#')) element.properties.href = pageUrl + href;
}

type Handlers = NonNullable<Options['handlers']>;
type State = Parameters<NonNullable<Handlers['link']>>[0];

function createHandlers(
  { templates, locale, linkUrl, picture, pictureUrl, recording, where, pageUrl, folderUrl }: BodyContext,
  first: Nodes | undefined,
  /** Takes every section that is made. */
  sections: Set<ElementContent>,
): Handlers {
  const frame: ElementFrame = { lang: locale.lang, t: locale.t };
  const folder = where === 'text' ? 'text/elements' : 'elements';
  const element = <View extends ElementFrame>(name: string, view: Omit<View, keyof ElementFrame>) =>
    ({
      type: 'raw',
      value: templates.render(`${folder}/${name}`, { ...frame, ...view }),
    }) as unknown as ElementContent;
  const flow = (state: State, node: { children: readonly unknown[] }): string =>
    html(state.wrap(state.all(node as Nodes) as ElementContent[], true) as ElementContent[]);
  const phrasing = (state: State, node: unknown): string =>
    html(state.all(node as Nodes) as ElementContent[]);

  const url = (address: string | undefined) => (address === undefined ? undefined : linkUrl(address));
  const recordingView = (node: AudioFigure | VideoFigure): Omit<AudioView, keyof ElementFrame> => ({
    id: node.id,
    caption: node.caption ?? '',
    credit: node.credit,
    src: url(node.src),
    url: url(node.url),
    host: node.url === undefined ? undefined : new URL(node.url).hostname.replace(/^www\./, ''),
    transcript: node.transcript === undefined ? [] : node.transcript.split(/\n\s*\n|\n/),
  });
  const still = (address: string | undefined) => {
    const shown = address === undefined ? undefined : picture(address);
    return shown && pictureUrl(plainFile(shown).path);
  };
  const captionOf = ({ id, caption, credit }: Figure) => ({ id, caption, credit });
  const chartView = (node: ChartFigure): Omit<ChartView, keyof ElementFrame> => {
    const title = node.caption ?? '';
    const description = describeChart(node, locale);
    return {
      id: node.id,
      title,
      subtitle: node.subtitle,
      source: node.source,
      credit: node.credit,
      note: node.note,
      description,
      label: locale.t('chart-label', { kind: locale.t(`chart-${node.chart}`), title, description }),
      html: where === 'page' ? html(drawChart(node, locale)) : undefined,
      table: chartTable(node, locale.lang),
      dataUrl: `${folderUrl}${encodeURIComponent(dataFileOf(node))}`,
    };
  };

  return {
    articleSection(state: State, node: ArticleSection) {
      const [heading, ...children] = node.children;
      const section = element<SectionView>('section', {
        id: node.id,
        depth: node.depth,
        headingHtml: phrasing(state, heading),
        html: flow(state, { children }),
      });
      sections.add(section);
      return section;
    },
    quote(state: State, node: Quote) {
      return element<QuoteView>('quote', {
        id: node.id,
        permalink: `${pageUrl}#${node.id}`,
        html: flow(state, node),
        speaker: node.speaker,
        role: node.role,
        source: node.source === undefined ? undefined : linkUrl(node.source),
        sourceTitle: node.sourceTitle,
      });
    },
    figure(state: State, node: Figure) {
      switch (node.kind) {
        case 'image': {
          const shown = picture(node.src);
          if (!shown) return undefined;
          const { rights } = shown;
          return element<ImageView>('image', {
            id: node.id,
            picture: (where === 'page' ? pictureView : plainPictureView)(shown, pictureUrl),
            first: where === 'page' && node === first,
            width: pictureOptions(node.src).width,
            alt: node.alt.trim() || rights.alt || '',
            caption: node.caption ?? rights.caption,
            credit: node.credit ?? creditLine(rights),
          });
        }
        case 'table':
          return element<TableView>('table', {
            ...captionOf(node),
            source: node.source,
            html: flow(state, node),
          });
        case 'chart':
          return element<ChartView>('chart', chartView(node));
        case 'timeline':
          return element<TimelineView>('timeline', {
            ...captionOf(node),
            source: node.source,
            events: node.events.map(event => ({ ...locale.eventDate(event.date), text: event.text })),
          });
        case 'video': {
          const { width, height } = (node.src === undefined ? undefined : recording(node.src)) ?? {};
          return element<VideoView>('video', {
            ...recordingView(node),
            width,
            height,
            poster: still(node.poster),
            captions: url(node.captions),
          });
        }
        case 'audio':
          return element<AudioView>('audio', recordingView(node));
        default:
          return assertUnreachable(node);
      }
    },
    callout(state: State, node: Callout) {
      return element<CalloutView>('callout', { kind: node.kind, title: node.title, html: flow(state, node) });
    },
    relatedLink(state: State, node: RelatedLink) {
      const url = linkUrl(node.url);
      if (url === undefined) return undefined;
      return element<RelatedLinkView>('related-link', { url, html: phrasing(state, node) });
    },
    htmlElement(state: State, node: HtmlElement): Element {
      const { href } = node.properties;
      const properties =
        typeof href === 'string' ? { ...node.properties, href: linkUrl(href) } : node.properties;
      return {
        type: 'element',
        tagName: node.tagName,
        properties,
        children: state.all(node as Nodes) as ElementContent[],
      };
    },
    footnoteReference(state: State, node) {
      const reference = defaultHandlers.footnoteReference(state, node);
      for (const child of reference.children) if (child.type === 'element') completeFragment(child, pageUrl);
      return reference;
    },
    listItem(state: State, node, parent) {
      const item = defaultHandlers.listItem(state, node, parent);
      if (node.checked != null) {
        const box = node.checked
          ? { text: '☑', label: locale.t('task-done') }
          : { text: '☐', label: locale.t('task-open') };
        replaceCheckbox(item, box);
      }
      return item;
    },
    tableRow(state: State, node, parent) {
      const row = defaultHandlers.tableRow(state, node, parent);
      for (const cell of row.children) if (cell.type === 'element') normalizeCell(cell);
      return row;
    },
    code(state: State, node) {
      const block = defaultHandlers.code(state, node);
      // Long lines scroll, which must work by keyboard too (WCAG 2.2, 2.1.1).
      block.properties = { ...block.properties, tabIndex: 0 };
      return block;
    },
    link(state: State, node) {
      const url = linkUrl(node.url);
      return url === undefined
        ? (state.all(node) as ElementContent[])
        : defaultHandlers.link(state, { ...node, url });
    },
    image(state: State, node) {
      const shown = picture(node.url);
      if (!shown) return { type: 'text', value: node.alt ?? '' };
      const { path, width, height } = plainFile(shown, 960);
      const alt = node.alt?.trim() || shown.rights.alt || '';
      if (where === 'text') return { type: 'text', value: alt };
      const image = defaultHandlers.image(state, { ...node, alt, url: pictureUrl(path) });
      return { ...image, properties: { ...image.properties, width, height, loading: 'lazy' } };
    },
  };
}

/** A box that nobody can tick is a sign. It stands first in the item, or in the first paragraph of it. */
function replaceCheckbox(item: Element, { text, label }: { text: string; label: string }): void {
  const paragraph = item.children.find(
    (child): child is Element => child.type === 'element' && child.tagName === 'p',
  );
  const parent = paragraph ?? item;
  parent.children = parent.children.map(child =>
    child.type === 'element' && child.tagName === 'input'
      ? h('span', { className: ['task-mark'], role: 'img', ariaLabel: label }, text)
      : child,
  );
}

/** HTML has no `align` any more: a class of the style sheet says it. A header cell says what it heads. */
function normalizeCell(cell: Element): void {
  const { align, ...properties } = cell.properties;
  cell.properties = {
    ...properties,
    ...(align && { className: [`align-${align}`] }),
    ...(cell.tagName === 'th' && { scope: 'col' }),
  };
}

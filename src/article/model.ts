/**
 * The structured document. `body` is an mdast tree that also contains the node types declared below, which
 * are merged into mdast's content maps. The tree is plain JSON and contains no HTML strings.
 */

import type { Properties } from 'hast';
import type {
  BlockContent,
  DefinitionContent,
  Heading,
  Parent,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';
import type { LocalText } from '../base/local-text.ts';
import type { ArticleMeta } from './keys.ts';

/** A file of content/: its path relative to the site's root, and its bytes. */
export interface SourceFile {
  path: string;
  bytes: Uint8Array;
}

/** A source file, parsed into meta and body. `Meta` is the checked front matter. */
export interface ContentDocument<Meta> {
  /** Path relative to the site's root: content/articles/2025/x.md. */
  path: string;
  /** Last part of the document's address. */
  slug: string;
  /** Language tag of the document (BCP 47). */
  lang: string;
  meta: Meta;
  body: Root;
}

export type Article = ContentDocument<ArticleMeta>;
export type StandingPage = ContentDocument<PageMeta>;
export type Author = ContentDocument<AuthorMeta>;

export interface PageMeta {
  title: string;
  description: string | undefined;
  /** Paths of this page's chapters, relative to the site's root, in reading order. */
  chapters: string[];
  /** Former addresses of the page, as paths from the site's root, which may have a query. */
  aliases: string[];
}

export interface AuthorMeta {
  name: LocalText;
  role: LocalText | undefined;
  /** The author's own web page. */
  url: string | undefined;
  links: { text: string; url: string }[];
  /** Name of a picture file beside the author's file, as the author wrote it. */
  picture: string | undefined;
  /** Former addresses of the author's page, as paths from the site's root, which may have a query. */
  aliases: string[];
}

/** A heading of depth 2 or more, and the content up to the next heading of the same or a lower depth. */
export interface ArticleSection extends Parent {
  type: 'articleSection';
  /** Fragment of links to the section: GitHub's slug of the heading, with a number if it is not unique. */
  id: string;
  depth: Heading['depth'];
  children: [Heading, ...RootContent[]];
}

/** A block quotation with its speaker. The children are the quoted text, without the attribution. */
export interface Quote extends Parent {
  type: 'quote';
  id: string;
  speaker: string;
  role: string | undefined;
  layout: BlockWidth | undefined;
  /** Address of the quoted work. */
  source: string | undefined;
  /** Title of the quoted work, if the author gives one. */
  sourceTitle: string | undefined;
  children: (BlockContent | DefinitionContent)[];
}

/**
 * Widths and positions of an element beside the text: as wide as the text, wider, as wide as the screen, narrow
 * with the text flowing around it, in the side column, or one of two pictures side by side.
 */
export const elementWidths = ['text', 'wide', 'full', 'inset', 'side', 'pair'] as const;
export type ElementWidth = (typeof elementWidths)[number];
/** Widths of all elements but pictures. */
export const blockWidths = ['text', 'wide', 'full', 'inset', 'side'] as const;
export type BlockWidth = (typeof blockWidths)[number];

/** What a credit is for: the word that introduces it in a caption, `Photo:`, `Illustration:` or `Graphic:`. */
export type CreditKind = 'photo' | 'illustration' | 'graphic';

interface FigureBase extends Parent {
  type: 'figure';
  id: string;
  caption: string | undefined;
  credit: string | undefined;
}

/**
 * A picture that is the only content of its paragraph. `src` and `alt` are as the author wrote them; `alt` may be
 * empty. `caption` and `credit` come from the picture's title.
 */
export interface ImageFigure extends FigureBase {
  kind: 'image';
  src: string;
  alt: string;
  creditKind: CreditKind | undefined;
  children: [];
}

/** A table. `source` names the origin of its data. */
export interface TableFigure extends FigureBase {
  kind: 'table';
  source: string | undefined;
  layout: BlockWidth | undefined;
  creditKind: CreditKind | undefined;
  children: [Table];
}

/** Events in the author's order, from a fenced `timeline` block. */
export interface TimelineFigure extends FigureBase {
  kind: 'timeline';
  source: string | undefined;
  layout: BlockWidth | undefined;
  events: TimelineEvent[];
  children: [];
}

/**
 * An event of a timeline. `date` is free text (`first phase`) or an ISO 8601 year, month or day, which is
 * shown in the article's language.
 */
export interface TimelineEvent {
  date: string | undefined;
  text: string;
}

export const chartTypes = [
  'bar',
  'stacked-bar',
  'lollipop',
  'dot',
  'line',
  'area',
  'slope',
  'scatter',
  'small-multiples',
] as const;
export type ChartType = (typeof chartTypes)[number];

export const chartPalettes = ['categorical', 'sequential', 'diverging'] as const;
export const chartScales = ['linear', 'log'] as const;
type ChartScale = (typeof chartScales)[number];

/**
 * A chart from a fenced `chart` block. Its caption is its title. It includes its data, even if the author
 * keeps them in a CSV file.
 */
export interface ChartFigure extends FigureBase {
  kind: 'chart';
  chart: ChartType;
  layout?: BlockWidth | undefined;
  subtitle: string | undefined;
  source: string | undefined;
  note: string | undefined;
  x: ChartColumn;
  series: ChartSeries[];
  rows: ChartRow[];
  /** Format specifier of d3-format: `,.1f`. */
  format: string | undefined;
  /** Format specifier of d3-time-format: `%B %Y`. */
  dateFormat: string | undefined;
  /** Text before every number; `suffix` is the text after it. */
  prefix: string | undefined;
  suffix: string | undefined;
  /** Code of the currency of all numbers (ISO 4217). */
  currency: string | undefined;
  /** Series, by index, and rows, by their value of `x` or their name. Others are grey, unless both are empty. */
  highlight: { series: number[]; rows: string[] };
  palette: (typeof chartPalettes)[number];
  /** Scale of the values. */
  scale: ChartScale;
  /** Heading of the column with the names of the rows, which only scatter plots have. */
  names: string | undefined;
  annotations: ChartAnnotation[];
  children: [];
}

/** The column that identifies the rows. Dates are ISO 8601 years, months or days. */
export interface ChartColumn {
  label: string;
  kind: 'category' | 'date' | 'number';
  scale: ChartScale;
}

/** A column of values. `range` has the headings of the columns with their lower and upper bounds. */
export interface ChartSeries {
  label: string;
  range: { low: string; high: string } | undefined;
}

/** A row with one value per series; null is a gap. */
export interface ChartRow {
  x: string;
  y: (number | null)[];
  /** Lower and upper bound of each value; null if the series, or this row, has none. */
  ranges?: ([low: number, high: number] | null)[];
  /** Name of the row. */
  name?: string;
}

/** A note at a position on the x axis (`x`) or at a value (`y`). */
export type ChartAnnotation = { text: string } & ({ x: string } | { y: number });

/** A recording. Either `src` names a file, as the author wrote it, or `url` is a page on another site. */
interface RecordingFigure extends FigureBase {
  src: string | undefined;
  url: string | undefined;
  transcript: string | undefined;
  /** Duration in seconds that the author wrote, such as that of a recording on another site. */
  seconds: number | undefined;
  children: [];
}

export interface VideoFigure extends RecordingFigure {
  kind: 'video';
  layout: BlockWidth | undefined;
  /** Name of the poster's picture file, as the author wrote it. */
  poster: string | undefined;
  /** Name of the WebVTT file with the captions. */
  captions: string | undefined;
  /** Whether the video contains speech, and therefore needs captions. */
  speech: boolean;
}

export interface AudioFigure extends RecordingFigure {
  kind: 'audio';
}

export type Figure = ImageFigure | TableFigure | TimelineFigure | ChartFigure | VideoFigure | AudioFigure;

/** A line `Also read: [headline](url)`. */
export interface RelatedLink extends Parent {
  type: 'relatedLink';
  url: string;
  children: PhrasingContent[];
}

export const calloutKinds = ['context', 'note', 'correction', 'steps'] as const;

/** A box: a block quote that begins with `[!context] Title`. `steps` is a series of figures, each with its text. */
export interface Callout extends Parent {
  type: 'callout';
  kind: (typeof calloutKinds)[number];
  title: string | undefined;
  children: (BlockContent | DefinitionContent)[];
}

/** An element that the author wrote as HTML, after sanitizing. */
export interface HtmlElement extends Parent {
  type: 'htmlElement';
  tagName: string;
  properties: Properties;
  children: RootContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    articleSection: ArticleSection;
    quote: Quote;
    figure: Figure;
    relatedLink: RelatedLink;
    callout: Callout;
    htmlElement: HtmlElement;
  }
  interface BlockContentMap {
    quote: Quote;
    figure: Figure;
    relatedLink: RelatedLink;
    callout: Callout;
    htmlElement: HtmlElement;
  }
  interface PhrasingContentMap {
    htmlElement: HtmlElement;
  }
  interface BlockquoteData {
    /** Whether the quote is marked `[!plain]`: it has no speaker and needs no attribution. */
    plain?: boolean;
  }
}

export type { Root };

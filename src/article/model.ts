/**
 * The structured document. `body` is an mdast tree with the nodes below in it, typed by declaration
 * merging on mdast's content map. It is plain JSON and contains no HTML strings.
 */

import type { Properties } from 'hast';
import type {
  BlockContent,
  Blockquote,
  DefinitionContent,
  Heading,
  Parent,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';
import type { ArticleMeta } from './keys.ts';

/** A file of content/ as it was read: a path relative to the site's root and its bytes. */
export interface SourceFile {
  path: string;
  bytes: Uint8Array;
}

/** A source file made into meta and body. `Meta` is the checked front matter. */
export interface ContentDocument<Meta> {
  /** Relative to the site's root: content/articles/2025/x.md. */
  path: string;
  /** The last part of its address. */
  slug: string;
  /** BCP 47. */
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
  /** Paths from the site's root of the pages that follow this one, in reading order. */
  chapters: string[];
}

export interface AuthorMeta {
  name: string;
  role: string | undefined;
  /** A web page of the author's own. */
  url: string | undefined;
  links: { text: string; url: string }[];
  /** As the author wrote it: a file beside the author's. */
  picture: string | undefined;
}

/** A heading of depth 2 or more, its first child, and what follows it up to the next of its depth. */
export interface ArticleSection extends Parent {
  type: 'articleSection';
  /** GitHub's slug of the heading: the fragment of its link. */
  id: string;
  depth: Heading['depth'];
  children: [Heading, ...RootContent[]];
}

/** A block quotation with its speaker. Its children are what was said, without the attribution. */
export interface Quote extends Parent {
  type: 'quote';
  id: string;
  speaker: string;
  role: string | undefined;
  /** Address of what is quoted. */
  source: string | undefined;
  /** What that is called, where the author says so. */
  sourceTitle: string | undefined;
  children: (BlockContent | DefinitionContent)[];
}

interface FigureBase extends Parent {
  type: 'figure';
  id: string;
  caption: string | undefined;
  credit: string | undefined;
}

/** A picture alone in its paragraph. `src` is as the author wrote it; the rest comes from its alt and title. */
export interface ImageFigure extends FigureBase {
  kind: 'image';
  src: string;
  alt: string;
  children: [];
}

/** A table; `source` names where its data come from. */
export interface TableFigure extends FigureBase {
  kind: 'table';
  source: string | undefined;
  children: [Table];
}

/** Events in their order, from a fenced block `timeline`. */
export interface TimelineFigure extends FigureBase {
  kind: 'timeline';
  source: string | undefined;
  events: TimelineEvent[];
  children: [];
}

/** `date` is free text (`first phase`) or an ISO 8601 year, month or day, which is shown in the article's language. */
export interface TimelineEvent {
  date: string | undefined;
  text: string;
}

export const chartTypes = ['bar', 'stacked-bar', 'line', 'area', 'dot'] as const;
export type ChartType = (typeof chartTypes)[number];

/** A chart, from a fenced block `chart`; its caption is its title. The data are in it, wherever the author keeps them. */
export interface ChartFigure extends FigureBase {
  kind: 'chart';
  chart: ChartType;
  subtitle: string | undefined;
  source: string | undefined;
  note: string | undefined;
  x: ChartColumn;
  series: ChartSeries[];
  rows: ChartRow[];
  /** A specifier of d3-format: `,.1f`. */
  format: string | undefined;
  /** A specifier of d3-time-format: `%B %Y`. */
  dateFormat: string | undefined;
  /** What stands before and behind every number. */
  prefix: string | undefined;
  suffix: string | undefined;
  annotations: ChartAnnotation[];
  children: [];
}

/** What distinguishes the rows. Dates are ISO 8601 years, months or days. */
export interface ChartColumn {
  label: string;
  kind: 'category' | 'date' | 'number';
}

export interface ChartSeries {
  label: string;
}

/** One value for each series; null is a gap. */
export interface ChartRow {
  x: string;
  y: (number | null)[];
}

/** Words at a place of the x axis or at a value. */
export type ChartAnnotation = { text: string } & ({ x: string } | { y: number });

/** Either `src`, a file as the author names it, or `url`, a page of another site. */
interface RecordingFigure extends FigureBase {
  src: string | undefined;
  url: string | undefined;
  transcript: string | undefined;
  children: [];
}

export interface VideoFigure extends RecordingFigure {
  kind: 'video';
  /** A still, as the author names its file. */
  poster: string | undefined;
  /** A WebVTT file. */
  captions: string | undefined;
  /** Whether there are words to be heard in it. */
  speech: boolean;
}

export interface AudioFigure extends RecordingFigure {
  kind: 'audio';
}

export type Figure = ImageFigure | TableFigure | TimelineFigure | ChartFigure | VideoFigure | AudioFigure;

/** The line `Also read: [headline](url)`. */
export interface RelatedLink extends Parent {
  type: 'relatedLink';
  url: string;
  children: PhrasingContent[];
}

export const calloutKinds = ['context', 'note', 'correction'] as const;

/** A box: a block quote that begins `[!context] Title`. */
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
    /** Marked `[!plain]`: a block quotation that nobody says, which needs no attribution. */
    plain?: boolean;
  }
}

export type { Blockquote, Root };

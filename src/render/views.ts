/**
 * What each template receives, as `it`. These types are the contract with whoever changes the look:
 * templates/README.md explains them. Every field is always there (`undefined` where there is nothing to show), so
 * that a template which asks for another one has a typo, and the build says so.
 *
 * A field named `html` is finished, safe HTML and is put out by `<%~ %>`; everything else is text, for `<%= %>`.
 */

/** An address of this site is root-relative, with the base path. */
export interface LinkView {
  url: string;
  text: string;
}

export interface DateView {
  /** For `<time datetime>`. */
  iso: string;
  /** In the page's language and the site's time zone; with the time of day unless that is midnight. */
  text: string;
}

/** User-interface text by its key in templates/strings/<lang>.yaml; `{name}` in it is filled from `values`, a plural form is chosen by `n`. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** What every page template and base.html receive. */
export interface FrameView {
  site: {
    name: string;
    tagline: string | undefined;
    lang: string;
    dir: 'ltr' | 'rtl';
    home: LinkView;
    navigation: (LinkView & { current: boolean })[];
    footer: LinkView[];
    publisher: string;
  };
  page: {
    /** Selects the template: article.html, home.html, … */
    kind: string;
    title: string;
    description: string | undefined;
    /** Absolute. */
    canonical: string;
    lang: string;
    dir: 'ltr' | 'rtl';
  };
  assets: {
    /** Address of the one hashed style sheet. */
    styles: string;
    /** Address of a file of public/. */
    public: (name: string) => string;
  };
  t: Translate;
}

export interface BylineView {
  name: string;
  role: string | undefined;
  url: string | undefined;
}

export interface ContentsEntryView {
  id: string;
  text: string;
  children: ContentsEntryView[];
}

export interface KeyFigureView {
  value: string;
  label: string;
  source: string | undefined;
}

export interface SourceView {
  name: string;
  url: string | undefined;
  note: string | undefined;
  firstReport: boolean;
}

/** An article in a list. */
export interface TeaserView {
  url: string;
  headline: string;
  standfirst: string | undefined;
  kicker: string;
  published: DateView;
  lang: string;
  dir: 'ltr' | 'rtl';
}

/** article.html */
export interface ArticleView extends FrameView {
  article: {
    headline: string;
    standfirst: string | undefined;
    kicker: string;
    desk: LinkView;
    dateline: string | undefined;
    byline: BylineView[];
    published: DateView;
    updated: DateView | undefined;
    draft: boolean;
    wordCount: number;
    readingMinutes: number;
    contents: ContentsEntryView[];
    keyFigures: KeyFigureView[];
    /** Names of those who had the story first. */
    firstReportedBy: SourceView[];
    sources: SourceView[];
    topics: string[];
    corrections: { date: DateView; text: string }[];
    related: TeaserView[];
    /** The body: lead, sections, notes. */
    html: string;
  };
}

/** home.html */
export interface HomeView extends FrameView {
  articles: TeaserView[];
}

/** standing.html: about and the like. */
export interface StandingView extends FrameView {
  heading: string;
  html: string;
}

/** 404.html */
export interface NotFoundView extends FrameView {
  articles: TeaserView[];
}

/** What every element template receives besides its own fields. */
export interface ElementFrame {
  lang: string;
  t: Translate;
}

/** elements/section.html. `headingHtml` is what stands in the heading; `html` what follows it. */
export interface SectionView extends ElementFrame {
  id: string;
  depth: number;
  headingHtml: string;
  html: string;
}

/** elements/quote.html. `html` is what was said, in paragraphs. */
export interface QuoteView extends ElementFrame {
  id: string;
  html: string;
  speaker: string;
  role: string | undefined;
  /** Address of what is quoted, and its name where there is one. */
  source: string | undefined;
  sourceTitle: string | undefined;
}

/** elements/image.html */
export interface ImageView extends ElementFrame {
  id: string;
  src: string;
  alt: string;
  caption: string | undefined;
  credit: string | undefined;
}

/** elements/table.html. `html` is the table. */
export interface TableView extends ElementFrame {
  id: string;
  html: string;
  caption: string | undefined;
  source: string | undefined;
}

/** elements/timeline.html. `iso` is there where the date is one. */
export interface TimelineView extends ElementFrame {
  id: string;
  caption: string | undefined;
  source: string | undefined;
  events: { iso: string | undefined; date: string | undefined; text: string }[];
}

/** elements/callout.html */
export interface CalloutView extends ElementFrame {
  kind: 'context' | 'note' | 'correction';
  title: string | undefined;
  html: string;
}

/** elements/related-link.html */
export interface RelatedLinkView extends ElementFrame {
  url: string;
  html: string;
}

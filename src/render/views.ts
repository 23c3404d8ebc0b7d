/**
 * The data that each template receives as `it`. These types are the contract with template authors; templates/README.md explains them.
 * Every field is always present and may be `undefined`, so a template that reads an unknown field has a typo and the build reports it.
 * A view must not share objects with other data, because rendering changes their prototypes.
 *
 * A field named `html` contains safe HTML and is printed by `<%~ %>`. All other fields are text, for `<%= %>`.
 */

import type { ArticleMeta, PageKey } from '../article/keys.ts';

/** A link. URLs of this site are root-relative and include the base path. */
export interface LinkView {
  url: string;
  text: string;
}

export interface DateView {
  /** For `<time datetime>`. */
  iso: string;
  /** In the page's language and the site's time zone. Includes the time of day unless that is midnight. */
  text: string;
}

/**
 * Returns the text of a key in templates/strings/<lang>.yaml. Replaces `{name}` with `values.name`; `values.n` selects the plural form.
 * @throws TemplateFault if no language has the key
 */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** The part of a view that every page template and base.html receive. */
export interface FrameView {
  site: {
    name: string;
    tagline: string | undefined;
    lang: string;
    dir: 'ltr' | 'rtl';
    home: LinkView;
    /** `current` is for `aria-current`: `page` on the page itself, `true` on the list's numbered pages and on stories of the desk. */
    navigation: (LinkView & { current: 'page' | 'true' | undefined })[];
    /** URLs of pictures that replace the name, for light and dark colour schemes. */
    masthead: { logo: string; dark: string | undefined } | undefined;
    /** The newsroom's policies. `name` is the property of schema.org; `t('policy-ethicsPolicy')` is the text for readers. */
    policies: { name: string; url: string }[];
    /** URL of the page that lists all corrections. */
    correctionsUrl: string;
    footer: LinkView[];
    /** The site's overview pages: desks, topics, authors, archive, corrections. */
    sections: LinkView[];
    /** Lists of stories in other languages. */
    languages: LanguageView[];
    publisher: string;
    /** URL of the page that lists the feeds; undefined if feeds are switched off. */
    feedsUrl: string | undefined;
    /** URL of the search page; undefined if search is switched off, and in the text edition. */
    searchUrl: string | undefined;
  };
  page: {
    /** Selects the template: article.html, home.html, … */
    kind: string;
    title: string;
    description: string | undefined;
    /** Absolute URL. */
    canonical: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    /** For `<meta name="robots">`. */
    robots: string;
    /** `<meta property>` (Open Graph) and `<meta name>` (Twitter), in the order of the page. */
    meta: { property: string | undefined; name: string | undefined; content: string }[];
    /** `<link rel="alternate" hreflang>`: absolute URLs of the page's language versions. */
    alternates: { lang: string; url: string }[];
    /** `<link rel="alternate" type>`: absolute URLs of feeds and of the article's JSON. */
    feeds: { type: string; title: string; url: string }[];
    /** One graph of schema.org JSON-LD, escaped for a `<script>`. */
    jsonLdHtml: string | undefined;
    /** URL of the page in the other edition (full or text); undefined if the page has no text edition. */
    otherEdition: string | undefined;
  };
  assets: {
    /** URL of the hashed style sheet. */
    styles: string;
    /** The style sheet's text, for a `<style>`; undefined if site.yaml asks for a separate file. */
    inlineHtml: string | undefined;
    /** URL of the web font of the page's text; undefined if the page's script has none. */
    face: string | undefined;
    /** URL of the page's script; undefined if the site's version of the script is empty. */
    script: string | undefined;
    /** Inline scripts: the first runs before the page is painted, the second contains speculation rules. */
    themeHtml: string;
    speculationHtml: string;
    /** Returns the URL of a file of public/. */
    public: (name: string) => string;
  };
  t: Translate;
}

export interface BylineView {
  name: string;
  role: string | undefined;
  /** URL of the author's page on this site. */
  url: string | undefined;
  /** A square. */
  picture: PictureView | undefined;
  /** First paragraph of the biography, as plain text. Empty without a biography. */
  introduction: string;
  /** Language of the role and the introduction. */
  lang: string;
  dir: 'ltr' | 'rtl';
}

/** A language of the site or of a story. */
export interface LanguageView {
  lang: string;
  dir: 'ltr' | 'rtl';
  /** The language's name in that language: Deutsch, עברית. */
  name: string;
  url: string;
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
  draft: boolean;
  lang: string;
  dir: 'ltr' | 'rtl';
  picture: TeaserPictureView | undefined;
}

/** A picture in a list. `srcset` lists files of the media type `type`; every browser can show `src`. */
export interface TeaserPictureView {
  src: string;
  width: number;
  height: number;
  type: string;
  srcset: string;
  color: string | undefined;
  /** Whether it is shown without cropping: a drawing or graphic. */
  whole: boolean;
  /** Position of its subject. */
  x: 'left' | 'center' | 'right';
  y: 'top' | 'middle' | 'bottom';
}

/** article.html. The keys of front matter that article/keys.ts marks with `page` are here as the model has them. */
export interface ArticleView extends FrameView {
  article: Pick<ArticleMeta, PageKey> & {
    headline: string;
    kicker: string;
    desk: LinkView;
    byline: BylineView[];
    published: DateView;
    updated: DateView | undefined;
    wordCount: number;
    readingMinutes: number;
    contents: ContentsEntryView[];
    keyFigures: KeyFigureView[];
    /** The sources that reported the story first. */
    firstReportedBy: SourceView[];
    sources: SourceView[];
    /** `url` is undefined for a topic without a page, which only this translation has. */
    topics: { url: string | undefined; text: string }[];
    corrections: { date: DateView; text: string }[];
    /** The story in other languages. */
    languages: LanguageView[];
    related: TeaserView[];
    /** The body: lead, sections, notes. */
    html: string;
    /** The body in two parts: at most three paragraphs, and the rest. */
    openingHtml: string;
    restHtml: string;
  };
}

/** home.html. Every story appears on it once. */
export interface HomeView extends FrameView {
  lead: TeaserView | undefined;
  /** Stories beside the lead: first those of high prominence, then the newest. */
  high: TeaserView[];
  /** The newest of the others. */
  articles: TeaserView[];
  /** Further stories of each desk, if the site has more stories than those above. */
  desks: { desk: LinkView; articles: TeaserView[] }[];
  /** The archive; undefined while the site has no story. */
  archive: LinkView | undefined;
}

/** Position of a page within its list. The newest stories are on the first page, older ones on numbered pages with permanent addresses. */
export interface PagerView {
  /** Undefined on the first page. `t('page-number', { n })` is the text for readers. */
  number: number | undefined;
  newer: string | undefined;
  older: string | undefined;
}

/** list.html: a desk, a topic, a language, a year, a month. */
export interface ListView extends FrameView {
  heading: string;
  kind: 'desk' | 'topic' | 'language' | 'year' | 'month';
  description: string | undefined;
  articles: TeaserView[];
  pager: PagerView;
}

/** author.html */
export interface AuthorView extends FrameView {
  heading: string;
  role: string | undefined;
  /** The author's portrait; a square. */
  picture: PictureView | undefined;
  links: LinkView[];
  /** The biography; empty on the numbered pages of the list. */
  html: string;
  /** Language of the role and the biography. */
  lang: string;
  dir: 'ltr' | 'rtl';
  articles: TeaserView[];
  pager: PagerView;
}

/** archive.html: every month that has stories, newest year first. */
export interface ArchiveView extends FrameView {
  heading: string;
  years: { year: LinkView; months: (LinkView & { count: number })[] }[];
}

/** directory.html: all topics, all authors. */
export interface DirectoryView extends FrameView {
  heading: string;
  entries: (LinkView & { description: string | undefined; count: number })[];
}

/** corrections.html: all corrections, newest first. */
export interface CorrectionsView extends FrameView {
  heading: string;
  /** Body of content/pages/corrections.md; empty if the file does not exist. */
  html: string;
  corrections: { date: DateView; text: string; article: LinkView; lang: string; dir: 'ltr' | 'rtl' }[];
}

/** feeds.html: each list of stories with the URLs of its feeds. */
export interface FeedsView extends FrameView {
  heading: string;
  lists: { name: string; feeds: LinkView[] }[];
}

/** redirect.html, which does not use base.html. It sends search engines and browsers from a former address to `target`. */
export interface RedirectView {
  lang: string;
  title: string;
  /** Absolute URL of the target. */
  canonical: string;
  target: string;
  t: Translate;
}

/** standing.html: standing pages, such as the About page. */
export interface StandingView extends FrameView {
  heading: string;
  html: string;
  contents: ContentsEntryView[];
  /** The pages that follow this one, in reading order. */
  chapters: (LinkView & { description: string | undefined; lang: string })[];
  /** The page's place in a series; undefined if it is in none. `start` is undefined on the first page. */
  series:
    | { start: LinkView | undefined; previous: LinkView | undefined; next: LinkView | undefined }
    | undefined;
}

/** search.html */
export interface SearchView extends FrameView {
  heading: string;
  /** URLs of the index's parts, newest first. Empty while the site has no story. */
  indexes: string[];
}

/** 404.html */
export interface NotFoundView extends FrameView {
  articles: TeaserView[];
}

/** The fields that every element template receives in addition to its own. */
export interface ElementFrame {
  lang: string;
  t: Translate;
}

/** elements/section.html. `headingHtml` is the content of the heading; `html` is everything after it. */
export interface SectionView extends ElementFrame {
  id: string;
  depth: number;
  headingHtml: string;
  html: string;
}

/** elements/quote.html. `html` contains the quoted paragraphs. */
export interface QuoteView extends ElementFrame {
  id: string;
  /** URL of this quotation: `#id` on the page, absolute in a feed. */
  permalink: string;
  html: string;
  speaker: string;
  role: string | undefined;
  /** URL and, if known, title of the quoted work. */
  source: string | undefined;
  sourceTitle: string | undefined;
}

/** A picture: `src`, which every browser can show, and the files that a browser may choose instead. */
export interface PictureView {
  src: string;
  /** Size of the largest file, in pixels. */
  width: number;
  height: number;
  /** `#rrggbb`, a placeholder while the picture loads; undefined for transparent pictures. */
  color: string | undefined;
  /** Widths in the format of `src`; undefined if there is only one. */
  srcset: string | undefined;
  /** Other formats for `<source>`, the one with the smallest files first. */
  sources: { type: string; srcset: string }[];
}

/** elements/image.html */
export interface ImageView extends ElementFrame {
  id: string;
  picture: PictureView;
  /** Whether it is the first block of the text, and so visible immediately. */
  first: boolean;
  /** Width that the author chose. */
  width: 'text' | 'wide' | 'full';
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
  credit: string | undefined;
}

/** elements/chart.html */
export interface ChartView extends ElementFrame {
  id: string;
  title: string;
  subtitle: string | undefined;
  source: string | undefined;
  credit: string | undefined;
  note: string | undefined;
  /** `description` says what the chart shows; `label` adds its kind and title. */
  description: string;
  label: string;
  /** The drawing; undefined outside of the page, because drawings need its style sheet. */
  html: string | undefined;
  /** The chart's numbers. The first column contains the names of the rows. */
  table: { head: string[]; rows: { name: string; values: string[] }[] };
  /** URL of the numbers as a CSV file. */
  dataUrl: string;
}

/** elements/video.html. `src` is a file of this site. Without it, `url` is a page of another site and `host` is that site's name. */
export interface VideoView extends ElementFrame {
  id: string;
  caption: string;
  credit: string | undefined;
  src: string | undefined;
  url: string | undefined;
  host: string | undefined;
  /** CSS pixels; undefined if the file does not state them. */
  width: number | undefined;
  height: number | undefined;
  poster: string | undefined;
  /** URL of a WebVTT file. */
  captions: string | undefined;
  /** Paragraphs. */
  transcript: string[];
}

/** elements/audio.html */
export type AudioView = Omit<VideoView, 'width' | 'height' | 'poster' | 'captions'>;

/** elements/timeline.html. `iso` is set if the date is an ISO 8601 date. */
export interface TimelineView extends ElementFrame {
  id: string;
  caption: string | undefined;
  source: string | undefined;
  credit: string | undefined;
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

/** card.html: the preview picture of a story without pictures. It is drawn as a PNG, never served as HTML. */
export interface CardView {
  site: {
    name: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    /** Host name for readers: `courier.example`. */
    host: string;
  };
  article: {
    lang: string;
    dir: 'ltr' | 'rtl';
    headline: string;
    /** The story's kicker, or else the desk's name. */
    kicker: string;
    desk: string;
    type: ArticleView['article']['type'];
    /** Without the time of day. */
    published: DateView;
  };
  t: Translate;
}

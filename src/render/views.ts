/**
 * What each template receives, as `it`. These types are the contract with whoever changes the look:
 * templates/README.md explains them. Every field is always there (`undefined` where there is nothing to show), so
 * that a template which asks for another one has a typo, and the build says so. A view's objects are its own: rendering makes them strict.
 *
 * A field named `html` is finished, safe HTML and is put out by `<%~ %>`; everything else is text, for `<%= %>`.
 */

import type { ArticleMeta, PageKey } from '../article/keys.ts';

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
    /** `current` is for `aria-current`: `page` on the page itself, `true` on the further pages of its list and on a story of the desk. */
    navigation: (LinkView & { current: 'page' | 'true' | undefined })[];
    /** Pictures in the place of the name: for light and for dark paper. */
    masthead: { logo: string; dark: string | undefined } | undefined;
    /** What the newsroom holds itself to, by schema.org's property: `t('policy-ethicsPolicy')` is its name. */
    policies: { name: string; url: string }[];
    /** Address of the page of all corrections. */
    correctionsUrl: string;
    footer: LinkView[];
    /** The site's own overviews: desks, topics, authors, archive, corrections. */
    sections: LinkView[];
    /** Lists of the stories in other languages. */
    languages: LanguageView[];
    publisher: string;
    /** The page that lists the feeds; nothing where feeds are switched off. */
    feedsUrl: string | undefined;
    /** The search page; nothing where search is switched off, and in the text edition. */
    searchUrl: string | undefined;
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
    /** For `<meta name="robots">`. */
    robots: string;
    /** `<meta property>` (Open Graph) and `<meta name>` (Twitter), in their order. */
    meta: { property: string | undefined; name: string | undefined; content: string }[];
    /** `<link rel="alternate" hreflang>`: the page in its languages, absolute. */
    alternates: { lang: string; url: string }[];
    /** `<link rel="alternate" type>`: feeds, and the article as data. */
    feeds: { type: string; title: string; url: string }[];
    /** schema.org JSON-LD, one graph, safe to stand in a `<script>`. */
    jsonLdHtml: string | undefined;
    /** Address of the page in the text edition, and there of the page itself; nothing where it has no text edition. */
    otherEdition: string | undefined;
  };
  assets: {
    /** Address of the one hashed style sheet. */
    styles: string;
    /** What is in it, for a `<style>`; nothing where site.yaml wants it as a file of its own. */
    inlineHtml: string | undefined;
    /** Address of the typeface of the page's text; nothing where it has none of its own. */
    face: string | undefined;
    /** Address of the page's one script; nothing where the site has emptied it. */
    script: string | undefined;
    /** The scripts that stand in the page itself: the first runs before it is painted, the second is data (speculation rules). */
    themeHtml: string;
    speculationHtml: string;
    /** Address of a file of public/. */
    public: (name: string) => string;
  };
  t: Translate;
}

export interface BylineView {
  name: string;
  role: string | undefined;
  /** The author's page of this site. */
  url: string | undefined;
  /** A square. */
  picture: PictureView | undefined;
  /** What the biography begins with, as plain text; empty without one. */
  introduction: string;
  /** Of the role and the introduction. */
  lang: string;
  dir: 'ltr' | 'rtl';
}

/** The same story in another language. */
export interface LanguageView {
  lang: string;
  dir: 'ltr' | 'rtl';
  /** The language's own name: Deutsch, עברית. */
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

/** `srcset` is of the kind `type`; `src` and its size are for every browser. */
export interface TeaserPictureView {
  src: string;
  width: number;
  height: number;
  type: string;
  srcset: string;
  color: string | undefined;
  /** It is shown without being cut to a shape: a drawing, a graphic. */
  whole: boolean;
  /** Where its subject is. */
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
    /** Names of those who had the story first. */
    firstReportedBy: SourceView[];
    sources: SourceView[];
    /** `url` is absent for a topic without a page: one that only this translation has. */
    topics: { url: string | undefined; text: string }[];
    corrections: { date: DateView; text: string }[];
    /** This story's other languages. */
    languages: LanguageView[];
    related: TeaserView[];
    /** The body: lead, sections, notes. */
    html: string;
    /** The same in two parts: how it begins, three paragraphs at most, and the rest. */
    openingHtml: string;
    restHtml: string;
  };
}

/** home.html. Every story stands on it once. */
export interface HomeView extends FrameView {
  lead: TeaserView | undefined;
  /** Beside the lead: stories of high prominence, else the newest. */
  high: TeaserView[];
  /** The newest of the others. */
  articles: TeaserView[];
  /** Where there are more: the stories of each desk that do not stand above. */
  desks: { desk: LinkView; articles: TeaserView[] }[];
  /** The archive; nothing while there is no story. */
  archive: LinkView | undefined;
}

/** The pages of a list: the newest stories stand on its first, the older ones on numbered pages whose addresses stay. */
export interface PagerView {
  /** Text of the page's place: `t('page-number', { n })`; nothing on the first. */
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
  /** The author's portrait, a square. */
  picture: PictureView | undefined;
  links: LinkView[];
  /** The biography; empty on the numbered pages of the list. */
  html: string;
  /** Of the role and the biography. */
  lang: string;
  dir: 'ltr' | 'rtl';
  articles: TeaserView[];
  pager: PagerView;
}

/** archive.html: every month that has stories, the newest year first. */
export interface ArchiveView extends FrameView {
  heading: string;
  years: { year: LinkView; months: (LinkView & { count: number })[] }[];
}

/** directory.html: all topics, all authors. */
export interface DirectoryView extends FrameView {
  heading: string;
  entries: (LinkView & { description: string | undefined; count: number })[];
}

/** corrections.html: the newest first. */
export interface CorrectionsView extends FrameView {
  heading: string;
  /** What content/pages/corrections.md says; empty without it. */
  html: string;
  corrections: { date: DateView; text: string; article: LinkView; lang: string; dir: 'ltr' | 'rtl' }[];
}

/** feeds.html: each list of stories with the addresses of its feeds. */
export interface FeedsView extends FrameView {
  heading: string;
  lists: { name: string; feeds: LinkView[] }[];
}

/** redirect.html, outside of base.html: a former address. Search engines and browsers are sent to `target`. */
export interface RedirectView {
  lang: string;
  title: string;
  /** Absolute. */
  canonical: string;
  target: string;
  t: Translate;
}

/** standing.html: about and the like. */
export interface StandingView extends FrameView {
  heading: string;
  html: string;
}

/** search.html */
export interface SearchView extends FrameView {
  heading: string;
  /** Addresses of the index's parts, the newest first; none while there is no story. */
  indexes: string[];
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
  /** Address of this quotation: `#id` on the page, absolute in a feed. */
  permalink: string;
  html: string;
  speaker: string;
  role: string | undefined;
  /** Address of what is quoted, and its name where there is one. */
  source: string | undefined;
  sourceTitle: string | undefined;
}

/** A picture: `src` and its size for every browser, and the files that a browser may choose instead. */
export interface PictureView {
  src: string;
  /** Pixels, of the largest file. */
  width: number;
  height: number;
  /** `#rrggbb`, to stand there until the picture does; nothing for one that can be seen through. */
  color: string | undefined;
  /** The widths of the kind of file that `src` is; nothing when there is but one. */
  srcset: string | undefined;
  /** The same in smaller kinds of file, the smallest first: for `<source>`. */
  sources: { type: string; srcset: string }[];
}

/** elements/image.html */
export interface ImageView extends ElementFrame {
  id: string;
  picture: PictureView;
  /** It begins the text, and is seen at once. */
  first: boolean;
  /** How much room the author gives it. */
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
  /** What it shows, in words; and the same behind its kind and its title. */
  description: string;
  label: string;
  /** The drawing; nothing outside of the page, where no style sheet is. */
  html: string | undefined;
  /** Its numbers; the first column has the names of the rows. */
  table: { head: string[]; rows: { name: string; values: string[] }[] };
  /** Address of the numbers as a CSV file. */
  dataUrl: string;
}

/** elements/video.html. `src` is a file of this site; without it `url` is a page of another, and `host` its name. */
export interface VideoView extends ElementFrame {
  id: string;
  caption: string;
  credit: string | undefined;
  src: string | undefined;
  url: string | undefined;
  host: string | undefined;
  /** CSS pixels; nothing where the file does not say it. */
  width: number | undefined;
  height: number | undefined;
  poster: string | undefined;
  /** Address of a WebVTT file. */
  captions: string | undefined;
  /** In paragraphs. */
  transcript: string[];
}

/** elements/audio.html */
export type AudioView = Omit<VideoView, 'width' | 'height' | 'poster' | 'captions'>;

/** elements/timeline.html. `iso` is there where the date is one. */
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

/** card.html, which is drawn and not read: the picture of a story that has none of its own. */
export interface CardView {
  site: {
    name: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    /** As readers know the address: `courier.example`. */
    host: string;
  };
  article: {
    lang: string;
    dir: 'ltr' | 'rtl';
    headline: string;
    /** Without one of its own, the desk's name. */
    kicker: string;
    desk: string;
    type: ArticleView['article']['type'];
    /** Without the time of day. */
    published: DateView;
  };
  t: Translate;
}

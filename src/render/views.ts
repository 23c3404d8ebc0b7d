/**
 * Data that each template receives as `it`. These types are the contract with template authors, and
 * templates/README.md explains them. Every field is always present and may be `undefined`. A template that
 * reads an unknown field therefore has a typo, which the build reports. A view must not share objects with
 * other data, because rendering changes their prototypes.
 *
 * Fields named `html`, or with a name that ends in `Html`, contain safe HTML and are printed by `<%~ %>`. All
 * other fields are text, for `<%= %>`.
 */

import type { ArticleMeta, PageKey, WorkType } from '../article/keys.ts';
import type { BlockWidth, CreditKind, ElementWidth } from '../article/model.ts';
import type { ChartPreview } from '../charts/preview.ts';
import type { FrontLayout, FrontRow } from '../site/pages.ts';

/** A date of an event: `iso` is set if it is an ISO 8601 year, month or day. */
export interface EventDateView {
  iso: string | undefined;
  text: string;
}

/** A link. URLs of this site are root-relative and include the base path. */
export interface LinkView {
  url: string;
  text: string;
}

/** A link of a menu. `lang` and `dir` are those of its text. */
export interface MenuLinkView extends LinkView {
  lang: string;
  dir: 'ltr' | 'rtl';
}

export interface DateView {
  /** Value for `<time datetime>`. */
  iso: string;
  /** Text in the page's language and the site's time zone. Includes the time of day unless it is midnight. */
  text: string;
}

/**
 * Returns the text for a key in templates/strings/<lang>.yaml. Replaces `{name}` with `values.name`;
 * `values.n` selects the plural form.
 * @throws TemplateFault if no language has the key
 */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** The part of a view that base.html and every page template receive. */
export interface FrameView {
  site: {
    name: string;
    /** Language of the name: the page's if the name is translated, otherwise the site's. */
    lang: string;
    dir: 'ltr' | 'rtl';
    tagline: string | undefined;
    taglineLang: string;
    taglineDir: 'ltr' | 'rtl';
    home: LinkView;
    /**
     * Main menu. `current` is the value of `aria-current`: `page` on the page itself, `true` on the list's
     * numbered pages and on stories of the desk.
     */
    navigation: (MenuLinkView & { current: 'page' | 'true' | undefined })[];
    /** URLs of pictures that replace the site's name, for the light and dark colour schemes. */
    masthead: { logo: string; dark: string | undefined } | undefined;
    /**
     * Policies of the newsroom. `name` is a schema.org property; `t('policy-ethicsPolicy')` is the text for
     * readers.
     */
    policies: { name: string; url: string }[];
    /** URL of the page that lists all corrections. */
    correctionsUrl: string;
    footer: MenuLinkView[];
    /** Overview pages of the site: desks, topics, authors, archive, corrections. */
    sections: LinkView[];
    /** Lists of stories in other languages. */
    languages: LanguageView[];
    publisher: string;
    /** URL of the page that lists the feeds; undefined if site.yaml disables feeds. */
    feedsUrl: string | undefined;
    /** URL of the search page; undefined in the text edition, or if site.yaml disables search. */
    searchUrl: string | undefined;
  };
  page: {
    /** Kind of page, which selects the template: article.html, home.html, … */
    kind: string;
    title: string;
    description: string | undefined;
    /** Absolute URL of the page. */
    canonical: string;
    lang: string;
    dir: 'ltr' | 'rtl';
    /** Value for `<meta name="robots">`. */
    robots: string;
    /** Values for `<meta property>` (Open Graph) and `<meta name>` (Twitter), in order. */
    meta: { property: string | undefined; name: string | undefined; content: string }[];
    /** Values for `<link rel="alternate" hreflang>`: absolute URLs of the page's language versions. */
    alternates: { lang: string; url: string }[];
    /** Values for `<link rel="alternate" type>`: absolute URLs of feeds and of the article's JSON. */
    feeds: { type: string; title: string; url: string }[];
    /** Graph of schema.org JSON-LD, escaped for a `<script>`. */
    jsonLdHtml: string | undefined;
    /** URL of the page in the other edition (full or text); undefined if the page has no text edition. */
    otherEdition: string | undefined;
    /** Date of the newest story, on the front page; undefined on all other pages. */
    date: DateView | undefined;
  };
  assets: {
    /** URL of the hashed style sheet. */
    styles: string;
    /**
     * Text of the style sheet, for a `<style>`; undefined if site.yaml asks for a separate file. On a story's page, its
     * parts are separated by `</style><style>`.
     */
    inlineHtml: string | undefined;
    /** URLs of the web fonts that the page needs; empty if there are none for its script. */
    faces: string[];
    /** URL of the page's script; undefined if the site has replaced it with an empty file. */
    script: string | undefined;
    /**
     * Script that applies the colour scheme before the page is painted; `speculationHtml` has the speculation
     * rules.
     */
    themeHtml: string;
    speculationHtml: string;
    /** Returns the URL of a file in public/. */
    public: (name: string) => string;
  };
  t: Translate;
}

export interface BylineView {
  name: string;
  role: string | undefined;
  roleLang: string;
  roleDir: 'ltr' | 'rtl';
  /** URL of the author's page on this site. */
  url: string | undefined;
  /** Square portrait of the author. */
  picture: PictureView | undefined;
  /** First paragraph of the biography, as plain text; empty if there is no biography. */
  introduction: string;
  /** Language of the introduction. */
  lang: string;
  dir: 'ltr' | 'rtl';
}

/** A language of the site or of a story. */
export interface LanguageView {
  lang: string;
  dir: 'ltr' | 'rtl';
  /** Name of the language in that language: Deutsch, עברית. */
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
  /** Publication date; the time of day if the story is from the edition's day, that of the newest story. */
  published: DateView;
  /** When the story was last changed, if that was later than its publication and on the edition's day. */
  updated: DateView | undefined;
  type: WorkType;
  /** Label of the type of work, such as `Opinion`; empty for news. */
  label: string;
  /** Names of the authors in a list, such as `A, B and C`; empty if there are none. */
  byline: string;
  /** Portrait of the author of an opinion piece. */
  face: FaceView | undefined;
  /** Length of the headline, which determines its size in large places. */
  length: 'short' | 'medium' | 'long';
  draft: boolean;
  lang: string;
  dir: 'ltr' | 'rtl';
  picture: TeaserPictureView | undefined;
  /** Verdict and overall rating of a review; undefined for other stories. */
  verdict: string | undefined;
  rating: RatingView | undefined;
  /** Duration of a film or an audio story; undefined if unknown, or for other stories. */
  duration: DurationView | undefined;
  /** Number of pictures of a photo essay; undefined for other stories. */
  pictureCount: number | undefined;
  /** Years of the life that an obituary is about: `1815–1852`. */
  years: string | undefined;
}

/** A mark: `value` out of `best`, as numbers in the page's language, and `text` for `4 out of 5`. */
export interface RatingView {
  value: string;
  best: string;
  text: string;
}

export interface DurationView {
  /** ISO 8601 duration for `<time datetime>`: `PT754S`. */
  iso: string;
  /** Text to show: `12:34`. */
  text: string;
}

/** A small square portrait. `srcset` has files for two and three device pixels per CSS pixel. */
export interface FaceView {
  src: string;
  srcset: string;
  type: string;
}

/**
 * A picture in a list. `srcset` lists files of the media type `type`, cropped to 3:2 unless `whole`; every browser can
 * show `src`. `width` and `height` are those of the files in `srcset`, in pixels.
 */
export interface TeaserPictureView {
  src: string;
  width: number;
  height: number;
  type: string;
  srcset: string;
  /** Square files for thumbnails, for two and three device pixels per CSS pixel; undefined if `whole`. */
  thumbnails: string | undefined;
  color: string | undefined;
  /** Whether the picture is shown uncropped, because it is a drawing or graphic. */
  whole: boolean;
}

/**
 * View of article.html. Includes the front-matter keys that article/keys.ts marks with `page`, as in the
 * model.
 */
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
    /** What a review finds. `facts` have a `value`, a `rating` or both. */
    review:
      | {
          item: string;
          verdict: string;
          rating: RatingView | undefined;
          facts: { label: string; value: string | undefined; rating: RatingView | undefined }[];
        }
      | undefined;
    /** Person of an obituary. */
    life: { name: string; born: EventDateView | undefined; died: EventDateView | undefined } | undefined;
    /** Duration of a film or an audio story; undefined if unknown, or for other stories. */
    duration: DurationView | undefined;
    /** Number of pictures of a photo essay; undefined for other stories. */
    pictureCount: number | undefined;
    /** What is in the column beside the text: nothing, only the key figures, or elements of the text. */
    side: 'empty' | 'figures' | 'used';
    keyFigures: KeyFigureView[];
    /** News agencies that an agency story comes from: the names of its sources; undefined if there are none. */
    agency: string | undefined;
    /** Sources that reported the story first. */
    firstReportedBy: SourceView[];
    sources: SourceView[];
    /** Topics. `url` is undefined if the topic has no page, because only translations have the topic. */
    topics: { url: string | undefined; text: string }[];
    corrections: { date: DateView; text: string }[];
    /** Versions of the story in other languages. */
    languages: LanguageView[];
    related: TeaserView[];
    /** Next older story of the desk, in the same language. */
    next: TeaserView | undefined;
    /** Body, with all sections and footnotes. */
    html: string;
    /**
     * Body in three parts: the figure that begins it, if the story's type shows that in its header, otherwise
     * empty; at most three paragraphs; and the rest.
     */
    leadHtml: string;
    openingHtml: string;
    restHtml: string;
  };
}

/** View of home.html. Every story appears on it once. */
export interface HomeView extends FrameView {
  layout: FrontLayout;
  /** The lead; two of them if `layout` is `double`; empty if there are no stories. */
  leads: TeaserView[];
  /** Stories on the lead's subject, below it; undefined unless `layout` is `package`. */
  subject: { topic: LinkView; articles: TeaserView[] } | undefined;
  /** Stories beside the lead, the most important first. */
  beside: TeaserView[];
  /** Rows of further stories. */
  rows: FrontRow<TeaserView>[];
  /** Further stories of each desk, if the site has more stories than those above. */
  desks: { desk: LinkView; articles: TeaserView[] }[];
  /** Link to the archive; undefined if the site has no stories. */
  archive: LinkView | undefined;
}

/**
 * Position of a page within its list. The newest stories are on the first page, and older ones on numbered
 * pages with permanent addresses.
 */
export interface PagerView {
  /** Number of the page; undefined on the first page. `t('page-number', { n })` is the text for readers. */
  number: number | undefined;
  /** URL of the page with newer stories; `older` is that of the page with older ones. */
  newer: string | undefined;
  older: string | undefined;
}

/** View of list.html: a desk, topic, language, year or month. */
export interface ListView extends FrameView {
  heading: string;
  kind: 'desk' | 'topic' | 'language' | 'year' | 'month';
  description: string | undefined;
  /** Story at the top of the first page of a desk, or of a topic that has an explainer or a background story. */
  lead: TeaserView | undefined;
  articles: TeaserView[];
  pager: PagerView;
}

/** View of author.html. */
export interface AuthorView extends FrameView {
  heading: string;
  role: string | undefined;
  roleLang: string;
  roleDir: 'ltr' | 'rtl';
  /** Square portrait of the author. */
  picture: PictureView | undefined;
  links: LinkView[];
  /** Kinds of work with their numbers of stories, the most frequent first. */
  work: { text: string; count: number }[];
  /** Biography; empty on the numbered pages of the list. */
  html: string;
  /** Language of the biography. */
  lang: string;
  dir: 'ltr' | 'rtl';
  articles: TeaserView[];
  pager: PagerView;
}

/** View of archive.html: every month that has stories, newest year first. */
export interface ArchiveView extends FrameView {
  heading: string;
  years: { year: LinkView; months: (LinkView & { count: number })[] }[];
}

/** View of directory.html: all topics or all authors. */
export interface DirectoryView extends FrameView {
  heading: string;
  entries: (LinkView & { face: FaceView | undefined; description: string | undefined; count: number })[];
}

/** View of corrections.html: all corrections, newest first. */
export interface CorrectionsView extends FrameView {
  heading: string;
  /** Body of content/pages/corrections.md; empty if the file does not exist. */
  html: string;
  corrections: { date: DateView; text: string; article: LinkView; lang: string; dir: 'ltr' | 'rtl' }[];
}

/** View of feeds.html: each list of stories with the URLs of its feeds. */
export interface FeedsView extends FrameView {
  heading: string;
  lists: { name: string; feeds: LinkView[] }[];
}

/**
 * View of redirect.html, which does not use base.html. It sends browsers and search engines from a former
 * address to `target`.
 */
export interface RedirectView {
  lang: string;
  title: string;
  /** Absolute URL of the target. */
  canonical: string;
  target: string;
  t: Translate;
}

/** View of standing.html: standing pages, such as the About page. */
export interface StandingView extends FrameView {
  heading: string;
  html: string;
  contents: ContentsEntryView[];
  /** Chapters that this page names, in reading order. */
  chapters: (LinkView & { description: string | undefined; lang: string })[];
  /** The page's place in a series; undefined if it is in none. `start` is undefined on the first page. */
  series:
    | { start: LinkView | undefined; previous: LinkView | undefined; next: LinkView | undefined }
    | undefined;
}

/** View of search.html. */
export interface SearchView extends FrameView {
  heading: string;
  /** URLs of the index's parts, newest first; empty if the site has no stories. */
  indexes: string[];
  /** Labels of types of work by type, as JSON. */
  labels: string;
}

/** View of 404.html. */
export interface NotFoundView extends FrameView {
  articles: TeaserView[];
}

/** Fields that every element template receives in addition to its own. */
export interface ElementFrame {
  lang: string;
  t: Translate;
}

/** `rel` of an element's link: `sponsored` for a link from a sponsored story to another site. */
export type LinkRel = 'sponsored' | undefined;

/**
 * View of elements/section.html. `headingHtml` is the content of the heading; `html` is everything after it.
 */
export interface SectionView extends ElementFrame {
  id: string;
  depth: number;
  headingHtml: string;
  html: string;
}

/** View of elements/quote.html. `html` contains the quoted paragraphs. */
export interface QuoteView extends ElementFrame {
  id: string;
  /** URL of this quotation: `#id` on the page, absolute in a feed. */
  permalink: string;
  html: string;
  speaker: string;
  role: string | undefined;
  /** URL of the quoted work; `sourceTitle` is its title, if known. */
  source: string | undefined;
  sourceTitle: string | undefined;
  width: BlockWidth;
  rel: LinkRel;
}

/** A picture: `src`, which every browser can show, and the files that a browser may choose instead. */
export interface PictureView {
  src: string;
  /** Width of the largest file, in pixels. */
  width: number;
  height: number;
  /**
   * Placeholder colour while the picture loads, as `#rrggbb`; undefined for drawings, animations and
   * transparent pictures, and in feeds.
   */
  color: string | undefined;
  /** Files of different widths in the format of `src`; undefined if there is only one. */
  srcset: string | undefined;
  /** Other formats for `<source>`, the one with the smallest files first. */
  sources: { type: string; srcset: string }[];
}

/** View of elements/image.html. */
export interface ImageView extends ElementFrame {
  id: string;
  picture: PictureView;
  /** Whether the picture is the first block of the text, and so is visible immediately. */
  first: boolean;
  /** Width that the author chose. */
  width: ElementWidth;
  /** URL of a file for the whole screen; undefined if the picture is small, and outside the page. */
  largeUrl: string | undefined;
  alt: string;
  caption: string | undefined;
  credit: string | undefined;
  /** What the credit is for, if the author says so. `t('credit-photo')` is the text for readers. */
  creditKind: CreditKind | undefined;
}

/** View of elements/table.html. `html` is the table. */
export interface TableView extends ElementFrame {
  id: string;
  html: string;
  width: BlockWidth;
  caption: string | undefined;
  source: string | undefined;
  credit: string | undefined;
  creditKind: CreditKind | undefined;
}

/** View of elements/chart.html. */
export interface ChartView extends ElementFrame {
  id: string;
  width: BlockWidth;
  title: string;
  subtitle: string | undefined;
  source: string | undefined;
  credit: string | undefined;
  note: string | undefined;
  /** Text alternative of the chart; `label` adds its kind and title. */
  description: string;
  label: string;
  /** Drawing; undefined outside the page, because drawings need its style sheet. */
  html: string | undefined;
  /** The only number of the chart, which is shown instead of a drawing and a table. */
  single: { label: string; value: string } | undefined;
  /** Numbers of the chart. The first column contains the names of the rows. */
  table: { head: string[]; rows: { name: string; values: string[] }[] };
  /** URL of the numbers as a CSV file. */
  dataUrl: string;
}

/**
 * View of elements/video.html. `src` is a file of this site. If it is undefined, `url` is a page on another
 * site, and `host` is that site's name.
 */
export interface VideoView extends ElementFrame {
  id: string;
  caption: string;
  /** Caption as the author wrote it, for screen readers. */
  label: string;
  duration: DurationView | undefined;
  /** Width of the element that the author chose. */
  room: BlockWidth;
  credit: string | undefined;
  src: string | undefined;
  url: string | undefined;
  host: string | undefined;
  /** Width in CSS pixels; undefined if the file does not specify it. */
  width: number | undefined;
  height: number | undefined;
  poster: string | undefined;
  /** Whether the video begins the text, and so is visible immediately. */
  first: boolean;
  /** The same still in all its sizes and formats. */
  still: PictureView | undefined;
  /** URL of the captions, a WebVTT file. */
  captions: string | undefined;
  /** Paragraphs of the transcript. */
  transcript: string[];
  rel: LinkRel;
}

/** View of elements/audio.html. */
export type AudioView = Omit<
  VideoView,
  'room' | 'first' | 'width' | 'height' | 'poster' | 'still' | 'captions'
>;

/** View of elements/timeline.html. `iso` is set if the date is an ISO 8601 date. */
export interface TimelineView extends ElementFrame {
  id: string;
  width: BlockWidth;
  caption: string | undefined;
  source: string | undefined;
  credit: string | undefined;
  events: { iso: string | undefined; date: string | undefined; text: string }[];
}

/** View of elements/callout.html. */
export interface CalloutView extends ElementFrame {
  kind: 'context' | 'note' | 'correction';
  title: string | undefined;
  html: string;
}

/** View of elements/steps.html: figures with their texts, in order. */
export interface StepsView extends ElementFrame {
  title: string | undefined;
  /** Content before the first figure; empty if there is none. */
  introHtml: string;
  steps: { figureHtml: string; html: string }[];
}

/** View of elements/related-link.html. */
export interface RelatedLinkView extends ElementFrame {
  url: string;
  rel: LinkRel;
  html: string;
}

/**
 * View of card.html: the preview picture of a story without pictures. It is drawn as a PNG, and never served
 * as HTML.
 */
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
    /** Kicker of the story, or the desk's name if it has none. */
    kicker: string;
    desk: string;
    type: ArticleView['article']['type'];
    /** Date without the time of day. */
    published: DateView;
    /** First chart of the story; undefined if it has none that fits a card. */
    chart: ChartPreview | undefined;
  };
  t: Translate;
}

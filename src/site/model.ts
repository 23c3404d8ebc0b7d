/**
 * Model of the whole publication. Articles have the fields that lists, links and checks need, without their
 * bodies.
 */
import type { KeyPlaces } from '../article/key-places.ts';
import type { ArticleMeta, WorkType } from '../article/keys.ts';
import type { AuthorMeta } from '../article/model.ts';
import type { OutgoingLink } from '../article/text.ts';
import { type LocalText, textIn } from '../base/local-text.ts';
import type { ChartPreview } from '../charts/preview.ts';
import type { PlanSettings } from '../config/settings.ts';
import type { ListCrops, PictureShape } from './pictures.ts';
import type { BrokenLink, LinkTarget } from './urls.ts';

/** A content file with its own address. */
interface EntryBase {
  /** Path of the file from the site's root. */
  source: string;
  /** Address from the site's root, without the base path: `/world/2025/03/x/`. */
  path: string;
  title: string;
  lang: string;
  anchors: string[];
  links: OutgoingLink[];
  /** Names of the files that are published beside the entry's page: the data of its charts. */
  dataFiles: string[];
  /** Places of the front-matter keys that site-wide rules report on. */
  keyPlaces: KeyPlaces;
}

/** An article as lists show it. */
export interface Teaser {
  path: string;
  title: string;
  lang: string;
  standfirst: string | undefined;
  kicker: string | undefined;
  desk: string;
  published: string;
  /** When the story was last changed; undefined unless that was later than its publication, on the edition's day. */
  updated: string | undefined;
  /** Whether the story was published on the edition's day, that of the newest story. */
  isToday: boolean;
  type: WorkType;
  /** Names of the authors, in the order of the byline. */
  byline: LocalText[];
  /** Portrait of the author of an opinion piece; undefined if there are several authors. */
  face: PictureShape | undefined;
  draft: boolean;
  picture: TeaserPicture | undefined;
  /** Verdict of a review; undefined for other stories. */
  review: ArticleEntry['review'];
  /** Dates of life of an obituary's person; undefined for other stories. */
  life: ArticleEntry['life'];
  /** Duration of a film or an audio story in seconds; undefined if unknown, or for other stories. */
  seconds: number | undefined;
  /** Number of pictures of a photo essay; undefined for other stories. */
  pictures: number | undefined;
}

/** Picture of a story in lists. */
export interface TeaserPicture extends PictureShape {
  lists: ListCrops;
}

export interface ArticleEntry extends EntryBase {
  kind: 'article';
  slug: string;
  standfirst: string | undefined;
  kicker: string | undefined;
  meta: Pick<
    ArticleMeta,
    | 'desk'
    | 'type'
    | 'authors'
    | 'topics'
    | 'people'
    | 'related'
    | 'prominence'
    | 'corrections'
    | 'published'
    | 'expires'
    | 'draft'
    | 'aliases'
    | 'translationOf'
  >;
  /** When the story was last published, updated or corrected. RFC 3339. */
  modified: string;
  review: Pick<NonNullable<ArticleMeta['review']>, 'item' | 'verdict' | 'rating'> | undefined;
  life: ArticleMeta['life'];
  /** First chart of a story that has no picture, for its card. */
  chart: ChartPreview | undefined;
  /** First recording of a film or an audio story; `src` is its file, as the author wrote it. */
  recording: { src: string | undefined; seconds: number | undefined } | undefined;
  /**
   * Former addresses: the aliases, which may have a query, and the addresses according to the site's former
   * permalink patterns.
   */
  formerPaths: string[];
}

/** An article to which the site's permalink patterns have not yet assigned addresses. */
export type UnplacedArticle = Omit<ArticleEntry, 'path' | 'formerPaths'>;

export interface PageEntry extends EntryBase {
  kind: 'page';
  description: string | undefined;
  /** Former addresses. */
  aliases: string[];
  /** Source paths of the pages that this page names as its chapters, in reading order. */
  chapters: string[];
}

export interface AuthorEntry extends EntryBase {
  kind: 'author';
  /** Name of the author's file in content/authors/, without extension. */
  id: string;
  meta: Omit<AuthorMeta, 'aliases'>;
  /** Former addresses. */
  aliases: string[];
  /** First paragraph of the biography, as plain text; empty if there is no biography. */
  introduction: string;
}

/** Fields of an author that pages show, without those that only messages need. */
export type AuthorProfile = Omit<AuthorEntry, 'aliases' | 'anchors' | 'links' | 'dataFiles' | 'keyPlaces'>;

/** Name of an author for readers of a language. */
export const authorName = ({ meta, lang }: Pick<AuthorEntry, 'meta' | 'lang'>, reader: string): string =>
  textIn(meta.name, reader, lang);

/** Selects the fields of an author that pages show. */
export function profileOf({
  aliases: _aliases,
  anchors: _anchors,
  links: _links,
  dataFiles: _dataFiles,
  keyPlaces: _keyPlaces,
  ...profile
}: AuthorEntry): AuthorProfile {
  return profile;
}

export type Entry = ArticleEntry | PageEntry | AuthorEntry;

/** Entry of a source, as the compile stage creates it. */
export type SourceEntry = UnplacedArticle | PageEntry | AuthorEntry | FlawedEntry;

/**
 * A document with invalid front matter. It has no page, and its `path` is empty, but its links, its pictures
 * and the valid values of its front matter are checked.
 */
export interface FlawedEntry extends Pick<EntryBase, 'source' | 'path' | 'lang' | 'links' | 'keyPlaces'> {
  kind: 'flawed';
  /** Valid values of an article. */
  meta: Partial<ArticleEntry['meta']>;
}

/** A list of articles, newest first, with its own address. */
export interface ArticleList {
  kind: 'site' | 'desk' | 'topic' | 'author' | 'language' | 'year' | 'month';
  /** Id of the desk, topic or author; language tag; `2025` or `2025-03`. */
  id: string;
  path: string;
  name: string;
  description: string | undefined;
  lang: string;
  articles: ArticleEntry[];
}

/** The story that leads the front page. */
export interface FrontLead {
  /** Undefined if the site has no stories. */
  lead: ArticleEntry | undefined;
  /** Second story with `prominence: lead`, which may lead together with the first. */
  second: ArticleEntry | undefined;
  /** Story that would be the lead, if its prominence had not expired. */
  former: ArticleEntry | undefined;
  /** When the prominence of a lead expires, in milliseconds since the epoch; undefined if it does not. */
  until: number | undefined;
}

export interface Site {
  config: PlanSettings;
  /** Published articles, newest first. Articles with the same time are sorted by path. */
  articles: ArticleEntry[];
  pages: PageEntry[];
  /** Authors of published stories, by id. */
  authors: Map<string, AuthorEntry>;
  /**
   * Every file in content/authors/, by id. Used only for checks: the name of an author without a published
   * story may be under embargo.
   */
  authorFiles: Map<string, AuthorEntry>;
  /** The site's list and all desks, even if empty, and every other list that has articles. */
  lists: ArticleList[];
  /** Every published article, page and author, by source. */
  entries: Map<string, Entry>;
  /** Every published article, page and author, by path. */
  byPath: Map<string, Entry>;
  /**
   * Unpublished articles by source: drafts, future stories and expired ones. They are checked, but never
   * appear in the output.
   */
  withheld: Map<string, ArticleEntry>;
  /** Sources of withheld articles that have expired. */
  expired: Set<string>;
  /**
   * Documents with invalid front matter, by source. References to them are not reported, because they may be
   * correct.
   */
  flawed: Map<string, FlawedEntry>;
  /** All language versions of a story, original first, by the source of each version. */
  translations: Map<string, ArticleEntry[]>;
  /** Link targets of each document, by source, in the order of its links. */
  targets: ReadonlyMap<string, readonly (LinkTarget | BrokenLink)[]>;
  /** Files in content/ that are neither Markdown nor YAML, by path from the site's root. */
  assets: Set<string>;
  /** Files of public/, as paths below it. */
  publicFiles: Set<string>;
  /**
   * When the next story appears or expires, or stops being the lead, in milliseconds since the epoch; undefined if
   * there is no such story.
   */
  nextChange: number | undefined;
  front: FrontLead;
}

/** The publication as a whole: what lists, links and checks need to know of each article, without its body. */
import type { KeyPlaces } from '../article/key-places.ts';
import type { ArticleMeta } from '../article/keys.ts';
import type { AuthorMeta } from '../article/model.ts';
import type { OutgoingLink } from '../article/text.ts';
import type { PlanSettings } from '../config/settings.ts';
import type { Focus, PictureShape } from './pictures.ts';
import type { BrokenLink, LinkTarget } from './urls.ts';

/** Something with an address of its own that a content file makes. */
interface EntryBase {
  /** Of its source, relative to the site's root. */
  source: string;
  /** Its address from the site's root, without the base path: `/world/2025/03/x/`. */
  path: string;
  title: string;
  lang: string;
  anchors: string[];
  links: OutgoingLink[];
  /** Names of the files that its page brings along: data of charts. */
  dataFiles: string[];
  /** Where the front-matter keys that site-wide rules report are in the file. */
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
  draft: boolean;
  picture: TeaserPicture | undefined;
}

/** The picture that stands for a story. */
export interface TeaserPicture extends PictureShape {
  focus: Focus | undefined;
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
  /** The last moment at which the story changed: published, updated or corrected. RFC 3339. */
  modified: string;
  /** Former addresses: its aliases, and those that the site's former permalink patterns gave it. */
  formerPaths: string[];
}

/** An article before the site's permalink patterns give it its addresses. */
export type UnplacedArticle = Omit<ArticleEntry, 'path' | 'formerPaths'>;

export interface PageEntry extends EntryBase {
  kind: 'page';
}

export interface AuthorEntry extends EntryBase {
  kind: 'author';
  /** The name of its file in content/authors/. */
  id: string;
  meta: AuthorMeta;
  /** The first paragraph of the biography, as plain text; empty without one. */
  introduction: string;
}

/** What pages tell of an author, without what messages are about. */
export type AuthorProfile = Omit<AuthorEntry, 'anchors' | 'links' | 'dataFiles' | 'keyPlaces'>;

export function profileOf({
  anchors: _anchors,
  links: _links,
  dataFiles: _dataFiles,
  keyPlaces: _keyPlaces,
  ...profile
}: AuthorEntry): AuthorProfile {
  return profile;
}

export type Entry = ArticleEntry | PageEntry | AuthorEntry;

/** What compiling one source tells the site about it. */
export type SourceEntry = UnplacedArticle | PageEntry | AuthorEntry | FlawedEntry;

/** A document whose front matter is wrong: it has no page, and what it shows is checked all the same. Its `path` is empty. */
export interface FlawedEntry extends Pick<EntryBase, 'source' | 'path' | 'links'> {
  kind: 'flawed';
}

/** Articles that belong together, the newest first, with an address of their own. */
export interface ArticleList {
  kind: 'site' | 'desk' | 'topic' | 'author' | 'language' | 'year' | 'month';
  /** The desk's, topic's or author's id, the language's tag, `2025` or `2025-03`. */
  id: string;
  path: string;
  name: string;
  description: string | undefined;
  lang: string;
  articles: ArticleEntry[];
}

export interface Site {
  config: PlanSettings;
  /** Published ones alone, the newest first; of the same moment by path. */
  articles: ArticleEntry[];
  pages: PageEntry[];
  /** Authors of published stories, by id. */
  authors: Map<string, AuthorEntry>;
  /** Every file in content/authors/, by id. For checks only: the name of an author without a published story may be under embargo. */
  authorFiles: Map<string, AuthorEntry>;
  /** Lists with at least one article; desks always. */
  lists: ArticleList[];
  /** Every published article, page and author by its source. */
  entries: Map<string, Entry>;
  /** The same by path. */
  byPath: Map<string, Entry>;
  /** Articles that are not published, by source: drafts, stories whose time has not come or has passed. They are checked, and are nowhere in the output. */
  withheld: Map<string, ArticleEntry>;
  /** Those of them whose time has passed, by source. */
  expired: Set<string>;
  /** By source. What names one of them may be right: of that nothing is told. */
  flawed: Map<string, FlawedEntry>;
  /** All versions of a story by the source of each, the original first. */
  translations: Map<string, ArticleEntry[]>;
  /** What the links of each document lead to, by its source, in the order of its links. */
  targets: ReadonlyMap<string, readonly (LinkTarget | BrokenLink)[]>;
  /** Files of content/ that may be copied, by path from the site's root. */
  assets: Set<string>;
  /** Files of public/, by path below it. */
  publicFiles: Set<string>;
  /** When the next story appears or expires, milliseconds of the epoch; nothing when none is to. */
  nextChange: number | undefined;
}

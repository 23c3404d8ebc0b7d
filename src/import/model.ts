/**
 * Stories of other systems in the common form that every reader produces and the one writer understands.
 * All of it is plain data, so it can be posted to a worker.
 */

import type { ImportSettings } from './settings.ts';

/** A place in a source file, for messages. `line` counts from 1; undefined if the format has no lines. */
export interface SourcePlace {
  file: string;
  line?: number | undefined;
}

/** A body, in the notation of the other system. `bodies.ts` turns each format into a hast tree. */
export interface ImportedBody {
  format: 'html' | 'wordpress' | 'markdown';
  text: string;
  /** Notations of template tags in the text, such as `hugo` shortcodes. */
  tags?: readonly TagSyntax[];
  /** Footnotes that the system stores apart from the text: their HTML by id. */
  notes?: Readonly<Record<string, string>>;
}

/** Notations of template tags. */
export type TagSyntax = 'wordpress' | 'hugo' | 'liquid' | 'zola' | 'mdx';

/** A picture, as a story uses it. */
export interface ImportedPicture {
  /** Address of the file, as the source writes it: a web address, or a path. */
  src: string;
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
}

/** Why a story is not public. Stories in any state but `published` become drafts. */
export type StoryState =
  | 'published'
  | 'draft'
  | 'pending'
  | 'scheduled'
  | 'private'
  | 'password'
  | 'trash'
  | 'members'
  | 'paid'
  | 'email-only';

/** A story or a standing page. Dates are RFC 3339, or as the source writes them if they have no offset. */
export interface ImportedStory {
  /** Identifies the story in its source, and stays the same in later exports. */
  id: string;
  kind: 'story' | 'page';
  place: SourcePlace;
  title: string;
  slug: string;
  standfirst?: string | undefined;
  kicker?: string | undefined;
  dateline?: string | undefined;
  seoTitle?: string | undefined;
  seoDescription?: string | undefined;
  published?: string | undefined;
  updated?: string | undefined;
  expires?: string | undefined;
  state: StoryState;
  type?: string | undefined;
  prominence?: 'high' | 'lead' | undefined;
  /** Keys of `ImportedAuthor`. */
  authors: readonly string[];
  /** Keys of `ImportedTerm`, the main one first. The plan decides which becomes the desk. */
  terms: readonly string[];
  people?: readonly string[];
  sources?: readonly {
    name: string;
    url?: string | undefined;
    note?: string | undefined;
    firstReport?: boolean;
  }[];
  corrections?: readonly { date?: string | undefined; text: string }[];
  lang?: string | undefined;
  /** Stories with the same group are translations of each other; the first in the site's language is the original. */
  translationGroup?: string | undefined;
  /** Ids or addresses of related stories. */
  related?: readonly string[];
  /** The picture above the story. `id` refers to an `ImportedMedia`. */
  lead?: ImportedPicture | { id: string } | undefined;
  /** Addresses at which the old site published the story, the main one first: paths, possibly with a query. */
  urls: readonly string[];
  body: ImportedBody;
  /** Comment for the editors, at the top of the front matter. */
  note?: string | undefined;
}

/** A byline. The key identifies it within the source. E-mail addresses are never read. */
export interface ImportedAuthor {
  key: string;
  /** Key of the same author under another name, if the source has one with this key. */
  sameAs?: string | undefined;
  name: string;
  slug: string;
  role?: string | undefined;
  url?: string | undefined;
  /** Biography as HTML. */
  about?: string | undefined;
  picture?: string | undefined;
  urls: readonly string[];
}

/** A category or a tag. Categories can become desks. */
export interface ImportedTerm {
  key: string;
  /** Another key by which stories may refer to it. */
  otherKey?: string | undefined;
  name: string;
  slug: string;
  kind: 'category' | 'tag';
  description?: string | undefined;
  /** Key of the category that contains this one. */
  parent?: string | undefined;
  urls: readonly string[];
}

/** A file of the old site's media library. */
export interface ImportedMedia extends ImportedPicture {
  id: string;
  /** Id of the story to which the file was uploaded. */
  parent?: string | undefined;
  /** Addresses of the page about the file, if the old site had one. */
  urls: readonly string[];
}

/** Facts about the old site. */
export interface ImportedSite {
  name?: string | undefined;
  tagline?: string | undefined;
  url?: string | undefined;
  lang?: string | undefined;
  timeZone?: string | undefined;
}

/** An item of a menu: the address is a path or a web address, or refers to a story or a term. */
export interface ImportedMenuItem {
  menu: string;
  text: string;
  target: { url: string } | { story: string } | { term: string };
}

/** Items that a reader yields, in any order. */
export type ImportedItem =
  | { kind: 'site'; site: ImportedSite }
  | { kind: 'author'; author: ImportedAuthor }
  | { kind: 'term'; term: ImportedTerm }
  | { kind: 'media'; media: ImportedMedia }
  | { kind: 'menu'; item: ImportedMenuItem }
  | { kind: 'redirect'; from: string; to: string }
  /** A piece of text that stories include by its id, such as a reusable block. */
  | { kind: 'snippet'; id: string; body: ImportedBody }
  /** A correction that the source stores apart from its story. */
  | { kind: 'correction'; story: string; date: string | undefined; text: string }
  | { kind: 'comment'; story: string; author: string; date: string | undefined; text: string }
  | { kind: 'story'; story: ImportedStory }
  /** Something that is not imported, and why. Equal reasons are counted. */
  | { kind: 'left-out'; what: string; place: SourcePlace; example: string }
  /** Something that is wrong with the source. Because of it, something is not imported, unless it `isRemark`. */
  | { kind: 'problem'; place: SourcePlace; reason: string; isRemark?: true };

/** A source of stories. */
export interface Reader {
  /** Name for `--from`. */
  name: string;
  /** Name for people. */
  label: string;
  /** Whether the reader can read what is at a path. It looks at names and at the beginning of files. */
  detect(source: ImportSource): boolean;
  /**
   * Reads everything. The import calls this twice: first to survey the archive, then for the stories' bodies.
   * Problems of one item are yielded, and the others are still read.
   */
  read(source: ImportSource, options: ReaderOptions): AsyncIterable<ImportedItem> | Iterable<ImportedItem>;
}

/** The argument of `broadsheet import`, opened. */
export interface ImportSource {
  /** Absolute path of a file or a folder. */
  path: string;
  isFolder: boolean;
  /** Paths of the folder's files relative to it, with forward slashes, sorted; empty for a file. */
  files: readonly string[];
  /** Files and folders within it that are not read, and why. */
  unreadable: readonly { file: string; reason: string }[];
  /** First bytes of the file as text; empty for a folder. */
  head: string;
}

/** Options that readers need. */
export interface ReaderOptions {
  /** Types of content to import as stories besides the source's usual ones. */
  types: readonly string[];
  /** Whether to yield comments. */
  comments: boolean;
  /** Providers whose items are the newsroom's own. Those of all others become drafts. */
  publishFrom: readonly string[];
  settings: ImportSettings;
}

/** The publication as a whole: what lists, links and checks need to know of each article, without its body. */
import type { ArticleMeta } from '../article/model.ts';
import type { OutgoingLink } from '../article/text.ts';
import type { Config } from '../config.ts';
import type { Place } from '../diagnostics.ts';

/** Something with an address of its own that a content file makes. */
export interface Entry {
  kind: 'article' | 'page';
  /** Of its source, relative to the site's root. */
  source: string;
  /** Its address from the site's root, without the base path: `/world/2025/03/x/`. */
  path: string;
  title: string;
  lang: string;
  anchors: string[];
  links: OutgoingLink[];
  places: Record<string, Place>;
}

export interface ArticleEntry extends Entry {
  kind: 'article';
  meta: Pick<
    ArticleMeta,
    'standfirst' | 'kicker' | 'published' | 'updated' | 'desk' | 'authors' | 'topics' | 'related' | 'draft'
  >;
}

export interface PageEntry extends Entry {
  kind: 'page';
}

export interface AuthorEntry {
  /** The name of its file in content/authors/. */
  id: string;
  source: string;
  name: string;
  role: string | undefined;
  url: string | undefined;
}

export interface Site {
  config: Config;
  /** Published ones alone, the newest first; of the same moment by path. */
  articles: ArticleEntry[];
  pages: PageEntry[];
  authors: Map<string, AuthorEntry>;
  /** Every article and page by its source. */
  entries: Map<string, Entry>;
  /** Articles that are not published, by source: drafts, and stories whose time has not come. They are checked, and are nowhere in the output. */
  withheld: Map<string, ArticleEntry>;
  /** Files of content/ that may be copied, by path from the site's root. */
  assets: Set<string>;
  /** Files of public/, by path below it. */
  publicFiles: Set<string>;
}

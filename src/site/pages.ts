/**
 * The pages of a site as data: everything that a page depends on, except the configuration, the templates and
 * its document.
 */
import type { WorkType } from '../article/keys.ts';
import { outputs } from '../config/outputs.ts';
import type { ArticleList, AuthorProfile, PageEntry, Teaser } from './model.ts';
import type { Pager } from './paginate.ts';
import type { PictureMap } from './pictures.ts';
import type { RecordingMap } from './recordings.ts';
import type { RedirectTarget } from './redirects.ts';
import type { LinkTarget } from './urls.ts';

/**
 * Targets of the addresses in a document, by address as written. Omits addresses that are broken or not
 * allowed.
 */
export type LinkMap = Record<string, LinkTarget>;

/** Pictures of every published document, by its source. */
export type PictureMaps = ReadonlyMap<string, PictureMap>;

/** Recordings of every published document, by its source. */
export type RecordingMaps = ReadonlyMap<string, RecordingMap>;

/** A language version of a story. `name` is the language's name in that language. */
export interface LanguageVersion {
  lang: string;
  name: string;
  path: string;
}

/** A correction, with the title, path and language of its article. */
export interface CorrectionNotice {
  date: string;
  text: string;
  title: string;
  path: string;
  lang: string;
}

/** A list without its articles. */
export type ListHead = Omit<ArticleList, 'articles'>;

/**
 * A page and everything that it depends on, except the configuration, the templates and its own document.
 * `path` is its address from the site's root, without the base path. Messages about the page refer to the
 * file `source` and the front-matter key `key`. `Story` is the type of the stories that the page lists.
 */
export type Page<Story = Teaser> = { path: string; source: string; key?: string | undefined } & (
  | ArticlePage<Story>
  | StandingPlan
  | HomePage<Story>
  /**
   * `lead` is the first story of a desk, or the newest explainer or background story of a topic, on the first page of the list. It is
   * not among `articles`.
   */
  | { kind: 'list'; list: ListHead; lead: Story | undefined; articles: Story[]; pager: Pager }
  | ({
      kind: 'author';
      entry: AuthorProfile;
      list: ListHead;
      /** Numbers of the author's stories by type of work, the most frequent first. */
      work: { type: WorkType; count: number }[];
      articles: Story[];
      pager: Pager;
    } & Shown)
  | { kind: 'archive'; months: { id: string; count: number }[] }
  | { kind: 'directory'; of: 'topic' | 'author'; lists: (ListHead & { count: number })[] }
  /** `entry` is content/pages/corrections.md, in which the newsroom describes how it corrects errors. */
  | ({
      kind: 'corrections';
      corrections: CorrectionNotice[];
      entry: Pick<PageEntry, 'source' | 'title'> | undefined;
    } & Shown)
  | { kind: 'feeds'; lists: ListHead[] }
  | { kind: 'redirect'; title: string; lang: string; target: RedirectTarget }
  | { kind: 'notFound'; articles: Story[] }
  /** `years` lists the years with a search index, newest first. */
  | { kind: 'search'; years: string[] }
  /** A file of content/ or public/ that is copied unchanged. */
  | { kind: 'copy' }
);

/** A standing page, with its place in a series of pages. */
interface StandingPlan extends Shown {
  kind: 'standing';
  chapters: Pick<PageEntry, 'path' | 'title' | 'description' | 'lang'>[];
  /**
   * Place in a series; undefined if the page is in none. `start` is the first page, unless it is this one.
   */
  series: Record<'start' | 'previous' | 'next', Pick<PageEntry, 'path' | 'title'> | undefined> | undefined;
}

/** A page that a template renders. */
export type RenderedPage<Story = Teaser> = Exclude<Page<Story>, { kind: 'copy' }>;

export type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

/** Links, pictures and recordings of a document. */
export interface Shown {
  links: LinkMap;
  pictures: PictureMap;
  recordings: RecordingMap;
}

/**
 * Layout of the front page above the desks:
 * - `banner`: a lead with a picture as wide as the page, if there are too few stories for a column;
 * - `picture`: a lead with a picture, and a column beside it;
 * - `package`: the same, with further stories on the lead's subject below it;
 * - `double`: two leads side by side;
 * - `text`: a lead without a picture.
 */
export const frontLayouts = ['banner', 'picture', 'package', 'double', 'text'] as const;
export type FrontLayout = (typeof frontLayouts)[number];

/** A row of at most four stories, which all have a picture or all have none. */
export interface FrontRow<Story> {
  pictured: boolean;
  /** Stories, without the standfirsts that would make the row uneven. */
  stories: Story[];
}

/** The home page. Every story appears on it only once. */
export interface HomePage<Story = Teaser> {
  kind: 'home';
  layout: FrontLayout;
  /** Publication time of the newest story, whose day is the edition's; undefined if there are no stories. */
  edition: string | undefined;
  /** The lead; two of them if `layout` is `double`; empty if there are no stories. */
  leads: Story[];
  /** Stories on the lead's subject, below it; undefined unless `layout` is `package`. */
  subject: { list: ListHead; articles: Story[] } | undefined;
  /** Stories beside the lead, the most important first. */
  beside: Story[];
  /** Rows of further stories. */
  rows: FrontRow<Story>[];
  /** Further stories of each desk. */
  desks: { list: ListHead; articles: Story[] }[];
}

export interface ArticlePage<Story = Teaser> extends Shown {
  kind: 'article';
  /** When the story was last published, updated or corrected. RFC 3339. */
  modified: string;
  /** Key of the lead picture in `pictures`; undefined if the story has none. */
  lead: string | undefined;
  /**
   * Path of the story's card from the site's root; undefined if it has none, for example because it has a
   * picture for previews.
   */
  card: string | undefined;
  related: Story[];
  /** Next older story of the desk, in the same language, that `related` does not contain. */
  next: Story | undefined;
  /** Duration of a film or an audio story in seconds; undefined if unknown, or for other stories. */
  duration: number | undefined;
  /** Number of pictures of a photo essay; undefined for other stories. */
  pictureCount: number | undefined;
  /** All language versions of the story, including this one, original first; empty if there is only one. */
  languages: LanguageVersion[];
}

/** Whether a list has feeds. Years and months have no feeds, because old ones receive no new stories. */
export function hasFeeds({ kind }: Pick<ArticleList, 'kind'>): boolean {
  return kind !== 'year' && kind !== 'month';
}

/** Year whose search index contains a story: `2025`. */
export const yearOf = ({ meta }: { meta: { published: string } }): string => meta.published.slice(0, 4);

/** Path of a year's search index, from the site's root. */
export const searchIndexPath = (year: string): string => `/${outputs.search.folder}/${year}/`;

/** The pages of a site as data: everything that each is made from, except the configuration, the templates and its document. */
import { outputs } from '../config/outputs.ts';
import type { ArticleList, AuthorProfile, PageEntry, Teaser } from './model.ts';
import type { Pager } from './paginate.ts';
import type { PictureMap } from './pictures.ts';
import type { RecordingMap } from './recordings.ts';
import type { LinkTarget } from './urls.ts';

/** What the addresses in a document's text lead to: by the address as written, what to print. Those that must not be followed are absent. */
export type LinkMap = Record<string, LinkTarget>;

/** The pictures of every document that is published, by its source. */
export type PictureMaps = ReadonlyMap<string, PictureMap>;

/** The same of videos and sound. */
export type RecordingMaps = ReadonlyMap<string, RecordingMap>;

/** A story in one of its languages. */
export interface LanguageVersion {
  lang: string;
  name: string;
  path: string;
}

export interface CorrectionNotice {
  date: string;
  text: string;
  title: string;
  path: string;
  lang: string;
}

/** A list as its pages and feeds name it. */
export type ListHead = Omit<ArticleList, 'articles'>;

/**
 * A page and everything that it is made from, except the configuration, the templates and its own document. `path` is its address from the
 * site's root, without the base path; `source` is the file that messages about it name, and `key` the key of its front matter.
 * `Story` is the form of the stories that it lists.
 */
export type Page<Story = Teaser> = { path: string; source: string; key?: string | undefined } & (
  | ArticlePage<Story>
  | ({ kind: 'standing' } & Shown)
  | HomePage<Story>
  | { kind: 'list'; list: ListHead; articles: Story[]; pager: Pager }
  | ({ kind: 'author'; entry: AuthorProfile; list: ListHead; articles: Story[]; pager: Pager } & Shown)
  | { kind: 'archive'; months: { id: string; count: number }[] }
  | { kind: 'directory'; of: 'topic' | 'author'; lists: (ListHead & { count: number })[] }
  /** `entry` is content/pages/corrections.md, where the newsroom says how it corrects. */
  | ({
      kind: 'corrections';
      corrections: CorrectionNotice[];
      entry: Pick<PageEntry, 'source' | 'title'> | undefined;
    } & Shown)
  | { kind: 'feeds'; lists: ListHead[] }
  | { kind: 'redirect'; title: string; lang: string; target: string }
  | { kind: 'notFound'; articles: Story[] }
  /** The years that have an index, the newest first. */
  | { kind: 'search'; years: string[] }
  /** A file of content/ or public/, copied as it is. */
  | { kind: 'copy' }
);

/** A page that is rendered, by a template. */
export type RenderedPage<Story = Teaser> = Exclude<Page<Story>, { kind: 'copy' }>;

export type PageOf<Kind extends Page['kind']> = Extract<Page, { kind: Kind }>;

/** What a document's addresses stand for. */
export interface Shown {
  links: LinkMap;
  pictures: PictureMap;
  recordings: RecordingMap;
}

/** Every story stands on it once. */
export interface HomePage<Story = Teaser> {
  kind: 'home';
  lead: Story | undefined;
  /** Beside the lead: the prominent ones, else the newest. */
  high: Story[];
  /** The newest of the others. */
  articles: Story[];
  /** What else the desks have, where there is more. */
  desks: { list: ListHead; articles: Story[] }[];
}

export interface ArticlePage<Story = Teaser> extends Shown {
  kind: 'article';
  /** RFC 3339. */
  modified: string;
  /** Address of the picture that stands for the story, in `pictures`. */
  lead: string | undefined;
  /** Address of the card that stands for it where it has no picture of its own, from the site's root. */
  card: string | undefined;
  related: Story[];
  /** All versions of the story, this one too, the original first; empty when there is but one. */
  languages: LanguageVersion[];
}

/** Whether a list has feeds. Years and months have none, because nothing new is added to them. */
export function hasFeeds({ kind }: Pick<ArticleList, 'kind'>): boolean {
  return kind !== 'year' && kind !== 'month';
}

/** The year whose search index contains a story: `2025`. */
export const yearOf = ({ meta }: { meta: { published: string } }): string => meta.published.slice(0, 4);

/** Path of a year's search index, from the site's root. */
export const searchIndexPath = (year: string): string => `/${outputs.search.folder}/${year}/`;

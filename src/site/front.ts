/** Edits the front page: selects its stories, so that each appears only once, and the layout that they fill. */
import type { PlanSettings } from '../config/settings.ts';
import { columnHeight, rowHeight } from './front-heights.ts';
import type { ArticleEntry, FrontLead, Site, Teaser } from './model.ts';
import type { FrontLayout, FrontRow, HomePage, Page } from './pages.ts';
import type { TeaserOf } from './teasers.ts';

/** Number of newest stories from which the lead and the prominent stories are chosen. */
const leadReach = 30;
/** Number of stories in the column beside the lead. The height of the lead decides. */
const besideCount = { least: 3, most: 6 };
/** Number of stories on the lead's subject below it. */
const packageCount = { least: 2, most: 3 };
/**
 * Number of further stories that are all shown above the desks, with and without a column beside the lead. If there are
 * more, only one row is.
 */
const restCount = { besideColumn: 9, alone: 12 };
/** Number of stories in a row. */
const rowCount = 4;
/** Difference in height up to which the stories of a row count as equally high, in CSS pixels. */
const evenness = 24;
/** Number of stories per desk. */
const deskCount = 5;

/**
 * Selects the lead: the newest story with `prominence: lead` that is not older than `leadDays`, or else the newest
 * story that is not sponsored. That story leads for as long as it is the newest.
 * @param articles stories of the site's list, newest first
 * @param now the build's clock, in milliseconds since the epoch; with `any`, no prominence expires
 */
export function leadOf(
  articles: readonly ArticleEntry[],
  { leadDays }: Pick<PlanSettings, 'leadDays'>,
  now: number | 'any',
): FrontLead {
  const near = articles.slice(0, leadReach);
  const endOf = ({ meta }: ArticleEntry) => Date.parse(meta.published) + leadDays * 86_400_000;
  const holds = (article: ArticleEntry) => now === 'any' || endOf(article) > now;
  const marked = near.filter(({ meta }) => meta.prominence === 'lead');
  const newest = articles.find(({ meta }) => meta.type !== 'sponsored') ?? articles[0];
  const [first] = marked;
  if (!first || (first !== newest && !holds(first)))
    return { lead: newest, second: undefined, former: first, until: undefined };
  const second = marked[1] && holds(marked[1]) ? marked[1] : undefined;
  const ends = [...(first === newest ? [] : [endOf(first)]), ...(second ? [endOf(second)] : [])];
  return { lead: first, second, former: undefined, until: ends.length > 0 ? Math.min(...ends) : undefined };
}

/** Stories of the front page by their places, and why its layout was chosen. */
export interface FrontPlan {
  layout: FrontLayout;
  /** Facts that decided the layout, for `check --explain front`. */
  reason: FrontReason;
  leads: ArticleEntry[];
  subject: { id: string; articles: ArticleEntry[] } | undefined;
  beside: ArticleEntry[];
  rows: FrontRow<ArticleEntry>[];
  desks: { id: string; articles: ArticleEntry[] }[];
}

export type FrontReason =
  | { kind: 'empty' }
  | { kind: 'two-leads' }
  | { kind: 'no-picture' }
  | { kind: 'subject'; topic: string; count: number }
  | { kind: 'few'; others: number }
  | { kind: 'usual' };

/** Chooses the layout of the front page and the stories for each of its places. */
export function planFront(site: Site, teaserOf: TeaserOf): FrontPlan {
  const all = site.lists[0]!.articles;
  const { lead, former } = site.front;
  const hasPicture = (article: ArticleEntry) => teaserOf(article).picture !== undefined;
  const hasList = (topic: string) => site.lists.some(({ kind, id }) => kind === 'topic' && id === topic);
  const isHigh = ({ meta, source }: ArticleEntry) =>
    meta.prominence !== 'normal' && source !== former?.source;
  if (!lead)
    return {
      layout: 'text',
      reason: { kind: 'empty' },
      leads: [],
      subject: undefined,
      beside: [],
      rows: [],
      desks: [],
    };

  const second =
    site.front.second && hasPicture(site.front.second) === hasPicture(lead) ? site.front.second : undefined;
  const leads = second ? [lead, second] : [lead];
  const others = all.filter(article => !leads.includes(article));
  const near = others.slice(0, leadReach);
  const ordered = [...near.filter(isHigh), ...near.filter(article => !isHigh(article))];
  const shown = new Set(leads);
  const take = (articles: readonly ArticleEntry[]) => {
    for (const article of articles) shown.add(article);
    return [...articles];
  };

  const top = chooseTop(lead, second, ordered, { hasPicture, isHigh, hasList });
  const subject = top.subject && { id: top.subject.id, articles: take(top.subject.articles) };
  const free = ordered.filter(article => !shown.has(article));
  const beside =
    top.layout === 'picture' || top.layout === 'package'
      ? take(besideLead(lead, subject !== undefined, free, teaserOf))
      : [];

  const rest = ordered.filter(article => !shown.has(article));
  const count = others.filter(article => !shown.has(article)).length;
  const isSmall = count <= (beside.length > 0 ? restCount.besideColumn : restCount.alone);
  const rows = (isSmall ? allRows : firstRow)(rest, hasPicture);
  for (const { stories } of rows) take(stories);
  const desks = site.lists.flatMap(({ articles, kind, id }) => {
    if (kind !== 'desk') return [];
    const own = articles.filter(article => !shown.has(article)).slice(0, deskCount);
    return own.length > 0 ? [{ id, articles: own }] : [];
  });
  return { layout: top.layout, reason: top.reason, leads, subject, beside, rows, desks };
}

interface Traits {
  hasPicture(article: ArticleEntry): boolean;
  isHigh(article: ArticleEntry): boolean;
  /** Whether a topic has a page. */
  hasList(topic: string): boolean;
}

/** Chooses the layout, from the lead and the stories after it, the most important first. */
function chooseTop(
  lead: ArticleEntry,
  second: ArticleEntry | undefined,
  ordered: readonly ArticleEntry[],
  { hasPicture, isHigh, hasList }: Traits,
): Pick<FrontPlan, 'layout' | 'reason' | 'subject'> {
  const subject = undefined;
  if (second) return { layout: 'double', reason: { kind: 'two-leads' }, subject };
  if (!hasPicture(lead)) return { layout: 'text', reason: { kind: 'no-picture' }, subject };
  if (ordered.length < besideCount.least)
    return { layout: 'banner', reason: { kind: 'few', others: ordered.length }, subject };
  const related = lead.meta.topics
    .filter(hasList)
    .map(id => ({ id, articles: ordered.filter(story => isHigh(story) && story.meta.topics.includes(id)) }))
    .sort((a, b) => b.articles.length - a.articles.length)[0];
  if (
    related &&
    related.articles.length >= packageCount.least &&
    ordered.length >= packageCount.most + besideCount.least
  ) {
    const articles = related.articles.slice(0, packageCount.most);
    const reason = { kind: 'subject', topic: related.id, count: articles.length } as const;
    return { layout: 'package', reason, subject: { id: related.id, articles } };
  }
  return { layout: 'picture', reason: { kind: 'usual' }, subject };
}

/**
 * Selects the stories beside the lead: as many as the column needs to be about as high as the lead. The pictures of
 * both columns then fill the difference.
 */
function besideLead(
  lead: ArticleEntry,
  hasSubject: boolean,
  free: readonly ArticleEntry[],
  teaserOf: TeaserOf,
): ArticleEntry[] {
  const height = columnHeight('lead', [teaserOf(lead)]) + (hasSubject ? columnHeight('package', []) : 0);
  let count = Math.min(besideCount.least, free.length);
  while (
    count < Math.min(besideCount.most, free.length) &&
    columnHeight('beside', free.slice(0, count).map(teaserOf)) < height
  )
    count++;
  return free.slice(0, count);
}

/** One row of stories that all have a picture, or that all have none. */
function firstRow(
  ordered: readonly ArticleEntry[],
  hasPicture: Traits['hasPicture'],
): FrontRow<ArticleEntry>[] {
  const pictured = ordered.filter(hasPicture).slice(0, rowCount);
  if (pictured.length === rowCount) return [{ pictured: true, stories: pictured }];
  const plain = alike(ordered.filter(article => !hasPicture(article)));
  return plain.length >= rowCount ? [{ pictured: false, stories: plain.slice(0, rowCount) }] : [];
}

/** All stories in rows, first those with a picture. */
function allRows(rest: readonly ArticleEntry[], hasPicture: Traits['hasPicture']): FrontRow<ArticleEntry>[] {
  const pictured = rest.filter(hasPicture);
  const plain = rest.filter(article => !hasPicture(article));
  return [
    ...splitRow(pictured).map(stories => ({ pictured: true, stories })),
    ...splitRow(alike(plain)).map(stories => ({ pictured: false, stories })),
  ];
}

/**
 * Omits standfirsts from a row, so that its stories are about equally high. If they are not with all standfirsts, only
 * those remain that fit beside the longest headline.
 */
function evenOut(stories: readonly Teaser[]): Teaser[] {
  const heightOf = (story: Teaser) => rowHeight(story, stories.length);
  const heights = stories.map(heightOf);
  if (Math.max(...heights) - Math.min(...heights) <= evenness) return [...stories];
  const bare = stories.map(story => ({ ...story, standfirst: undefined }));
  const limit = Math.max(...bare.map(heightOf)) + evenness;
  return stories.map((story, index) => (heights[index]! <= limit ? story : bare[index]!));
}

/** Sorts stories with a standfirst first, so that the stories of a row are about equally high. */
const alike = (stories: readonly ArticleEntry[]): ArticleEntry[] =>
  stories.toSorted((a, b) => Number(b.standfirst !== undefined) - Number(a.standfirst !== undefined));

/** Splits stories into as few rows as possible, of about equal length. */
function splitRow(stories: readonly ArticleEntry[]): ArticleEntry[][] {
  const count = Math.ceil(stories.length / rowCount);
  return Array.from({ length: count }, (_, index) =>
    stories.slice(
      Math.floor((index * stories.length) / count),
      Math.floor(((index + 1) * stories.length) / count),
    ),
  );
}

/** Plans the home page. */
export function homePage(site: Site, teaserOf: TeaserOf): Page {
  const { layout, leads, subject, beside, rows, desks } = planFront(site, teaserOf);
  const listOf = (kind: string, id: string) => {
    const { articles: _, ...list } = site.lists.find(list => list.kind === kind && list.id === id)!;
    return list;
  };
  const page: HomePage = {
    kind: 'home',
    layout,
    edition: site.lists[0]!.articles[0]?.meta.published,
    leads: leads.map(teaserOf),
    subject: subject && { list: listOf('topic', subject.id), articles: subject.articles.map(teaserOf) },
    beside: beside.map(teaserOf),
    rows: rows.map(row => ({ ...row, stories: evenOut(row.stories.map(teaserOf)) })),
    desks: desks.map(({ id, articles }) => ({ list: listOf('desk', id), articles: articles.map(teaserOf) })),
  };
  return { ...page, path: '/', source: 'templates/home.html' };
}

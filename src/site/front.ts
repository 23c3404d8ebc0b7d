/** Selects the stories of the front page, so that each appears only once. */
import type { PlanSettings } from '../config/settings.ts';
import type { ArticleEntry, FrontLead, Site } from './model.ts';
import type { Page } from './pages.ts';
import type { TeaserOf } from './teasers.ts';

/** Number of newest stories from which the lead and the prominent stories are chosen. */
const leadReach = 30;
/**
 * Number of stories beside the lead: at most `most` prominent ones. If there are few, other stories follow,
 * up to `least`, or up to `pictured` if the lead has a picture.
 */
const highCount = { least: 2, pictured: 3, most: 4 };
/**
 * Number of newest stories below the lead and the stories beside it: `most`, or only `least` if further
 * stories remain for the desks.
 */
const newestCount = { least: 3, most: 9 };
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
  const marked = articles.slice(0, leadReach).find(({ meta }) => meta.prominence === 'lead');
  const end = marked && Date.parse(marked.meta.published) + leadDays * 86_400_000;
  const newest = articles.find(({ meta }) => meta.type !== 'sponsored') ?? articles[0];
  if (!marked || marked === newest) return { lead: newest, former: undefined, until: undefined };
  return now !== 'any' && end !== undefined && end <= now
    ? { lead: newest, former: marked, until: undefined }
    : { lead: marked, former: undefined, until: end };
}

/** Plans the home page. */
export function homePage(site: Site, teaserOf: TeaserOf): Page {
  const all = site.lists[0]!.articles;
  const { lead, former } = site.front;
  const others = all.filter(article => article !== lead);
  const isHigh = ({ meta, source }: ArticleEntry) =>
    meta.prominence !== 'normal' && source !== former?.source;
  const near = others.slice(0, leadReach);
  const high = [
    ...near.filter(isHigh).slice(0, highCount.most),
    ...near.filter(article => !isHigh(article)),
  ].slice(
    0,
    Math.max(
      lead && teaserOf(lead).picture ? highCount.pictured : highCount.least,
      Math.min(highCount.most, near.filter(isHigh).length),
    ),
  );
  const shown = new Set(lead ? [lead, ...high] : []);
  const rest = others.filter(article => !shown.has(article));
  const newest = rest.slice(0, rest.length > newestCount.most ? newestCount.least : newestCount.most);
  for (const article of newest) shown.add(article);
  const desks = site.lists.flatMap(({ articles, ...list }) => {
    if (list.kind !== 'desk' || shown.size > others.length) return [];
    const own = articles.filter(article => !shown.has(article)).slice(0, deskCount);
    return own.length > 0 ? [{ list, articles: own.map(teaserOf) }] : [];
  });
  return {
    kind: 'home',
    path: '/',
    source: 'templates/home.html',
    lead: lead && teaserOf(lead),
    high: high.map(teaserOf),
    articles: newest.map(teaserOf),
    desks,
  };
}

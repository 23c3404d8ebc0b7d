/** Addresses of an old site's feeds, lists, archives and attachment pages, which lead to the lists of the new one. */
import { isRedirectSource, withoutSlash } from '../base/addresses.ts';
import { createTimeZone } from '../base/dates.ts';
import { addressPath } from './addresses.ts';
import { readMoment } from './dates.ts';
import { findPlanned, plannedStory, type SitePlan } from './plan-site.ts';
import type { SiteRedirect } from './site-file.ts';
import { placeOf } from './story.ts';
import type { Survey } from './survey.ts';

/** Addresses that a system publishes besides stories, pages and terms. */
interface OldLists {
  /** Addresses of the main feed. */
  feeds: readonly string[];
  /** Ends of the addresses of a list's feed. */
  listFeeds: readonly string[];
  /** Folders of the lists of terms and authors. */
  folders: { topics: readonly string[]; authors: readonly string[] };
  /** Folder of the numbered pages of the front page. */
  pages?: string;
  /** Whether there is a list of each year and of each month. */
  isDated?: boolean;
}

const systems: Readonly<Record<string, OldLists>> = {
  wordpress: {
    feeds: ['/feed/*', '/comments/feed/*', '/?feed=rss2', '/?feed=atom', '/?feed=rss'],
    listFeeds: ['feed/'],
    folders: { topics: ['/category/*', '/tag/*'], authors: ['/author/*'] },
    pages: '/page/*',
    isDated: true,
  },
  ghost: {
    feeds: ['/rss/*'],
    listFeeds: ['rss/'],
    folders: { topics: ['/tag/*'], authors: ['/author/*'] },
    pages: '/page/*',
  },
  substack: { feeds: ['/feed'], listFeeds: [], folders: { topics: [], authors: [] } },
  hugo: {
    feeds: ['/index.xml'],
    listFeeds: ['index.xml'],
    folders: { topics: ['/tags/*', '/categories/*'], authors: [] },
    pages: '/page/*',
  },
  hexo: {
    feeds: ['/rss2.xml'],
    listFeeds: [],
    folders: { topics: ['/tags/*', '/categories/*'], authors: [] },
    pages: '/page/*',
  },
};

/** Hosts limit the number of rules: Cloudflare Pages reads 100 that end in `*`, and 2,000 others. */
const limits = { beginnings: 90, feeds: 300, attachments: 500 };

/**
 * Plans the redirects of a system's lists. The most general ones come first.
 * @param reader name of the reader
 * @param isTaken whether the new site has something else at an address
 */
export function planListRedirects(
  survey: Survey,
  plan: SitePlan,
  reader: string,
  isTaken: (address: string) => boolean,
): SiteRedirect[] {
  const system = systems[reader];
  if (!system) return [];
  const terms = termRules(survey, plan, system);
  const beginnings = [...generalRules(survey, plan, system), ...terms.beginnings];
  const exact = [
    ...system.feeds.filter(from => !from.endsWith('*')).map(from => ({ from, to: '/feed.xml' })),
    ...terms.feeds.slice(0, limits.feeds),
    ...(system.isDated ? dateRules(survey, plan) : []),
    ...attachmentRules(survey, plan),
  ];
  const addresses = survey.stories.map(({ id }) => plannedStory(plan, id).address);
  const seen = new Set<string>();
  const isFree = ({ from }: SiteRedirect) => {
    const key = withoutSlash(from);
    if (seen.has(key) || !isRedirectSource(from)) return false;
    seen.add(key);
    return !from.endsWith('*')
      ? !isTaken(from)
      : // Some hosts redirect existing pages, too.
        !addresses.some(address => address.startsWith(from.slice(0, -1)));
  };
  return [...beginnings.filter(isFree).slice(0, limits.beginnings), ...exact.filter(isFree)];
}

/** Rules for whole folders, which apply where no other one does. */
function generalRules(survey: Survey, plan: SitePlan, system: OldLists): SiteRedirect[] {
  const published = publishedStories(survey, plan);
  const hasTopics = published.some(({ topics }) => topics.length > 0);
  const hasAuthors = published.some(({ authors }) => authors.length > 0);
  return [
    ...system.feeds.filter(from => from.endsWith('*')).map(from => ({ from, to: '/feed.xml' })),
    ...(system.pages ? [{ from: system.pages, to: '/archive/' }] : []),
    ...system.folders.topics.map(from => ({ from, to: hasTopics ? '/topics/' : '/archive/' })),
    ...system.folders.authors.map(from => ({ from, to: hasAuthors ? '/authors/' : '/archive/' })),
  ];
}

const publishedStories = ({ stories }: Survey, plan: SitePlan) =>
  stories.flatMap(({ id, kind }) => {
    const story = plannedStory(plan, id);
    return kind === 'story' && story.isPublic ? [story] : [];
  });

/** The numbered pages and the feed of the list of each category, tag and author. */
function termRules(survey: Survey, plan: SitePlan, { listFeeds }: OldLists) {
  const shown = new Set(publishedStories(survey, plan).flatMap(({ authors }) => authors));
  const lists = [
    ...[...survey.terms.values()]
      .toSorted((a, b) => Number(a.kind === 'tag') - Number(b.kind === 'tag'))
      .flatMap(({ urls }) => urls.map(url => ({ url, to: placeOf(url, plan.places) }))),
    ...[...plan.authors]
      .filter(([, id]) => shown.has(id))
      .flatMap(([key, id]) =>
        (survey.authors.get(key)?.urls ?? []).map(url => ({ url, to: `/authors/${id}/` })),
      ),
  ].filter((list): list is { url: string; to: string } => list.to?.startsWith('/') ?? false);
  const paths = lists.filter(({ url }) => url.endsWith('/') && !url.includes('?'));
  return {
    beginnings: paths.map(({ url, to }) => ({ from: `${url}*`, to })),
    feeds: paths.flatMap(({ url, to }) => listFeeds.map(end => ({ from: url + end, to: `${to}feed.xml` }))),
  };
}

/** Lists of years and months. */
function dateRules({ stories }: Survey, plan: SitePlan): SiteRedirect[] {
  const zone = createTimeZone(plan.timeZone);
  const months = new Set(
    stories.flatMap(({ id, kind, published }) => {
      const isShown = kind === 'story' && plannedStory(plan, id).isPublic;
      const date = isShown ? readMoment(published, zone) : undefined;
      return date === undefined ? [] : [date.slice(0, 7)];
    }),
  );
  const years = new Set([...months].map(month => month.slice(0, 4)));
  return [...years, ...months]
    .map(date => date.replace('-', '/'))
    .toSorted()
    .map(path => ({ from: `/${path}/`, to: `/archive/${path}/` }));
}

/** Pages about pictures lead to the story to which the picture was uploaded. */
function attachmentRules({ library }: Survey, plan: SitePlan): SiteRedirect[] {
  return [...library.values()]
    .flatMap(({ urls, parent = '' }) => {
      const story = findPlanned(plan, parent);
      return story?.isPublic ? [urls.map(url => ({ from: addressPath(url) ?? '', to: story.address }))] : [];
    })
    .slice(0, limits.attachments)
    .flat();
}

/** Addresses of the old site that belong to no story: menus, feeds, lists, and the redirects that it had. */
import { parse } from 'csv-parse/sync';
import { isRedirectSource, withoutSlash } from '../base/addresses.ts';
import type { Config } from '../config/config.ts';
import { readText } from '../disk/files.ts';
import { addressPath } from './addresses.ts';
import { ImportError } from './import-error.ts';
import { planListRedirects } from './list-redirects.ts';
import type { ImportedMenuItem } from './model.ts';
import { findPlanned, type PlannedTerm, plannedStory, type SitePlan } from './plan-site.ts';
import type { SiteMenuItem, SiteRedirect } from './site-file.ts';
import { placeOf, sameHost } from './story.ts';
import type { Survey } from './survey.ts';
import { findIn } from './table.ts';

/** Largest number of items of a menu that fit on one line. */
const menuLimit = 10;

/** Menu of the new site: the old main menu, without what is not imported. */
export function planMenu(survey: Survey, plan: SitePlan): SiteMenuItem[] {
  const groups = new Map<string, ImportedMenuItem[]>();
  for (const item of survey.menu) groups.set(item.menu, [...(groups.get(item.menu) ?? []), item]);
  const main = [...groups].toSorted(([a], [b]) => Number(isMain(b)) - Number(isMain(a)))[0]?.[1] ?? [];
  const items = main.flatMap(({ text, target }): SiteMenuItem[] => {
    const { name, url } = menuTarget(target, survey, plan);
    const words = text.trim() || name;
    return url === undefined || words === undefined ? [] : [{ text: words, url }];
  });
  return items.slice(0, menuLimit);
}

const isMain = (name: string): boolean => /^(?:primary|main|header|top|navigation)/i.test(name);

/** Where an item of a menu leads, and the name of what is there: an item without a text shows it. */
function menuTarget(
  target: ImportedMenuItem['target'],
  survey: Survey,
  plan: SitePlan,
): { name?: string | undefined; url: string | undefined } {
  if ('url' in target) return { url: menuAddress(target.url, survey, plan) };
  if ('story' in target) {
    const story = survey.stories.find(({ id }) => id === target.story);
    const planned = findPlanned(plan, target.story);
    return { name: story?.title, url: planned?.isPublic ? planned.address : undefined };
  }
  const term = survey.terms.get(target.term);
  const place = term?.urls.map(url => placeOf(url, plan.places)).find(found => found !== undefined);
  return { name: term?.name, url: place };
}

function menuAddress(url: string, { site }: Survey, plan: SitePlan): string | undefined {
  const isAbsolute = /^https?:\/\/[^/#]/i.test(url);
  if (isAbsolute && !isOnSite(url, site.url)) return url;
  const path = addressPath(url);
  if (path === undefined || path === '/') return undefined;
  const place = placeOf(path, plan.places);
  if (place !== undefined) return addressOfPlace(place, plan);
  return isAbsolute ? url : undefined;
}

/** Whether an address belongs to the old site, as far as its address is known. */
const isOnSite = (url: string, site: string | undefined): boolean =>
  site === undefined ||
  !URL.canParse(site) ||
  !URL.canParse(url) ||
  sameHost(new URL(site).origin, new URL(url));

/** Address of a place: itself, or that of the story whose file it is. */
const addressOfPlace = (place: string, { places }: SitePlan): string | undefined =>
  place.startsWith('content/') ? findIn(places, `file:${place}`) : place;

/** Redirects of the new site besides the aliases of stories, authors, desks and topics. */
export function planRedirects(
  survey: Survey,
  plan: SitePlan,
  { reader, old }: { reader: string; old: readonly SiteRedirect[] },
): SiteRedirect[] {
  const redirects = new Map<string, string>();
  const taken = takenAddresses(survey, plan);
  const add = (from: string, to: string) => {
    const path = addressPath(from);
    if (path === undefined || path === '/' || !isRedirectSource(path)) return;
    if (!redirects.has(path) && !taken.has(withoutSlash(path))) redirects.set(path, to);
  };
  for (const { from, to } of [...survey.redirects, ...old]) {
    const path = addressPath(to);
    const place = path === undefined ? undefined : placeOf(path, plan.places);
    const target = (place && addressOfPlace(place, plan)) ?? (/^https?:/i.test(to) ? to : path);
    if (target !== undefined) add(from, target);
  }
  const known = new Set([...redirects.keys()].map(withoutSlash));
  const lists = planListRedirects(survey, plan, reader, address => {
    const key = withoutSlash(address);
    return taken.has(key) || known.has(key);
  });
  return [
    ...[...redirects].map(([from, to]) => ({ from, to })),
    ...lists.filter(({ from }) => !known.has(withoutSlash(from))),
  ];
}

/** Redirects from the old addresses of terms to desks and topics that the site already has. */
export function planTermRedirects(plan: SitePlan, { desks, topics }: Config): SiteRedirect[] {
  const old = (planned: readonly PlannedTerm[], known: Config['desks'] | Config['topics'], folder: string) =>
    planned.flatMap(({ id, aliases }) => {
      const own = known.find(term => term.id === id);
      const missing = aliases.filter(alias => own && !own.aliases.includes(alias));
      return missing.map(from => ({ from, to: `${folder}${id}/` }));
    });
  return [
    ...old(plan.desks, desks, '/'),
    ...old(
      plan.topics.filter(({ id }) => plan.shownTopics.has(id)),
      topics,
      '/topics/',
    ),
  ];
}

/** Addresses and former addresses of everything in the new site, without their final slashes. */
function takenAddresses(survey: Survey, plan: SitePlan): ReadonlySet<string> {
  const terms = [...plan.desks, ...plan.topics];
  return new Set(
    [
      ...survey.stories.flatMap(({ id }) => {
        const { address, aliases } = plannedStory(plan, id);
        return [address, ...aliases];
      }),
      ...terms.flatMap(({ aliases }) => aliases),
      ...plan.desks.map(({ id }) => `/${id}/`),
      ...[...plan.authors.keys()].flatMap(key => survey.authors.get(key)?.urls ?? []),
    ].map(withoutSlash),
  );
}

/**
 * Reads the redirects of WordPress's plugin Redirection (JSON or CSV) or of a `_redirects` file.
 * @throws ImportError if the file is wrong
 */
export function readRedirects(path: string): SiteRedirect[] {
  try {
    return redirectsIn(readText(path), path);
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '');
    throw new ImportError(`${path} cannot be read: ${reason}. Export the redirects again.`);
  }
}

function redirectsIn(text: string, path: string): SiteRedirect[] {
  if (/^\s*[[{]/.test(text)) return jsonRedirects(text);
  if (/\.csv$/i.test(path)) {
    const rows = parse(text, { relax_column_count: true, skip_empty_lines: true }) as string[][];
    return rows.filter(([from]) => from?.startsWith('/')).map(([from = '', to = '']) => ({ from, to }));
  }
  return text.split(/\r?\n/).flatMap(line => {
    const [from = '', to = ''] = line.trim().split(/\s+/);
    return from.startsWith('/') && to !== '' ? [{ from, to }] : [];
  });
}

interface PluginRedirect {
  url?: unknown;
  regex?: unknown;
  enabled?: unknown;
  action_data?: { url?: unknown };
}

function jsonRedirects(text: string): SiteRedirect[] {
  const data = JSON.parse(text) as { redirects?: PluginRedirect[] } | PluginRedirect[];
  const list = Array.isArray(data) ? data : (data.redirects ?? []);
  return list.flatMap(({ url, regex, enabled, action_data: action }) => {
    const isUsable =
      typeof url === 'string' && typeof action?.url === 'string' && regex !== true && enabled !== false;
    return isUsable ? [{ from: url, to: action.url as string }] : [];
  });
}

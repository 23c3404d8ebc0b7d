/** Decides where everything goes: desks, topics, authors, files and addresses. */
import { posix } from 'node:path';
import { slug as toSlug } from 'github-slugger';
import { isFormerAddress } from '../base/addresses.ts';
import { createTimeZone, type TimeZone } from '../base/dates.ts';
import { isLanguageTag, suggestLanguage } from '../base/languages.ts';
import { plainWords } from '../base/words.ts';
import { defaultPermalink, permalinkOf } from '../config/permalinks.ts';
import { addressPath } from './addresses.ts';
import { choosePermalink } from './choose-permalink.ts';
import { millisecondsOf, readMoment } from './dates.ts';
import { guessTimeZone } from './guess-time-zone.ts';
import { safeName } from './media.ts';
import type { ImportedTerm, StoryState } from './model.ts';
import type { StoryOutline, Survey } from './survey.ts';
import { createTable, findIn, type Table } from './table.ts';

/** Inputs of the plan from the command line, an existing site and earlier imports. */
export interface PlanOptions {
  timeZone: string | undefined;
  lang: string | undefined;
  permalink: string | undefined;
  /** Desk or `topic`, by the slug or name of a category. */
  desks: Readonly<Record<string, string>>;
  /** Desks that the site already has. */
  knownDesks: readonly { id: string }[];
  knownTopics: readonly { id: string }[];
  /** Paths of stories that an earlier import wrote, by id. */
  knownPaths: ReadonlyMap<string, string>;
  /** RFC 3339; for stories without any date. Stories with a later date are not public. */
  now: string;
  /** Only stories that were published or changed since this moment, in milliseconds since the epoch. */
  since: number | undefined;
  /** Only this number of stories, the newest. */
  limit: number | undefined;
  /** Whether stories that only members or subscribers could read become public. */
  publishMembers?: boolean;
}

/** A desk or a topic of the new site. */
export interface PlannedTerm {
  id: string;
  name: string;
  description: string | undefined;
  aliases: string[];
}

export interface PlannedStory {
  path: string;
  /** Language tag. */
  lang: string;
  /** Whether everyone can read the story; otherwise it becomes a draft. */
  isPublic: boolean;
  address: string;
  slug: string | undefined;
  desk: string | undefined;
  topics: string[];
  authors: string[];
  aliases: string[];
  translationOf: string | undefined;
}

export interface SitePlan {
  lang: string;
  timeZone: string;
  permalink: string;
  /** Pattern of the old addresses, if it is another one than `permalink`. */
  oldPermalink: string | undefined;
  desks: PlannedTerm[];
  topics: PlannedTerm[];
  /** Ids of authors by their keys. */
  authors: Map<string, string>;
  /** Numbers of the authors that stories name, and of those among them that the archive describes. */
  authorCounts: { named: number; planned: number };
  /** Ids of authors and topics with public stories. */
  shownAuthors: ReadonlySet<string>;
  shownTopics: ReadonlySet<string>;
  /** Planned stories as JSON by id. See `plannedStory`. */
  stories: Table;
  /** Numbers of old addresses: all, and those that redirect. */
  urls: { all: number; redirected: number };
  /** New places by old address: `content/…/x.md`, or an address such as `/politics/`. */
  places: Table;
  /** Ids of the stories to import. */
  selected: ReadonlySet<string>;
  /** Old addresses that no alias can express. */
  lostUrls: string[];
}

/** Finds the plan of a story. @returns undefined if the survey does not have the story */
export function findPlanned({ stories }: Pick<SitePlan, 'stories'>, id: string): PlannedStory | undefined {
  const json = findIn(stories, id);
  return json === undefined ? undefined : (JSON.parse(json) as PlannedStory);
}

/** Plan of a story of the survey. */
export const plannedStory = (plan: Pick<SitePlan, 'stories'>, id: string): PlannedStory =>
  findPlanned(plan, id)!;

/** Ids that desks cannot have, because pages of Broadsheet have these addresses. */
const reserved = new Set(
  'archive assets authors corrections feeds pagefind page schema search text topics'.split(' '),
);

/** Makes the plan. */
export function planSite(survey: Survey, options: PlanOptions): SitePlan {
  const lang = languageOf(options.lang ?? survey.site.lang);
  const timeZone =
    options.timeZone ??
    survey.site.timeZone ??
    guessTimeZone(survey.stories.flatMap(({ published }) => published ?? []));
  const zone = createTimeZone(timeZone);
  const isPublic = publicTest(zone, options);
  const terms = planTerms(survey, options, isPublic);
  const authors = planAuthors(survey);
  const found = choosePermalink(survey.stories.map(story => partsOf(story, terms, zone, lang, options.now)));
  const permalink = options.permalink ?? found ?? defaultPermalink;
  const base = {
    lang,
    timeZone,
    permalink,
    oldPermalink: found === permalink ? undefined : found,
    desks: terms.desks,
    topics: terms.topics,
    authors,
    lostUrls: [] as string[],
  };
  const stories = planStories(survey, base, terms, { zone, isPublic, options });
  dropTakenAliases(stories, base);
  linkTranslations(survey.stories, stories, lang);
  const selected = selectStories(survey.stories, zone, options);
  const redirected = [...stories.values()].reduce((sum, { aliases }) => sum + aliases.length, 0);
  const named = new Set(survey.stories.flatMap(story => story.authors));
  const shown = [...stories.values()].filter(story => story.isPublic);
  const plan: SitePlan = {
    ...base,
    shownAuthors: new Set(shown.flatMap(story => story.authors)),
    shownTopics: new Set(shown.flatMap(story => story.topics)),
    authorCounts: { named: named.size, planned: [...named].filter(key => authors.has(key)).length },
    stories: createTable([...stories].map(([id, story]) => [id, JSON.stringify(story)])),
    urls: { all: survey.stories.reduce((sum, { urls }) => sum + urls.length, 0), redirected },
    places: createTable(placesOf(survey, stories, base, terms, selected, options.knownPaths)),
    selected,
  };
  return plan;
}

/** The plan without what depends on the stories. */
type BasePlan = Pick<
  SitePlan,
  'lang' | 'timeZone' | 'permalink' | 'oldPermalink' | 'desks' | 'topics' | 'authors' | 'lostUrls'
>;

type StoryPlans = Map<string, PlannedStory>;

/** Creates the test whether everyone could read a story on the old site. */
function publicTest(zone: TimeZone, { now, publishMembers = false }: PlanOptions) {
  const states: readonly StoryState[] = publishMembers ? ['published', 'members', 'paid'] : ['published'];
  return ({ state, published }: StoryOutline): boolean => {
    const moment = readMoment(published, zone);
    return states.includes(state) && (moment === undefined || Date.parse(moment) <= Date.parse(now));
  };
}

/** Language of a story. A language without a region is the site's own if that is a region's form of it. */
function storyLanguage(written: string | undefined, siteLang: string): string {
  if (written === undefined) return siteLang;
  const lang = languageOf(written);
  return siteLang.startsWith(`${lang}-`) ? siteLang : lang;
}

/** A known language tag for what a source calls its language; English if it names none. */
export function languageOf(written: string | undefined): string {
  if (written === undefined) return 'en';
  const tag = written.trim().replace(/_/g, '-');
  return isLanguageTag(tag) ? new Intl.Locale(tag).toString() : (suggestLanguage(tag) ?? 'en');
}

interface TermPlan {
  desks: PlannedTerm[];
  topics: PlannedTerm[];
  /** Ids of desks and topics by the keys of terms. */
  deskOf: Map<string, string>;
  topicOf: Map<string, string>;
}

/**
 * The first categories in the public stories become desks, each by the category at its root. The others become topics,
 * so that no menu names a category that readers never saw.
 */
function planTerms(
  { terms, stories }: Survey,
  { desks: mapped, knownDesks, knownTopics }: PlanOptions,
  isPublic: (story: StoryOutline) => boolean,
): TermPlan {
  const rootOf = (key: string): ImportedTerm | undefined => {
    let term = terms.get(key);
    for (let levels = 0; term?.parent !== undefined && levels < 20; levels++) {
      const parent = terms.get(term.parent);
      if (!parent || parent === term) break;
      term = parent;
    }
    return term;
  };
  const plan: TermPlan = { desks: [], topics: [], deskOf: new Map(), topicOf: new Map() };
  const names = { desks: idsOf(knownDesks), topics: idsOf(knownTopics) };
  const addDesk = (term: ImportedTerm): string => {
    const id = names.desks(
      mapped[term.slug] ?? mapped[term.name] ?? term.name,
      mapped[term.slug] ?? mapped[term.name] ?? term.slug,
      reserved,
    );
    if (!plan.desks.some(desk => desk.id === id))
      plan.desks.push({ id, name: term.name, description: term.description, aliases: [...term.urls] });
    return id;
  };
  const all = stories.filter(({ kind }) => kind === 'story');
  const shown = all.some(isPublic) ? all.filter(isPublic) : all;
  for (const { terms: keys } of shown) {
    const main = keys.map(key => terms.get(key)).find(term => term && isDesk(term, mapped));
    const root = main && rootOf(main.key);
    if (root && isDesk(root, mapped) && !plan.deskOf.has(root.key)) plan.deskOf.set(root.key, addDesk(root));
  }
  const shownTerms = new Set(shown.flatMap(story => story.terms));
  for (const { terms: keys } of all) {
    const main = keys.find(key => plan.deskOf.has(rootOf(key)?.key ?? ''));
    for (const key of keys) {
      const term = terms.get(key);
      // The main category is the desk. A category below it, or another one, is a topic.
      if (!term || isGeneric(term) || (key === main && rootOf(key) === term)) continue;
      if (!plan.topicOf.has(term.key))
        plan.topicOf.set(term.key, names.topics(term.name, term.slug, new Set()));
      const id = plan.topicOf.get(term.key)!;
      const isOld = shownTerms.has(key) && !plan.deskOf.has(term.key);
      const aliases = isOld ? [...term.urls] : [];
      if (!plan.topics.some(topic => topic.id === id))
        plan.topics.push({ id, name: term.name, description: term.description, aliases });
    }
  }
  for (const term of terms.values()) {
    const top = rootOf(term.key);
    if (top && plan.deskOf.has(top.key)) plan.deskOf.set(term.key, plan.deskOf.get(top.key)!);
  }
  return plan;
}

const isDesk = (term: ImportedTerm, mapped: PlanOptions['desks']): boolean =>
  term.kind === 'category' &&
  !isGeneric(term) &&
  mapped[term.slug] !== 'topic' &&
  mapped[term.name] !== 'topic';

/** Categories that say nothing. */
const isGeneric = ({ slug }: ImportedTerm): boolean =>
  /^(?:uncategori[sz]ed|allgemein|sin-categoria|non-classe|sans-categorie|%d7%9b%d7%9c%d7%9c%d7%99)$/i.test(
    slug,
  );

/** Creates a function that gives every term an id of its own, and a known term the known one. */
function idsOf(known: readonly { id: string }[]) {
  const knownIds = new Set(known.map(({ id }) => id));
  const taken = new Map<string, string>();
  return (name: string, slug: string, forbidden: ReadonlySet<string>): string => {
    const wanted = slugFrom(slug) || slugFrom(name) || 'news';
    const base = forbidden.has(wanted) ? `${wanted}-news` : wanted;
    for (let count = 1; ; count++) {
      const id = count === 1 ? base : `${base}-${count}`;
      const owner = taken.get(id);
      if (owner !== undefined && owner.toLowerCase() !== name.toLowerCase() && !knownIds.has(id)) continue;
      taken.set(id, name);
      return id;
    }
  };
}

/** Slug of a text, in the form of ids and addresses. */
export const slugFrom = (text: string): string => {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // The text contains a per-cent sign of its own.
  }
  return toSlug(plainWords(decoded).normalize('NFC').toLowerCase())
    .replace(/[^\p{Ll}\p{Lo}\p{N}-]+/gu, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '');
};

function planAuthors({ authors, stories }: Survey): Map<string, string> {
  const ids = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const key of stories.flatMap(story => story.authors)) {
    if (ids.has(key)) continue;
    const own = authors.get(key);
    const author = authors.get(own?.sameAs ?? '') ?? own;
    if (!author) continue;
    if (author !== own && ids.has(author.key)) {
      ids.set(key, ids.get(author.key)!);
      continue;
    }
    const base = slugFrom(author.slug) || slugFrom(author.name) || 'author';
    let id = base;
    for (let count = 2; taken.has(id) && taken.get(id) !== author.name; count++) id = `${base}-${count}`;
    taken.set(id, author.name);
    ids.set(author.key, id);
    ids.set(key, id);
  }
  return ids;
}

interface StoryParts {
  slug: string;
  desk: string;
  lang: string;
  published: string;
  url: string | undefined;
}

const fallbackDesk = 'news';

function partsOf(
  story: StoryOutline,
  { deskOf }: TermPlan,
  zone: TimeZone,
  lang: string,
  now: string,
): StoryParts & { isStory: boolean } {
  const desk = story.terms.map(key => deskOf.get(key)).find(id => id !== undefined) ?? fallbackDesk;
  const published = readMoment(story.published, zone) ?? readMoment(story.updated, zone) ?? now;
  const isStory = story.kind === 'story' && story.state === 'published';
  return {
    slug: slugOf(story),
    desk,
    lang: storyLanguage(story.lang, lang),
    published,
    url: story.urls[0],
    isStory,
  };
}

const slugOf = ({ slug, title, id }: StoryOutline): string => {
  const name = slugFrom(slug) || slugFrom(title) || slugFrom(id) || 'story';
  return (
    safeName(name)
      .slice(0, 150)
      .replace(/[.-]+$/, '') || 'story'
  );
};

function planStories(
  survey: Survey,
  plan: BasePlan,
  terms: TermPlan,
  {
    zone,
    isPublic,
    options,
  }: { zone: TimeZone; isPublic: (story: StoryOutline) => boolean; options: PlanOptions },
): StoryPlans {
  const stories: StoryPlans = new Map();
  const takenPaths = new Set(options.knownPaths.values());
  const takenAddresses = new Set([
    '/',
    ...[...reserved].map(name => `/${name}/`),
    ...plan.desks.map(({ id }) => `/${id}/`),
  ]);
  const takenAliases = new Set<string>();
  for (const story of survey.stories.toSorted(
    (a, b) => Number(b.kind === 'page') - Number(a.kind === 'page'),
  )) {
    const parts = partsOf(story, terms, zone, plan.lang, options.now);
    const addressOf = (slug: string) =>
      story.kind === 'page'
        ? `/${pagePath(story, slug)}/`
        : permalinkOf({ ...parts, slug, meta: parts }, plan.permalink, plan.lang);
    let { slug } = parts;
    for (let count = 2; takenAddresses.has(addressOf(slug)); count++) slug = `${parts.slug}-${count}`;
    const address = addressOf(slug);
    takenAddresses.add(address);
    const known = options.knownPaths.get(story.id);
    const path = known ?? pathOf(story, slug, parts, takenPaths, plan.lang);
    takenPaths.add(path);
    const fileSlug = posix.basename(path, '.md').replace(new RegExp(`\\.${parts.lang}$`, 'i'), '');
    const aliases = story.urls.flatMap(url => {
      const alias = addressPath(url);
      if (alias === undefined || generated.test(alias) || sameAddress(alias, address)) return [];
      if (!isFormerAddress(alias) || takenAliases.has(alias.replace(/\/$/, ''))) {
        plan.lostUrls.push(url);
        return [];
      }
      takenAliases.add(alias.replace(/\/$/, ''));
      return [alias];
    });
    const isPage = story.kind === 'page';
    stories.set(story.id, {
      path,
      lang: parts.lang,
      isPublic: isPublic(story),
      address,
      slug: toSlug(fileSlug) === slug ? undefined : slug,
      desk: isPage ? undefined : parts.desk,
      topics: isPage ? [] : topicsOf(story, survey, terms),
      authors: [...new Set(story.authors.flatMap(key => plan.authors.get(key) ?? []))],
      aliases: [...new Set(aliases)],
      translationOf: undefined,
    });
  }
  if (
    [...stories.values()].some(({ desk }) => desk === fallbackDesk) &&
    !plan.desks.some(({ id }) => id === fallbackDesk)
  )
    plan.desks.push({ id: fallbackDesk, name: 'News', description: undefined, aliases: [] });
  return stories;
}

/** Addresses of files and lists that Broadsheet generates. */
const generated =
  /^\/(?:|(?:archive(?:\/\d{4}(?:\/\d{2})?)?|authors|corrections|feeds|search|text|topics)\/?|index\.html?|404(?:\.html|\/)?|robots\.txt|sitemap\.xml|news-sitemap\.xml|feed\.(?:xml|json)|atom\.xml|_redirects|_headers|false\/?)$/;

/** Drops aliases that are the address of another story. */
function dropTakenAliases(stories: StoryPlans, plan: BasePlan): void {
  const addresses = new Set([
    ...[...stories.values()].map(({ address }) => address.replace(/\/$/, '')),
    ...plan.desks.map(({ id }) => `/${id}`),
    ...plan.topics.map(({ id }) => `/topics/${id}`),
    ...[...plan.authors.values()].map(id => `/authors/${id}`),
  ]);
  for (const story of stories.values()) {
    const free = story.aliases.filter(alias => !addresses.has(alias.replace(/\/$/, '')));
    if (free.length === story.aliases.length) continue;
    plan.lostUrls.push(...story.aliases.filter(alias => !free.includes(alias)));
    story.aliases = free;
  }
}

/** Topics of a story: all its terms but the one that is its desk. */
function topicsOf(story: StoryOutline, survey: Survey, { deskOf, topicOf }: TermPlan): string[] {
  const main = story.terms.find(key => deskOf.has(key));
  const ids = story.terms.flatMap(key => {
    const term = survey.terms.get(key);
    const isDeskItself = key === main && term?.parent === undefined;
    return term && !isDeskItself ? (topicOf.get(term.key) ?? []) : [];
  });
  return [...new Set(ids)];
}

/** Whether two addresses differ at most in the slash at their end, which hosts correct. */
export const sameAddress = (a: string, b: string): boolean => a.replace(/\/$/, '') === b.replace(/\/$/, '');

/** Path of a page below content/pages/, from its old address if that has one. */
function pagePath({ urls }: StoryOutline, slug: string): string {
  const parts = (addressPath(urls[0] ?? '') ?? '')
    .replace(/\?.*$/, '')
    .split('/')
    .map(slugFrom)
    .filter(Boolean);
  return [...parts.slice(0, -1), slug].join('/');
}

function pathOf(
  story: StoryOutline,
  slug: string,
  { published, lang }: StoryParts,
  taken: ReadonlySet<string>,
  siteLang: string,
): string {
  const [year, month] = published.split('-');
  const stem =
    story.kind === 'page'
      ? `content/pages/${pagePath(story, slug)}`
      : `content/articles/${year}/${month}/${slug}`;
  const suffix = lang === siteLang ? '' : `.${lang.toLowerCase()}`;
  for (let count = 1; ; count++) {
    const path = `${stem}${count === 1 ? '' : `-${count}`}${suffix}.md`;
    if (!taken.has(path)) return path;
  }
}

function linkTranslations(stories: readonly StoryOutline[], plans: StoryPlans, siteLang: string): void {
  const groups = new Map<string, StoryOutline[]>();
  for (const story of stories)
    if (story.translationGroup !== undefined && story.kind === 'story')
      groups.set(story.translationGroup, [...(groups.get(story.translationGroup) ?? []), story]);
  for (const group of groups.values()) {
    const planned = group.map(({ id }) => plans.get(id)!);
    const original = planned.find(({ lang }) => lang === siteLang) ?? planned[0]!;
    for (const story of planned) if (story.lang !== original.lang) story.translationOf = original.path;
  }
}

/** Where links to old addresses lead now. */
function* placesOf(
  survey: Survey,
  stories: StoryPlans,
  plan: BasePlan,
  { deskOf, topicOf }: TermPlan,
  selected: ReadonlySet<string>,
  knownPaths: ReadonlyMap<string, string>,
): Iterable<[string, string]> {
  const entries = (urls: readonly string[], place: string) =>
    urls.flatMap((url): [string, string][] => {
      const path = addressPath(url);
      return path === undefined || path === '/' ? [] : [[path, place]];
    });
  const published = new Set<string>();
  for (const { urls, id, place } of survey.stories) {
    const { path, topics, address, isPublic } = stories.get(id)!;
    // An earlier import may have written stories that are not selected now.
    if (!isPublic || !(selected.has(id) || knownPaths.has(id))) continue;
    yield [`file:${path}`, address];
    for (const topic of topics) published.add(topic);
    yield* entries(urls, path);
    // Generators link to files, too, by their path or only by their name.
    if (/\.(?:md|mdx|markdown|html?)$/i.test(place.file)) {
      yield [`source:${place.file}`, path];
      yield [`source:${posix.basename(place.file)}`, path];
    }
  }
  for (const [key, id] of plan.authors)
    yield* entries(survey.authors.get(key)!.urls, `content/authors/${id}.md`);
  for (const { key, urls, parent } of survey.terms.values()) {
    const [desk, topic] = [deskOf.get(key), topicOf.get(key)];
    if (desk !== undefined && parent === undefined) yield* entries(urls, `/${desk}/`);
    else if (topic !== undefined && published.has(topic)) yield* entries(urls, `/topics/${topic}/`);
  }
}

/** The stories that the options select; pages are always included. */
function selectStories(
  stories: readonly StoryOutline[],
  zone: TimeZone,
  { since, limit }: PlanOptions,
): ReadonlySet<string> {
  const latest = ({ published, updated }: StoryOutline) =>
    Math.max(millisecondsOf(published, zone) ?? 0, millisecondsOf(updated, zone) ?? 0);
  const pages = stories.filter(({ kind }) => kind === 'page');
  const recent = stories.filter(
    story => story.kind === 'story' && (since === undefined || latest(story) >= since),
  );
  const chosen =
    limit === undefined ? recent : recent.toSorted((a, b) => latest(b) - latest(a)).slice(0, limit);
  return new Set([...pages, ...chosen].map(({ id }) => id));
}

/**
 * The collect stage: turns records into the site, with the articles that are published according to the
 * build's clock.
 */
import { hashOf } from '../base/hash.ts';
import { loadEntry, type SourceRecord } from '../cache/source-index.ts';
import type { PlanSettings } from '../config/settings.ts';
import { collectSite, type SiteInput } from '../site/collect.ts';
import type { Site, SourceEntry } from '../site/model.ts';
import type { Stage } from './run.ts';

export interface CollectInput extends Pick<SiteInput, 'assets' | 'publicFiles' | 'drafts'> {
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
  records: readonly SourceRecord[];
  settings: PlanSettings;
}

/**
 * Hash of everything that the stage reads, except the clock: a site stays valid until a story appears or
 * expires.
 */
export function collectKey({ records, settings, drafts, assets, publicFiles }: CollectInput): string {
  const entries = records.map(({ path, entry }) => `${path} ${entry.hash}`);
  return hashOf(JSON.stringify([settings, drafts, assets, publicFiles]) + hashOf(entries.join('\n')));
}

/** The site, as collected twice. */
export interface Collected {
  /** The site at the build's clock. */
  site: Site;
  /**
   * The site as collected for any time: the same object if no story is scheduled, expired or translated, and every
   * topic has stories.
   */
  anytime: Site;
}

/** Collect stage. Its result is saved as part of the plan. */
export const collect: Stage<CollectInput, Collected> = {
  name: 'collect',
  async run({ records, settings, ...rest }) {
    const entries = records.map(({ entry }) => loadEntry(entry));
    const ofKind = <Kind extends SourceEntry['kind']>(kind: Kind) =>
      entries.filter((entry): entry is Extract<SourceEntry, { kind: Kind }> => entry.kind === kind);
    const input = {
      config: settings,
      articles: ofKind('article'),
      pages: ofKind('page'),
      authors: ofKind('author'),
      flawed: ofKind('flawed'),
      ...rest,
    };
    const site = collectSite(input);
    const { articles, lists, withheld } = site;
    const isComplete =
      lists[0]!.articles.length === articles.length &&
      lists.filter(({ kind }) => kind === 'topic').length === settings.topics.length &&
      [...withheld.values()].every(({ meta }) => meta.draft && !input.drafts);
    return { site, anytime: isComplete ? site : collectSite({ ...input, now: 'any' }) };
  },
};

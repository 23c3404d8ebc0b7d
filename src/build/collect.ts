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

export interface CollectInput extends Pick<SiteInput, 'assets' | 'publicFiles' | 'now' | 'drafts'> {
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

/** Collect stage. Its result is saved as part of the plan. */
export const collect: Stage<CollectInput, Site> = {
  name: 'collect',
  async run({ records, settings, ...rest }) {
    const entries = records.map(({ entry }) => loadEntry(entry));
    const ofKind = <Kind extends SourceEntry['kind']>(kind: Kind) =>
      entries.filter((entry): entry is Extract<SourceEntry, { kind: Kind }> => entry.kind === kind);
    return collectSite({
      config: settings,
      articles: ofKind('article'),
      pages: ofKind('page'),
      authors: ofKind('author'),
      flawed: ofKind('flawed'),
      ...rest,
    });
  },
};

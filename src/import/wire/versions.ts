/** Compares versions of items, and recognizes trusted providers. */
import { slugFrom } from '../plan-site.ts';
import type { WireItem } from './item.ts';

export interface Version {
  version?: string | undefined;
  /** Moment when the version was created. */
  created?: string | undefined;
}

/** Compares two versions: below 0 if `a` is older than `b`, 0 if nothing tells. Numbers say more than moments. */
export function compareVersions(a: Version, b: Version): number {
  if (isNumber(a.version) && isNumber(b.version) && Number(a.version) !== Number(b.version))
    return Number(a.version) - Number(b.version);
  const [first, second] = [Date.parse(a.created ?? ''), Date.parse(b.created ?? '')];
  return Number.isNaN(first) || Number.isNaN(second) ? 0 : first - second;
}

/** Whether a version replaces another one. Of two equal ones, the later to arrive does. */
export const isNewer = (version: Version, known: Version): boolean => compareVersions(version, known) >= 0;

const isNumber = (text: string | undefined): boolean => text !== undefined && /^\d{1,15}$/.test(text);

/** Whether the provider of an item is one of the names. Case and punctuation do not count. */
export function isTrusted({ provider, providerNames }: WireItem, names: readonly string[]): boolean {
  const trusted = new Set(names.map(slugFrom).filter(Boolean));
  return [provider, ...providerNames].some(
    name => trusted.has(slugFrom(name)) || trusted.has(slugFrom(name.split(':').at(-1)!)),
  );
}

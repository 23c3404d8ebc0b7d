/** Positions of front-matter keys, for site-wide rules, which run after the file has been parsed. */
import type { Place } from '../base/diagnostics.ts';
import type { PlaceOf } from '../base/yaml.ts';

/**
 * Positions by key, as JSON: `desk`, or `topics.1` for a list item. The index of an item does not count
 * duplicates. The positions are stored as text because a large site has a million of them, and messages need
 * only a few.
 */
export type KeyPlaces = string;

/** Position of a key; undefined if it is unknown. */
export function placeOfKey(places: KeyPlaces, key: string): Place | undefined {
  const byKey = JSON.parse(places) as Record<string, Place>;
  return Object.hasOwn(byKey, key) ? byKey[key] : undefined;
}

/** Keys that site-wide rules report on. */
const reportedKeys = [
  'aliases',
  'authors',
  'chapters',
  'desk',
  'prominence',
  'related',
  'topics',
  'translationOf',
] as const;

/**
 * Collects the positions of the keys that site-wide rules report on.
 * @param values the checked front matter
 */
export function keyPlacesOf(values: Readonly<Record<string, unknown>>, placeOf: PlaceOf): KeyPlaces {
  const places: Record<string, Place> = {};
  const keep = (key: string, path: string) => {
    const place = placeOf(path);
    if (place) places[key] = place;
  };
  for (const key of reportedKeys) {
    const value = values[key];
    if (Array.isArray(value))
      [...new Set(value)].forEach((item, index) => {
        keep(`${key}.${index}`, `${key}.${value.indexOf(item)}`);
      });
    else if (value !== undefined) keep(key, key);
  }
  return JSON.stringify(places);
}

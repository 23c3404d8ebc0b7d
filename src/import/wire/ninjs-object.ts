/** Reads the properties of ninjs, whose names differ between versions only in their case and their plural. */

/** An object with its keys in lower case. */
export type NinjsObject = Readonly<Record<string, unknown>>;

/** An object; a text becomes one with the key ''. @returns undefined for other values */
export function objectOf(value: unknown): NinjsObject | undefined {
  if (typeof value === 'string') return { '': value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]));
}

/** A property as text; undefined if it is missing, empty or of another type. */
export function textAt(object: NinjsObject, key: string): string | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

/** Objects of a list, or of a map with names, as ninjs 1 has it. */
export const listIn = (object: NinjsObject, key: string): NinjsObject[] =>
  entriesOf(object, key).map(([, value]) => value);

/** Objects of a list or a map with their names. */
export function entriesOf(object: NinjsObject, key: string): [name: string, value: NinjsObject][] {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map(item => ['', item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return entries.flatMap(([name, item]) => {
    const found = objectOf(item);
    return found ? [[name || (textAt(found, 'name') ?? ''), found] as [string, NinjsObject]] : [];
  });
}

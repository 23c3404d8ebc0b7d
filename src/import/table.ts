/**
 * Read-only tables of text that all threads share. A copy in every thread would multiply the memory that an archive of
 * 100,000 stories needs.
 */

/** Form in which a table is posted to a worker. */
export interface Table {
  /** Offsets of the entries, by the hash of their keys; 0 marks a free place. */
  slots: Int32Array;
  /** Entries: the lengths of key and value in bytes, then both in UTF-8. */
  bytes: Uint8Array;
}

/** Creates a table. Of equal keys, the first counts. */
export function createTable(entries: Iterable<readonly [key: string, value: string]>): Table {
  const values = new Map<string, string>();
  let size = 1;
  for (const [key, value] of entries) {
    if (values.has(key)) continue;
    values.set(key, value);
    size += 8 + Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  const bytes = Buffer.from(new SharedArrayBuffer(size));
  const slots = new Int32Array(new SharedArrayBuffer(4 * slotCount(values.size)));
  let at = 1;
  for (const [key, value] of values) {
    const keyLength = bytes.write(key, at + 8);
    const valueLength = bytes.write(value, at + 8 + keyLength);
    bytes.writeUInt32BE(keyLength, at);
    bytes.writeUInt32BE(valueLength, at + 4);
    let slot = hash(bytes.subarray(at + 8, at + 8 + keyLength)) % slots.length;
    while (slots[slot] !== 0) slot = (slot + 1) % slots.length;
    slots[slot] = at;
    at += 8 + keyLength + valueLength;
  }
  return { slots, bytes };
}

/** A third of the slots stays free, so that a search is short. */
const slotCount = (entries: number): number => Math.ceil(entries * 1.5) + 1;

/** Finds the value of a key. @returns undefined if the table does not have it */
export function findIn({ slots, bytes }: Table, key: string): string | undefined {
  const wanted = Buffer.from(key);
  const view = new DataView(bytes.buffer);
  for (let slot = hash(wanted) % slots.length; slots[slot] !== 0; slot = (slot + 1) % slots.length) {
    const at = slots[slot]!;
    const start = at + 8 + view.getUint32(at);
    const own = bytes.subarray(at + 8, start);
    if (wanted.equals(own)) return Buffer.from(bytes.slice(start, start + view.getUint32(at + 4))).toString();
  }
  return undefined;
}

/** FNV-1a. */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

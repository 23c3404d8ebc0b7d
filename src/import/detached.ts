/** Copies of data that is kept after the text that it comes from. */

/**
 * Copies plain data, so that its texts are its own. A part of a text keeps the whole text in memory, here a megabyte of
 * the archive.
 */
export const detached = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

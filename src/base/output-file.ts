/**
 * A file of the output: its path relative to the output folder, and its content as text, as parts of a text,
 * as bytes, or as the absolute path of a file to copy.
 */
export type OutputFile = { path: string } & (
  | { text: string }
  | { parts: readonly string[] }
  | { bytes: Uint8Array }
  | { copyFrom: string }
);

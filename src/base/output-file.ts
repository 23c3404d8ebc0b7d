/**
 * A file of the output folder: its path relative to it, and its content as text, as text in several parts, as bytes, or as a copy of
 * the file at an absolute path.
 */
export type OutputFile = { path: string } & (
  | { text: string }
  | { parts: readonly string[] }
  | { bytes: Uint8Array }
  | { copyFrom: string }
);

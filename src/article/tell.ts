/** How `reportLeftovers` and its parts report Markdown that would appear as text. */
import type { DataArguments, Messages, Severity } from '../base/diagnostics.ts';

export type Leftover = Extract<keyof Messages, `markdown-leftover/${string}` | `text-encoding/${string}`>;

/** Reports a leftover that begins at an offset of the source, unless the offset is outside prose. */
export type Tell = <Own extends Leftover>(
  at: number,
  code: Own,
  ...data: DataArguments<Messages[Own]>
) => void;

/** Tells whether an offset of the source is in a text node of the tree. */
export type IsProse = (offset: number) => boolean;

/** Leftovers that are only warnings, because they may be intended. */
const mild: ReadonlySet<Leftover> = new Set<Leftover>([
  'markdown-leftover/bullets',
  'markdown-leftover/tabs',
  'text-encoding/text',
  'text-encoding/object',
]);
/** Severity of a message about a leftover. */
export const severityOf = (code: Leftover): Severity => (mild.has(code) ? 'warning' : 'error');

/** Maximum length of a quoted part of the source in a message, in characters. */
export const shownLength = 120;
/** Shortens a part of the source for a message. */
export const shortened = (text: string): string =>
  text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;

/** Beginning of a line, with the marks of block quotes and of one list item. */
export const lineStart = '^([ \\t>]*(?:[-*+] |\\d{1,9}[.)] )?)';

/**
 * Suggestions for unknown names. A diagnostic contains its suggestion as data; the message catalog converts the
 * suggestion to text.
 */
import { distance } from 'fastest-levenshtein';

/**
 * The known name that the author probably meant, or our name for a name from other software. If there is none: up to 50 known names, sorted, and the
 * number of names left out.
 */
export type Suggestion = { nearest: string } | { ours: string } | { known: string[]; more: number };

/** Known names by the names that other software uses for them: one, or several for different places. */
export type Synonyms = Readonly<Record<string, string | readonly string[]>>;

/** Maximum number of names in one message, because readers skip longer lists. */
const listLimit = 50;

/**
 * Finds a suggestion for an unknown name.
 * @param synonyms known names by the names that other software uses
 */
export function suggest(name: string, known: readonly string[], synonyms: Synonyms = {}): Suggestion {
  const ours = Object.hasOwn(synonyms, name)
    ? [synonyms[name]!].flat().find(one => known.includes(one))
    : undefined;
  if (ours !== undefined) return { ours };
  const nearest = findNearest(name, known);
  if (nearest !== undefined) return { nearest };
  return {
    known: [...known].sort().slice(0, listLimit),
    more: Math.max(0, known.length - listLimit),
  };
}

/**
 * Formats a suggestion as a sentence: 'Did you mean …?' if a known name is similar, otherwise the advice and
 * the known names.
 * @param advice what to do if no known name was meant, without a full stop
 */
export function suggestionText(suggestion: Suggestion, advice = 'Remove it'): string {
  if ('ours' in suggestion) return `Use '${suggestion.ours}' instead.`;
  if ('nearest' in suggestion) return `Did you mean '${suggestion.nearest}'?`;
  const { known, more } = suggestion;
  if (known.length === 0) return `${advice}.`;
  if (known.length === 1) return `${advice}, or use '${known[0]}'.`;
  return `${advice}, or use one of these: ${known.join(', ')}${more > 0 ? `, and ${more.toLocaleString('en')} more` : ''}.`;
}

/** Says that a file exists, but that its name differs in upper and lower case. */
export function otherCaseText({ target, actual }: OtherCase): string {
  return `${target} does not exist, but ${actual} does. Use the same capital letters.`;
}
/** A path as it is written, and the path of the file that was probably meant. */
export interface OtherCase {
  target: string;
  actual: string;
}

/** Finds a suggestion and formats it, for text that is printed immediately, such as command-line errors. */
export function didYouMean(name: string, known: readonly string[], advice?: string): string {
  return suggestionText(suggest(name, known), advice);
}

function findNearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // The edit distance is at least the difference in length, so this candidate cannot be nearer.
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

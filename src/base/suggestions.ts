/** Suggestions for unknown names: computed when a diagnostic is reported, worded by its message. */
import { distance } from 'fastest-levenshtein';

/** The known name that was probably meant, or else the first known names, sorted, and how many more exist. */
export type Suggestion = { nearest: string } | { known: string[]; more: number };

/** Maximum number of names that one message lists: readers skip longer lists. */
const listLimit = 50;

/** Finds a suggestion for an unknown name. */
export function suggest(name: string, known: readonly string[]): Suggestion {
  const nearest = findNearest(name, known);
  if (nearest !== undefined) return { nearest };
  return {
    known: [...known].sort().slice(0, listLimit),
    more: Math.max(0, known.length - listLimit),
  };
}

/** Formats a suggestion as a sentence: 'Did you mean …?', 'Known: …', or 'Remove it.' if no name is known. */
export function suggestionText(suggestion: Suggestion): string {
  if ('nearest' in suggestion) return `Did you mean '${suggestion.nearest}'?`;
  const { known, more } = suggestion;
  if (known.length === 0) return 'Remove it.';
  return `Known: ${known.join(', ')}${more > 0 ? `, and ${more.toLocaleString('en')} more` : ''}.`;
}

/** Finds a suggestion and formats it, for text that is printed immediately, such as command-line errors. */
export function didYouMean(name: string, known: readonly string[]): string {
  return suggestionText(suggest(name, known));
}

function findNearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // The edit distance is at least the difference in length.
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

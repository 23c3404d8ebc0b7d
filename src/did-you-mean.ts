/** Names that were meant, for those that are not known. */
import { distance } from 'fastest-levenshtein';

/** 'Did you mean …?' when a known name is near enough, else the names there are. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = findNearest(name, known);
  if (nearest !== undefined) return `Did you mean '${nearest}'?`;
  return known.length > 0 ? `Known: ${[...known].sort().join(', ')}.` : 'Remove it.';
}

function findNearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

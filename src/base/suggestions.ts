/** Names that were meant, for those that are not known. */
import { distance } from 'fastest-levenshtein';

/** More names in one message nobody reads. */
const listLimit = 50;

/** 'Did you mean …?' when a known name is near enough, else the names there are. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = findNearest(name, known);
  if (nearest !== undefined) return `Did you mean '${nearest}'?`;
  if (known.length === 0) return 'Remove it.';
  const more = known.length - listLimit;
  const names = [...known].sort().slice(0, listLimit).join(', ');
  return `Known: ${names}${more > 0 ? `, and ${more.toLocaleString('en')} more` : ''}.`;
}

function findNearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // They differ by as many edits at least.
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** Compares the words of a source with those of the result, so that no word is lost without a report. */

/** Words of a text: runs of letters and digits, without case, accents kept. */
export const wordsOf = (text: string): string[] =>
  text
    .replace(invisible, '')
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Characters within words that readers do not see. */
const invisible = /[\u00ad\u200b\u2060\ufeff]|(?!\s)\p{Cc}/gu;

/** How the words of a result differ from those of its source. */
export interface WordDifference {
  /** Number of words in the source. */
  words: number;
  /** Words missing from the result, in the order of the source, each as often as it is missing. */
  lost: string[];
  /** Words that only the result has. */
  added: string[];
  /** Number of words that a structure of Broadsheet replaces, such as `Photo by` before a credit. */
  replaced: number;
}

/**
 * Compares words without regard to their order, because captions and footnotes move.
 * @param replaced words of the source that a structure replaces
 */
export function compareWords(source: string, result: string, replaced: string): WordDifference {
  const inSource = wordsOf(source);
  const inResult = wordsOf(result);
  // Most stories are the same from the beginning to some caption, and from there to the end.
  let start = 0;
  while (start < inSource.length && inSource[start] === inResult[start]) start++;
  let [end, resultEnd] = [inSource.length, inResult.length];
  for (; end > start && resultEnd > start && inSource[end - 1] === inResult[resultEnd - 1]; end--)
    resultEnd--;
  const counts = new Map<string, number>();
  for (const word of inResult.slice(start, resultEnd)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const excused = new Map<string, number>();
  for (const word of wordsOf(replaced)) excused.set(word, (excused.get(word) ?? 0) + 1);
  const lost: string[] = [];
  let replacedCount = 0;
  // From the end, so that of a repeated word the later ones count as kept: repetitions are usually in front.
  for (const word of inSource.slice(start, end).reverse()) {
    if (take(counts, word)) continue;
    if (take(excused, word)) replacedCount++;
    else lost.push(word);
  }
  const added = [...counts].flatMap(([word, count]) => Array<string>(count).fill(word));
  return { words: inSource.length, lost: lost.reverse(), added, replaced: replacedCount };
}

function take(counts: Map<string, number>, word: string): boolean {
  const count = counts.get(word) ?? 0;
  if (count === 0) return false;
  counts.set(word, count - 1);
  return true;
}

import { compareText } from '../base/diagnostics.ts';
import type { ArticleEntry } from '../site/model.ts';
import { allArticles } from './articles.ts';
import { siteRule } from './rule.ts';

/** Matches what systems add to the name of a copy. */
const copyMark = /^Copy of |(?: copy(?: \d+)?| - Copy(?: \(\d+\))?| \(\d+\)|-\d)$/i;

/** Name of a story's file or, for index.md, of its folder. */
const nameOf = (source: string): string => /([^/]+?)(?:\/index)?\.md$/.exec(source)?.[1] ?? source;

/** Warns about two stories with the same headline, the same date and similar names, because one is probably a copy. */
export const storyDuplicate = siteRule({
  id: 'story-duplicate',
  severity: 'warning',
  message: ({ other }: { other: string }) =>
    `This story looks like a copy of ${other}: both have the same headline and the same date. Remove one of them.`,
  check(site, _, report) {
    const seen = new Map<string, ArticleEntry>();
    for (const entry of allArticles(site)) {
      const key = `${entry.meta.published}\n${entry.lang}\n${entry.title}`;
      const other = seen.get(key);
      if (!other) {
        seen.set(key, entry);
        continue;
      }
      const [first, copy] = inOrder(other, entry);
      // The message about two stories with the same address is enough.
      if (first.path === copy.path || !isCopyName(first.source, copy.source)) continue;
      seen.set(key, first);
      report(copy.source, undefined, { other: first.source });
    }
  },
});

/** Puts the copy last: the story whose name is that of a copy, or else whose path is later. */
function inOrder(a: ArticleEntry, b: ArticleEntry): [first: ArticleEntry, copy: ArticleEntry] {
  const isCopy = copyMark.test(nameOf(a.source));
  if (isCopy !== copyMark.test(nameOf(b.source))) return isCopy ? [b, a] : [a, b];
  const order = compareText(nameOf(a.source), nameOf(b.source)) || compareText(a.source, b.source);
  return order < 0 ? [a, b] : [b, a];
}

/** Whether a story is named like another, or like its copy or a new version of it. */
function isCopyName(first: string, copy: string): boolean {
  const [name, other] = [nameOf(first), nameOf(copy)];
  return other === name || other.replace(copyMark, '') === name || other.startsWith(`${name}-`);
}

import { documentRule } from './rule.ts';

/**
 * Maximum length of a headline, in characters as readers count them (graphemes). Search engines and
 * aggregators truncate longer headlines (Google's limit for NewsArticle `headline`).
 */
const limit = 110;

/** Warns if a headline is too long for search engines. */
export const headlineLength = documentRule({
  id: 'headline-length',
  severity: 'warning',
  message: ({ length }: { length: number }) =>
    `The headline has ${length} characters; search engines cut it off after ${limit}. Shorten it.`,
  check({ meta, lang }, report) {
    if (!meta?.title || meta.title.length <= limit) return;
    const length = [...new Intl.Segmenter(lang, { granularity: 'grapheme' }).segment(meta.title)].length;
    if (length > limit) report('title', { length });
  },
});

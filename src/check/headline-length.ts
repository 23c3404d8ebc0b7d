import { documentRule } from './rule.ts';

/** Search engines and aggregators cut longer headlines (Google's limit for NewsArticle `headline`). Characters as a reader counts them. */
const limit = 110;

/** A headline is not longer than search engines show. */
export const headlineLength = documentRule({
  id: 'headline-length',
  severity: 'warning',
  message: ({ length }: { length: number }) =>
    `The headline has ${length} characters; search engines cut it off after ${limit}. Shorten it.`,
  check({ meta, lang }, report) {
    if (!meta || meta.title.length <= limit) return;
    const length = [...new Intl.Segmenter(lang, { granularity: 'grapheme' }).segment(meta.title)].length;
    if (length > limit) report('title', { length });
  },
});

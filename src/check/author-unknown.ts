import { type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { allArticles } from './articles.ts';
import { siteRule } from './rule.ts';

/** Requires that an article's authors have files in content/authors/. */
export const authorUnknown = siteRule({
  id: 'author-unknown',
  severity: 'error',
  required: true,
  message: ({ author, suggestion }: { author: string; suggestion: Suggestion }) =>
    `The author '${author}' is not defined in content/authors/. ${suggestionText(suggestion, 'Add a file for the author there')}`,
  check(site, _, report) {
    const { authorFiles, flawed } = site;
    for (const { source, meta } of allArticles(site)) {
      meta.authors.forEach((author, index) => {
        if (authorFiles.has(author) || flawed.has(`content/authors/${author}.md`)) return;
        report(source, `authors.${index}`, { author, suggestion: suggest(author, [...authorFiles.keys()]) });
      });
    }
  },
});

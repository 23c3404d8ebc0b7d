import { type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { allMetas } from './articles.ts';
import { siteRule } from './rule.ts';

/** Requires that an article's topics are defined in site.yaml. */
export const topicUnknown = siteRule({
  id: 'topic-unknown',
  severity: 'error',
  required: true,
  message: ({ topic, suggestion }: { topic: string; suggestion: Suggestion }) =>
    `The topic '${topic}' is not defined in content/site.yaml. ${suggestionText(suggestion, 'Define it there')}`,
  check(site, _, report) {
    const known = new Set(site.config.topics.map(({ id }) => id));
    for (const { source, meta } of allMetas(site)) {
      meta.topics?.forEach((topic, index) => {
        if (!known.has(topic))
          report(source, `topics.${index}`, { topic, suggestion: suggest(topic, [...known]) });
      });
    }
  },
});

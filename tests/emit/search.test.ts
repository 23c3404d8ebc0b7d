/** Stories as the search indexes them. */
import { expect, test } from 'vitest';
import { createSearchPages, createSearchStories } from '../../src/emit/search.ts';
import { planSite, publicationYaml, story, storyPath } from '../helpers/publication.ts';

test('have the names of their own desk, topics and authors, and anchors at their headings', () => {
  const { site } = planSite({
    'content/site.yaml': publicationYaml,
    [storyPath(1)]: story({ desk: 'politics' }),
  });
  const [article] = site.articles;
  const search = createSearchStories(site.config, new Map())(article!);
  expect(search.filters.desk).toEqual(['Politics']);
  const html = createSearchPages({ timeZone: 'UTC' })(search, [
    { id: undefined, text: 'Words.' },
    { id: 'vote', text: 'The vote' },
  ]);
  expect(html).toContain('<p>Words.</p><h2 id="vote">The vote</h2>');
});

/** User-interface texts: a site's own file extends the package's. */
import { expect, test } from 'vitest';
import { publish, story } from '../helpers/publication.ts';

const stories = {
  'content/articles/2025/x.md': story({ authors: [] }),
  'content/articles/2025/x.de.md': story({ title: 'Titel', lang: 'de', translationOf: 'x.md' }),
};

test('a site changes one string, and keeps all others', async () => {
  const { files } = await publish({
    ...stories,
    'templates/strings/en.yaml': "about-story: 'Our promise'\n",
  });
  const html = files['world/2025/03/x/index.html']!;
  expect(html).toContain('Our promise');
  expect(html).not.toContain('How we report this');
  expect(html).toContain('Skip to the content');
  expect(files['de/world/2025/03/x/index.html']).toContain('Zum Inhalt');
});

test('a file for another language needs only some strings, and English has the rest', async () => {
  const { files } = await publish({
    'content/articles/2025/x.md': story({ lang: 'pt' }),
    'templates/strings/pt.yaml': "about-story: 'Como trabalhamos'\n",
  });
  const html = files['pt/world/2025/03/x/index.html']!;
  expect(html).toContain('Como trabalhamos');
  expect(html).toContain('Skip to the content');
});

/** User-interface texts: a site's own file extends the package's. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { workTypes } from '../../src/article/keys.ts';
import { manualFolder, tableOf } from '../helpers/manual.ts';
import { publicationYaml, publish, story } from '../helpers/publication.ts';
import { packageRoot } from '../helpers/site.ts';

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
  expect(html).not.toContain('About this story');
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

/** Strings that the manual lists as statements in the newsroom's name, with their texts. */
const statements = Object.fromEntries(
  tableOf(`${manualFolder}/themes.md`, 'string').map(([name, text]) => [name!.slice(1, -1), text!]),
);
const english = parse(readFileSync(`${packageRoot}templates/strings/en.yaml`, 'utf8')) as Record<
  string,
  string | { other: string }
>;

test('the manual lists every statement in the newsroom’s name, with its text', () => {
  const textOf = (text: string | { other: string }) => (typeof text === 'string' ? text : text.other);
  for (const [name, text] of Object.entries(statements))
    expect([name, textOf(english[name]!)]).toEqual([name, text]);
  const listed = Object.entries(english).filter(
    ([name, text]) => /^(type|about|policy)-/.test(name) || /\b(we|us|our)\b/i.test(textOf(text)),
  );
  expect(listed.map(([name]) => name).filter(name => !(name in statements))).toEqual([]);
  expect(Object.keys(statements)).toEqual(
    expect.arrayContaining(workTypes.flatMap(type => [`type-${type}`, `about-${type}`])),
  );
});

const turnedOff = Object.keys(statements)
  .filter(name => name !== 'type-sponsored')
  .map(name => `${name}: ''\n`)
  .join('');

test('an empty string turns a statement off, without an empty element', async () => {
  const everyType = Object.fromEntries(
    workTypes.map(type => [
      `content/articles/2025/${type}.md`,
      story({ type, sources: [{ name: 'Reuters', url: 'https://reuters.example/', firstReport: true }] }),
    ]),
  );
  const { files } = await publish({
    'content/site.yaml': `${publicationYaml}policies: {ethicsPolicy: /ethics/}\n`,
    'content/pages/ethics.md': '---\ntitle: Our rules\n---\n\nText.\n',
    ...everyType,
    'content/articles/2025/corrected.md': story({
      corrections: [{ date: '2025-03-06T09:00:00-05:00', text: 'It was 59.' }],
    }),
    'templates/strings/en.yaml': turnedOff,
  });
  const texts = Object.values(statements).map(text => text.replace(/\{\w+\}/g, '').trim());
  const pages = Object.entries(files).filter(
    ([path]) => path.includes('2025/03/') && path.endsWith('.html') && !path.includes('sponsored'),
  );
  expect(pages.length).toBeGreaterThan(2 * workTypes.length);
  for (const [path, html] of pages.concat([
    ['corrections/', files['corrections/index.html']!],
    ['text/corrections/', files['text/corrections/index.html']!],
  ])) {
    const empty = /<(p|h\d|dt|dd|li|ul|span|strong|a)\b(?![^>]* class="copied")[^>]*>\s*<\/\1>/.exec(
      html,
    )?.[0];
    expect([path, empty]).toEqual([path, undefined]);
    const shown = texts.filter(text => text.includes(' ') && html.includes(text));
    expect([path, shown]).toEqual([path, []]);
  }
});

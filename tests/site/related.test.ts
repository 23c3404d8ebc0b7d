/** Related stories: hand-picked ones first, then those that share topics and people. */
import { describe, expect, test } from 'vitest';
import type { ArticleEntry, Site } from '../../src/site/model.ts';
import { createRelated } from '../../src/site/related.ts';
import { type Files, planSite, publicationYaml, publish, story, storyDate } from '../helpers/publication.ts';

/** Slugs of the stories that each story refers to. */
function relatedOf(files: Files): Record<string, string[]> {
  const { site, pages } = planSite(files);
  const langOf = (path: string) => site.byPath.get(path)!.lang;
  const slug = (path: string) => path.split('/').at(-2)!;
  return Object.fromEntries(
    pages.flatMap(page =>
      page.kind === 'article'
        ? [
            [
              `${langOf(page.path) === 'en' ? '' : `${langOf(page.path)}:`}${slug(page.path)}`,
              page.related.map(({ path }) => slug(path)),
            ],
          ]
        : [],
    ),
  );
}

const at = (name: string): string => `content/articles/2025/${name}.md`;
const dated = (n: number, meta: object = {}) =>
  story({ title: `Story ${n}`, published: storyDate(n), ...meta });

describe('a story links', () => {
  test('to hand-picked stories first, in their order, then to stories that share topics', () => {
    const files: Files = {
      [at('x')]: dated(20, { related: ['far.md', 'other.md'], topics: ['gaza'] }),
      [at('far')]: dated(0),
      [at('other')]: dated(1, { topics: ['trade'] }),
      [at('near')]: dated(19, { topics: ['gaza'] }),
      [at('older')]: dated(10, { topics: ['gaza'] }),
    };
    expect(relatedOf(files).x).toEqual(['far', 'other', 'near', 'older']);
  });

  test('to no story twice, not to itself, and not to stories in another language', () => {
    const files: Files = {
      [at('x')]: dated(5, { related: ['y.md'], topics: ['gaza', 'talks'], people: ['A', 'B'] }),
      [at('y')]: dated(6, { topics: ['gaza', 'talks'], people: ['A', 'B'] }),
      [at('z')]: dated(7, { topics: ['gaza', 'talks'], people: ['A'] }),
      [at('x.de')]: dated(5, { lang: 'de', translationOf: 'x.md', topics: ['gaza', 'talks'] }),
      [at('y.de')]: dated(6, { lang: 'de', translationOf: 'y.md', topics: ['gaza', 'talks'] }),
    };
    const related = relatedOf(files);
    expect(related.x).toEqual(['y', 'z']);
    expect(related.y).toEqual(['x', 'z']);
    expect(related['de:x']).toEqual(['y']);
  });

  test('to no translation of itself or of another link, even if it was hand-picked', () => {
    const files: Files = {
      [at('x')]: dated(5, { related: ['x.de.md'] }),
      [at('x.de')]: dated(5, { lang: 'de', translationOf: 'x.md', related: ['x.md'] }),
    };
    expect(relatedOf(files)).toEqual({ x: [], 'de:x': [] });
  });

  test('preferably to stories that share a rare topic, and to stories that are close in time', () => {
    const files: Files = {
      'content/site.yaml': publicationYaml,
      [at('x')]: dated(30, { topics: ['gaza', 'trade'] }),
      [at('rare')]: dated(28, { topics: ['trade'] }),
      ...Object.fromEntries(
        Array.from({ length: 12 }, (_, n) => [at(`common-${n}`), dated(n * 2 + 5, { topics: ['gaza'] })]),
      ),
    };
    expect(relatedOf(files).x).toEqual(['rare', 'common-11', 'common-10', 'common-9']);
  });

  test('to stories about the same person, without a topic', () => {
    const files: Files = {
      [at('x')]: dated(3, { people: ['Edan Alexander'] }),
      [at('y')]: dated(2, { people: ['Edan Alexander'] }),
      [at('z')]: dated(2, { people: ['Another'] }),
    };
    expect(relatedOf(files).x).toEqual(['y']);
  });

  test('to four stories by default, and to more if more were hand-picked', () => {
    const files: Files = Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [at(`s${n}`), dated(n, { topics: ['gaza'] })]),
    );
    files[at('s0')] = dated(0, {
      topics: ['gaza'],
      related: ['s1', 's2', 's3', 's4', 's5'].map(name => `${name}.md`),
    });
    const related = relatedOf(files);
    expect(related.s7).toHaveLength(4);
    expect(related.s0).toEqual(['s1', 's2', 's3', 's4', 's5']);
  });

  test('in the same way whatever the order of the files', () => {
    const files = Object.entries(
      Object.fromEntries(
        Array.from({ length: 9 }, (_, n) => [at(`s${n}`), dated(1, { topics: ['gaza', 'talks'] })]),
      ),
    );
    for (const order of [files, files.toReversed()]) {
      const related = relatedOf(Object.fromEntries(order));
      expect(related.s0).toEqual(['s1', 's2', 's3', 's4']);
      expect(related.s3).toEqual(['s0', 's1', 's2', 's4']);
    }
  });
});

test('its page has the links', async () => {
  const { files } = await publish({
    [at('x')]: dated(3, { related: ['y.md'] }),
    [at('y')]: dated(2),
  });
  expect(files['world/2025/01/x/index.html']).toMatch(
    /id="page:related"(?:(?!<\/section>)[\s\S])*href="\/world\/2025\/01\/y\/"/,
  );
});

/**
 * Measures the cost of finding related stories among `count` stories that share all topics and people.
 * @returns how often the language of a story was read, per story
 */
function readsPerStory(count: number): number {
  let reads = 0;
  const articles = Array.from({ length: count }, (_, n) => {
    const published = storyDate(count - n);
    const meta = { topics: ['gaza', 'talks'], people: ['A'], related: [], published };
    const article = { kind: 'article', source: `s${n}`, meta };
    Object.defineProperty(article, 'lang', {
      get: () => {
        reads++;
        return 'en';
      },
    });
    return article as unknown as ArticleEntry;
  });
  const site = { articles, entries: new Map(), translations: new Map() } as unknown as Site;
  const related = createRelated(site);
  for (const article of articles) expect(related(article)).toHaveLength(4);
  return reads / count;
}

test('the number of stories that a story is compared with does not grow with the publication', () => {
  const [few, many] = [readsPerStory(300), readsPerStory(3000)];
  expect(few).toBeGreaterThan(1);
  expect(many).toBeLessThan(few * 1.1);
});

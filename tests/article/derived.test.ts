import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseArticle } from '../../src/article/parse.ts';
import { contentsOf, countWords, plainText, readingMinutes } from '../../src/article/text.ts';
import { runsOf } from '../helpers/random.ts';
import { frontMatter, noFiles, parseSettings } from '../helpers/site.ts';

const parse = (body: string, lines = '', lang = 'en') =>
  parseArticle(
    { path: 'content/articles/2025/a-story.md', bytes: Buffer.from(frontMatter(lines) + body) },
    { ...parseSettings, lang },
    noFiles,
  ).document!;

describe('values derived from the tree', () => {
  test('the contents are the nested headings', () => {
    const { body } = parse('## One\n\n### Deeper\n\n## Two');
    expect(contentsOf(body)).toEqual([
      {
        id: 'one',
        text: 'One',
        depth: 2,
        children: [{ id: 'deeper', text: 'Deeper', depth: 3, children: [] }],
      },
      { id: 'two', text: 'Two', depth: 2, children: [] },
    ]);
  });

  test('plain text includes quotations, tables, captions and notes, but no code', () => {
    const text = plainText(
      parse(
        'A *b*[^1].\n\n> Said.\n> — Jane\n\n| c |\n| - |\n| d |\n\n```js\nno\n```\n\n![alt](x.jpg "Shown. Photo: P")\n\n[^1]: Note.',
      ).body,
    );
    for (const words of ['A b.', 'Said.', 'Jane', 'c', 'd', 'Shown.', 'Note.']) expect(text).toContain(words);
    expect(text).not.toContain('no\n');
    expect(text.split('\n\n')).not.toContain('no');
  });

  test('words are counted by the rules of the language', () => {
    expect(countWords('One two, three.', 'en')).toBe(3);
    expect(countWords('我们在北京开会', 'zh')).toBeGreaterThan(2);
    expect(readingMinutes(10)).toBe(1);
    expect(readingMinutes(238 * 4)).toBe(4);
  });
});

test('the pattern for Latin text finds the same words as Intl.Segmenter', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const bySegmenter = (text: string) =>
    [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  const text = fc.array(fc.constantFrom(...printable, ...'\n\u00a0«·½éßłª²’‘“”—–…€›'), { maxLength: 16 });
  fc.assert(
    fc.property(text, characters => {
      expect(countWords(characters.join(''), 'en')).toBe(bySegmenter(characters.join('')));
    }),
    { numRuns: runsOf({ short: 5000, long: 50_000, deep: 1_000_000 }) },
  );
});

test('in a long text with several scripts, the same words are found as by Intl.Segmenter on the whole text', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const parts = [
    ...'  \n_:"\u0301\u00ad\u200d\u00a0\u2028\ufeff',
    'слово',
    'a.b',
    '1,000',
    'שלום',
    "it's",
    'ไทยภาษา',
    '中文字',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { minLength: 1000, maxLength: 1500 }), words => {
      const text = words.join('');
      const found = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike);
      expect(countWords(text, 'en')).toBe(found.length);
    }),
    { numRuns: runsOf({ short: 50, long: 300, deep: 5000 }), endOnFailure: true },
  );
});

describe('front matter as meta', () => {
  test('dates are given in the time zone of the site', () => {
    const { meta } = parse('', 'updated: 2025-07-01T20:00:00Z\n');
    expect(meta?.published).toBe('2025-03-05T09:00:00-05:00');
    expect(meta?.updated).toBe('2025-07-01T16:00:00-04:00');
  });

  test('prose gets typographic quotation marks; values and paths are unchanged', () => {
    const { meta, slug } = parse(
      '',
      'standfirst: It\'s "on"\nrelated: [../2024/old.md]\nkeyFigures:\n  - {value: 59, label: days}\n',
    );
    expect(meta?.standfirst).toBe('It’s “on”');
    expect(meta?.related).toEqual(['content/articles/2024/old.md']);
    expect(meta?.keyFigures).toEqual([{ value: '59', label: 'days', source: undefined }]);
    expect(slug).toBe('a-story');
  });

  test('typography can be turned off', () => {
    const { document } = parseArticle(
      { path: 'content/articles/x.md', bytes: Buffer.from(`${frontMatter()}"a" -- b`) },
      { ...parseSettings, typography: false },
      noFiles,
    );
    expect(plainText(document!.body)).toBe('"a" -- b');
  });
});

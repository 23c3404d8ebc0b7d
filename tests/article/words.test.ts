/** Invisible characters that word processors leave in text. */
import { expect, test } from 'vitest';
import { parseArticle } from '../../src/article/parse.ts';
import { isLanguageTag, suggestLanguage } from '../../src/base/languages.ts';
import { frontMatter, noFiles, parseSettings } from '../helpers/site.ts';

const softHyphen = '\u00ad';
const zeroWidthSpace = '\u200b';
const noBreakSpace = '\u00a0';
const joiner = '\u200d';

test('invisible characters are removed from the headline, the slug and ids', () => {
  const words = `Coun${softHyphen}cil${noBreakSpace}a${zeroWidthSpace}grees\ufeff`;
  const text = frontMatter().replace('A headline', words);
  const source = `${text}\n## ${words}\n\nText.\n\n> Words.\n> — ${words}, mayor\n`;
  const path = `content/articles/2025/${words}.md`;
  const { document } = parseArticle({ path, bytes: Buffer.from(source) }, parseSettings, noFiles);
  const [section] = document!.body.children;
  expect(document).toMatchObject({ slug: 'council-agrees', meta: { title: 'Council agrees' } });
  expect(section).toMatchObject({ id: 'council-agrees' });
  expect(section).toMatchObject({ children: [{}, {}, { id: 'quote-council-agrees' }] });
});

test('joiners, which some scripts need, remain in the headline', () => {
  const title = `क्${joiner}ष می\u200cخواهم`;
  const bytes = Buffer.from(`${frontMatter().replace('A headline', title)}\nText.\n`);
  const { document } = parseArticle({ path: 'content/articles/x.md', bytes }, parseSettings, noFiles);
  expect(document!.meta!.title).toBe(title);
});

test.each(['en', 'EN', 'pt-BR', 'zh-Hant', 'es-419', 'sr-Latn', 'ckb', 'yue', 'nhn', 'iw', 'de-CH-1996'])(
  '%s is a known language',
  tag => expect(isLanguageTag(tag)).toBe(true),
);

test.each([
  ['english', 'en'],
  ['sp', 'es'],
  ['Deutsch', 'de'],
  ['German (Swiss)', 'de'],
  ['eng', 'en'],
  ['ger', 'de'],
  ['jp', 'ja'],
  ['gr', 'el'],
  ['xx', undefined],
  ['', undefined],
  ['e'.repeat(400_000), undefined],
])('%.20s is not a language, but may mean %s', (text, meant) => {
  expect(isLanguageTag(text)).toBe(false);
  expect(suggestLanguage(text)).toBe(meant);
});

test('an undetermined language is not a language of a text', () => {
  expect(isLanguageTag('und')).toBe(false);
});

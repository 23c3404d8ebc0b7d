/** The card of a story without a picture: its size, its text, its address, and the pages that name it. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import type { BuildOptions } from '../../src/build/options.ts';
import { drawer } from '../../src/media/cards.ts';
import { fontVersions } from '../../src/media/fonts.ts';
import { metaOf, publishForAll, siteHead, story, thingOf } from '../helpers/publication.ts';
import { buildSite, makeSite, packageRoot, readFolder, writeFiles } from '../helpers/site.ts';
import { makePhoto } from './photos.ts';

const yaml = siteHead.replace('cards: false', 'text: false');
const cardFolder = 'assets/cards/';

async function publish(root: string, options: Partial<BuildOptions> = {}): Promise<Record<string, string>> {
  const { ok, diagnostics } = await buildSite(root, options);
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
  return readFolder(join(root, 'dist'));
}

const makeSiteOf = (files: Record<string, string | Uint8Array>) =>
  makeSite({ 'content/site.yaml': yaml, ...files });

const pageOf = (files: Record<string, string>, slug: string): string =>
  Object.entries(files).find(([path]) => path.endsWith(`/${slug}/index.html`))![1];

const cardsOf = (files: Record<string, string>): string[] =>
  Object.keys(files).filter(path => path.startsWith(cardFolder));

/** Path of the card that a story's page names. */
const cardOf = (files: Record<string, string>, slug: string): string =>
  new URL(metaOf(pageOf(files, slug), 'og:image')[0]!).pathname.slice(1);

const at = (name: string) => `content/articles/2025/${name}`;

interface Drawing {
  /** Colour of a pixel, as `#rrggbb`. */
  color(x: number, y: number): string;
  /** Number of pixels in a part of the card that do not have the colour of the paper. */
  ink(part: { left?: number; top?: number; right?: number; bottom?: number }): number;
}

async function readDrawing(root: string, path: string): Promise<Drawing> {
  const { data, info } = await sharp(join(root, 'dist', path))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([1200, 630]);
  const color = (x: number, y: number) =>
    `#${data.subarray((y * 1200 + x) * 3, (y * 1200 + x) * 3 + 3).toString('hex')}`;
  return {
    color,
    ink({ left = 0, top = 0, right = 1200, bottom = 630 }) {
      let count = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) if (color(x, y) !== color(4, 300)) count++;
      return count;
    },
  };
}

/** Builds a site with one story, and reads that story's card. */
async function draw(meta: Record<string, unknown>, files: Record<string, string> = {}): Promise<Drawing> {
  const root = makeSiteOf({ [at('x.md')]: story(meta), ...files });
  return readDrawing(root, cardOf(await publish(root), 'x'));
}

describe('a story without a picture', () => {
  let root = '';
  let files: Record<string, string> = {};
  let remove = () => {};
  beforeAll(async () => {
    const title = 'Council votes & "more" <b>';
    ({ root, files, remove } = await publishForAll({
      'content/site.yaml': yaml,
      [at('x.md')]: story({ title }),
    }));
  });
  afterAll(() => remove());

  test('has one card, a non-empty PNG of 1200 by 630 pixels, at an address below /assets/cards/', async () => {
    expect(cardsOf(files)).toEqual([expect.stringMatching(/^assets\/cards\/[\da-f]{22}\.png$/)]);
    const [card] = cardsOf(files);
    expect((await sharp(join(root, 'dist', card!)).metadata()).format).toBe('png');
    expect((await readDrawing(root, card!)).ink({ top: 140, bottom: 520 })).toBeGreaterThan(10_000);
  });

  test('shows it in link previews, with its size, its type and its text', () => {
    const page = pageOf(files, 'x');
    const url = `https://courier.example/${cardsOf(files)[0]}`;
    const metas = ['og:image', 'og:image:type', 'og:image:width', 'og:image:height', 'og:image:alt'];
    expect(metas.map(name => metaOf(page, name))).toEqual([
      [url],
      ['image/png'],
      ['1200'],
      ['630'],
      ['Council votes & “more” <b> — The Test Courier'],
    ]);
    expect(metaOf(page, 'twitter:image')).toEqual([url]);
    expect(metaOf(page, 'twitter:card')).toEqual(['summary_large_image']);
  });

  test('names it in its structured data', () => {
    const url = `https://courier.example/${cardsOf(files)[0]}`;
    expect(thingOf(pageOf(files, 'x'), 'NewsArticle').image).toEqual([
      {
        '@type': 'ImageObject',
        url,
        contentUrl: url,
        encodingFormat: 'image/png',
        width: 1200,
        height: 630,
      },
    ]);
  });
});

test('a story with a photograph has no card; a story whose lead is a drawing has one, because previews do not show drawings', async () => {
  const files = await publish(
    makeSiteOf({
      [at('photo.md')]: story({}, '![It](a.jpg "Photo: Jane Doe")'),
      [at('a.jpg')]: await makePhoto(),
      [at('drawing.md')]: story({}, '![It](a.svg "Graphic: Jane Doe")'),
      [at('a.svg')]: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
    }),
  );
  expect(cardsOf(files)).toEqual([cardOf(files, 'drawing')]);
  expect(cardOf(files, 'photo')).toMatch(/^assets\/pictures\//);
});

describe('the address', () => {
  const named = (title: string, meta = {}) => ({ [at('x.md')]: story({ title, ...meta }) });
  const addressOf = async (files: Record<string, string>) => cardOf(await publish(makeSiteOf(files)), 'x');

  test('changes with the headline, desk, day, language, publication and theme, but not with the text', async () => {
    const first = await addressOf(named('One'));
    expect(await addressOf({ [at('x.md')]: story({ title: 'One' }, 'Other words.') })).toBe(first);
    const others = await Promise.all(
      [
        named('Two'),
        named('One', { desk: 'politics' }),
        named('One', { published: '2025-03-06T09:00:00-05:00' }),
        named('One', { lang: 'de' }),
        named('One', { type: 'opinion' }),
        { ...named('One'), 'content/site.yaml': yaml.replace('The Test Courier', 'The Courier') },
        { ...named('One'), 'templates/styles/tokens.css': ':root { --ink: #123 }' },
        { ...named('One'), 'templates/card.html': '<p><%= it.article.headline %></p>' },
      ].map(addressOf),
    );
    expect(new Set([first, ...others]).size).toBe(9);
  });
});

describe('drawing', () => {
  const two = { [at('x.md')]: story({ title: 'One' }), [at('y.md')]: story({ title: 'Two' }) };
  const written = (root: string) =>
    Object.keys(readFolder(join(root, '.cache/pictures'))).map(
      name => `${name} ${statSync(join(root, '.cache/pictures', name)).ino}`,
    );

  test('is not repeated in a second build or without dist/, but only for a story whose headline has changed', async () => {
    const root = makeSiteOf(two);
    const files = await publish(root);
    const first = written(root);
    expect(first).toHaveLength(2);
    expect((await buildSite(root)).rendered).toBe(0);
    rmSync(join(root, 'dist'), { recursive: true });
    expect(await publish(root)).toEqual(files);
    expect(written(root)).toEqual(first);
    writeFiles(root, { [at('y.md')]: story({ title: 'Three' }) });
    const after = await publish(root);
    expect(cardsOf(after)).toHaveLength(2);
    expect(cardOf(after, 'x')).toBe(cardOf(files, 'x'));
    expect(cardOf(after, 'y')).not.toBe(cardOf(files, 'y'));
    expect(written(root).filter(file => first.includes(file))).toHaveLength(1);
    expect(written(root)).toHaveLength(2);
  });

  test('produces the same bytes for the same story', async () => {
    const [one, other] = await Promise.all([publish(makeSiteOf(two)), publish(makeSiteOf(two))]);
    expect(other).toEqual(one);
  });

  test('is not needed if the cache has every card; otherwise a missing library is reported once', async () => {
    const root = makeSiteOf(two);
    const files = await publish(root);
    vi.doMock('@takumi-rs/core', () => {
      throw new Error('Cannot find native binding.');
    });
    try {
      rmSync(join(root, 'dist'), { recursive: true });
      expect(await publish(root)).toEqual(files);
      rmSync(join(root, '.cache'), { recursive: true });
      const { ok, diagnostics } = await buildSite(root);
      expect(ok).toBe(true);
      expect(diagnostics.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
        ['cards-unavailable', 'warning'],
      ]);
      const without = readFolder(join(root, 'dist'));
      expect(cardsOf(without)).toEqual([]);
      expect(metaOf(pageOf(without, 'x'), 'og:image')).toEqual([]);
    } finally {
      vi.doUnmock('@takumi-rs/core');
    }
    expect(await publish(root)).toEqual(files);
  });
});

describe('the card of a story with a chart', () => {
  const chart = (lines: string) => `\`\`\`chart\n${lines}\n\`\`\``;
  const bars = chart(`type: bar
title: Fees
x: Port
y: Fee
highlight: Bremen
data:
  - {Port: Hamburg, Fee: 1200}
  - {Port: Bremen, Fee: 600}
  - {Port: Kiel, Fee: -300}`);
  const drawText = async (text: string, meta: Record<string, unknown> = {}) => {
    const root = makeSiteOf({ [at('x.md')]: story({ title: 'Fees', ...meta }, text) });
    return readDrawing(root, cardOf(await publish(root), 'x'));
  };

  test('has its bars, the highlighted one in the accent, from the same zero', async () => {
    const card = await drawText(bars);
    const accent = card.color(4, 4);
    const rows = Array.from({ length: 340 }, (_, index) => index + 190);
    /** First and last column that has a colour, in any row. */
    const extent = (color: string) => {
      const columns = Array.from({ length: 900 }, (_, index) => index + 300).filter(x =>
        rows.some(y => card.color(x, y) === color),
      );
      return [columns[0]!, columns.at(-1)!];
    };
    const [zero, end] = extent(accent);
    const [start, most] = extent('#d6d5d0');
    // Hamburg is twice as long as Bremen, and Kiel half as long, on the other side.
    expect((most! - zero!) / (end! - zero!)).toBeCloseTo(2, 1);
    expect((zero! - start!) / (end! - zero!)).toBeCloseTo(0.5, 1);
  });

  test('has a template that a site may replace, without warnings, also from the cache', async () => {
    const card = readFileSync(join(packageRoot, 'templates/card.html'), 'utf8');
    const root = makeSiteOf({ [at('x.md')]: story({ title: 'Fees' }, bars), 'templates/card.html': card });
    const build = async () => {
      const { ok, diagnostics } = await buildSite(root);
      return { ok, messages: diagnostics.map(formatDiagnostic) };
    };
    expect(await build()).toEqual({ ok: true, messages: [] });
    writeFiles(root, { [at('y.md')]: story({ title: 'Another' }) });
    expect(await build()).toEqual({ ok: true, messages: [] });
  });

  test('mirrors bars in Arabic, draws lines, and has no chart that needs a legend', async () => {
    const [card, mirrored] = [await drawText(bars), await drawText(bars, { title: 'رسوم', lang: 'ar' })];
    const middle = (drawing: Drawing) => {
      const columns = Array.from({ length: 1000 }, (_, index) => index + 100).filter(x =>
        Array.from({ length: 340 }, (_, index) => index + 190).some(y => drawing.color(x, y) === '#d6d5d0'),
      );
      return (columns[0]! + columns.at(-1)!) / 2;
    };
    expect(middle(card) + middle(mirrored)).toBeCloseTo(1200, -1);

    const lines = (highlight: string) =>
      chart(`type: line
title: Rents
x: Year
y: [Old, New]
${highlight}data:
  - {Year: 2015, Old: 8, New: 10}
  - {Year: 2025, Old: 10, New: 21}`);
    const inked = async (text: string) => (await drawText(text)).ink({ top: 400, bottom: 500 });
    const plain = await inked('Text.');
    expect(await inked(lines('highlight: New\n'))).toBeGreaterThan(5000);
    expect(await inked(lines(''))).toBe(plain);
  });
});

test('a future story has no card; a draft has one if drafts are shown', async () => {
  const root = makeSiteOf({
    [at('later.md')]: story({ title: 'Later', published: '2026-03-05T09:00:00-05:00' }),
    [at('draft.md')]: story({ title: 'Draft', draft: true }),
  });
  expect(cardsOf(await publish(root))).toEqual([]);
  const files = await publish(root, { drafts: true });
  expect(cardsOf(files)).toEqual([cardOf(files, 'draft')]);
  expect(Object.keys(readFolder(join(root, '.cache/pictures')))).toHaveLength(1);
});

const long = 'the council of the city decides nothing at all and says that it will do so again next week, ';
const hebrew = 'הבית הלבן מאשר: שיחות ישירות עם חמאס (לראשונה) על 59 חטופים ';
const arabic = 'البيت الأبيض يؤكد إجراء محادثات مباشرة مع حماس بشأن 59 رهينة لدى (الحركة) ';

describe('the content of a card stays within its edges, and its date stays visible', () => {
  test.each([
    ['a word', {}, 'Votes'],
    ['a headline of the maximum length', {}, long.slice(0, 110)],
    ['five hundred letters', {}, long.repeat(5)],
    ['one word of two hundred letters', {}, 'Rindfleischetikettierung'.repeat(8)],
    ['five hundred letters of Hebrew', { lang: 'he' }, hebrew.repeat(9)],
    ['five hundred letters of Arabic', { lang: 'ar' }, arabic.repeat(8)],
    ['a long kicker and a type of work', { type: 'opinion', kicker: long }, long],
    ['line breaks and marks of all kinds', {}, '« Ça » — l’Œuvre & "Łódź" <b>Αθήνα</b> Москва Hà Nội %{x}'],
  ])('%s', async (_, meta, title) => {
    const { ink } = await draw(
      { title, ...meta },
      { 'content/site.yaml': `${yaml}rules: {headline-length: off}\n` },
    );
    expect(ink({ left: 0, right: 60, top: 20 })).toBe(0);
    expect(ink({ left: 1140, top: 20 })).toBe(0);
    expect(ink({ top: 605 })).toBe(0);
    expect(ink({ top: 545, bottom: 600, left: 72, right: 600 })).toBeGreaterThan(500);
    expect(ink({ top: 545, bottom: 600, left: 600 })).toBeGreaterThan(500);
    expect(ink({ top: 140, bottom: 520 })).toBeGreaterThan(5_000);
  });
});

test.each([
  ['he', 'מועצה'],
  ['ar', 'المجلس'],
])('in %s a card starts at the right', async (lang, title) => {
  const { ink } = await draw({ title, lang });
  const part = { top: 140, bottom: 520 };
  expect(ink({ ...part, left: 1000 })).toBeGreaterThan(1000);
  expect(ink({ ...part, right: 400 })).toBe(0);
  const { ink: english } = await draw({ title: 'Council' });
  expect(english({ ...part, left: 800 })).toBe(0);
});

test('its colours are those of the site', async () => {
  const card = await draw(
    {},
    {
      'templates/styles/tokens.css':
        ':root { --accent: #0a5; --paper: #fffffe; --ink: #000; --ink-soft: #444; --rule: #ccc }',
    },
  );
  expect([card.color(600, 4), card.color(4, 300)]).toEqual(['#00aa55', '#fffffe']);
});

describe('letters that no font has', () => {
  test('leave a story without a card, and emoji are omitted', async () => {
    const files = await publish(
      makeSiteOf({
        [at('japanese.md')]: story({ title: '東京で会議', lang: 'ja' }),
        [at('emoji.md')]: story({ title: 'Council👍🏽 votes' }),
        [at('plain.md')]: story({ title: 'Council votes' }),
      }),
    );
    expect(metaOf(pageOf(files, 'japanese'), 'og:image')).toEqual([]);
    expect(cardOf(files, 'emoji')).toBe(cardOf(files, 'plain'));
    expect(cardsOf(files)).toHaveLength(1);
  });
});

describe('an error in a changed design', () => {
  const messages = async (files: Record<string, string>) => {
    const { ok, diagnostics } = await buildSite(makeSiteOf({ [at('x.md')]: story(), ...files }));
    expect(ok).toBe(false);
    return diagnostics.map(formatDiagnostic);
  };
  test('in the template or the styles is reported with file and line', async () => {
    expect(await messages({ 'templates/card.html': '<p>\n<%= it.article.title %></p>' })).toEqual([
      expect.stringMatching(/^templates\/card\.html:2:1 error template Unknown field 'title'\./),
    ]);
    expect(await messages({ 'templates/styles/card.css': '.card { color: red }\n\n.x { color' })).toEqual([
      expect.stringMatching(/^templates\/styles\/card\.css:3:4 error template /),
    ]);
  });
  test('that appears only during drawing is reported with the story', async () => {
    const [message, ...others] = await messages({ 'templates/card.html': '<p dir="up">x</p>' });
    expect(others).toEqual([]);
    expect(message).toMatch(
      /error output The link preview card for content\/articles\/2025\/x\.md cannot be drawn \(.*`?up/,
    );
  });
});

test('the versions in the keys match the installed ones', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  expect(drawer).toBe(`@takumi-rs/core ${devDependencies['@takumi-rs/core']}`);
  expect(devDependencies).toMatchObject(fontVersions);
});

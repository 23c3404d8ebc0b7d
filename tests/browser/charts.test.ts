/**
 * Every kind of chart in a browser: on small and large screens, in both colour schemes, in both directions.
 */
import { describe, expect, test } from 'vitest';
import { boldFactor, textWidth } from '../../src/charts/text.ts';
import { findAccessibilityFaults, findBadTexts, findOverflow, useSite } from '../helpers/browser.ts';

const csv = `day,north,south,far
2024-10-01,3,5,
2024-11-01,4.5,6,1
2024-12-01,9,7,2
2025-01-01,,9,3
2025-02-01,14,12,4
2025-03-01,22,21,9
`;

const fence = (yaml: string) => `\`\`\`chart\n${yaml}\n\`\`\`\n`;
const courses = `data: data.csv
x: {column: day, label: Month}
y: [north, {column: south, label: A southern place with a long name}, far]
source: The test office`;
const groups = `data:
  - {place: North, a: 12000, b: 8}
  - {place: A place with a name that is much too long to stand in one line of a small screen, a: 900, b: 2300}
  - {place: AndOneWithoutAnyPlaceWhereItCouldBeBrokenAtAll, a: 5, b: }
x: place
y: [a, {column: b, label: The other}]
note: These are no news.
credit: The test desk`;

const charts = [
  `type: bar\ntitle: Bars\n${groups}`,
  `type: bar
title: Bars below zero
data: [{place: North, a: -12.5}, {place: South, a: 7}, {place: East, a: 0}, {place: West, a: }]
x: place
y: a
suffix: " points"
annotations: [{y: 5, text: A goal that was set long ago}, {x: South, text: estimate}]`,
  `type: stacked-bar\ntitle: Stacked bars\n${groups}`,
  `type: bar\ntitle: Columns\n${courses}`,
  `type: stacked-bar\ntitle: Stacked columns\n${courses}`,
  `type: line
title: Lines
${courses}
annotations:
  - {x: 2024-11-15, text: What happened in autumn}
  - {x: 2025-03-01, text: What happened at the end}
  - {y: 18, text: A mean of many years}`,
  `type: line
title: One line of large numbers
data: [{y: 1997, v: 3}, {y: 2010, v: 12000000}, {y: 2025, v: 9000000}]
x: y
y: v`,
  `type: line\ntitle: One value\ndata: [{y: 2025, v: 46}]\nx: y\ny: v`,
  `type: area\ntitle: An area\ndata: data.csv\nx: day\ny: south\ndateFormat: "%B %Y"`,
  `type: area
title: Areas upon each other
data: [{y: 2023, a: 1, b: 2}, {y: 2024, a: 2, b: 3}, {y: 2025, a: 4, b: 1}]
x: y
y: [a, b]`,
  `type: dot\ntitle: Dots\n${groups}`,
  `type: lollipop\ntitle: Lollipops\n${groups}\nhighlight: North\ncurrency: ILS`,
  `type: slope\ntitle: Slopes\n${groups.replace('b: }', 'b: 7000}')}\nhighlight: North`,
  `type: small-multiples\ntitle: Small multiples\n${courses}\nannotations: [{y: 10, text: Mean}]`,
  `type: line
title: Highlights with a range
${courses.replace('[north,', '[{column: north, lower: far, upper: south},')}
highlight: north
suffix: " per inhabitant and year"`,
  `type: scatter
title: A scatter plot
data: [{p: North, a: 12, b: 40}, {p: A place with a long name, a: 900, b: 52}, {p: South, a: 910, b: 51}, {p: West, a: 95000, b: 79}]
x: {column: a, label: Income, scale: log}
y: {column: b, label: Years}
names: p
highlight: West`,
  `type: line
title: A logarithmic scale
data: [{y: 1990, v: 0.000001}, {y: 2010, v: 40}, {y: 2025, v: 9000000000000}]
x: y
y: v
scale: log`,
  `type: bar
title: Above and below zero
data: [{p: North, v: -1200000000}, {p: South, v: 340000000}]
x: p
y: v
palette: diverging
currency: EUR`,
].map(fence);

const article = (lang: string) => `---
title: Charts
published: 2025-03-05T09:00:00-05:00
desk: world
lang: ${lang}
---

${charts.join('\n')}
`;

const site = useSite({
  files: {
    'content/articles/2025/charts.md': article('en'),
    'content/articles/2025/he.md': article('he'),
    'content/articles/2025/data.csv': csv,
  },
});
const paths = { english: '/world/2025/03/charts/', hebrew: '/he/world/2025/03/he/' };

describe.each(Object.entries(paths))('charts on an %s page', (_, path) => {
  test.each([320, 360, 768, 1280])('fit, and their text is readable, at %i px', async width => {
    const { page, troubles } = await site.open(path, { width });
    expect(await page.locator('.chart').count()).toBe(charts.length);
    // A single value is a sentence.
    expect(await page.locator('.chart-drawing').count()).toBe(charts.length - 1);
    expect(await page.locator('#chart-one-value .chart-figure').innerText()).toContain('46');
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
    expect(await findBadTexts(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('are accessible in %s colours', async colorScheme => {
    const { page } = await site.open(path, { colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await findAccessibilityFaults(page), `at ${width} px`).toEqual([]);
    }
  });
});

test('can be opened as a table by keyboard, and downloaded', async () => {
  const { page } = await site.open(paths.english, { javaScript: false, width: 360 });
  const chart = page.locator('#chart-lines');
  await chart.locator('summary').focus();
  await page.keyboard.press('Enter');
  const table = chart.locator('table');
  expect(await table.locator('thead th').allTextContents()).toEqual([
    'Month',
    'north',
    'A southern place with a long name',
    'far',
  ]);
  expect(await table.locator('tbody tr').first().locator('th, td').allTextContents()).toEqual([
    'October 1, 2024',
    '3.0',
    '5.0',
    '–no data',
  ]);
  const address = await chart.locator('.chart-download').getAttribute('href');
  expect(address).toBe('chart-lines.csv');
  const file = await page.request.get(new URL(address!, page.url()).href);
  expect(await file.text()).toBe(
    '\ufeffMonth,north,A southern place with a long name,far\r\n2024-10-01,3,5,\r\n2024-11-01,4.5,6,1\r\n2024-12-01,9,7,2\r\n2025-01-01,,9,3\r\n2025-02-01,14,12,4\r\n2025-03-01,22,21,9\r\n',
  );
});

test.each([320, 390, 640, 1280])(
  'follow the reader’s text size at %i px, and nothing meets or is cut off',
  async width => {
    for (const path of Object.values(paths)) {
      const { page } = await site.open(path, { width });
      const height = () =>
        page
          .locator('#chart-bars .chart-name')
          .first()
          .evaluate(name => getComputedStyle(name).fontSize);
      expect(await height()).toBe('13px');
      await page.addStyleTag({ content: ':root { font-size: 200% }' });
      expect(await height()).toBe('26px');
      expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
      expect(await findBadTexts(page)).toEqual([]);
    }
  },
);

test('have tables, downloads and regions whose names differ and begin with the visible text', async () => {
  const { page } = await site.open(paths.english);
  const names = await page.locator('.chart-data').evaluateAll(all =>
    all.map(details => ({
      summary: details.querySelector('summary')!.textContent,
      link: details.querySelector('a')!.textContent,
      region: details.querySelector('[role=group]')!.getAttribute('aria-label'),
    })),
  );
  for (const key of ['summary', 'link', 'region'] as const)
    expect(new Set(names.map(name => name[key])).size).toBe(names.length);
  expect(names[0]).toEqual({
    summary: 'The data as a table – Bars',
    link: 'Download the data (CSV) – Bars',
    region: 'The data as a table – Bars',
  });
});

test('align the digits of their tables at the right, also on pages from right to left', async () => {
  for (const path of Object.values(paths)) {
    const { page } = await site.open(path);
    await page.locator('#chart-lines summary').click();
    const rights = await page.locator('#chart-lines td:nth-child(2)').evaluateAll(cells =>
      cells
        .filter(cell => /\d/.test(cell.textContent))
        .map(cell => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          return Math.round(range.getBoundingClientRect().right);
        }),
    );
    expect(rights.length).toBeGreaterThan(3);
    expect(new Set(rights).size).toBe(1);
  }
});

test('write the minus sign before the digits on pages from right to left', async () => {
  const { page } = await site.open(paths.hebrew);
  const [sign, digit] = await page
    .locator('#chart-bars-below-zero .chart-halo')
    .first()
    .evaluate(text => {
      const at = [...text.textContent].indexOf('\u2212');
      return [at, at + 1].map(index => (text as SVGTextElement).getExtentOfChar(index).x);
    });
  expect(sign).toBeLessThan(digit!);
});

test('are printed with their title, and without the table', async () => {
  const { page } = await site.open(paths.english);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('#chart-lines .chart-drawing').isVisible()).toBe(true);
  expect(await page.locator('#chart-lines table').isVisible()).toBe(false);
  expect(await page.locator('#chart-lines .chart-download').isVisible()).toBe(false);
  expect(await page.locator('#chart-lines').evaluate(chart => getComputedStyle(chart).breakInside)).toBe(
    'avoid',
  );
});

/**
 * Texts as they appear in charts: numbers, dates and words, in the user-interface languages and some others.
 */
const words: Record<string, string[]> = {
  en: [
    'Illinois',
    'WOMEN',
    'MMXXV',
    'All households',
    '“How much?”',
    'R&D',
    'A–Z',
    'A third line with a long name',
  ],
  de: ['Größe', 'Bundesländer', 'Übrige', 'Anteil (%)'],
  es: ['¿Cuántos?', 'Año', 'Otros países'],
  fr: ['Œuvres', 'L’année', 'Écart'],
  he: ['שטחים זה על זה', 'אחוז', 'ש״ח'],
  ar: ['الحدث في الخريف', 'المصدر', 'النسبة'],
  el: ['Ποσοστό'],
  ru: ['Москва и область'],
};
const numbers = [0, -12.5, 1234567.891, 0.005, 99, 111111];
const texts = Object.entries(words).flatMap(([lang, own]) => [
  ...own,
  ...numbers.flatMap(number => {
    const text = new Intl.NumberFormat(lang).format(number).replace('-', '−');
    return [text, `+${text}%`, `${text} €`, `$${text}`];
  }),
  ...[0, 4, 8].map(month =>
    new Intl.DateTimeFormat(lang, { month: 'short', day: 'numeric', year: 'numeric' }).format(
      new Date(2025, month, 28),
    ),
  ),
]);

test('have text that is at most as wide as the drawing estimates, even in the widest letters', async () => {
  const { page } = await site.open(paths.english);
  const measured = await page.evaluate(all => {
    const drawing = document.querySelector('.chart-drawing')!;
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.append(svg);
    return all.map(text => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', 'text');
      element.textContent = text;
      svg.append(element);
      const plain = element.getComputedTextLength();
      element.setAttribute('class', 'chart-end');
      return { text, plain, bold: element.getComputedTextLength() };
    });
  }, texts);
  const wrong = measured.filter(({ text, plain, bold }) => {
    const width = textWidth(text);
    return plain > width || bold > width * boldFactor || width > Math.max(plain * 1.6, plain + 12);
  });
  expect(wrong).toEqual([]);
});

test('show time from left to right in every language, and start bars and dots at the side where reading starts', async () => {
  const { page } = await site.open(paths.hebrew);
  const lefts = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll(elements => elements.map(element => element.getBoundingClientRect().left));
  const days = await lefts('#chart-lines .chart-wide .chart-tick');
  expect(days.length).toBeGreaterThan(1);
  expect(days).toEqual(days.toSorted((a, b) => a - b));
  expect(Math.min(...(await lefts('#chart-lines .chart-wide .chart-end')))).toBeGreaterThan(days.at(-1)!);
  const [name] = await lefts('#chart-bars .chart-name');
  const [bar] = await lefts('#chart-bars rect:not(.chart-key rect)');
  expect(bar).toBeLessThan(name!);
  for (const chart of ['#chart-dots', '#chart-lollipops']) {
    const [most, least] = await lefts(`${chart} .chart-row:nth-child(1) circle`);
    expect(most).toBeLessThan(least!);
  }
});

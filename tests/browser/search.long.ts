/** The search as readers use it: in three languages, with filters, by keyboard, and without scripts. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';

const story = (lines: string, text: string) =>
  `---\npublished: 2025-03-05T09:00:00-05:00\ndesk: world\n${lines}---\n\n${text}\n`;

const site = useSite({
  drafts: false,
  files: {
    'content/site.yaml': `name: The Test Courier
url: https://courier.example/
lang: en
timeZone: America/New_York
desks: [{id: world, name: World}, {id: politics, name: Politics}]
topics: [{id: harbour, name: Harbour}, {id: budget, name: "Budget, taxes"}]
`,
    'content/authors/ada.md': '---\nname: Ada Tester\n---\n',
    'content/authors/ben.md': '---\nname: Ben Tester\n---\n',
    'content/articles/2025/harbour.md': story(
      'title: The harbour is dredged\nauthors: [ada]\ntopics: [harbour]\n',
      'Dredging began on Monday.\n\n## The lighthouse keeper\n\nA lighthouse stands there: <em>a & b</em> `code`. 1 < 2 and &lt;b&gt; too.',
    ),
    'content/articles/2025/budget.md': story(
      'title: The budget\nauthors: [ben]\ntopics: [budget]\n',
      'The council votes on the harbour budget.',
    ).replace('desk: world', 'desk: politics'),
    'content/articles/2023/old.md': story(
      'title: An older harbour story\nauthors: [ada]\n',
      'The harbour, two years before.',
    ).replace('2025', '2023'),
    'content/articles/2025/he.md': story('title: המגדלור בנמל\nlang: he\n', 'השומר של המגדלור מספר.'),
    'content/articles/2025/ar.md': story('title: المنارة في الميناء\nlang: ar\n', 'حارس المنارة يروي.'),
    'content/articles/2025/draft.md': story('title: Secret lighthouse draft\ndraft: true\n', 'lighthouse'),
    'content/articles/2025/later.md': story('title: Secret lighthouse later\n', 'lighthouse').replace(
      '2025',
      '2033',
    ),
  },
});

async function ask(page: Page, words: string): Promise<string[]> {
  await page.getByRole('searchbox').fill(words);
  await page.waitForFunction(words => new URLSearchParams(location.search).get('q') === words, words);
  return titlesOf(page);
}

/** Reads the titles once the list no longer changes. */
async function titlesOf(page: Page): Promise<string[]> {
  await page.getByRole('status').getByText(/\d/).waitFor();
  await page.waitForTimeout(400);
  return page.locator('.search-results h2').allTextContents();
}

test('stories are found by their words, with the section that contains them', async () => {
  const { page, troubles } = await site.open('/search/');
  expect(await ask(page, 'lighthouse')).toEqual(['The harbour is dredged']);
  expect(await page.getByRole('status').first().textContent()).toBe('Stories found: 1');
  const result = page.locator('.search-results > li').first();
  expect(await result.locator('time').textContent()).toMatch(/^March 5, 2025/);
  expect(await result.locator('.kicker').textContent()).toContain('World');
  expect(await result.locator('.search-excerpt').textContent()).toContain('1 < 2 and <b> too');
  expect(await result.locator('mark').allTextContents()).toContain('lighthouse');
  await result.getByRole('link', { name: 'The lighthouse keeper' }).click();
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe(
    '/world/2025/03/harbour/#the-lighthouse-keeper',
  );
  expect(await page.locator('h1').textContent()).toBe('The harbour is dredged');
  expect(troubles).toEqual([]);
});

test.each([
  ['Hebrew', 'המגדלור', 'המגדלור בנמל', 'he'],
  ['Arabic', 'المنارة', 'المنارة في الميناء', 'ar'],
])('stories in %s are found by their words', async (_, words, title, lang) => {
  const { page } = await site.open(`/search/?q=${encodeURIComponent(words)}`);
  expect(await titlesOf(page)).toEqual([title]);
  const link = page.locator('.search-results a').first();
  expect(await link.getAttribute('dir')).toBe('rtl');
  expect(await link.getAttribute('lang')).toBe(lang);
  await link.click();
  expect(await page.locator('h1').textContent()).toBe(title);
});

test('all years are searched together; desk, topic, author and year narrow the results', async () => {
  const { page } = await site.open('/search/');
  expect((await ask(page, 'harbour')).sort()).toEqual([
    'An older harbour story',
    'The budget',
    'The harbour is dredged',
  ]);
  for (const [name, choice, titles] of [
    ['Desk', 'Politics', ['The budget']],
    ['Topic', 'Budget, taxes', ['The budget']],
    ['Author', 'Ada Tester', ['An older harbour story', 'The harbour is dredged']],
    ['Year', '2023', ['An older harbour story']],
  ] as const) {
    const select = page.getByRole('combobox', { name });
    await select.selectOption(choice);
    await page.waitForFunction(
      choice => [...new URLSearchParams(location.search).values()].includes(choice),
      choice,
    );
    expect((await titlesOf(page)).sort(), name).toEqual(titles);
    await select.selectOption('');
  }
  await page.getByRole('combobox', { name: 'Year' }).selectOption('2023');
  await ask(page, 'budget');
  // The address contains the query, so that it can be bookmarked and shared.
  await page.reload();
  expect(await page.getByRole('searchbox').inputValue()).toBe('budget');
  expect(await page.getByRole('combobox', { name: 'Year' }).inputValue()).toBe('2023');
});

test('drafts and future stories are not found', async () => {
  const { page } = await site.open('/search/?q=secret');
  await page.getByText('No stories found').waitFor();
  expect(await page.locator('.search-results h2').count()).toBe(0);
});

test('the index is loaded only when the search is used, and only from this host', async () => {
  const { page, troubles } = await site.open('/search/');
  const loaded = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/pagefind/')).length,
    );
  await page.waitForTimeout(300);
  expect(await loaded()).toBe(0);
  await page.getByRole('searchbox').focus();
  await page.getByRole('combobox', { name: 'Desk' }).waitFor();
  expect(await loaded()).toBeGreaterThan(0);
  expect(troubles).toEqual([]);
});

describe('it can be reached by keyboard', () => {
  test.each(['Control+k', 'Meta+k'])('with %s, on every page', async keys => {
    const { page } = await site.open('/world/2025/03/harbour/');
    await page.keyboard.press(keys);
    await page.waitForURL('**/search/');
    expect(await page.locator('h1').textContent()).toBe('Search');
    await page.keyboard.press(keys);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('q');
  });

  test('from its link to a story', async () => {
    const { page } = await site.open('/');
    await page.getByRole('link', { name: 'Search' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('lighthouse');
    expect(await titlesOf(page)).toEqual(['The harbour is dredged']);
    for (let stops = 0; stops < 12; stops++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.closest('.search-results h2') !== null)) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/harbour/');
  });
});

test('the 404 page offers the search too', async () => {
  const { page } = await site.open('/nowhere/');
  await page.getByRole('searchbox').fill('lighthouse');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search/?q=lighthouse');
  expect(await titlesOf(page)).toEqual(['The harbour is dredged']);
});

test('without a script, the page says so and links to the lists of all stories', async () => {
  const { page } = await site.open('/search/?q=lighthouse', { javaScript: false });
  expect(await page.locator('noscript').innerText()).toContain('needs JavaScript');
  await page.locator('noscript').getByRole('link', { name: 'Archive' }).click();
  expect(await page.locator('h1').textContent()).toBe('Archive');
});

describe.each(['light', 'dark'] as const)('in %s colours', colorScheme => {
  test.each([320, 1280])('it is accessible and fits at %i px', async width => {
    const { page } = await site.open('/search/?q=harbour', { width, colorScheme });
    await titlesOf(page);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
  });
});

test('a search that takes long says that it is searching', async () => {
  const { page } = await site.open('/search/');
  await page.route('**/pagefind.js', async route => {
    await new Promise(resolve => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.getByRole('searchbox').fill('harbour');
  await page.getByRole('status').getByText('Searching…').waitFor();
  expect((await titlesOf(page)).length).toBe(3);
  expect(await page.getByRole('status').first().textContent()).toBe('Stories found: 3');
});

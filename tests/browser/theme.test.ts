/** Theme settings, typefaces, the width of pictures, and the size and requests of a page. */
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { papers } from '../../src/config/theme.ts';
import { allowedStyles } from '../check/parse-html.ts';
import { findOverflow, type OpenPage, observeShift, useSite } from '../helpers/browser.ts';
import { contrast, schemesOf } from '../helpers/colours.ts';
import { codeBlocksOf } from '../helpers/manual.ts';
import { buildSite, frontMatter, makeSite, packageRoot, readFolder, siteYaml } from '../helpers/site.ts';
import { makePublication } from '../visual/publication.ts';

const report = '/world/2025/03/white-house-confirms-direct-talks-with-hamas/';
const demonstration = useSite({ root: packageRoot });
const publication = useSite({ files: await makePublication({ stories: 12, scripts: true }) });
const chosen = useSite({
  files: {
    'content/site.yaml': `${siteYaml}theme:
  accent: "#0a5c4a"
  reading: {family: 'Test Face, serif', file: /faces/test.woff2}
  furniture: Verdana, sans-serif
  masthead: {logo: /logo.svg, dark: /logo-dark.svg}
  styles: file
`,
    'content/articles/2025/x.md':
      '---\ntitle: A headline\npublished: 2025-03-05T09:00:00-05:00\ndesk: world\n---\n\nText.\n',
    'public/faces/test.woff2': 'none',
    'public/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"/>',
    'public/logo-dark.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"/>',
  },
});
/** Style sheet with the change of colours that templates/README.md shows first. */
const ownStyles = codeBlocksOf('templates/README.md').find(({ language }) => language === 'css')!.text;
const recoloured = useSite({
  files: {
    'content/articles/2025/x.md': `${frontMatter()}\nText.\n`,
    'templates/styles/site.css': ownStyles,
  },
});
const story = '/press/2025/05/story-0/';

describe('the colours of the style sheet', () => {
  const schemes = schemesOf('tokens.css');
  test.each(['light', 'dark'] as const)('are readable on %s paper and tint', scheme => {
    const { '--paper': paper, '--tint': tint, ...others } = schemes[scheme];
    expect([paper, tint]).toEqual(papers[scheme]);
    for (const name of ['--ink', '--ink-soft', '--accent'])
      for (const ground of [paper!, tint!])
        expect(contrast(others[name]!, ground), name).toBeGreaterThanOrEqual(4.5);
  });
});

describe("a site's own site.css", () => {
  test.each(['light', 'dark'] as const)(
    'changes the colours of templates/README.md in %s mode',
    async scheme => {
      const { page } = await recoloured.open('/', { colorScheme: scheme });
      const colors = await page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('.kicker')!).color,
      ]);
      expect(colors).toEqual(
        scheme === 'light'
          ? ['rgb(255, 248, 236)', 'rgb(138, 59, 0)']
          : ['rgb(29, 26, 22)', 'rgb(255, 179, 122)'],
      );
    },
  );

  test('has readable colours there', () => {
    for (const index of [0, 1]) {
      const colour = (name: string) =>
        new RegExp(`${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(ownStyles)![index + 1]!;
      for (const ground of ['--paper', '--tint'])
        expect(contrast(colour('--accent'), colour(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('site.yaml', () => {
  const styleOf = ({ page }: OpenPage, selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

  test('sets the accent, in a tone for each paper', async () => {
    const light = await chosen.open('/', { colorScheme: 'light' });
    expect(await styleOf(light, '.kicker', 'color')).toBe('rgb(10, 92, 74)');
    const dark = await chosen.open('/', { colorScheme: 'dark' });
    const [red, green, blue] = (await styleOf(dark, '.kicker', 'color')).match(/\d+/g)!.map(Number);
    const tone = `#${[red, green, blue].map(part => part!.toString(16).padStart(2, '0')).join('')}`;
    for (const paper of papers.dark) expect(contrast(tone, paper)).toBeGreaterThanOrEqual(4.5);
  });
  test('sets the typefaces, including a file in public/, which replace the default ones', async () => {
    const open = await chosen.open('/');
    expect(await styleOf(open, 'body', 'font-family')).toBe('"Test Face", serif');
    expect(await styleOf(open, '.kicker', 'font-family')).toBe('Verdana, sans-serif');
    expect(await open.page.locator('link[rel=preload]').getAttribute('href')).toBe('/faces/test.woff2');
    expect((await open.page.request.get('/assets/fonts/')).status()).toBe(404);
  });
  test('sets a logo that replaces the name, with a variant for dark paper', async () => {
    for (const [colorScheme, src] of [
      ['light', '/logo.svg'],
      ['dark', '/logo-dark.svg'],
    ] as const) {
      const { page } = await chosen.open('/', { colorScheme });
      const shown = page.locator('.nameplate img:visible');
      expect(await shown.getAttribute('src')).toBe(src);
      expect(await shown.getAttribute('alt')).toBe('The Test Courier');
      await page.evaluate(scheme => {
        document.documentElement.dataset.theme = scheme === 'light' ? 'dark' : 'light';
      }, colorScheme);
      expect(await shown.getAttribute('src')).not.toBe(src);
    }
  });
  test('puts the style sheet into every page, with its hash in the policy, or into a separate file', async () => {
    const { page } = await chosen.open('/');
    expect(await page.locator('style').count()).toBe(0);
    expect(await page.locator('link[rel=stylesheet]').count()).toBe(1);
    const root = makeSite({ 'content/articles/2025/x.md': `${frontMatter()}Text.` });
    await buildSite(root);
    const files = readFolder(`${root}/dist`);
    expect(files['index.html']).not.toContain('rel="stylesheet"');
    const isAllowed = allowedStyles(files);
    const styles = ['index.html', 'world/2025/03/x/index.html'].map(
      path => /<style>([\s\S]*?)<\/style>/.exec(files[path]!)![1]!,
    );
    // A story does not need the styles of lists.
    expect(styles[1]!.length).toBeLessThan(styles[0]!.length);
    expect(styles.filter(isAllowed)).toEqual(styles);
    expect(isAllowed('body{}')).toBe(false);
  });
});

describe('typefaces', () => {
  const facesOf = async (path: string) => {
    const { page, troubles } = await publication.open('/404.html');
    const faces: string[] = [];
    page.on('request', request => {
      const name = /fonts\/([\w-]+)\.\w+\.woff2$/.exec(request.url())?.[1];
      if (name !== undefined) faces.push(name);
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(troubles.filter(trouble => !trouble.includes('ERR_ABORTED'))).toEqual([]);
    return { faces, page };
  };
  test('of Hebrew and Arabic are loaded only on pages in those scripts', async () => {
    expect((await facesOf(story)).faces).toEqual(['newsreader-title', 'newsreader-text']);
    expect((await facesOf('/he/press/2025/05/story-he/')).faces[0]).toBe('noto-serif-hebrew');
    const arabic = await facesOf('/ar/press/2025/05/story-ar/');
    expect(arabic.faces[0]).toBe('noto-naskh-arabic');
    expect(arabic.faces).not.toContain('noto-serif-hebrew');
  });
  test('are used at the first paint if the site responds quickly', async () => {
    const { page } = await facesOf(story);
    expect(await page.evaluate(() => document.fonts.check('20px Newsreader'))).toBe(true);
  });
  test('have Latin letters and numerals for a site in another script, too', async () => {
    const root = makeSite({ 'content/site.yaml': siteYaml.replace('lang: en', 'lang: he') });
    await buildSite(root);
    const names = Object.keys(readFolder(`${root}/dist`)).filter(path => path.endsWith('.woff2'));
    expect(names.map(path => path.replace(/\.\w+\.woff2$/, ''))).toEqual([
      'assets/fonts/newsreader-italic',
      'assets/fonts/newsreader-text-ext',
      'assets/fonts/newsreader-text-latin1',
      'assets/fonts/newsreader-text',
      'assets/fonts/newsreader-title-ext',
      'assets/fonts/newsreader-title-latin1',
      'assets/fonts/newsreader-title',
      'assets/fonts/noto-serif-hebrew',
    ]);
  });
  test('of other scripts are not published if the site has no story in them', async () => {
    const root = makeSite({});
    await buildSite(root);
    const names = Object.keys(readFolder(`${root}/dist`)).filter(path => path.endsWith('.woff2'));
    expect(names.map(path => path.replace(/\.\w+\.woff2$/, ''))).toEqual([
      'assets/fonts/newsreader-italic',
      'assets/fonts/newsreader-text-ext',
      'assets/fonts/newsreader-text-latin1',
      'assets/fonts/newsreader-text',
      'assets/fonts/newsreader-title-ext',
      'assets/fonts/newsreader-title-latin1',
      'assets/fonts/newsreader-title',
    ]);
  });
});

describe('pictures', () => {
  test.each([360, 768, 1280, 1920])('are as wide as the author chose, at %i px', async width => {
    const { page } = await publication.open(story, { width });
    const box = async (selector: string) => (await page.locator(selector).first().boundingBox())!;
    const text = await box('.prose > p:not([class])');
    const wide = await box('.image.at-wide img');
    const full = await box('.image.at-full img');
    expect([Math.round(full.x), Math.round(full.width)]).toEqual([0, width]);
    expect(Math.round(wide.x)).toBe(Math.round(text.x));
    expect(wide.width).toBeGreaterThanOrEqual(width >= 1280 ? text.width * 1.3 : text.width);
    expect(wide.x + wide.width).toBeLessThanOrEqual(width);
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
  });
  test('that are wide do not cover other content', async () => {
    const { page } = await publication.open(story, { width: 1280 });
    const figures = (await page.locator('.key-figures').boundingBox())!;
    const wide = (await page.locator('.image.at-wide').boundingBox())!;
    expect(wide.y).toBeGreaterThanOrEqual(figures.y + figures.height);
  });
});

describe('the report', () => {
  test('has at most 16.5 KB: HTML, style and script, compressed with Brotli', async () => {
    const { page } = await demonstration.open(report);
    const addresses = await page.evaluate(() => [
      location.href,
      ...[...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(({ href }) => href),
      ...[...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src),
    ]);
    const bodies = await Promise.all(
      addresses.map(async address => (await page.request.get(address)).body()),
    );
    const weight = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
    expect(weight).toBeLessThanOrEqual(16.5 * 1024);
  });

  test('is painted even if no other response arrives, after at most one request', async () => {
    const { page } = await demonstration.open('/404.html');
    await page.route(
      url => url.pathname !== report,
      () => {},
    );
    const requests: string[] = [];
    page.on('request', request => requests.push(new URL(request.url()).pathname));
    await page.goto(report, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    expect(requests[0]).toBe(report);
    const before = await page.evaluate(() => {
      const { startTime } = performance.getEntriesByName('first-contentful-paint')[0]!;
      return performance
        .getEntriesByType('resource')
        .filter(entry => entry.startTime < startTime)
        .map(({ name }) => name);
    });
    expect(before.length).toBeLessThanOrEqual(1);
  });
});

test.each([
  ['the report', () => demonstration, report, 360],
  ['a story with pictures', () => publication, story, 1280],
  ['a front page with pictures', () => publication, '/', 360],
] as const)('%s does not move while it loads slowly', async (_, site, path, width) => {
  const { page } = await site().open('/404.html', { width });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 100_000,
  });
  const shift = await observeShift(page);
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.waitForTimeout(300);
  expect(await shift()).toBeLessThanOrEqual(0.01);
});

test('a story fits at twice the font size', async () => {
  const { page } = await publication.open(story, { width: 640 });
  await page.addStyleTag({ content: ':root { font-size: 200% }' });
  expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
});

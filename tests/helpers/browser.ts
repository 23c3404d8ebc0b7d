/**
 * Whole sites in Chromium: built, served only on this machine, and opened. Everything is closed when the
 * tests end.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { serveFolder } from '../../src/serve/static-server.ts';
import { buildSite, packageRoot, readFolder, searchYaml, writeFiles } from './site.ts';

/**
 * Launches Chromium from its package, which includes what a bare machine lacks: the NSS libraries and a font.
 * If the package has no binary (it has one only for Linux on x64), set CHROMIUM_PATH to a program.
 */
export async function launchBrowser(further: readonly string[] = []): Promise<Browser> {
  const args = [
    ...further,
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  if (process.env.CHROMIUM_PATH) return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args });
  const folder = inflateChromium();
  const executablePath = join(folder, 'chromium');
  const env = { ...process.env, FONTCONFIG_FILE: configureFonts(folder) } as Record<string, string>;
  const libraries = join(folder, 'al2023/lib');
  if (missingLibraries(executablePath, env).length > 0) {
    env.LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':');
    const missing = missingLibraries(executablePath, env);
    if (missing.length > 0)
      throw new Error(`Chromium needs libraries that are not here: ${missing.join(', ')}.`);
  }
  return chromium.launch({ executablePath, args, env });
}

/**
 * Inflates the package's files once, below node_modules. The package itself inflates into the temporary
 * folder, where a second process can mistake a half-written file for a complete one. Here each process
 * inflates into its own folder, which is then renamed.
 */
function inflateChromium(): string {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const home = join(dirname(entry), '../..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(packageRoot, 'node_modules/.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  const script = `
    const { default: chromium, inflate } = await import(${JSON.stringify(import.meta.resolve('@sparticuz/chromium'))});
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(home, 'bin/al2023.tar.br'))});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: own },
  });
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another process was first, so use its folder.
    rmSync(own, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Excludes the machine's own fonts, so that pages look the same everywhere. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * Writes a configuration that contains only the fonts of Chromium's package.
 * @returns its path
 */
function configureFonts(folder: string): string {
  const path = join(folder, 'package-fonts.conf');
  if (!existsSync(path)) {
    const own = `${path}-${process.pid}`;
    writeFileSync(own, fontConfiguration);
    renameSync(own, path);
  }
  return path;
}

function missingLibraries(program: string, env: Record<string, string>): string[] {
  const lines = execFileSync('ldd', [program], { env, encoding: 'utf8' }).split('\n');
  return lines.filter(line => line.includes('not found')).map(line => line.trim().split(' ')[0]!);
}

export interface ServedSite {
  /** Addresses of all pages, from the root: `/about/`. */
  paths(): string[];
  /** Opens a page in a separate window, which is closed when the test ends. */
  open(path: string, options?: OpenOptions): Promise<OpenPage>;
}

export interface OpenOptions {
  /** Width of the window in CSS pixels. */
  width?: number;
  /** Height of the window in CSS pixels. */
  height?: number;
  /** Device pixels per CSS pixel. */
  density?: number;
  colorScheme?: 'light' | 'dark';
  javaScript?: boolean;
}

export interface OpenPage {
  page: Page;
  /**
   * Problems reported by the browser so far: console messages, exceptions, failed requests, requests to other
   * hosts.
   */
  troubles: string[];
}

/** Builds a site before the tests of a file, serves it, and opens its pages. */
export function useSite(
  site: ({ root: string } | { files: Record<string, string | Uint8Array> }) & { drafts?: boolean },
): ServedSite {
  let folder = '';
  let out = '';
  let address = '';
  let browser: Browser;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    if ('files' in site) writeFiles(folder, { 'content/site.yaml': searchYaml, ...site.files });
    const root = 'root' in site ? site.root : folder;
    out = join(folder, 'dist');
    const built = await buildSite(root, { out, drafts: site.drafts === true });
    if (!built.ok) throw new Error(built.diagnostics.map(formatDiagnostic).join('\n'));
    const serving = await serveFolder({ folder: out, root, basePath: undefined, port: 0 });
    if (serving.problem !== undefined) throw new Error(serving.problem);
    address = serving.address;
    closing.push(async () => {
      serving.close();
      await serving.closed;
    });
    browser = await launchBrowser();
    closing.push(() => browser.close());
  });

  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  return {
    paths: () =>
      Object.keys(readFolder(out))
        .filter(path => path.endsWith('.html'))
        .map(path => `/${path.replace(/(^|\/)index\.html$/, '$1')}`),
    async open(
      path,
      { width = 1280, height = 800, density = 1, colorScheme = 'light', javaScript = true } = {},
    ) {
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width, height },
        deviceScaleFactor: density,
        colorScheme,
        javaScriptEnabled: javaScript,
      });
      onTestFinished(() => context.close());
      context.setDefaultTimeout(10_000);
      const troubles: string[] = [];
      context.on('console', message => troubles.push(`console ${message.type()}: ${message.text()}`));
      context.on('weberror', error => troubles.push(`exception: ${error.error().message}`));
      context.on('requestfailed', request =>
        troubles.push(`failed: ${request.url()} ${request.failure()?.errorText}`),
      );
      context.on('request', request => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== new URL(address).origin)
          troubles.push(`another host: ${request.url()}`);
      });
      context.on('response', response => {
        if (response.status() >= 400) troubles.push(`status ${response.status()}: ${response.url()}`);
      });
      const page = await context.newPage();
      await page.goto(path);
      return { page, troubles };
    },
  };
}

/** Violations of WCAG 2.2 AA and of best practices that axe finds, one line per element. */
export async function findAccessibilityFaults(page: Page): Promise<string[]> {
  // During a transition, colours differ from the final ones.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** Number of CSS pixels by which the page is wider than its window, and the elements that overflow. */
export function findOverflow(page: Page): Promise<{ pixels: number; elements: string[] }> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const scrolled = (element: Element): boolean =>
      element.parentElement !== null &&
      (getComputedStyle(element.parentElement).overflowX !== 'visible' || scrolled(element.parentElement));
    const elements = [...document.body.querySelectorAll('*')].filter(element => {
      const { left, right } = element.getBoundingClientRect();
      return (
        (right > clientWidth + 1 || left < -1) &&
        !scrolled(element) &&
        !element.matches('.sr-only, .skip-link')
      );
    });
    const pixels = Math.max(0, scrollWidth - clientWidth);
    return {
      pixels,
      elements:
        pixels > 0 ? elements.map(element => `<${element.localName} class="${element.className}">`) : [],
    };
  });
}

/** Texts of charts that are smaller than 12 pixels, extend beyond their figure, or overlap other texts. */
export function findBadTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.chart')].flatMap(chart => {
      const edge = chart.getBoundingClientRect();
      const texts = [
        ...chart.querySelectorAll('.chart-drawing :is(text, .chart-name, .chart-key span)'),
      ].flatMap(element => {
        const box = element.getBoundingClientRect();
        return box.width > 0 ? [{ element, box, name: `${chart.id}: ${element.textContent}` }] : [];
      });
      return texts.flatMap(({ element, box, name }, index) => [
        ...(Number.parseFloat(getComputedStyle(element).fontSize) < 12 || box.height < 12
          ? [`small: ${name}`]
          : []),
        // Letters such as J extend beyond their advance width, so allow three pixels.
        ...(box.left < edge.left - 3 || box.right > edge.right + 3 ? [`outside: ${name}`] : []),
        ...texts
          .slice(index + 1)
          .filter(
            other =>
              Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 2 &&
              Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 6,
          )
          .map(other => `meets ${other.element.textContent}: ${name}`),
      ]);
    }),
  );
}

/**
 * Measures the layout shift of pages while they load (https://web.dev/articles/cls), starting with the next
 * page.
 * @returns a function that returns the sum of the shifts so far
 */
export async function observeShift(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    (globalThis as unknown as { shift: number }).shift = 0;
    new PerformanceObserver(list => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shift: number }).shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
}

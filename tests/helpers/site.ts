/** Whole small sites for tests: a folder in, a folder out. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ReadBeside } from '../../src/article/data-file.ts';
import { createMarkdownParser } from '../../src/article/markdown.ts';
import type { ParseSettings } from '../../src/article/parse.ts';
import { createTimeZone } from '../../src/base/dates.ts';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { build } from '../../src/build/build.ts';
import type { BuildOptions, BuildResult } from '../../src/build/options.ts';

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Settings for parsing an article, with the default parser. */
export const parseSettings: ParseSettings = {
  lang: 'en',
  timeZone: createTimeZone('America/New_York'),
  typography: true,
  markdown: createMarkdownParser('satteri'),
};

/** Reports every data file as missing, for articles that name none. */
export const noFiles: ReadBeside = () => ({ problem: 'absent' });

/** Clock of the tests' builds, later than every date in the fixtures. */
export const testNow = Date.parse('2025-06-01T12:00:00Z');

/** A site.yaml that disables cards and the search, which take longer than the rest of a small site. */
export const siteYaml = `name: The Test Courier
url: https://courier.example/
lang: en
timeZone: America/New_York
desks:
  - {id: world, name: World}
topics:
  - {id: gaza, name: Gaza}
outputs: {cards: false, search: false, articleJson: true, ninjs: true}
`;

/** The same site.yaml, with the search enabled. */
export const searchYaml = siteYaml.replace(', search: false', '');

/** Valid front matter, with further lines. */
export function frontMatter(lines = ''): string {
  return `---\ntitle: A headline\npublished: 2025-03-05T09:00:00-05:00\ndesk: world\n${lines}---\n`;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Writes a site into a new folder: files by path, with a default site.yaml.
 * @returns absolute path of the folder
 */
export function makeSite(files: Record<string, string | Uint8Array>): string {
  const root = temporaryFolder();
  writeFiles(root, { 'content/site.yaml': siteYaml, ...files });
  return root;
}

export function writeFiles(root: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Builds a site into `<root>/dist`, by default with the tests' clock. */
export function buildSite(root: string, options: Partial<BuildOptions> = {}): Promise<BuildResult> {
  return build({
    root,
    packageRoot,
    out: join(root, 'dist'),
    drafts: false,
    strict: false,
    now: testNow,
    ...options,
  });
}

/**
 * Builds a site with one article.
 * @returns its messages, as they are printed
 */
export async function messagesOf(
  article: string | Uint8Array,
  files: Record<string, string | Uint8Array> = {},
): Promise<string[]> {
  const root = makeSite({ 'content/articles/2025/x.md': article, ...files });
  const { diagnostics } = await buildSite(root);
  return diagnostics.map(formatDiagnostic);
}

/** Reads every file below a folder as text, by path. */
export function readFolder(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}

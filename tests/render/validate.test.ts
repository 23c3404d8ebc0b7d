import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { kitchenSink } from '../helpers/kitchen-sink.ts';
import { buildSite, makeSite, packageRoot, readFolder } from '../helpers/site.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:standard'],
  rules: {
    // A page's title is its headline and the publication's name. Headlines may be long; the rule
    // 'headline-length' warns about them.
    'long-title': 'off',
  },
});

/**
 * Whether a problem is `>` in text, which HTML allows (https://html.spec.whatwg.org/#syntax-text), but the
 * rule against bare `<` and `&` does not.
 */
const isAllowed = (ruleId: string, message: string): boolean =>
  ruleId === 'no-raw-characters' && message.startsWith('Raw ">"');

/**
 * Problems that the validator finds in the pages of a folder, with file, line, column, rule and reason; and
 * printed JavaScript values.
 */
async function findFaults(folder: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [path, html] of Object.entries(readFolder(folder))) {
    if (!path.endsWith('.html')) continue;
    for (const [leak] of html.matchAll(/\[object \w+\]|\b(?:undefined|null|NaN)\b/g))
      faults.push(`${path}: a value that is no text was printed: ${leak}`);
    const { results } = await validator.validateString(html, path);
    for (const { messages } of results)
      for (const { line, column, ruleId, message } of messages)
        if (!isAllowed(ruleId, message)) faults.push(`${path}:${line}:${column} ${ruleId}: ${message}`);
  }
  return faults;
}

describe('the HTML of every page is valid', () => {
  test('of the publication that comes with the generator', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const out = join(folder, 'dist');
    const { ok } = await buildSite(packageRoot, { out });
    expect(ok).toBe(true);
    expect(await findFaults(out)).toEqual([]);
  });

  test('of a site with every element, including drafts', async () => {
    const root = makeSite(kitchenSink);
    const { ok, diagnostics } = await buildSite(root, { drafts: true });
    expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
    expect(await findFaults(join(root, 'dist'))).toEqual([]);
  });

  test('of a site without articles', async () => {
    const root = makeSite({});
    await buildSite(root);
    expect(await findFaults(join(root, 'dist'))).toEqual([]);
  });
});

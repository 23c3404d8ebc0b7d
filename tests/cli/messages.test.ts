/** Messages of `build` and `check` on sites with many problems. */
import { describe, expect, test } from 'vitest';
import { run } from '../helpers/cli.ts';
import { frontMatter, makeSite } from '../helpers/site.ts';

/** A site whose story has `quotes` block quotations without a speaker, and a link to a missing file. */
const siteWith = (quotes: number) =>
  makeSite({
    'content/articles/2025/x.md': `${frontMatter()}\n${'> Words.\n\nText.\n\n'.repeat(quotes)}[y](y.md)\n`,
  });

const linesOf = (root: string, ...options: string[]) =>
  run(root, 'check', ...options)
    .stderr.trimEnd()
    .split('\n');

describe('check', () => {
  test('prints errors first, and ten messages of each rule', () => {
    const lines = linesOf(siteWith(12));
    expect(lines).toHaveLength(1 + 10 + 1 + 1);
    expect(lines[0]).toMatch(/ error link-target /);
    expect(lines.slice(1, 11).every(line => / warning quote-attribution /.test(line))).toBe(true);
    expect(lines[11]).toBe('… and 2 more: warning quote-attribution. --all prints them.');
    expect(lines[12]).toMatch(/^Checked in .*: 1 error and 12 warnings\.$/);
  });

  test('prints exactly ten messages of a rule without a remark', () => {
    expect(linesOf(siteWith(10)).join('\n')).not.toContain('more');
  });

  test('prints more than 200 messages with their counts by rule', () => {
    const lines = linesOf(siteWith(200));
    expect(lines).toContain('… and 190 more: warning quote-attribution. --all prints them.');
    const counts = lines.slice(lines.indexOf('Messages by rule:') + 1, -1).map(line => line.trim());
    expect(counts).toEqual(['1 error link-target', '200 warning quote-attribution']);
  });

  test('prints every message with --all, and in --json', () => {
    const root = siteWith(200);
    expect(linesOf(root, '--all')).toHaveLength(202);
    const { diagnostics } = JSON.parse(run(root, 'check', '--json').stdout) as { diagnostics: unknown[] };
    expect(diagnostics).toHaveLength(201);
  });
});

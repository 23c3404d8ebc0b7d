import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { formatDiagnostic, ruleOf } from '../../src/base/diagnostics.ts';
import { messages } from '../../src/build/messages.ts';
import { buildSite, makeSite } from '../helpers/site.ts';
import { readCases, writeLinks } from './cases.ts';

const absent = vi.hoisted(() => new Set<string>());
vi.mock(import('../../src/base/lazy-package.ts'), async original => {
  const { lazyPackage } = await original();
  return {
    lazyPackage<Package>(name: string) {
      const load = lazyPackage<Package>(name);
      return () => {
        if (absent.has(name)) throw new Error('Cannot find native binding. npm has a bug.');
        return load();
      };
    },
  };
});
vi.mock(import('../../src/base/optional-packages.ts'), async original => {
  const actual = await original();
  return { ...actual, isInstalled: needed => !absent.has(needed.name) && actual.isInstalled(needed) };
});

const cases = readCases();
/** Codes that the cases have shown so far. */
const shownCodes = new Set<string>();
let built = 0;

describe.each([...new Set(cases.map(({ ruleId }) => ruleId))])('%s', ruleId => {
  test.each(cases.filter(one => one.ruleId === ruleId))('$title', async one => {
    const root = makeSite(one.files);
    writeLinks(root, one.links);
    if (one.withoutContent) rmSync(join(root, 'content'), { recursive: true });
    if (!one.cards) {
      vi.doMock('@takumi-rs/core', () => ({
        Renderer: class {
          constructor() {
            throw new Error('There is no program for it.');
          }
        },
      }));
      onTestFinished(() => vi.doUnmock('@takumi-rs/core'));
    }
    for (const name of one.absentPackages) absent.add(name);
    onTestFinished(() => absent.clear());
    const { diagnostics, ok } = await buildSite(root, {
      strict: one.strict,
      drafts: one.drafts,
      merge: one.merge,
      ...(one.withoutPagefind && { searchProgram: false }),
    });
    built++;
    for (const { code } of diagnostics) shownCodes.add(code);
    const printed = diagnostics.map(diagnostic => formatDiagnostic(diagnostic).replaceAll(root, '<root>'));
    const shortened = printed.map((line, index) => {
      const wanted = one.expected[index];
      return wanted?.endsWith(' …') && line.startsWith(wanted.slice(0, -1)) ? wanted : line;
    });
    expect(shortened).toEqual(one.expected);
    expect(ok).toBe(one.expected.every(line => !/ error [a-z-]+ /.test(line)));
  });
});

describe('fixtures', () => {
  const codes = Object.keys(messages);
  const ids = [...new Set(codes.map(ruleOf))].sort();

  test('exist for every rule id, and show it', () => {
    expect(ids.length).toBeGreaterThan(40);
    const shown = new Set(
      cases
        .filter(({ ruleId, expected }) =>
          expected.some(line => new RegExp(` (?:error|warning) ${ruleId} `).test(line)),
        )
        .map(({ ruleId }) => ruleId),
    );
    expect(ids.filter(id => !shown.has(id))).toEqual([]);
  });

  test('belong to existing rule ids', () => {
    expect([...new Set(cases.map(({ ruleId }) => ruleId))].filter(id => !ids.includes(id))).toEqual([]);
  });

  // Several kinds of YAML share a message, so one of their codes is enough.
  test('show every message of the catalogs', ({ skip }) => {
    if (built < cases.length) skip('only some of the cases were built');
    const shown = new Set([...shownCodes].map(code => messages[code]));
    expect(codes.filter(code => !shown.has(messages[code]!))).toEqual([]);
  });

  test('have unique titles', () => {
    const titles = cases.map(({ ruleId, title }) => `${ruleId}: ${title}`);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('expect messages of one form: place, severity, rule, what is wrong, what to do', () => {
    const form = /^\S[^:]*(?::[1-9]\d*:[1-9]\d*)? (?:error|warning) [a-z]+(?:-[a-z]+)* \S.*[.?…]$/;
    expect(cases.flatMap(({ expected }) => expected).filter(line => !form.test(line))).toEqual([]);
  });
});

/**
 * Diagnostics: codes and data in, prose out. Code that must not compile is marked with `@ts-expect-error`.
 */
import { describe, expect, test } from 'vitest';
import {
  createDiagnostic,
  type Diagnostic,
  reportTo,
  ruleOf,
  settleDiagnostics,
} from '../../src/base/diagnostics.ts';
import { didYouMean, suggest } from '../../src/base/suggestions.ts';
import { problem } from '../../src/base/yaml-messages.ts';
import { describeAll, messages } from '../../src/build/messages.ts';
import { documentRule, siteRule } from '../../src/check/rule.ts';

const place = { line: 2, column: 3 };

describe('a diagnostic', () => {
  test('gets its prose from the message of its code and from its data', () => {
    const diagnostics: Diagnostic[] = [];
    const report = reportTo(diagnostics, 'x.md');
    report('error', 'html-unclosed', place, { tag: 'pre' });
    report('error', 'slug-length', undefined);
    expect(diagnostics).toEqual(JSON.parse(JSON.stringify(diagnostics)));
    expect(describeAll(diagnostics)).toMatchObject([
      { ruleId: 'slug-length', reason: messages['slug-length'] },
      { ruleId: 'html-unclosed', reason: expect.stringContaining('</pre>'), place },
    ]);
  });

  test('about a data file names the document that uses it', () => {
    const diagnostics: Diagnostic[] = [];
    reportTo(diagnostics, 'data.csv', 'x.md')('error', 'file-encoding', place);
    expect(describeAll(diagnostics)[0]!.reason).toMatch(/ x\.md uses this file\.$/);
  });

  test('has the rule of its code', () => {
    expect(['slug-length', 'chart-number/none'].map(ruleOf)).toEqual(['slug-length', 'chart-number']);
  });

  test('with an unknown code is rejected', () => {
    const [known] = [createDiagnostic('x.md', 'error', 'slug-length', place)];
    expect(() => describeAll([{ ...known!, code: 'constructor' }])).toThrow(/constructor/);
  });
});

describe('two diagnostics', () => {
  const unclosed = (file: string, tag: string, line = 1) =>
    createDiagnostic(file, 'error', 'html-unclosed', { line, column: 1 }, { tag });

  test('with the same file, place, code and data are merged', () => {
    expect(settleDiagnostics([unclosed('a', 'b'), unclosed('a', 'b')], {}, false)).toHaveLength(1);
  });

  test.each([
    ['file', unclosed('b', 'b')],
    ['place', unclosed('a', 'b', 2)],
    ['data', unclosed('a', 'c')],
    ['code', createDiagnostic('a', 'error', 'html-dropped/element', { line: 1, column: 1 }, { tag: 'b' })],
    ['document that uses the file', { ...unclosed('a', 'b'), usedBy: 'x.md' }],
  ])('with a different %s are both kept', (_, other) => {
    expect(settleDiagnostics([unclosed('a', 'b'), other], {}, false)).toHaveLength(2);
  });
});

test('a rule is set by its id, whichever of its messages it reports', () => {
  const dropped = createDiagnostic('x.md', 'warning', 'html-dropped/element', place, { tag: 'b' });
  const settle = (setting: 'off' | 'error', strict = false) =>
    settleDiagnostics([dropped], { 'html-dropped': setting }, strict);
  expect(settle('off', true)).toEqual([]);
  expect(settle('error')).toMatchObject([{ severity: 'error' }]);
});

test('a suggestion is data: the nearest name, or the first names and how many more exist', () => {
  const names = Array.from({ length: 60 }, (_, index) => `name-${index}`);
  expect(suggest('wrld', ['world', 'sport'])).toEqual({ nearest: 'world' });
  expect(suggest('something-else', names)).toMatchObject({ known: { length: 50 }, more: 10 });
  expect(didYouMean('x-y-z', [])).toBe('Remove it.');
  expect(didYouMean('something-else', names)).toMatch(/^Remove it, or use one of these: .*, and 10 more\.$/);
});

test('a wrong code or wrong data does not compile', () => {
  const report = reportTo([], 'x.md');
  // @ts-expect-error: the code does not exist
  report('error', 'slug-lenght', place);
  // @ts-expect-error: the message needs data
  report('error', 'html-unclosed', place);
  // @ts-expect-error: the data are wrong
  report('error', 'html-unclosed', place, { tagName: 'pre' });
  // @ts-expect-error: the message takes no data
  report('error', 'slug-length', place, {});
  // @ts-expect-error: no kind of YAML has the problem
  problem('slugg');
  // @ts-expect-error: the message needs `names`
  problem('file');
  documentRule({
    id: 'one-message',
    severity: 'error',
    message: ({ length }: { length: number }) => `${length}`,
    check(_, report) {
      report('title', { length: 1 });
      // @ts-expect-error: the data are wrong
      report('title', { length: '1' });
    },
  });
  siteRule({
    id: 'two-messages',
    severity: 'error',
    messages: { first: 'First.', second: ({ x }: { x: number }) => `${x}` },
    check(_, __, report) {
      report('x.md', place, 'first');
      // @ts-expect-error: the variant does not exist
      report('x.md', place, 'third');
      // @ts-expect-error: the variant needs data
      report('x.md', place, 'second');
    },
  });
});

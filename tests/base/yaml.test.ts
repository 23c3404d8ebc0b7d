/**
 * Two parsers read YAML: a fast one for ordinary YAML, and one for everything. They must agree on what both
 * can read.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Diagnostic } from '../../src/base/diagnostics.ts';
import { reportTo } from '../../src/base/diagnostics.ts';
import { readPlainYaml } from '../../src/base/plain-yaml.ts';
import { readYaml } from '../../src/base/yaml.ts';
import { runsOf } from '../helpers/random.ts';

const anything = z.unknown();

function read(text: string) {
  const diagnostics: Diagnostic[] = [];
  const yaml = readYaml(
    { text, origin: { line: 1, column: 1 } },
    anything,
    'front-matter',
    reportTo(diagnostics, 'x'),
  );
  // Omits the place of the whole text. Only messages about a missing key need it, and the fast parser leaves
  // those to the other one.
  const { '': _, ...places } = yaml?.places() ?? {};
  return { value: yaml?.value, wrong: diagnostics.length > 0, places };
}

/** Reads the same text with the other parser, after adding a tab, which the fast parser rejects. */
function readByTheOther(text: string) {
  const { places, ...rest } = read(`# \t\n${text}`);
  // The added comment moves everything down by one line, so move the places back.
  const moved = Object.entries(places).map(([path, { line, column }]) => [path, { line: line - 1, column }]);
  return { ...rest, places: Object.fromEntries(moved) };
}

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a',
      'title',
      'x y',
      '2025-03-05',
      '3.50',
      '1e3',
      'null',
      '~',
      'true',
      'No',
      'é',
      '“q”',
      '0x1F',
      '.5',
      '-',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ': ',
      ':',
      '\n',
      '\n  ',
      '\n    ',
      '- ',
      ', ',
      '[',
      ']',
      '{',
      '}',
      ' # ',
      '#',
      '?',
      '? ',
      '"',
      "'",
      '|',
      '|\n  ',
      '>-\n  ',
      '&a ',
      '*a',
      '!t ',
      '@',
      '`',
      '%',
      '---',
      '...',
      '\t',
      '\\',
      '\r\n',
      '<<',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', 'title', '"k"', '2025', 'x y'), fc.array(piece, { maxLength: 5 }))
    .map(([key, value]) => `${key}: ${value.join('')}`),
  fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join('')),
  fc.array(piece, { maxLength: 3 }).map(pieces => `  - ${pieces.join('')}`),
  // Lists of maps, as in sources, key figures and corrections.
  fc
    .tuple(
      fc.constantFrom('list', 'other'),
      fc.constantFrom('- a: ', '- {a: x, b: ', '- x\n  - b: ', '- a: [y]\n    b: ', '-  c: {a: '),
      piece,
      fc.constantFrom('', '}', '\n    c: z', '\n    c: [x, {d: y}]'),
    )
    .map(([key, start, value, end]) => `${key}:\n  ${start}${value}${end}`),
  fc.constantFrom('e: [{a: x}, {b: [y, z]}]', 'e: {a: [x], b: {c: y}}'),
);

describe('the fast parser', () => {
  test('reads the front matter of common articles, and a common site.yaml', () => {
    const article = `title: "Talks: a first day"
standfirst: What was said, and by whom
published: 2025-03-05T13:00:00-05:00
updated: 2025-03-06
desk: world
authors: [jane-doe, john-doe]
topics:
  - gaza
  - ceasefire
sources:
  - name: Axios
    url: https://www.axios.com/2025/03/05/x
    firstReport: true
keyFigures:
  - value: 59
    label: hostages, by Israel's count
draft: false`;
    const site =
      'name: News\nurl: https://example.org/\ndesks:\n  - {id: world, name: World}\n# A note\ntheme: {accent: "#aa0000"}';
    for (const text of [article, site]) expect(readPlainYaml(text)).toBeDefined();
  });

  test('agrees with the other parser on any text, or leaves the text to it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), lines => {
        const text = lines.join('\n');
        expect(read(text)).toEqual(readByTheOther(text));
      }),
      { numRuns: runsOf({ short: 3000, long: 8_000, deep: 1_000_000 }) },
    );
  });

  test.each(['list:\n  - a: a\n:: ', ':: x', '  : x', '- : x'])(
    'leaves keys that begin with a colon to the other parser: %j',
    text => {
      expect(readPlainYaml(text)).toBeUndefined();
      expect(read(text)).toEqual(readByTheOther(text));
    },
  );

  test.each([
    [
      'dates and numbers as they are written',
      'date: 2025-03-05\nvalue: 3.50',
      { date: '2025-03-05', value: '3.50' },
    ],
    ['true, false and empty values', 'a: true\nb: False\nc: ~\nd:', { a: true, b: false, c: null, d: null }],
    [
      'lists and blocks',
      'a: [x, y]\nb:\n  - z\nc: |\n  one\n  two\n',
      { a: ['x', 'y'], b: ['z'], c: 'one\ntwo\n' },
    ],
  ])('reads %s', (_, text, value) => {
    expect(read(text)).toMatchObject({ value, wrong: false });
  });
});

/** Dates in other forms than that of front matter: messages show what they mean, but never guess. */
import { describe, expect, test } from 'vitest';
import { findAxisMistake, isAbsentDate } from '../../src/article/axis-mistakes.ts';
import { readWrittenDate } from '../../src/article/written-dates.ts';
import { createTimeZone } from '../../src/base/dates.ts';

const berlin = createTimeZone('Europe/Berlin');

describe('a written date', () => {
  test.each([
    ['13/11/2026', '2026-11-13T00:00:00+01:00'],
    ['05.03.2025', '2025-03-05T00:00:00+01:00'],
    ['2025-7-5 9:00', '2025-07-05T09:00:00+02:00'],
    ['20250305', '2025-03-05T00:00:00+01:00'],
    ['10 November 2026 at 9:30 p.m.', '2026-11-10T21:30:00+01:00'],
    ['Nov. 10th, 2026, 12 am', '2026-11-10T00:00:00+01:00'],
    ['Tuesday, 10 November 2026, 9.30 pm EST', '2026-11-11T03:30:00+01:00'],
    ['2026-11-10T9:00:00+00:00', '2026-11-10T10:00:00+01:00'],
    ['2026-11-10 09:00 GMT', '2026-11-10T10:00:00+01:00'],
  ])('%s', (text, date) => {
    expect(readWrittenDate(text, berlin)).toEqual([date]);
  });

  test('with two meanings has both', () => {
    expect(readWrittenDate('10/11/2026 9am', berlin)).toEqual([
      '2026-11-10T09:00:00+01:00',
      '2026-10-11T09:00:00+02:00',
    ]);
  });

  test.each([
    'yesterday',
    '2026-13-45',
    '31/02/2026',
    '2026-11-10T25:00',
    '10 Foo 2026',
    '0206-1-1',
    '13 pm',
    '',
  ])('%s is not one', text => {
    expect(readWrittenDate(text, berlin)).toEqual([]);
  });
});

test.each([
  ['2019-02-31', true],
  ['2019-13', true],
  ['2019-12', false],
  ['2012-13', false],
  ['1999-00', false],
  ['1914-18', false],
  ['Spring 2019', false],
])('%s is a date that does not exist: %s', (text, isAbsent) => {
  expect(isAbsentDate(text)).toBe(isAbsent);
});

test.each([
  ['the names of months', ['Jan-26', 'Feb-26', 'Mar-26'], 'line'],
  ['places, one of which looks like a month', ['North', 'South', '2026-01'], 'line'],
  ['years and a forecast', ['2024', '2025', '2026*'], 'line'],
  ['years and an average, as bars', ['2024', '2025', 'Average'], 'bar'],
  ['seasons', ['2010-11', '2011-12', '2012-13'], 'line'],
  ['numbers that look like years', ['1000', '1500', '150'], 'line'],
] as const)('%s are not a mistake', (_, texts, type) => {
  const cells = texts.map(text => ({ text, place: { line: 1, column: 1 } }));
  expect(findAxisMistake(cells, 'month', type)).toBeUndefined();
});

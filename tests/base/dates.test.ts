/** Dates in front matter: the fast path must agree with Temporal. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { createTimeZone, isIsoDate } from '../../src/base/dates.ts';

const zones = ['UTC', 'America/New_York', 'Europe/London', 'Asia/Kolkata', 'Pacific/Apia', 'Africa/Monrovia'];
const two = (most: number) =>
  fc.integer({ min: 0, max: most }).map(number => String(number).padStart(2, '0'));
const written = fc
  .tuple(
    fc.integer({ min: 1800, max: 2100 }),
    two(13),
    two(32),
    two(24),
    two(60),
    fc.option(two(60)),
    fc.constantFrom('Z', '+00:00', '-05:00', '-04:00', '+01:00', '+05:30', '+13:00', '-0500', '-11:00'),
  )
  .map(
    ([year, month, day, hour, minute, second, offset]) =>
      `${year}-${month}-${day}T${hour}:${minute}${second === null ? '' : `:${second}`}${offset}`,
  );

test('a moment with an offset is converted to the zone of the site; moments that do not exist are rejected', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), written, (zone, text) => {
      let expected: string | undefined;
      try {
        expected = Temporal.Instant.from(text)
          .toZonedDateTimeISO(zone)
          .toString({ timeZoneName: 'never', smallestUnit: 'second' });
      } catch {}
      expect(createTimeZone(zone).parse(text)?.dateTime).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['2025', true],
  ['2025-02', true],
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2025-13', false],
  ['2025-02-30', false],
  ['next week', false],
])('%s is a date of the calendar: %s', (text, is) => {
  expect(isIsoDate(text)).toBe(is);
});

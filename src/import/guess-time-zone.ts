/** Guesses a newsroom's time zone from the UTC offsets of its stories. */

/** Zones to try first, because many newsrooms are in them. */
const common = [
  'UTC',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Jerusalem',
  'Asia/Kolkata',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'Africa/Johannesburg',
];

/** Number of dates to compare. */
const sampleSize = 100;

/**
 * Finds the zone that had the offsets of most dates.
 * @param dates RFC 3339; dates without an offset and those in UTC say nothing
 * @returns an IANA name; UTC if no date has an offset, or no zone fits half of them
 */
export function guessTimeZone(dates: readonly string[]): string {
  const zoned = dates.filter(date => /[+-]\d{2}:\d{2}$/.test(date) && !date.endsWith('+00:00'));
  const step = Math.max(1, Math.floor(zoned.length / sampleSize));
  const sample = zoned.filter((_, index) => index % step === 0).slice(0, sampleSize);
  if (sample.length === 0) return 'UTC';
  const zones = [...common, ...Intl.supportedValuesOf('timeZone').filter(zone => !common.includes(zone))];
  const [best] = zones
    .map(zone => ({ zone, count: matches(zone, sample) }))
    .toSorted((a, b) => b.count - a.count);
  return best && best.count * 2 >= sample.length ? best.zone : 'UTC';
}

/** Number of dates whose offset a zone had. */
function matches(timeZone: string, dates: readonly string[]): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return dates.filter(date => format.format(Date.parse(date)).endsWith(`GMT${date.slice(-6)}`)).length;
}

/** Dates as agencies write them. */

const compact =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i;

/**
 * Reads `20261127T060000-0500`, as NITF writes dates, and ISO 8601.
 * @returns ISO 8601 as `readMoment` understands it, still without an offset if the text has none; undefined if the text
 *   is not a date
 */
export function wireMoment(text: string | undefined): string | undefined {
  const match = compact.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', , zone] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const day0 = new Date(`${local}Z`);
  if (Number.isNaN(day0.getTime()) || !day0.toISOString().startsWith(`${year}-${month}-${day}`))
    return undefined;
  return local + offsetOf(zone);
}

/** The end of an embargo, which is the next full second, so that nothing appears too early. */
export function embargoMoment(text: string | undefined): string | undefined {
  const moment = wireMoment(text);
  const fraction = compact.exec(text?.trim() ?? '')?.[7];
  if (moment === undefined || !fraction || Number(fraction) === 0) return moment;
  const [, local = '', zone = ''] = /^(.{19})(.*)$/.exec(moment) ?? [];
  return new Date(Date.parse(`${local}Z`) + 1000).toISOString().slice(0, 19) + zone;
}

function offsetOf(zone: string | undefined): string {
  if (zone === undefined) return '';
  if (/^(?:Z|UTC|GMT)$/i.test(zone)) return 'Z';
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)!;
  return `${sign}${hours}:${minutes}`;
}

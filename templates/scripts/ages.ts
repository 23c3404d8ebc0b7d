/** Stories whose age is shown, in minutes. */
const limit = 12 * 60;

/**
 * Replaces the times of recent stories in lists with their ages, such as `2 h ago`. The full date remains as the tooltip.
 * Dates without a time of day stay as they are.
 */
export function showAges(): void {
  const { lang } = document.documentElement;
  // Creating these takes long on a slow phone, and most pages have no recent stories.
  let formats: { ages: Intl.RelativeTimeFormat; dates: Intl.DateTimeFormat } | undefined;
  for (const time of document.querySelectorAll<HTMLTimeElement>('.teaser-date time')) {
    const moment = Date.parse(time.dateTime);
    const minutes = Math.floor((Date.now() - moment) / 60_000);
    if (!(minutes >= 1 && minutes < limit) || !/T(?!00:00:00)/.test(time.dateTime)) continue;
    formats ??= {
      ages: new Intl.RelativeTimeFormat(lang, { style: 'narrow' }),
      dates: new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short' }),
    };
    const { ages, dates } = formats;
    time.title = dates.format(moment);
    time.textContent =
      minutes < 60 ? ages.format(-minutes, 'minute') : ages.format(-Math.floor(minutes / 60), 'hour');
  }
}

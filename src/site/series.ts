/** Series of standing pages: a page that names chapters, and the chapters. */
import type { PageEntry, Site } from './model.ts';

export interface SeriesPlace {
  /** The page that names the chapters; undefined on that page itself. */
  start: PageEntry | undefined;
  previous: PageEntry | undefined;
  next: PageEntry | undefined;
}

/** Chapters of a page. Omits chapters that do not exist; the rule chapter-unknown reports them. */
export const chaptersOf = ({ chapters }: PageEntry, { entries }: Pick<Site, 'entries'>): PageEntry[] =>
  chapters.flatMap(source => {
    const entry = entries.get(source);
    return entry?.kind === 'page' ? [entry] : [];
  });

/** Returns the place of every page that is in a series, by its source. */
export function planSeries(site: Pick<Site, 'pages' | 'entries'>): Map<string, SeriesPlace> {
  const places = new Map<string, SeriesPlace>();
  for (const start of site.pages) {
    const chapters = chaptersOf(start, site);
    if (chapters.length === 0) continue;
    const all = [start, ...chapters];
    all.forEach((page, index) => {
      places.set(page.source, {
        start: index === 0 ? undefined : start,
        previous: all[index - 1],
        next: all[index + 1],
      });
    });
  }
  return places;
}

/** Explains the front page: its layout, why it was chosen, and the place of each story. */
import { planFront } from './front.ts';
import type { ArticleEntry, Site } from './model.ts';
import type { FrontLayout, PictureMaps } from './pages.ts';
import { createTeasers } from './teasers.ts';

export interface FrontExplanation {
  layout: FrontLayout;
  /** Sentence for editors. */
  reason: string;
  /** Stories by place, in the order of the page. `source` is the path of the file. */
  places: { place: string; stories: { source: string; title: string; prominence: string }[] }[];
}

/** Explains how the front page was edited. */
export function explainFront(site: Site, pictures: PictureMaps): FrontExplanation {
  const { layout, reason, leads, subject, beside, rows, desks } = planFront(
    site,
    createTeasers(site, pictures),
  );
  const place = (name: string, stories: readonly ArticleEntry[]) => ({
    place: name,
    stories: stories.map(({ source, title, meta }) => ({ source, title, prominence: meta.prominence })),
  });
  return {
    layout,
    reason: reasonText(reason),
    places: [
      place('Lead', leads),
      place('On the same subject', subject?.articles ?? []),
      place('Beside the lead', beside),
      ...rows.map(({ stories }, index) => place(`Row ${index + 1}`, stories)),
      ...desks.map(({ id, articles }) => place(`Desk ${id}`, articles)),
    ].filter(({ stories }) => stories.length > 0),
  };
}

function reasonText(reason: ReturnType<typeof planFront>['reason']): string {
  switch (reason.kind) {
    case 'empty':
      return 'No stories have been published.';
    case 'two-leads':
      return "Two recent stories have 'prominence: lead', and both or neither have a picture.";
    case 'no-picture':
      return 'The lead has no picture, so its headline takes the whole width.';
    case 'subject':
      return `${reason.count} prominent stories share the topic '${reason.topic}' with the lead.`;
    case 'few':
      return `There are too few other stories (${reason.others}) for a column beside the lead.`;
    case 'usual':
      return 'The lead has a picture, and there are enough stories for a column beside it.';
  }
}

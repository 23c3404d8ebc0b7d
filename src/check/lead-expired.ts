import { presenceRule } from './rule.ts';

/** Warns if a story does not lead the front page although its front matter says so, because it is too old. */
export const leadExpired = presenceRule({
  id: 'lead-expired',
  severity: 'warning',
  message: ({ days, lead }: { days: number; lead: string }) =>
    `This story no longer leads the front page, because it was published more than ${days === 1 ? 'a day' : `${days} days`} ago. ${lead} leads instead. Remove 'prominence: lead', or raise 'leadDays' in content/site.yaml.`,
  check({ site: { front, config } }, _, report) {
    if (front.former && front.lead)
      report(front.former.source, 'prominence', { days: config.leadDays, lead: front.lead.source });
  },
});

/** Finds pictures in published stories whose rights end. */
import type { WireJob } from './job.ts';
import { isPublished } from './job.ts';
import { filesWith } from './uses.ts';

/** Milliseconds before the end of the rights at which the first report appears. */
const notice = 7 * 86_400_000;

/** Reports pictures whose rights have ended, or end within a week, and that the site still shows. */
export function checkExpiries(job: WireJob): void {
  const { ledger, options, report } = job;
  const ends = new Map<string, string>();
  for (const { pictures = [] } of ledger.items.values())
    for (const { path, expires } of pictures)
      if (expires !== undefined && Date.parse(expires) - options.now() < notice) ends.set(path, expires);
  const uses = filesWith(options.root, [...ends.keys()]);
  for (const [picture, expires] of ends) {
    const paths = uses
      .get(picture)!
      .filter(path => !path.startsWith('content/articles/') || isPublished(job, path));
    const isOver = Date.parse(expires) <= options.now();
    if (paths.length > 0) report.find({ kind: 'picture-expired', picture, expires, isOver, paths });
  }
}

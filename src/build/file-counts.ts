/** Counts the files of a site without writing them, because some hosts limit their number. */
import { assertUnreachable } from '../base/diagnostics.ts';
import { emitSitemaps } from '../emit/sitemaps.ts';
import type { Rendered } from './engine.ts';
import { type FileCounts, type FileKind, fileKinds, type RedirectCounts } from './options.ts';
import type { SitePlan } from './plan.ts';
import type { OutputTask } from './tasks.ts';

/** Number of files that every search index has. */
const searchBase = 15;

/** Counts the files of all tasks. @param rendered results of the tasks that render pages and feeds */
export async function countFiles(plan: SitePlan, rendered: readonly Rendered[]): Promise<FileCounts> {
  const counts = Object.fromEntries(fileKinds.map(kind => [kind, 0])) as FileCounts;
  for (const { files } of rendered) for (const { path } of files) counts[kindOf(path)]++;
  for (const saved of plan.tasks) {
    if (saved.kind === 'page' || saved.kind === 'feeds') continue;
    const task = JSON.parse(plan.payloadOf(saved)!) as Exclude<OutputTask, { kind: 'page' | 'feeds' }>;
    switch (task.kind) {
      case 'copy':
        counts.other++;
        break;
      case 'picture':
        counts.pictures += task.recipe.files.length;
        break;
      case 'card':
        counts.pictures++;
        break;
      case 'sitemaps':
        counts.other += (await emitSitemaps(task.data)).length;
        break;
      case 'search':
        // Pagefind writes a file per story, and parts of the index.
        counts.search += Math.ceil(saved.sources.length * 1.05) + searchBase;
        break;
      case 'files':
        counts.other += task.files.length;
        break;
      default:
        assertUnreachable(task);
    }
  }
  return counts;
}

function kindOf(path: string): FileKind {
  if (path.startsWith('text/')) return 'text';
  if (/(?:^|\/)(?:feed\.xml|atom\.xml|feed\.json)$/.test(path)) return 'feeds';
  return path.endsWith('.html') ? 'pages' : 'data';
}

/** Counts the rules in _redirects, because some hosts limit their number. */
export function countRedirects(plan: SitePlan): RedirectCounts {
  const counts = { paths: 0, below: 0, queries: 0, long: 0 };
  for (const saved of plan.tasks) {
    if (saved.kind !== 'files') continue;
    const { files } = JSON.parse(plan.payloadOf(saved)!) as Extract<OutputTask, { kind: 'files' }>;
    const file = files.find(({ path }) => path === '_redirects');
    for (const line of file && 'text' in file ? file.text.split('\n') : []) {
      if (line === '') continue;
      const [from = '', ...parts] = line.split(' ');
      if (line.length > longestRule) counts.long++;
      if (parts.length > 2) counts.queries++;
      else if (from.endsWith('*')) counts.below++;
      else counts.paths++;
    }
  }
  return counts;
}

/** Maximum length of a rule in _redirects on Cloudflare Pages, in characters. */
const longestRule = 1000;

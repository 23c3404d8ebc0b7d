/** Answers, without a built site, what a host returns for addresses of this site. */

import { parseAddress } from '../base/addresses.ts';
import { assertUnreachable } from '../base/diagnostics.ts';
import { emitSitemaps } from '../emit/sitemaps.ts';
import { cardPath } from '../media/cards.ts';
import { pathOf } from '../media/encode-pictures.ts';
import { createRedirectMatcher } from '../site/redirect-matcher.ts';
import type { Rendered } from './engine.ts';
import type { UrlAnswer } from './options.ts';
import type { SitePlan } from './plan.ts';
import type { OutputTask } from './tasks.ts';

/**
 * Finds out what a host returns for addresses: a page or file, a redirect, or neither.
 * @param urls paths or full URLs, whose hosts do not matter
 * @param rendered results of the tasks that render pages and feeds
 * @param basePath path below which the site is published
 */
export async function answerUrls(
  urls: readonly string[],
  plan: SitePlan,
  rendered: readonly Rendered[],
  basePath: string,
): Promise<UrlAnswer[]> {
  const files = await filesOf(plan, rendered);
  const matcher = createRedirectMatcher(plan.rules ?? []);
  return urls.map(written => {
    const url = requestOf(written);
    const missing: UrlAnswer = { url, status: 404 };
    const redirect = (location: string): UrlAnswer => ({ url, status: 301, location });
    const address = parseAddress(url);
    if (!address) return missing;
    const exact = matcher.exact(address);
    if (exact) return redirect(exact.location);
    const withSlash = url.replace(/^[^?#]*/, path => `${path}/`);
    if (`${address.path}/` === basePath) return redirect(withSlash);
    if (!address.path.startsWith(basePath)) return missing;
    const path = address.path.slice(basePath.length);
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    // Hosts do not serve hidden files.
    if (files.has(file) && !/(?:^|\/)\.(?!well-known\/)/.test(file)) return { url, status: 200 };
    if (files.has(`${file}/index.html`)) return redirect(withSlash);
    const below = matcher.below(address);
    return below ? redirect(below.location) : missing;
  });
}

/** Path and query of an address. */
function requestOf(url: string): string {
  const path = url.replace(/^(?:https?:)?\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** Paths of all files of the site, except those of the search index. */
async function filesOf(plan: SitePlan, rendered: readonly Rendered[]): Promise<Set<string>> {
  const paths = new Set(rendered.flatMap(({ files }) => files.map(({ path }) => path)));
  for (const saved of plan.tasks) {
    if (saved.kind === 'page' || saved.kind === 'feeds') continue;
    const task = JSON.parse(plan.payloadOf(saved)!) as Exclude<OutputTask, { kind: 'page' | 'feeds' }>;
    for (const path of await filesOfTask(task)) paths.add(path);
  }
  return paths;
}

async function filesOfTask(task: Exclude<OutputTask, { kind: 'page' | 'feeds' }>): Promise<string[]> {
  switch (task.kind) {
    case 'copy':
      return [task.path];
    case 'picture':
      return task.recipe.files.map(file => pathOf(task.recipe, file));
    case 'card':
      return [cardPath(task.card.key)];
    case 'sitemaps':
      return (await emitSitemaps(task.data)).map(({ path }) => path);
    case 'files':
      return task.files.map(({ path }) => path);
    case 'search':
      return [];
    default:
      return assertUnreachable(task);
  }
}

/** Finds the pattern of an old site's addresses, so that they stay the same. */
import { permalinkProblem } from '../config/permalinks.ts';
import { addressPath } from './addresses.ts';

interface Parts {
  slug: string;
  desk: string;
  lang: string;
  /** RFC 3339 in the site's time zone. */
  published: string;
  url: string | undefined;
  isStory: boolean;
}

/** The pattern of most stories. @returns undefined if it is not that of at least half of them */
export function choosePermalink(stories: readonly Parts[]): string | undefined {
  const counts = new Map<string, number>();
  const public_ = stories.filter(({ isStory, url }) => isStory && url !== undefined);
  for (const story of public_) {
    for (const pattern of patternsOf(story)) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1] || a[0].length - b[0].length);
  return best && best[1] * 2 >= public_.length ? best[0] : undefined;
}

function patternsOf({ slug, desk, published, url }: Parts): string[] {
  const path = addressPath(url!)?.replace(/\/?$/, '/') ?? '';
  const [year, month, day] = published.slice(0, 10).split('-');
  const parts = path.split('/').slice(1, -1);
  if (parts.at(-1) !== slug || parts.length > 6) return [];
  const names = parts.slice(0, -1).map((part, index, all) => {
    if (part === year) return ':year';
    if (part === month && all[index - 1] === year) return ':month';
    if (part === day && all[index - 1] === month) return ':day';
    return part === desk ? ':desk' : part;
  });
  const pattern = `/${[...names, ':slug'].join('/')}/`;
  return permalinkProblem(pattern) ? [] : [pattern];
}

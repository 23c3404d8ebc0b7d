/** Compares a site's files and redirects with the limits of hosts. */
import { type FileCounts, type FileKind, fileKinds, type RedirectCounts } from '../build/options.ts';

const kindNames: Record<FileKind, string> = {
  pages: 'pages',
  text: 'pages of the text edition',
  data: 'stories as JSON',
  feeds: 'feeds',
  pictures: 'pictures and cards',
  search: 'search (estimated)',
  other: 'styles, scripts, fonts and other files',
};

/** Limits of hosts for the number of files of a site, as they state in November 2026. */
const hostLimits = [
  ['Cloudflare Pages, free plan', 20_000],
  ['Cloudflare Pages, paid plans', 100_000],
  ['GitLab Pages', 200_000],
] as const;

/** Formats the numbers of a site's files, and the limits that they exceed. */
export function fileCountsText(counts: FileCounts): string[] {
  const total = fileKinds.reduce((sum, kind) => sum + counts[kind], 0);
  const row = (count: number, text: string) => `${count.toLocaleString('en').padStart(11)}  ${text}`;
  const exceeded = hostLimits
    .filter(([, limit]) => total > limit)
    .map(([host, limit]) => `More files than ${host} accepts (${limit.toLocaleString('en')}).`);
  return [
    ...fileKinds.filter(kind => counts[kind] > 0).map(kind => row(counts[kind], kindNames[kind])),
    row(total, 'files in all'),
    ...exceeded,
  ];
}

/** Limits of hosts for the rules in _redirects, as they state in November 2026. */
const ruleLimits: readonly [key: keyof RedirectCounts, most: number, text: string][] = [
  ['paths', 2000, 'Cloudflare Pages reads only the first 2,000 rules from one path'],
  ['below', 100, 'Cloudflare Pages reads only the first 100 rules that end in *'],
  ['queries', 0, 'Cloudflare Pages, GitLab Pages and GitHub Pages ignore rules with parameters'],
  ['long', 0, 'Cloudflare Pages ignores rules with more than 1,000 characters'],
];

/** Names the hosts that do not apply all rules in _redirects. */
export function redirectCountsText(counts: RedirectCounts): string[] {
  const total = counts.paths + counts.below + counts.queries;
  return [
    ...ruleLimits
      .filter(([key, most]) => counts[key] > most)
      .map(([key, , text]) => `${text} (${counts[key].toLocaleString('en')} in _redirects).`),
    ...(total > 1000
      ? [`GitLab Pages ignores _redirects with more than 1,000 rules (${total.toLocaleString('en')}).`]
      : []),
  ];
}

/** Creates the file of a new article. */
import { basename, join } from 'node:path';
import { slug } from 'github-slugger';
import { stringify } from 'yaml';
import { dateTimeAt } from '../base/dates.ts';
import { formatDiagnostic } from '../base/diagnostics.ts';
import { describeAll } from '../build/messages.ts';
import { ruleIds } from '../check/rules.ts';
import { readConfig } from '../config/config.ts';
import { listContent, readSiteYaml } from '../disk/content.ts';
import { createFile, exists } from '../disk/files.ts';

export interface NewArticle {
  root: string;
  headline: string;
  /** Current time in milliseconds since the epoch. */
  now: number;
}

/**
 * Writes content/articles/<year>/<slug>.md, with front matter that passes every check. Never overwrites a
 * file.
 * @returns the file's path, relative to the site's root; if there is a `problem`, no file was written
 */
export function createArticle({ root, headline, now }: NewArticle): { path: string; problem?: string } {
  const failed = (problem: string) => ({ path: '', problem });
  const { site, diagnostics } = readConfig({ bytes: readSiteYaml({ root }), ruleIds });
  if (!site) return failed(describeAll(diagnostics).map(formatDiagnostic).join('\n'));
  const { config } = site;
  const [desk] = config.desks;
  if (!desk)
    return failed("content/site.yaml defines no desks, but an article needs one. Add a desk under 'desks:'.");
  const title = headline.replace(/\s+/g, ' ').trim();
  const name = shorten(slug(title.normalize('NFC')).replace(/-+/g, '-'));
  if (!/[\p{L}\p{N}]/u.test(name))
    return failed(
      `No file name can be formed from the headline '${headline}'. Use a headline with letters or digits.`,
    );
  const published = dateTimeAt(now, config.timeZone);
  const path = `content/articles/${published.slice(0, 4)}/${name}.md`;
  if ([path, path.replace(/\.md$/, '/index.md')].some(file => exists(join(root, file))))
    return failed(`${path} already exists. Edit that file, or choose another headline.`);
  const author = listContent({ root }).markdown.find(file => file.startsWith('content/authors/'));
  const frontMatter = stringify(
    {
      title,
      published,
      desk: desk.id,
      ...(author !== undefined && { authors: [basename(author, '.md')] }),
      draft: true,
    },
    { lineWidth: 0 },
  );
  createFile(join(root, path), `---\n${frontMatter}---\n\nWrite what happened, who says so, and when.\n`);
  return { path };
}

/** Shortens a file name of more than 80 characters to at most 60, at a hyphen if it has one. */
function shorten(name: string): string {
  if (name.length <= 80) return name;
  const cut = [...name].slice(0, 60).join('');
  return cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut;
}

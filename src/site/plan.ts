/** Which files the site has: every page and every copied file with its address, and what makes it. */
import type { Diagnostic } from '../diagnostics.ts';
import type { ArticleEntry, PageEntry, Site } from './model.ts';
import { outputFileOf, resolveLink } from './urls.ts';

/** `path` is the address from the site's root, without the base path; `source` what to name in a message about it. */
export type Page = { path: string; source: string } & (
  | { kind: 'article'; entry: ArticleEntry }
  | { kind: 'standing'; entry: PageEntry }
  | { kind: 'home' }
  | { kind: 'notFound' }
  /** A file of content/ or public/, copied as it is. */
  | { kind: 'copy' }
);

export interface Plan {
  pages: Page[];
  diagnostics: Diagnostic[];
}

/** Two pages at one address, on a disk that may not tell large letters from small, are an error that names both sources. */
export function planPages(site: Site): Plan {
  const diagnostics: Diagnostic[] = [];
  const planned = new Map<string, Page>();
  for (const page of allPages(site)) {
    const key = outputFileOf(page.path).toLowerCase();
    const other = planned.get(key);
    if (!other) planned.set(key, page);
    else if (other.source !== page.source || other.path !== page.path)
      diagnostics.push(conflict(page, other));
  }
  return { pages: [...planned.values()], diagnostics };
}

function* allPages(site: Site): Generator<Page> {
  yield { kind: 'home', path: '/', source: 'templates/home.html' };
  yield { kind: 'notFound', path: '/404.html', source: 'templates/404.html' };
  for (const entry of site.articles) yield { kind: 'article', path: entry.path, source: entry.source, entry };
  for (const entry of site.pages) yield { kind: 'standing', path: entry.path, source: entry.source, entry };
  for (const entry of site.entries.values()) {
    for (const link of entry.links) {
      const target = resolveLink(link.url, entry, site);
      if (target.kind === 'asset') yield { kind: 'copy', path: target.path, source: target.asset };
    }
  }
  for (const file of site.publicFiles) yield { kind: 'copy', path: `/${file}`, source: `public/${file}` };
}

function conflict(page: Page, other: Page): Diagnostic {
  return {
    file: page.source,
    place: page.kind === 'copy' ? undefined : { line: 1, column: 1 },
    severity: 'error',
    ruleId: 'url-conflict',
    reason: `${page.path} is already the address of ${other.source}. Rename one of the two, or give it another slug.`,
  };
}

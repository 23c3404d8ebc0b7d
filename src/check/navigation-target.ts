import { suggest, suggestionText } from '../base/suggestions.ts';
import { configPath } from '../config/paths.ts';
import { menuLinks } from '../site/menus.ts';
import { createPageFinder } from '../site/urls.ts';
import { type MissingHeading, missingHeading } from './link-target.ts';
import { siteRule } from './rule.ts';

/** Requires that the menus and policies of site.yaml lead to existing pages, and to existing headings on them. */
export const navigationTarget = siteRule({
  id: 'navigation-target',
  severity: 'error',
  messages: {
    page: ({ url, file }: { url: string; file: string }) =>
      `This site has no page at ${url}. Correct the address, or create the page as ${file}.`,
    near: ({ url, near }: { url: string; near: string }) =>
      `This site has no page at ${url}. Did you mean '${near}'?`,
    heading: ({ fragment, source, suggestion }: MissingHeading) =>
      `There is no heading '#${fragment}' in ${source}. ${suggestionText(suggestion, `Remove '#${fragment}' from the address`)}`,
  },
  check({ config, flawed, byPath }, pages, report) {
    const findPage = createPageFinder(pages);
    const linkedPaths = pages.flatMap(({ kind, path }) =>
      kind === 'article' || kind === 'copy' || kind === 'redirect' ? [] : [path],
    );
    for (const { url, path, key } of menuLinks(config)) {
      const file = `content/pages/${path.replace(/^\/|\/$/g, '')}.md`;
      const page = findPage(path);
      if (page === undefined) {
        if (flawed.has(file)) continue;
        const suggestion = suggest(path, linkedPaths);
        if ('nearest' in suggestion) report(configPath, key, 'near', { url, near: suggestion.nearest });
        else report(configPath, key, 'page', { url, file });
        continue;
      }
      const entry = byPath.get(page.path);
      const fragment = /#(.*)$/.exec(url)?.[1] ?? '';
      if (fragment === '' || !entry || entry.anchors.includes(fragment)) continue;
      report(configPath, key, 'heading', missingHeading(fragment, entry));
    }
  },
});

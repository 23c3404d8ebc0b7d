import { suggestionText } from '../base/suggestions.ts';
import { configPath } from '../config/paths.ts';
import { outputFileOf } from '../site/urls.ts';
import { type MissingHeading, missingHeading } from './link-target.ts';
import { siteRule } from './rule.ts';

/** Requires that the menus and policies of site.yaml lead to existing pages, and to existing headings on them. */
export const navigationTarget = siteRule({
  id: 'navigation-target',
  severity: 'error',
  messages: {
    page: ({ url, file }: { url: string; file: string }) =>
      `This site has no page at ${url}. Correct the address, or create the page as ${file}.`,
    heading: ({ fragment, source, suggestion }: MissingHeading) =>
      `There is no heading '#${fragment}' in ${source}. ${suggestionText(suggestion, `Remove '#${fragment}' from the address`)}`,
  },
  check({ config, flawed, byPath }, pages, report) {
    const files = new Map(pages.map(page => [outputFileOf(page.path), page.path]));
    const items = [
      ...(['navigation', 'footer'] as const).flatMap(menu =>
        config[menu].map(({ url }, index) => ({ url, key: `${menu}.${index}.url` })),
      ),
      ...Object.entries(config.policies).map(([name, url]) => ({ url, key: `policies.${name}` })),
    ];
    for (const { url, key } of items) {
      if (/^https?:/i.test(url)) continue;
      const path = url.replace(/[?#].*$/, '');
      const file = `content/pages/${path.replace(/^\/|\/$/g, '')}.md`;
      const page = files.get(outputFileOf(path)) ?? files.get(`${path.slice(1)}/index.html`);
      if (page === undefined) {
        if (!flawed.has(file)) report(configPath, key, 'page', { url, file });
        continue;
      }
      const entry = byPath.get(page);
      const fragment = /#(.*)$/.exec(url)?.[1] ?? '';
      if (fragment === '' || !entry || entry.anchors.includes(fragment)) continue;
      report(configPath, key, 'heading', missingHeading(fragment, entry));
    }
  },
});

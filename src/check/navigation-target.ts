import { configPath } from '../config/paths.ts';
import { outputFileOf } from '../site/urls.ts';
import { siteRule } from './rule.ts';

/** Requires that the menus of site.yaml lead to existing pages. */
export const navigationTarget = siteRule({
  id: 'navigation-target',
  severity: 'error',
  message: ({ url }: { url: string }) =>
    `This site has no page at ${url}. Correct the address, or add the page.`,
  check({ config, flawed }, pages, report) {
    const files = new Set(pages.map(page => outputFileOf(page.path)));
    const items = (['navigation', 'footer'] as const).flatMap(menu =>
      config[menu].map(({ url }, index) => ({ url, key: `${menu}.${index}.url` })),
    );
    for (const { url, key } of items) {
      const path = url.replace(/[?#].*$/, '');
      if (/^https?:/i.test(url) || files.has(outputFileOf(path)) || files.has(`${path.slice(1)}/index.html`))
        continue;
      if (flawed.has(`content/pages/${path.replace(/^\/|\/$/g, '')}.md`)) continue;
      report(configPath, key, { url });
    }
  },
});

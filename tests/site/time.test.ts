/**
 * Random sites at random times: the passage of time alone never causes an error, and the pages of a moment link
 * only to pages that exist then.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../src/base/diagnostics.ts';
import { fileAt } from '../helpers/publication.ts';
import { runsOf } from '../helpers/random.ts';
import { buildSite, makeSite, readFolder } from '../helpers/site.ts';

const day = (number: number) => `2025-03-0${number}T09:00:00-05:00`;
const addresses = [
  '/world/',
  '/fr/',
  '/topics/',
  '/topics/gaza/',
  '/authors/',
  '/authors/jane/',
  '/archive/2025/03/',
  '/world/2025/03/a/',
  '/world/2025/03/b#box',
  '/old/',
  '/world/page/1/',
];
const files = [
  'a.md',
  'b.md#box',
  'c.md',
  'd.md',
  'missing.md',
  '../../authors/jane.md',
  '../../pages/fr.md',
];
const any = <T>(...values: T[]) => fc.constantFrom(...values);
/** Usually undefined, because most combinations of keys are invalid. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Writes a story. @param keys front matter */
function storyOf({ links, ...keys }: { links: string[] } & Record<string, unknown>): string {
  const lines = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${value}\n`],
  );
  const text = links.map(url => `[Link](${url})`).join(' ');
  return `---\ntitle: A headline\ndesk: world\n${lines.join('')}---\n\nText.\n\n## Box\n\nText. ${text}\n`;
}

const story = fc
  .record({
    published: fc.integer({ min: 1, max: 8 }).map(day),
    expires: fc.option(fc.integer({ min: 2, max: 9 }).map(day), { nil: undefined }),
    draft: rarely(any(true)),
    lang: any(undefined, undefined, 'fr'),
    slug: rarely(any('a')),
    topics: any(undefined, '[gaza]'),
    authors: any(undefined, '[jane]'),
    aliases: rarely(any('[/old/]', '[/fr/]', '[/world/2025/03/a/]', '["/?p=1"]')),
    related: rarely(any('[a.md]', '[c.md]')),
    translationOf: rarely(any('a.md')),
    links: fc.array(any(...addresses, ...files), { maxLength: 2 }),
  })
  .map(storyOf);

interface Plan {
  stories: string[];
  page?: string | undefined;
  menu: string[];
  /** Targets of redirects. */
  redirects: string[];
}

const siteOf = ({ stories, page, menu, redirects }: Plan) => ({
  'content/site.yaml': `name: The Test Courier
url: https://courier.example/
desks: [{id: world, name: World}]
topics: [{id: gaza, name: Gaza, aliases: [/tag/gaza/, '/?p=2']}]
redirects: [${redirects.map(to => `{from: '/r/${to.length}/*', to: '${to}'}`).join(', ')}]
perPage: 2
outputs: {cards: false, search: false}
navigation: [${menu.map(url => `{text: Entry, url: '${url}'}`).join(', ')}]
`,
  'content/authors/jane.md': '---\nname: Jane Doe\naliases: [/author/jane/]\n---\n\nA reporter.\n',
  ...(page && { [`content/pages/${page}`]: '---\ntitle: A page\n---\n\nText.\n' }),
  ...Object.fromEntries(stories.map((text, index) => [`content/articles/2025/${'abcd'[index]}.md`, text])),
});

const site = fc
  .record({
    stories: fc.array(story, { minLength: 1, maxLength: 4 }),
    page: rarely(any('fr.md', 'world/page/1.md')),
    menu: fc.array(any(...addresses), { maxLength: 2 }),
    redirects: fc.uniqueArray(any(...addresses), { maxLength: 2, selector: to => to.length }),
  })
  .map(siteOf);

/** A valid site: links and a menu lead to what appears later, or has expired. */
const example = siteOf({
  stories: [
    storyOf({
      published: day(1),
      links: ['b.md#box', '/authors/jane/', '/topics/gaza/', '/world/2025/03/c/'],
    }),
    storyOf({ published: day(4), authors: '[jane]', topics: '[gaza]', links: [] }),
    storyOf({ published: day(2), expires: day(4), lang: 'fr', links: ['../../authors/jane.md'] }),
    storyOf({ published: day(6), slug: 'c', links: [] }),
  ],
  menu: ['/fr/', '/authors/jane/'],
  redirects: ['/world/2025/03/c/', '/authors/jane/', '/fr/'],
});

/** Addresses in the pages of a site that lead to none of its files. */
function deadLinks(out: string): string[] {
  const written = readFolder(out);
  return Object.entries(written).flatMap(([file, html]) =>
    file.endsWith('.html')
      ? [...html.matchAll(/\s(?:href|src)="(\/[^"#?]*)/g)].flatMap(([, url]) =>
          [fileAt(url!), `${fileAt(url!)}/index.html`].some(path => path in written) ? [] : `${file}: ${url}`,
        )
      : [],
  );
}

test('a site is valid at every time or at none, and links only to pages that exist', {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(site, fc.boolean(), async (files, strict) => {
      const root = makeSite(files);
      const results: { ok: boolean; errors: Message[] }[] = [];
      for (const number of [0, 1, 3, 5, 7, 9]) {
        const now = Date.parse(day(number === 0 ? 1 : number)) + (number === 0 ? -1 : 1);
        const { ok, diagnostics } = await buildSite(root, { now, strict });
        results.push({ ok, errors: diagnostics.filter(({ severity }) => severity === 'error') });
        if (ok) expect(deadLinks(`${root}/dist`)).toEqual([]);
      }
      if (files === example) expect(results.map(({ ok }) => ok)).not.toContain(false);
      expect(results.map(({ errors }) => errors)).toEqual(results.map(() => results[0]!.errors));
    }),
    {
      numRuns: runsOf({ short: 20, long: 40, deep: 2000 }),
      examples: [
        [example, false],
        [example, true],
      ],
    },
  );
});

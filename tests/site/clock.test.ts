/**
 * The build's clock: an unpublished story leaves no trace in the output, neither in bytes nor in file names.
 */
import { describe, expect, test } from 'vitest';
import { run } from '../helpers/cli.ts';
import { author, type Files, publish, readBytes, siteHead, story } from '../helpers/publication.ts';
import { buildSite, makeSite } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';

const prefix = 'zqx';

const fields = [
  'slug',
  'title',
  'standfirst',
  'kicker',
  'dateline',
  'topic',
  'topicname',
  'topicdescription',
  'person',
  'authorid',
  'authorname',
  'authorrole',
  'authorurl',
  'authorlink',
  'authorpicture',
  'authorpicturebytes',
  'biography',
  'alias',
  'aliasfile',
  'sourcename',
  'sourceurl',
  'sourcenote',
  'figurevalue',
  'figurelabel',
  'figuresource',
  'correction',
  'lead',
  'heading',
  'quotation',
  'speaker',
  'role',
  'quotesource',
  'alt',
  'caption',
  'credit',
  'picture',
  'picturebytes',
  'data',
  'databytes',
  'cell',
  'tablecaption',
  'event',
  'eventdate',
  'callouttitle',
  'callout',
  'footnote',
  'html',
  'code',
  'link',
  'translationslug',
  'translationtitle',
  'translationtext',
  'translationalias',
] as const;

const marker = (kind: string, field: (typeof fields)[number]): string => `${prefix}${kind}${field}`;

/** Photographs whose metadata contain a marker, which their published files would contain too. */
const photos = new Map<string, Uint8Array>();
for (const kind of ['embargo', 'draft', 'expired'] as const) {
  for (const field of ['picturebytes', 'authorpicturebytes'] as const) {
    const text = marker(kind, field);
    photos.set(
      text,
      await makePhoto({
        width: 16,
        height: 16,
        xmp: `<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></xmpRights:UsageTerms>`,
      }),
    );
  }
}
const picture = (text: string): Uint8Array => photos.get(text)!;

/** Fields whose marker is the name of a picture file. Such names are never published. */
const unnamed: readonly string[] = ['picture', 'authorpicture'];

/** Generates a story with a marker in every field, and everything that only this story adds to the site. */
function planted(kind: string, dates: Record<string, unknown>): { files: Files; topic: string } {
  const m = (field: (typeof fields)[number]) => marker(kind, field);
  const folder = `content/articles/2025/${m('slug')}`;
  const meta = {
    title: m('title'),
    standfirst: m('standfirst'),
    kicker: m('kicker'),
    dateline: m('dateline'),
    prominence: 'lead',
    topics: [m('topic'), 'gaza'],
    people: [m('person'), 'Ada Known'],
    authors: [m('authorid'), 'known'],
    aliases: [`/${m('alias')}/`, `/old/${m('aliasfile')}.html`],
    sources: [
      {
        name: m('sourcename'),
        url: `https://${m('sourceurl')}.example/`,
        note: m('sourcenote'),
        firstReport: true,
      },
    ],
    keyFigures: [{ value: m('figurevalue'), label: m('figurelabel'), source: m('figuresource') }],
    corrections: [{ date: '2025-03-05T10:00:00-05:00', text: m('correction') }],
    related: ['../public.md'],
    ...dates,
  };
  const body = `${m('lead')} [a file](${m('data')}.csv) and [a page](https://${m('link')}.example/).[^1]

## ${m('heading')}

> ${m('quotation')}
>
> — ${m('speaker')}, ${m('role')} at [the office](https://${m('quotesource')}.example/)

![${m('alt')}](${m('picture')}.jpg "${m('caption')} Photo: ${m('credit')}")

| A | B |
| --- | --- |
| ${m('cell')} | 2 |

Table: ${m('tablecaption')}

\`\`\`timeline
events:
  - {date: "${m('eventdate')}", text: "${m('event')}"}
\`\`\`

> [!context] ${m('callouttitle')}
>
> ${m('callout')}

Text <abbr title="${m('html')}">A</abbr> and \`${m('code')}\`.

[^1]: ${m('footnote')}
`;
  return {
    topic: `  - {id: ${m('topic')}, name: ${m('topicname')}, description: ${m('topicdescription')}}\n`,
    files: {
      [`${folder}/index.md`]: story(meta, body),
      [`${folder}/${m('picture')}.jpg`]: picture(m('picturebytes')),
      [`${folder}/${m('data')}.csv`]: `a,b\n1,${m('databytes')}\n`,
      [`content/authors/${m('authorid')}.md`]: author(
        m('authorname'),
        `role: ${m('authorrole')}\nurl: https://${m('authorurl')}.example/\npicture: ${m('authorpicture')}.jpg\nlinks:\n  - {text: ${m('authorlink')}, url: 'https://links.example/'}\n`,
        m('biography'),
      ),
      [`content/authors/${m('authorpicture')}.jpg`]: picture(m('authorpicturebytes')),
      [`content/articles/2025/${m('translationslug')}.md`]: story(
        {
          title: m('translationtitle'),
          lang: 'de',
          translationOf: `${m('slug')}/index.md`,
          aliases: [`/${m('translationalias')}/`],
          ...dates,
        },
        m('translationtext'),
      ),
    },
  };
}

const due = '2025-03-10T06:00:00Z';
const end = '2025-03-20T06:00:00Z';
const embargoed = planted('embargo', { published: due });
const draft = planted('draft', { draft: true });
const expired = planted('expired', { expires: '2025-03-06T06:00:00Z' });

/** The public story and the embargoed one refer to each other, as do the other stories. */
const files: Files = {
  'content/site.yaml': `${siteHead}${embargoed.topic}${draft.topic}${expired.topic}perPage: 2
formerPermalinks: ['/:year/:slug/']
`,
  'content/articles/2025/public.md': story({
    title: 'A public story',
    topics: ['gaza'],
    people: ['Ada Known'],
    authors: ['known'],
    related: ['embargo', 'draft', 'expired'].map(kind => `${marker(kind, 'slug')}/index.md`),
  }),
  'content/articles/2025/temporary.md': story({ title: 'A story that goes', expires: end, topics: ['gaza'] }),
  'content/authors/known.md': author('Ada Known'),
  ...embargoed.files,
  ...draft.files,
  ...expired.files,
};

const at = (time: string): number => Date.parse(time);
const before = at('2025-03-09T00:00:00Z');
const after = at('2025-03-11T00:00:00Z');

/** Finds a text in the names and bytes of the output, ignoring case. */
function findText(out: string, text: string): string[] {
  const found: string[] = [];
  for (const { path, bytes } of readBytes(out)) {
    if (path.toLowerCase().includes(text)) found.push(`name of ${path}`);
    const content = bytes.toString('latin1').toLowerCase();
    const index = content.indexOf(text);
    if (index >= 0) found.push(`${path}: ${content.slice(Math.max(0, index - 60), index + 60)}`);
  }
  return found;
}

/** Fields of a planted story that leave no trace in the output. */
const absentFields = (out: string, kind: string): string[] =>
  fields.filter(field => !unnamed.includes(field) && findText(out, marker(kind, field)).length === 0);

describe('an unpublished story leaves no trace in dist/', () => {
  test('under embargo, as a draft, and expired, together', async () => {
    const { out } = await publish(files, { now: before });
    expect(findText(out, 'a public story').length).toBeGreaterThan(5);
    expect(findText(out, prefix)).toEqual([]);
  });

  test('below a base path', async () => {
    const { out } = await publish(files, { now: before, basePath: '/news/' });
    expect(findText(out, prefix)).toEqual([]);
  });

  test('a millisecond before its time; at its time, it is complete', async () => {
    expect(findText((await publish(files, { now: at(due) - 1 })).out, prefix)).toEqual([]);
    expect(absentFields((await publish(files, { now: at(due) })).out, 'embargo')).toEqual([]);
  });

  test('after a build in the same folder that had shown it: an expired story, and a clock that goes back', async () => {
    const first = await publish(files, { now: at(due), drafts: true });
    expect(findText(first.out, prefix).length).toBeGreaterThan(100);
    const { ok } = await buildSite(first.root, { now: before });
    expect(ok).toBe(true);
    expect(findText(first.out, prefix)).toEqual([]);
    await buildSite(first.root, { now: at(due) });
    expect(absentFields(first.out, 'embargo')).toEqual([]);
  });

  test('the output equals that of a site without these stories', async () => {
    const gone = Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes(prefix)));
    gone['content/articles/2025/public.md'] = String(files['content/articles/2025/public.md']).replace(
      /^related:.*$/m,
      'related: []',
    );
    const without = await publish(gone, { now: before });
    expect((await publish(files, { now: before })).files).toEqual(without.files);
  });
});

describe('a published story is complete', () => {
  test('after its embargo; the draft and the expired story stay hidden', async () => {
    const { out } = await publish(files, { now: after });
    expect(absentFields(out, 'embargo')).toEqual([]);
    expect(findText(out, `${prefix}draft`)).toEqual([]);
    expect(findText(out, `${prefix}expired`)).toEqual([]);
  });

  test('as a draft with --drafts', async () => {
    const { out } = await publish(files, { now: before, drafts: true });
    expect(absentFields(out, 'draft')).toEqual([]);
    expect(findText(out, `${prefix}embargo`)).toEqual([]);
  });

  test('until it expires, and not from that moment on', async () => {
    const expiry = at('2025-03-06T06:00:00Z');
    expect(absentFields((await publish(files, { now: expiry - 1 })).out, 'expired')).toEqual([]);
    expect(findText((await publish(files, { now: expiry })).out, `${prefix}expired`)).toEqual([]);
  });
});

describe('the next change', () => {
  const next = async (now: string, more: Files = {}) =>
    (await publish({ ...files, ...more }, { now: at(now) })).nextChange;

  test('is the next publication', async () => expect(await next('2025-03-09T00:00:00Z')).toBe(at(due)));
  test('is the next expiry', async () => expect(await next('2025-03-11T00:00:00Z')).toBe(at(end)));
  test('is undefined if nothing more will change', async () =>
    expect(await next('2025-03-21T00:00:00Z')).toBe(undefined));
  test('is never that of a draft, or of a story that expires before it appears', async () => {
    expect(
      await next('2025-03-21T00:00:00Z', {
        'content/articles/2025/later.md': story({ published: '2025-04-01T00:00:00Z', draft: true }),
        'content/articles/2025/never.md': story({
          published: '2025-04-01T00:00:00Z',
          expires: '2025-03-31T00:00:00Z',
        }),
      }),
    ).toBe(undefined);
  });

  test('is printed to the minute, and an expiry is not announced as a story', () => {
    const root = makeSite(files);
    const { status, stdout } = run(root, 'build', '--now', '2025-03-09T00:00Z');
    expect(status).toBe(0);
    expect(stdout).toContain('story is due at 2025-03-10T06:00Z');
    const later = run(root, 'check', '--now', '2025-03-11T00:00Z').stdout;
    expect(later).toContain('2025-03-20T06:00Z');
    expect(later).not.toMatch(/story is due/);
  });

  test('is in --json, and null if there is none', () => {
    const root = makeSite(files);
    const json = (now: string) =>
      JSON.parse(run(root, 'check', '--json', '--now', now).stdout) as { nextChange: unknown };
    expect(json('2025-03-09T00:00Z').nextChange).toBe('2025-03-10T06:00Z');
    expect(json('2025-03-21T00:00Z').nextChange).toBe(null);
  });
});

test('no file contains the build time: the same content at another time produces the same bytes', async () => {
  const first = await publish(files, { now: at('2025-03-11T00:00:00Z') });
  const second = await publish(files, { now: at('2025-03-11T23:00:00Z') });
  expect(second.files).toEqual(first.files);
});

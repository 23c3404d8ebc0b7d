/** A story that we publish as ninjs and import again stays the same. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseArticle } from '../../src/article/parse.ts';
import { importArchive } from '../../src/import/import.ts';
import type { ImportReport } from '../../src/import/options.ts';
import { makePng } from '../helpers/kitchen-sink.ts';
import { buildSite, noFiles, parseSettings, readFolder, writeFiles } from '../helpers/site.ts';

const siteYaml = `name: The Courier
url: https://courier.example/daily/
timeZone: America/New_York
desks: [{id: world, name: World affairs}, {id: arts, name: Arts}]
topics: [{id: talks, name: The talks}, {id: votes, name: Votes}]
outputs: {cards: false, search: false, ninjs: true}
`;

const rich = `---
type: editorial
title: "Council: “seven” to two"
standfirst: What the vote means & what it does not.
kicker: The vote
dateline: New York
published: 2025-03-05T09:00:00-05:00
updated: 2025-03-06T10:30:00-05:00
expires: 2029-01-01T00:00:00-05:00
desk: world
topics: [votes, talks]
people: [Ada Example, Ben Sample]
authors: [jane-doe, john-roe]
sources:
  - {name: First Wire, url: "https://wire.example/?a=1&b=2", firstReport: true}
  - {name: The council}
corrections:
  - {date: 2025-03-06T10:30:00-05:00, text: The vote was seven to two.}
---

The council voted *seven* to **two** on [Wednesday](https://council.example/vote). See [the other story](other.md).

## What it means

A paragraph with \`code\`, ~~struck~~ words and H<sub>2</sub>O.

- one
- two
  - three

1. first
2. second

### A smaller heading

> Talking is *good*.
>
> — Karoline Leavitt, press secretary

![The council in session](photo.png "The council at night. Photo: Jane Doe/Agency")

> [!context] Background
>
> Two sentences. Both short.

| item | cost |
| --- | ---: |
| roads | 12 |
| schools | 30 |

Table: The budget in millions

The last paragraph.
`;

/** The parts of a document that have to be equal. */
function essence(path: string, text: string) {
  const { document } = parseArticle({ path, bytes: new TextEncoder().encode(text) }, parseSettings, noFiles);
  const { body, lang } = document!;
  const meta = document!.meta!;
  const { title, standfirst, kicker, dateline, published, updated, expires, desk, topics, people, authors } =
    meta;
  const { sources, corrections, type, draft } = meta;
  return {
    meta: {
      title,
      standfirst,
      kicker,
      dateline,
      published,
      updated,
      expires,
      desk,
      topics,
      people,
      authors,
      sources,
      corrections,
      type,
      draft,
    },
    lang,
    body: JSON.parse(JSON.stringify(body, withoutPlaces)) as unknown,
  };
}

/** Leaves out where nodes are in the file, and the addresses of files and stories, which the new site chooses. */
const withoutPlaces = (key: string, value: unknown): unknown =>
  key === 'position' || key === 'src' || (key === 'url' && /\.md$/.test(String(value))) ? undefined : value;

describe('a site, published as ninjs and imported into an empty folder', () => {
  const files: Record<string, string> = {};
  let report: ImportReport;
  let root = '';

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
    const old = join(folder, 'old');
    root = join(folder, 'new');
    const author = (name: string) => `---\nname: ${name}\n---\n\nText.\n`;
    writeFiles(old, {
      'content/site.yaml': siteYaml,
      'content/authors/jane-doe.md': author('Jane Doe'),
      'content/authors/john-roe.md': author('John Roe'),
      'content/articles/2025/rich.md': rich,
      'content/articles/2025/photo.png': makePng(64, 48),
      'content/articles/2025/other.md':
        '---\ntype: agency\ntitle: Other\npublished: 2025-03-04T09:00:00-05:00\ndesk: arts\n---\n\nText.\n',
    });
    const built = await buildSite(old);
    expect(built.ok).toBe(true);
    report = await importArchive({
      source: join(old, 'dist'),
      into: root,
      from: 'ninjs',
      publishFrom: ['The Courier'],
      url: 'https://courier.example/daily/',
      timeZone: 'America/New_York',
      now: Date.parse('2025-06-01T12:00:00Z'),
      workers: 1,
    });
    Object.assign(files, readFolder(root));
    return () => rmSync(folder, { recursive: true });
  });

  const pathOf = (name: string) => Object.keys(files).find(path => path.endsWith(`/${name}.md`))!;

  test('has all stories, and nothing was lost', () => {
    expect(report.counts.stories).toEqual({ in: 2, kept: 2, changed: 0, lost: 0 });
    expect(report.problems).toEqual([]);
    expect(report.stories.flatMap(({ lost }) => lost)).toEqual([]);
  });

  test('has equal front matter', () => {
    const path = pathOf('rich');
    expect(essence(path, files[path]!).meta).toEqual(essence('content/articles/2025/rich.md', rich).meta);
  });

  test('has an equal text', () => {
    const path = pathOf('rich');
    const own = essence(path, files[path]!);
    const wanted = essence('content/articles/2025/rich.md', rich);
    expect(own.lang).toBe(wanted.lang);
    expect(own.body).toEqual(wanted.body);
  });

  test('keeps the type of work if several share a genre, and has no comment of an agency', () => {
    const text = files[pathOf('other')]!;
    expect(text).toContain('type: agency');
    expect(text).not.toContain('draft');
    expect(text).not.toContain('# ');
  });

  test('has the picture, the desks, the topics and the authors', () => {
    const [, src] = /!\[The council in session\]\(([^ ]+) /.exec(files[pathOf('rich')]!)!;
    expect(existsSync(join(root, pathOf('rich'), '..', src!))).toBe(true);
    expect(files['content/site.yaml']).toContain('name: World affairs');
    expect(files['content/site.yaml']).toContain('id: votes');
    expect(files['content/authors/jane-doe.md']).toContain('name: Jane Doe');
  });

  test('builds without errors', async () => {
    const { ok, diagnostics } = await buildSite(root);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ok).toBe(true);
  });
});

/*
 * What ninjs cannot carry, because the standard has no property for it and forbids others: `keyFigures`, `related`,
 * `prominence`, `aliases`, `translationOf`, `seoTitle`, `seoDescription`, notes of sources, descriptions of desks and
 * topics, and the data of charts and timelines, which become pictures, tables or lists.
 */

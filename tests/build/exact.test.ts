/**
 * An incremental build equals a clean build, whatever has changed and whatever has happened to the cache and
 * the output.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { buildIfChanged } from '../../src/build/build-if-changed.ts';
import { runsOf } from '../helpers/random.ts';
import { makeSite, packageRoot, readFolder, temporaryFolder } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';

const siteYaml = (tagline: string, feeds: boolean, cards: boolean) => `name: The Test Courier
url: https://courier.example/
tagline: ${tagline}
timeZone: America/New_York
perPage: 3
desks: [{id: world, name: World}, {id: city, name: City}]
topics: [{id: gaza, name: Gaza}, {id: trade, name: Trade}]
outputs: {feeds: ${feeds}, cards: ${cards}}
`;

interface Story {
  title: string;
  day: number;
  desk: string;
  author: string;
  topic: string;
  draft: boolean;
  text: string;
}

const articleOf = ({ title, day, desk, author, topic, draft, text }: Story) => `---
title: ${title}
published: 2025-05-${String(day).padStart(2, '0')}T09:00:00-04:00
desk: ${desk}
authors: [${author}]
topics: [${topic}]
draft: ${draft}
---

${text}
`;

const start: Story = {
  title: 'A headline',
  day: 3,
  desk: 'world',
  author: 'jane-doe',
  topic: 'gaza',
  draft: false,
  text: 'A text.',
};
const chart = '```chart\ntype: bar\ntitle: Votes\ndata: votes.csv\nx: place\ny: votes\n```';
const authors = ['jane-doe', 'john-roe'];
const clock = Date.parse('2025-05-10T12:00:00Z');
const hour = 3_600_000;

/** Pictures that a newsroom exchanges: photographs, one with other rights, a graphic, a damaged file. */
const small = { width: 40, height: 30 };
const credited = (credit: string) => ({ ...small, iptc: { 80: 'Jane Doe', 110: credit } });
const photo = await makePhoto(credited('Agency'));
const pictures = [
  photo,
  await makePhoto(credited('Other agency')),
  await makePhoto({ ...small, orientation: 6, exif: true }),
  await sharp({ create: { ...small, channels: 4, background: '#3698' } })
    .png()
    .toBuffer(),
  photo.subarray(0, 400),
  Buffer.from('No picture.'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'),
];

/** Newsroom edits, changed build options, and damage to output and cache files. `which` selects an existing file. */
const changes = {
  text: {
    which: fc.nat(),
    text: fc.constantFrom(
      'Other words.',
      'And others.',
      // The same picture, on another line.
      'Words.\n\n![](other.jpg "Other. Photo: John Roe")',
      '## A\n\n> So.\n>\n> — Jane Roe, mayor',
      '![A map](map.png "Map. Graphic: Jane Doe")',
      'Text.\n\n![A map](map.png#focus=10,90)\n\nAnd ![the other](other.jpg) of [both](map.png).',
      '![](other.jpg "Other. Photo: John Roe")',
      '[Other](s1.md)',
      '[No such](none.md)',
      '> Nobody said.',
      // An error in the text that leaves the source's entry unchanged.
      '```chart\ntype: none\n```',
      chart,
    ),
  },
  title: { which: fc.nat(), title: fc.constantFrom('A headline', 'Another headline', 'A & B') },
  desk: { which: fc.nat(), desk: fc.constantFrom('world', 'city', 'none') },
  author: { which: fc.nat(), author: fc.constantFrom(...authors) },
  topic: { which: fc.nat(), topic: fc.constantFrom('gaza', 'trade') },
  draft: { which: fc.nat(), draft: fc.boolean() },
  add: { day: fc.integer({ min: 1, max: 28 }) },
  remove: { which: fc.nat() },
  rename: { which: fc.nat() },
  touch: { which: fc.nat() },
  biography: { author: fc.constantFrom(...authors), words: fc.constantFrom('Writes.', 'Reports.') },
  picture: { name: fc.constantFrom('map.png', 'other.jpg'), which: fc.nat() },
  pictureRemoved: { name: fc.constantFrom('map.png', 'other.jpg') },
  portrait: { author: fc.constantFrom(...authors), which: fc.nat() },
  data: { rows: fc.constantFrom('', 'North,1', 'North,2', 'North,x') },
  siteYaml: { tagline: fc.constantFrom('One', 'Two'), feeds: fc.boolean(), cards: fc.boolean() },
  card: { words: fc.constantFrom('', 'A', 'B') },
  template: { words: fc.constantFrom('', 'A', 'B') },
  publicFile: { words: fc.constantFrom('', 'A', 'B') },
  clock: { hours: fc.integer({ min: 1, max: 200 }) },
  drafts: { drafts: fc.boolean() },
  basePath: { basePath: fc.constantFrom(undefined, '/news/') },
  outputChanged: { which: fc.nat() },
  outputRemoved: { which: fc.nat() },
  outputAdded: { which: fc.nat() },
  cacheFlipped: { which: fc.nat(), byte: fc.nat() },
  cacheRemoved: { which: fc.nat() },
  nothing: {},
} as const;

interface Change {
  kind: keyof typeof changes;
  which: number;
  text: string;
  title: string;
  desk: string;
  author: string;
  topic: string;
  draft: boolean;
  day: number;
  words: string;
  byte: number;
  name: string;
  rows: string;
  tagline: string;
  feeds: boolean;
  cards: boolean;
  hours: number;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  ...Object.entries(changes).map(([kind, fields]) => fc.record({ kind: fc.constant(kind), ...fields })),
) as never;

function createNewsroom(withCards: boolean) {
  const root = makeSite({
    'content/site.yaml': siteYaml('One', true, withCards),
    'content/articles/2025/map.png': pictures[0]!,
    'content/articles/2025/other.jpg': pictures[1]!,
    'content/articles/2025/votes.csv': 'place,votes\nNorth,1\n',
    'content/authors/jane-doe.md': '---\nname: Jane Doe\n---\n\nWrites.\n',
    'content/authors/john-roe.md': '---\nname: John Roe\n---\n',
    'content/pages/about.md': '---\ntitle: About\n---\n\nAbout us.\n',
  });
  const stories = new Map<string, Story>();
  const options = { drafts: false, basePath: undefined as string | undefined, now: clock };
  let count = 0;
  const write = (path: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const pathOf = (name: string) => `content/articles/2025/${name}.md`;
  const put = (name: string, story: Story) => {
    stories.set(name, story);
    write(pathOf(name), articleOf(story));
  };
  for (let i = 0; i < 7; i++)
    put(`s${count++}`, {
      ...start,
      ...(i === 6 && { text: chart }),
      title: `Headline ${i}`,
      day: 2 + i * 3,
      desk: i % 2 ? 'city' : 'world',
      draft: i === 5,
    });
  const filesOf = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      // Omits .broadsheet, the marker of an output folder, and .gitignore.
      .filter(path => !/\.(broadsheet|gitignore)$/.test(path))
      .sort();
  const flip = (file: string | undefined, byte: number) => {
    if (!file) return;
    const bytes = readFileSync(file);
    if (bytes.length > 0) bytes[byte % bytes.length]! ^= 0x10;
    writeFileSync(file, bytes);
  };
  const optional = (path: string, text: string) =>
    text === '' ? rmSync(join(root, path), { force: true }) : write(path, text);

  /** Applies a change. Each kind of change has only its own fields. */
  function apply(fields: Change): unknown {
    const {
      kind,
      which,
      text,
      title,
      desk,
      author,
      topic,
      draft,
      day,
      words,
      byte,
      rows,
      tagline,
      feeds,
      cards,
      hours,
    } = fields;
    const chosen = <T>(list: readonly T[]): T | undefined => list[which % Math.max(1, list.length)];
    const name = chosen([...stories.keys()]);
    const edit = (part: Partial<Story>) => name && put(name, { ...stories.get(name)!, ...part });
    switch (kind) {
      case 'text':
        return edit({ text });
      case 'title':
        return edit({ title });
      case 'desk':
        return edit({ desk });
      case 'author':
        return edit({ author });
      case 'topic':
        return edit({ topic });
      case 'draft':
        return edit({ draft });
      case 'touch':
        return edit({});
      case 'add':
        return put(`s${count++}`, { ...start, day });
      case 'remove':
        if (name) rmSync(join(root, pathOf(name)));
        return name && stories.delete(name);
      case 'rename': {
        if (!name) return undefined;
        const next = `s${count++}`;
        renameSync(join(root, pathOf(name)), join(root, pathOf(next)));
        stories.set(next, stories.get(name)!);
        return stories.delete(name);
      }
      case 'biography':
        return write(`content/authors/${author}.md`, `---\nname: ${author}\n---\n\n${words}\n`);
      case 'picture':
        return write(`content/articles/2025/${fields.name}`, chosen(pictures)!);
      case 'pictureRemoved':
        return rmSync(join(root, `content/articles/2025/${fields.name}`), { force: true });
      case 'portrait':
        write('content/authors/portrait.jpg', chosen(pictures)!);
        return write(`content/authors/${author}.md`, `---\nname: ${author}\npicture: portrait.jpg\n---\n`);
      case 'data':
        return optional('content/articles/2025/votes.csv', rows && `place,votes\n${rows}\n`);
      case 'siteYaml':
        return write('content/site.yaml', siteYaml(tagline, feeds, cards));
      case 'template':
        return optional('templates/partials/topics.html', words === '' ? '' : `<p>${String(words)}</p>\n`);
      case 'card':
        return optional(
          'templates/card.html',
          words && `<p>${String(words)} <%= it.article.headline %></p>\n`,
        );
      case 'publicFile':
        return optional('public/note.txt', words);
      case 'clock':
        options.now += hours * hour;
        return undefined;
      case 'drafts':
      case 'basePath':
        return Object.assign(options, { ...fields, kind: undefined });
      case 'outputChanged':
        return flip(chosen(filesOf('dist')), 0);
      case 'outputRemoved': {
        const file = chosen(filesOf('dist'));
        return file && rmSync(file);
      }
      case 'outputAdded':
        return write(`dist/world/${['x.txt', 'x/y.html'][which % 2]}`, 'Not ours.');
      case 'cacheFlipped':
        return flip(chosen(filesOf('.cache')), byte);
      case 'cacheRemoved': {
        const file = chosen(filesOf('.cache'));
        return file && rmSync(file);
      }
      case 'nothing':
        return undefined;
    }
  }

  const buildAt = (folder: string) =>
    buildIfChanged({ root: folder, packageRoot, out: join(folder, 'dist'), strict: false, ...options });
  return { root, apply, buildAt };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test(
  'after any sequence of changes, dist/ and the messages equal those of a clean build',
  async () => {
    const steps = fc.array(fc.record({ change, later: fc.boolean() }), { minLength: 3, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), steps, async (withCards, sequence) => {
        const { root, apply, buildAt } = createNewsroom(withCards);
        vi.setSystemTime(Date.now() + 10_000);
        await buildAt(root);
        let before = readFolder(join(root, 'dist'));
        for (const { change, later } of sequence) {
          apply(change);
          // The previous site, in the cache, shares its unchanged files with dist/, so damage to one affects
          // both.
          const tampered = /^output|^cacheFlipped/.test(change.kind);
          // Moves the clock, because a build does not rely on the timestamps of files that have just changed.
          if (later) vi.setSystemTime(Date.now() + 10_000);
          const clean = temporaryFolder();
          for (const folder of ['content', 'templates', 'public'])
            if (existsSync(join(root, folder)))
              cpSync(join(root, folder), join(clean, folder), { recursive: true });
          const incremental = await buildAt(root);
          const expected = await buildAt(clean);
          expect(incremental.diagnostics.map(formatDiagnostic)).toEqual(
            expected.diagnostics.map(formatDiagnostic),
          );
          expect([incremental.ok, incremental.articles, incremental.nextChange]).toEqual([
            expected.ok,
            expected.articles,
            expected.nextChange,
          ]);
          const after = readFolder(join(root, 'dist'));
          if (expected.ok) expect(after).toEqual(readFolder(join(clean, 'dist')));
          else if (!tampered) expect(after).toEqual(before);
          if (expected.ok) expect(incremental.files).toBe(expected.files);
          before = after;
          rmSync(clean, { recursive: true });
        }
      }),
      { numRuns: runsOf({ short: 2, long: 16, deep: 400 }), endOnFailure: true },
    );
  },
  6 * 3_600_000,
);

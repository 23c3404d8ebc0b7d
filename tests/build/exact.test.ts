/**
 * An incremental build equals a clean build, whatever has changed and whatever has happened to the cache, the output
 * and earlier builds.
 */
import { type ChildProcess, fork } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { formatDiagnostic, type Message } from '../../src/base/diagnostics.ts';
import type { BuildResult, SiteBuildOptions } from '../../src/index.ts';
import { runsOf } from '../helpers/random.ts';
import { makeSite, readFolder, temporaryFolder } from '../helpers/site.ts';
import { makePhoto } from '../media/photos.ts';

interface Outputs {
  feeds: boolean;
  cards: boolean;
  search: boolean;
}

const siteYaml = (tagline: string, outputs: Outputs, pictures = 'balanced') => `name: The Test Courier
url: https://courier.example/
tagline: ${tagline}
timeZone: America/New_York
perPage: 3
desks: [{id: world, name: World}, {id: city, name: City}]
topics: [{id: gaza, name: Gaza, aliases: [/tag/gaza/]}, {id: trade, name: Trade, aliases: ['/?tag=trade']}]
redirects: [{from: '/feed/*', to: ${tagline === 'One' ? '/world/' : '/city/'}}, {from: /first, to: /feed/old}]
pictures: ${pictures}
outputs: ${JSON.stringify({ ...outputs, serverRules: true, redirectPages: outputs.feeds })}
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

const articleOf = ({ title, day, desk, author, topic, draft, text }: Story, name: string) => `---
title: ${title}
aliases: ['/?p=${name}&day=${day}', /old/${name}.html]
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

/** True in one of eight cases: the search takes most of a small build's time. */
const rarely = fc.nat({ max: 7 }).map(number => number === 0);

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
  move: { which: fc.nat(), name: fc.constantFrom('2024', '2025', '2025/may') },
  case: { which: fc.nat() },
  touch: { which: fc.nat() },
  biography: { author: fc.constantFrom(...authors), words: fc.constantFrom('Writes.', 'Reports.') },
  picture: { name: fc.constantFrom('map.png', 'other.jpg'), which: fc.nat() },
  pictureRenamed: { name: fc.constantFrom('map.png', 'Map.png') },
  pictureRemoved: { name: fc.constantFrom('map.png', 'other.jpg') },
  portrait: { author: fc.constantFrom(...authors), which: fc.nat() },
  data: { rows: fc.constantFrom('', 'North,1', 'North,2', 'North,x') },
  siteYaml: {
    tagline: fc.constantFrom('One', 'Two'),
    feeds: fc.boolean(),
    cards: fc.boolean(),
    search: rarely,
    words: fc.constantFrom(
      'balanced',
      'balanced',
      'small',
      '{widths: [16, 24], plainWidth: 20, archive: {olderThan: 1 month, widths: [32]}}',
    ),
  },
  card: { words: fc.constantFrom('', 'A', 'B') },
  template: { words: fc.constantFrom('', 'A', 'B', '<% if (') },
  strings: { words: fc.constantFrom('', 'A', 'B') },
  styles: { words: fc.constantFrom('', 'p { color: red }', 'p { color: green }', 'p {') },
  publicFile: { words: fc.constantFrom('', 'A', 'B') },
  clock: { hours: fc.integer({ min: 1, max: 200 }) },
  drafts: { drafts: fc.boolean() },
  basePath: { basePath: fc.constantFrom(undefined, '/news/') },
  outputChanged: { which: fc.nat() },
  outputRemoved: { which: fc.nat() },
  outputAdded: { which: fc.nat() },
  outputMode: { which: fc.nat() },
  outputLinked: { which: fc.nat() },
  sourceMode: { which: fc.nat(), mode: fc.constantFrom(0o600, 0o644, 0o444) },
  killed: { byte: fc.nat(), which: fc.nat() },
  cacheFlipped: { which: fc.nat(), byte: fc.nat() },
  cacheRemoved: { which: fc.nat() },
  nothing: {},
} as const;

interface Change extends Outputs {
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
  mode: number;
  hours: number;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  ...Object.entries(changes).map(([kind, fields]) => fc.record({ kind: fc.constant(kind), ...fields })),
) as never;

/** Circumstances of a sequence of builds. */
interface Setting extends Outputs {
  workers: number;
  /** Whether the site has so many stories that several threads work on it. */
  large: boolean;
}

const setting: fc.Arbitrary<Setting> = fc.record({
  feeds: fc.boolean(),
  cards: fc.boolean(),
  search: rarely,
  workers: fc.constantFrom(1, 2),
  large: runsOf({ short: 0, long: 1, deep: 1 }) ? rarely : fc.constant(false),
});

const oldStory = (index: number) =>
  articleOf(
    { ...start, title: `Old story ${index}`, day: 1 + (index % 28), text: `Text ${index}.` },
    `o${index}`,
  );

function createNewsroom({ workers, large, ...outputs }: Setting) {
  const root = makeSite({
    'content/site.yaml': siteYaml('One', outputs),
    'content/articles/2025/map.png': pictures[0]!,
    'content/articles/2025/other.jpg': pictures[1]!,
    'content/articles/2025/votes.csv': 'place,votes\nNorth,1\n',
    'content/authors/jane-doe.md': '---\nname: Jane Doe\n---\n\nWrites.\n',
    'content/authors/john-roe.md': '---\nname: John Roe\n---\n',
    'content/pages/about.md': '---\ntitle: About\n---\n\nAbout us.\n',
    ...Object.fromEntries(
      Array.from({ length: large ? 420 : 0 }, (_, index) => [
        `content/articles/old/o${index}.md`,
        oldStory(index),
      ]),
    ),
  });
  /** Stories by path. */
  const stories = new Map<string, Story>();
  const options: Partial<SiteBuildOptions> & { now: number } = { drafts: false, now: clock, workers };
  let count = 0;
  const write = (path: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const pathOf = (name: string) => `content/articles/2025/${name}.md`;
  const put = (path: string, story: Story) => {
    stories.set(path, story);
    write(path, articleOf(story, path));
  };
  const move = (path: string, next: string) => {
    if (existsSync(join(root, next))) return;
    mkdirSync(dirname(join(root, next)), { recursive: true });
    renameSync(join(root, path), join(root, next));
    stories.set(next, stories.get(path)!);
    stories.delete(path);
  };
  for (let i = 0; i < 7; i++)
    put(pathOf(`s${count++}`), {
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
      mode,
      hours,
    } = fields;
    const chosen = <T>(list: readonly T[]): T | undefined => list[which % Math.max(1, list.length)];
    const path = chosen([...stories.keys()]);
    const edit = (part: Partial<Story>) => path && put(path, { ...stories.get(path)!, ...part });
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
        return put(pathOf(`s${count++}`), { ...start, day });
      case 'remove':
        if (path) rmSync(join(root, path));
        return path && stories.delete(path);
      case 'rename':
        return path && move(path, pathOf(`s${count++}`));
      case 'move':
        return path && move(path, `content/articles/${fields.name}/${basename(path)}`);
      case 'case': {
        const name = path && basename(path);
        const other = name?.startsWith('s') ? name.replace('s', 'S') : name?.replace('S', 's');
        return path && move(path, `${dirname(path)}/${other}`);
      }
      case 'biography':
        return write(`content/authors/${author}.md`, `---\nname: ${author}\n---\n\n${words}\n`);
      case 'picture':
        return write(`content/articles/2025/${fields.name}`, chosen(pictures)!);
      case 'pictureRenamed': {
        const folder = join(root, 'content/articles/2025');
        const other = fields.name === 'map.png' ? 'Map.png' : 'map.png';
        return existsSync(join(folder, other)) && renameSync(join(folder, other), join(folder, fields.name));
      }
      case 'pictureRemoved':
        return rmSync(join(root, `content/articles/2025/${fields.name}`), { force: true });
      case 'portrait':
        write('content/authors/portrait.jpg', chosen(pictures)!);
        return write(`content/authors/${author}.md`, `---\nname: ${author}\npicture: portrait.jpg\n---\n`);
      case 'data':
        return optional('content/articles/2025/votes.csv', rows && `place,votes\n${rows}\n`);
      case 'siteYaml':
        return write(
          'content/site.yaml',
          siteYaml(tagline, { feeds: fields.feeds, cards: fields.cards, search: fields.search }, words),
        );
      case 'template':
        return optional('templates/partials/topics.html', words === '' ? '' : `<p>${String(words)}</p>\n`);
      case 'strings':
        return optional('templates/strings/en.yaml', words && `topics: ${words}\nhome: Front ${words}\n`);
      case 'styles':
        return optional('templates/styles/site.css', words);
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
      case 'sourceMode': {
        const file = chosen([
          ...filesOf('content'),
          ...(existsSync(join(root, 'public')) ? filesOf('public') : []),
        ]);
        return file && chmodSync(file, mode);
      }
      case 'outputMode': {
        const file = chosen(filesOf('dist'));
        return file && chmodSync(which % 2 ? file : dirname(file), which % 2 ? 0o600 : 0o700);
      }
      case 'outputLinked': {
        const file = chosen(filesOf('dist'));
        if (!file) return undefined;
        const copy = join(temporaryFolder(), 'copy');
        cpSync(file, copy);
        rmSync(file);
        return symlinkSync(copy, file);
      }
      case 'killed':
        // Changes that the killed build has begun to publish.
        return edit({ text: `Killed ${which}.` });
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

  return { root, apply, options };
}

const builderPath = fileURLToPath(new URL('builder.mjs', import.meta.url));

interface Built extends Pick<BuildResult, 'ok' | 'articles' | 'files' | 'nextChange'> {
  diagnostics: Message[];
  /** Number of calls that changed the disk. */
  calls: number;
}

let builder: ChildProcess | undefined;
afterAll(() => void builder?.kill());

/**
 * Builds a site in another process.
 * @param ahead milliseconds by which the clock of that process is ahead
 * @param killAt call that changes the disk, at which the process is killed
 * @returns undefined if the process has been killed
 */
async function build(
  root: string,
  options: Partial<SiteBuildOptions>,
  ahead: number,
  killAt?: number,
): Promise<Built | undefined> {
  if (!builder) {
    const started = fork(builderPath, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await new Promise(resolve => void started.once('message', resolve));
    builder = started;
  }
  const child = builder;
  return new Promise(resolve => {
    const end = () => {
      builder = undefined;
      resolve(undefined);
    };
    child.once('exit', end);
    child.once('message', message => {
      child.off('exit', end);
      resolve(message as Built);
    });
    child.send({ root, options, ahead, killAt });
  });
}

/** Modes and kinds of all files and folders of a site. */
function modesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => `${relative(folder, path)} ${lstatSync(path).mode.toString(8)}`)
    .sort();
}

/** Copies what a site is made of, without its cache and its output. */
function copySources(root: string): string {
  const copy = temporaryFolder();
  for (const folder of ['content', 'templates', 'public'])
    if (existsSync(join(root, folder))) cpSync(join(root, folder), join(copy, folder), { recursive: true });
  return copy;
}

/** A change, and how the site is built after it. */
const step = fc.record({
  change,
  /** Whether some time passes, because a build does not rely on the timestamps of files that have just changed. */
  later: fc.boolean(),
  inPlace: rarely,
});

test(
  'after any sequence of changes, dist/ and the messages equal those of a clean build',
  async () => {
    const length = runsOf({ short: 4, long: 14, deep: 14 });
    const steps = fc.array(step, { minLength: 2, maxLength: length });
    await fc.assert(
      fc.asyncProperty(setting, steps, async (circumstances, sequence) => {
        const { root, apply, options } = createNewsroom(circumstances);
        let ahead = 10_000;
        let { calls } = (await build(root, options, ahead))!;
        let before = readFolder(join(root, 'dist'));
        for (const { change, later, inPlace } of sequence) {
          apply(change);
          // The previous site, in the cache, shares its unchanged files with dist/, so damage to one affects both.
          const tampered = /^output|^cacheFlipped|^killed/.test(change.kind);
          if (later) ahead += 10_000;
          if (change.kind === 'killed')
            await build(root, { ...options, inPlace }, ahead, 1 + (change.byte % calls));
          const clean = copySources(root);
          const incremental = (await build(root, { ...options, inPlace }, ahead))!;
          const expected = (await build(clean, options, ahead))!;
          calls = expected.calls;
          expect(incremental.diagnostics.map(formatDiagnostic)).toEqual(
            expected.diagnostics.map(formatDiagnostic),
          );
          expect([incremental.ok, incremental.articles, incremental.nextChange]).toEqual([
            expected.ok,
            expected.articles,
            expected.nextChange,
          ]);
          const after = readFolder(join(root, 'dist'));
          if (expected.ok) {
            expect(after).toEqual(readFolder(join(clean, 'dist')));
            expect(modesOf(join(root, 'dist'))).toEqual(modesOf(join(clean, 'dist')));
            expect(incremental.files).toBe(expected.files);
          } else if (!tampered) expect(after).toEqual(before);
          before = after;
          rmSync(clean, { recursive: true });
        }
        rmSync(root, { recursive: true });
      }),
      { numRuns: runsOf({ short: 20, long: 12, deep: 500 }), endOnFailure: true },
    );
  },
  6 * 3_600_000,
);

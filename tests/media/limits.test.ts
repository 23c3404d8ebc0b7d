/** Pictures and recordings that need too much time or memory are reported, and do not stop the build. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { begin } from '../helpers/cli.ts';
import { publicationYaml } from '../helpers/publication.ts';
import { buildSite, frontMatter, makeSite, readFolder, testNow, writeFiles } from '../helpers/site.ts';
import { makeFilm } from './films.ts';
import { makePhoto } from './photos.ts';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Creates a black PNG with 16 bits per sample. @param further chunks before the pixels */
function makeDeepPng(width: number, height: number, further: Uint8Array[] = []): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([16, 2], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...further,
    chunk('IDAT', deflateSync(Buffer.alloc(height * (1 + width * 6)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Builds a story that shows a file. @returns the messages about the story */
async function complaints(
  name: string,
  bytes: Uint8Array,
  limits = '{seconds: 20, megabytes: 128}',
  markdown = `![A map](${name} "Map. Graphic: Jane Doe")`,
): Promise<string[]> {
  const root = makeSite({
    'content/site.yaml': `${publicationYaml}limits: ${limits}\n`,
    'content/articles/2025/x.md': `${frontMatter()}${markdown}\n`,
    [`content/articles/2025/${name}`]: bytes,
  });
  const { diagnostics } = await buildSite(root);
  return diagnostics.map(diagnostic => formatDiagnostic(diagnostic).replace(/^\S+ /, ''));
}

test('a picture with many pixels of many bits', async () => {
  expect(await complaints('map.png', makeDeepPng(6000, 5000))).toEqual([
    "error source-stopped Broadsheet stopped processing content/articles/2025/map.png, because it needs more than 128 MB of memory. Scale it down, or set 'limits: {megabytes: …}' in content/site.yaml.",
  ]);
  expect(await complaints('map.png', makeDeepPng(6000, 3000))).toEqual([]);
});

test('a picture with a text of a gigabyte, compressed, is published without it', async () => {
  const bomb = chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(1e9))]));
  const before = process.memoryUsage.rss();
  expect(await complaints('map.png', makeDeepPng(40, 30, [bomb]))).toEqual([]);
  expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
});

test('a picture with millions of texts', async () => {
  const text = chunk('tEXt', Buffer.from('a\0b'));
  const texts = Buffer.concat(Array.from({ length: 1_000_000 }, () => text));
  expect(await complaints('map.png', makeDeepPng(40, 30, [texts]))).toEqual([
    'error picture-unreadable content/articles/2025/map.png is damaged or incomplete. Export the picture again, or get a new copy.',
  ]);
});

const drawing = (content: string): Uint8Array =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3">${content}</svg>`);

test('a drawing that takes longer than the limit', async () => {
  expect(await complaints('map.svg', drawing('<path d="M1 1"/>'.repeat(600_000)), '{seconds: 1}')).toEqual([
    "error source-stopped Broadsheet stopped processing content/articles/2025/map.svg after 1 s. Save a smaller or simpler copy, or set 'limits: {seconds: …}' in content/site.yaml.",
  ]);
});

test('a drawing that is nested too deeply', async () => {
  for (const count of [10_000, 60_000])
    expect(await complaints('map.svg', drawing('<g>'.repeat(count)))).toEqual([
      'error picture-unreadable content/articles/2025/map.svg is nested too deeply. Ungroup its parts in a drawing program, or save it as PNG.',
    ]);
});

test('a recording that its library reads forever', async () => {
  const fence = '```video\nsrc: film.webm\ncaption: A film\nspeech: false\n```';
  const film = await makeFilm({ format: 'webm', live: true });
  const bytes = Buffer.concat([film, Buffer.alloc(2_000_000)]);
  expect(await complaints('film.webm', bytes, '{seconds: 2}', fence)).toEqual([
    "error source-stopped Broadsheet stopped reading content/articles/2025/film.webm after 2 s. Export the recording again, or set 'limits: {seconds: …}' in content/site.yaml.",
  ]);
  expect(await complaints('film.webm', film, '{seconds: 20}', fence)).toEqual([]);
});

test('pictures that cannot be encoded are all reported, the others are encoded, and the site stays unchanged', async () => {
  const widths = { a: 300, b: 300, c: 200 };
  const pictures = Object.keys(widths).map(name => `![A map](${name}.jpg "Photo: Jane Doe")\n\n`);
  const root = makeSite({ 'content/articles/2025/x.md': `${frontMatter()}Text.\n` });
  expect((await buildSite(root)).ok).toBe(true);
  const before = readFolder(join(root, 'dist'));
  writeFiles(root, { 'content/articles/2025/x.md': `${frontMatter()}${pictures.join('')}` });
  for (const [index, [name, width]] of Object.entries(widths).entries())
    writeFiles(root, {
      [`content/articles/2025/${name}.jpg`]: await makePhoto({ width, height: 100 + index }),
    });
  const preload = fileURLToPath(new URL('broken-encoder.mjs', import.meta.url));
  const now = ['--now', new Date(testNow).toISOString()];
  const build = (env = {}) => begin(root, ['build', ...now], { preload, env }).ended;
  const { status, stderr } = await build({ BROKEN_WIDTH: '300' });
  expect(status).toBe(1);
  expect(stderr.split('\n').filter(line => / error /.test(line))).toEqual(
    ['a', 'b'].map(
      name =>
        `content/articles/2025/${name}.jpg error picture-unreadable content/articles/2025/${name}.jpg is damaged or incomplete. Export the picture again, or get a new copy.`,
    ),
  );
  expect(readFolder(join(root, 'dist'))).toEqual(before);
  const encoded = readdirSync(join(root, '.cache/pictures'), { recursive: true, encoding: 'utf8' });
  expect(
    encoded
      .filter(path => path.endsWith('.avif'))
      .map(path => path.replace(/^.*\/([^/.]+)\..*$/, '$1'))
      .sort(),
  ).toEqual(['1x1-100', '200', '3x2-150']);
  expect(await build()).toMatchObject({ status: 0, stderr: '' });
});

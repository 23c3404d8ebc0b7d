/** Metadata of videos and audio, on the page and for programs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { readRecording } from '../../src/media/recording-file.ts';
import { buildSite, frontMatter, makeSite, writeFiles } from '../helpers/site.ts';
import { makeFilm, makeSound } from './films.ts';
import { makePhoto } from './photos.ts';

const at = (name: string) => `content/articles/2025/${name}`;
const fence = (kind: 'video' | 'audio', yaml: string) => `\`\`\`${kind}\n${yaml}\n\`\`\`\n`;
const film = fence('video', 'src: film.mp4\ncaption: A film\nspeech: false');

async function publish(root: string) {
  const { diagnostics } = await buildSite(root);
  expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  const read = (name: string) => readFileSync(join(root, 'dist/world/2025/03/x', name), 'utf8');
  const page = read('index.html');
  const graph = JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/.exec(page)![1]!)['@graph'];
  return { page, article: graph[0], ninjs: JSON.parse(read('ninjs.json')) };
}

test('a file that cannot be read is an error of the file system, not of the recording', async () => {
  await expect(readRecording('/no/such/film.mp4')).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('a video', () => {
  test.each([
    [{ format: 'mp4' }, 640, 360],
    [{ format: 'webm', width: 320, height: 180 }, 320, 180],
    [{ format: 'mp4', rotation: 90 }, 360, 640],
  ] as const)(
    'of the kind %o reserves its space on the page before it is loaded',
    async (options, width, height) => {
      const { page, article } = await publish(
        makeSite({ [at('x.md')]: `${frontMatter()}${film}`, [at('film.mp4')]: await makeFilm(options) }),
      );
      expect(/<video [^>]*>/.exec(page)![0]).toContain(` width="${width}" height="${height}"`);
      expect(article.video).toMatchObject([
        { '@type': 'VideoObject', encodingFormat: 'video/mp4', duration: 'PT3S', width, height },
      ]);
    },
  );

  test('that replaces another is noticed', async () => {
    const root = makeSite({ [at('x.md')]: `${frontMatter()}${film}`, [at('film.mp4')]: await makeFilm() });
    await publish(root);
    writeFiles(root, { [at('film.mp4')]: await makeFilm({ width: 100, height: 50 }) });
    expect((await publish(root)).page).toContain(' width="100" height="50"');
  });
});

test('other newsrooms get videos and audio with their files, or with their pages on other sites', async () => {
  const root = makeSite({
    [at('x.md')]:
      frontMatter() +
      fence(
        'video',
        'src: film.mp4\nposter: still.jpg\ncaptions: film.vtt\ncaption: A film\ncredit: Jane Doe\ntranscript: First words.',
      ) +
      fence('audio', 'src: sound.wav\ncaption: A sound') +
      fence('audio', 'url: "https://sound.example/listen?a=1"\ncaption: A sound elsewhere'),
    [at('film.mp4')]: await makeFilm(),
    [at('film.vtt')]: 'WEBVTT\n',
    [at('still.jpg')]: await makePhoto({ width: 64, height: 36 }),
    [at('sound.wav')]: makeSound(),
  });
  const { ninjs, article } = await publish(root);
  const address = 'https://courier.example/world/2025/03/x/';
  expect(ninjs.associations).toEqual([
    {
      name: 'video-a-film',
      rel: 'video',
      uri: `${address}#video-a-film`,
      type: 'video',
      language: 'en',
      descriptions: [{ role: 'caption', contentType: 'text/plain', value: 'A film' }],
      by: 'Jane Doe',
      bodies: [{ role: 'transcript', contentType: 'text/plain', value: 'First words.' }],
      renditions: [
        {
          name: 'main',
          href: `${address}film.mp4`,
          contentType: 'video/mp4',
          width: 640,
          height: 360,
          duration: 3,
        },
        {
          name: 'still',
          href: expect.stringMatching(/\/64\.jpg$/),
          contentType: 'image/jpeg',
          width: 64,
          height: 36,
        },
        { name: 'captions', href: `${address}film.vtt`, contentType: 'text/vtt' },
      ],
    },
    {
      name: 'audio-a-sound',
      rel: 'audio',
      uri: `${address}#audio-a-sound`,
      type: 'audio',
      language: 'en',
      descriptions: [{ role: 'caption', contentType: 'text/plain', value: 'A sound' }],
      renditions: [{ name: 'main', href: `${address}sound.wav`, contentType: 'audio/wav', duration: 1 }],
    },
    {
      name: 'audio-a-sound-elsewhere',
      rel: 'audio',
      uri: `${address}#audio-a-sound-elsewhere`,
      type: 'audio',
      language: 'en',
      descriptions: [{ role: 'caption', contentType: 'text/plain', value: 'A sound elsewhere' }],
      renditions: [{ name: 'page', href: 'https://sound.example/listen?a=1', contentType: 'text/html' }],
    },
  ]);
  expect(article.audio).toMatchObject([{ '@type': 'AudioObject', duration: 'PT1S' }]);
});

/** Published files of a picture, decoded. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { encoder } from '../../src/media/recipes.ts';
import { buildSite, frontMatter, makeSite } from '../helpers/site.ts';
import { makePhoto } from './photos.ts';

/** Files generated from a picture, by name. `address` is the address in the article. */
async function derive(
  name: string,
  bytes: Uint8Array,
  address = name,
  text = `Text.\n\n![A picture](${address} "Photo: Jane Doe")\n`,
): Promise<Record<string, Buffer>> {
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter()}${text}`,
    [`content/articles/2025/${name}`]: bytes,
  });
  const { diagnostics } = await buildSite(root);
  expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  expect(existsSync(join(root, 'dist/world/2025/03/x', name))).toBe(false);
  const folder = join(root, 'dist/assets/pictures');
  const [key, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return Object.fromEntries(
    readdirSync(join(folder, key!)).map(file => [file, readFileSync(join(folder, key!, file))]),
  );
}

async function pixelsOf(bytes: Uint8Array) {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    /** Colour at a position, given as fractions of the width and height. */
    at: (x: number, y: number) => {
      const start =
        (Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))) * info.channels;
      return [...data.subarray(start, start + 3)];
    },
  };
}

/** Name of the dominant colour component, if one dominates clearly. */
const colorNear = ([red = 0, green = 0, blue = 0]: number[]): string => {
  if (Math.min(red, green, blue) > 190) return 'white';
  if (red - Math.max(green, blue) > 60) return 'red';
  if (green - Math.max(red, blue) > 60) return 'green';
  if (blue - Math.max(red, green) > 60) return 'blue';
  return 'other';
};

test('the encoder in the keys matches the installed one', () => {
  expect(encoder).toBe(`sharp ${sharp.versions.sharp}`);
});

describe('sizes', () => {
  test.each([
    [2400, [640, 1200, 1920], 1200],
    [1920, [640, 1200, 1920], 1200],
    [1000, [640, 1000], 1000],
    [320, [320], 320],
    [50, [50], 50],
  ])('of a leading photograph %i pixels wide are %j', async (width, widths, plain) => {
    const files = await derive('a.jpg', await makePhoto({ width, height: Math.round(width / 2) }));
    const found: Record<string, number[]> = {};
    for (const [name, bytes] of Object.entries(files)) {
      if (/x/.test(name)) continue;
      const { width: own, height } = await sharp(bytes).metadata();
      const [stem, extension] = name.split('.') as [string, string];
      expect([name, own, height]).toEqual([name, Number(stem), Math.round(Number(stem) / 2)]);
      found[extension] = [...(found[extension] ?? []), own!].sort((a, b) => a - b);
    }
    expect(found).toEqual({ avif: widths, jpg: [plain] });
  });
});

describe('an EXIF orientation', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i is applied and removed', async orientation => {
    const files = await derive('a.jpg', await makePhoto({ width: 400, height: 300, orientation }));
    for (const name of ['400.jpg', '400.avif', '16x9.jpg']) {
      const bytes = files[name]!;
      const { at, width, height } = await pixelsOf(bytes);
      expect([name, width, height]).toEqual([name, 400, name === '16x9.jpg' ? 225 : 300]);
      expect((await sharp(bytes).metadata()).orientation ?? 1).toBe(1);
      if (name === '16x9.jpg') continue;
      const corners = [at(0.06, 0.06), at(0.94, 0.06), at(0.94, 0.94), at(0.06, 0.94)].map(colorNear);
      expect([name, ...corners]).toEqual([name, 'red', 'green', 'blue', 'white']);
    }
  });
});

describe('crops', () => {
  test.each([
    ['0,0', 'red'],
    ['100,0', 'green'],
    ['100,100', 'blue'],
    ['0,100', 'white'],
  ])('contain the focus %s', async (focus, color) => {
    const bytes = await makePhoto({ width: 900, height: 400, orientation: 6 });
    const files = await derive('a.jpg', bytes, `a.jpg#focus=${focus}`);
    const { width, height, at } = await pixelsOf(files['1x1.jpg']!);
    expect([width, height]).toEqual([400, 400]);
    const [x, y] = focus.split(',').map(part => (part === '0' ? 0.06 : 0.94)) as [number, number];
    expect(colorNear(at(x, y))).toBe(color);
  });

  test('have the aspect ratios that search engines require, and no more pixels than the original', async () => {
    const sizes = async (width: number, height: number) => {
      const files = await derive('a.jpg', await makePhoto({ width, height }));
      return Promise.all(
        ['16x9', '1x1'].map(async name => {
          const crop = await sharp(files[`${name}.jpg`]!).metadata();
          return [crop.width, crop.height];
        }),
      );
    };
    expect(await sizes(1600, 1200)).toEqual([
      [1200, 675],
      [1200, 1200],
    ]);
    expect(await sizes(300, 600)).toEqual([
      [300, 169],
      [300, 300],
    ]);
  });
});

describe('kinds of pictures', () => {
  const graphic = (alpha: number) =>
    sharp({ create: { width: 500, height: 100, channels: 4, background: { r: 10, g: 90, b: 200, alpha } } })
      .composite([
        {
          input: { create: { width: 9, height: 9, channels: 4, background: '#ff0000' } },
          left: 40,
          top: 40,
        },
      ])
      .png()
      .toBuffer();

  test('a graphic keeps every pixel, in WebP and PNG', async () => {
    const original = await graphic(1);
    const files = await derive('a.png', original);
    expect(Object.keys(files)).toEqual(['16x9.png', '1x1.png', '320.webp', '500.png', '500.webp']);
    const raw = (bytes: Uint8Array) => sharp(bytes).ensureAlpha().raw().toBuffer();
    expect(await raw(files['500.webp']!)).toEqual(await raw(original));
    expect(await raw(files['500.png']!)).toEqual(await raw(original));
  });

  test('transparent pixels stay transparent', async () => {
    const files = await derive('a.png', await graphic(0.5));
    for (const name of ['500.png', '500.webp', '320.webp'])
      expect([name, (await sharp(files[name]!).stats()).isOpaque]).toEqual([name, false]);
    const cut = await sharp(await makePhoto({ format: 'png' }))
      .ensureAlpha(0.5)
      .png()
      .toBuffer();
    const cutout = await derive('b.png', cut);
    expect(Object.keys(cutout)).toContain('400.avif');
    for (const name of ['400.avif', '400.png'])
      expect([name, (await sharp(cutout[name]!).stats()).isOpaque]).toEqual([name, false]);
  });

  test('a photograph in PNG, CMYK or 16 bits is recognized', async () => {
    const png = await makePhoto({ format: 'png' });
    const cmyk = await sharp(png).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    const deep = await sharp(png).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    for (const [name, bytes] of [
      ['a.png', png],
      ['a.jpg', cmyk],
      ['b.png', deep],
    ] as const) {
      const files = await derive(name, bytes);
      const { at } = await pixelsOf(files['400.jpg']!);
      // The green of a screen is outside the range of printing colours, so do not compare it.
      expect([at(0.06, 0.06), at(0.94, 0.94), at(0.06, 0.94)].map(colorNear)).toEqual([
        'red',
        'blue',
        'white',
      ]);
      const { space, depth } = await sharp(files['400.avif']!).metadata();
      expect([space, depth]).toEqual(['srgb', 'uchar']);
    }
  });

  test('an animation keeps its frames', async () => {
    const frame = (color: string) =>
      sharp({ create: { width: 60, height: 40, channels: 3, background: color } })
        .png()
        .toBuffer();
    const gif = await sharp([await frame('#f00'), await frame('#0f0'), await frame('#00f')], {
      join: { animated: true },
    })
      .gif({ delay: [100, 200, 300] })
      .toBuffer();
    const files = await derive('a.gif', gif);
    expect(Object.keys(files)).toEqual(['16x9.jpg', '1x1.jpg', '60.webp']);
    const { pages, delay, width, pageHeight } = await sharp(files['60.webp']!, { animated: true }).metadata();
    expect({ pages, delay, width, pageHeight }).toEqual({
      pages: 3,
      delay: [100, 200, 300],
      width: 60,
      pageHeight: 40,
    });
    // Link previews and search engines get the first frame.
    const still = await pixelsOf(files['16x9.jpg']!);
    expect([still.width, still.height, colorNear(still.at(0.5, 0.5))]).toEqual([60, 34, 'red']);
  });

  test('stills of a transparent animation are white where it is transparent, and contain the focus', async () => {
    const frame = (left: string) =>
      sharp({ create: { width: 120, height: 40, channels: 4, background: '#0000' } })
        .composite([
          { input: { create: { width: 30, height: 40, channels: 4, background: left } }, left: 90, top: 0 },
        ])
        .png()
        .toBuffer();
    const gif = await sharp([await frame('#f00'), await frame('#0f0')], { join: { animated: true } })
      .gif()
      .toBuffer();
    const files = await derive('a.gif', gif, 'a.gif#focus=100,50');
    const { width, height, at } = await pixelsOf(files['1x1.jpg']!);
    expect([width, height]).toEqual([40, 40]);
    expect([at(0.05, 0.5), at(0.9, 0.5)].map(colorNear)).toEqual(['white', 'red']);
  });

  test('a drawing keeps its shapes and styles, in one file', async () => {
    const files = await derive(
      'a.svg',
      Buffer.from(
        '<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><style>.a { fill: url(#g) }</style><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><path class="a" d="M0 0h40v30z"/><text x="1" y="9">A &amp; B</text></svg>',
      ),
    );
    expect(Object.keys(files)).toEqual(['40.svg']);
    expect(String(files['40.svg'])).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><style>.a {\n  fill: url("#g");\n}</style><defs><linearGradient id="g"><stop offset="0" stop-color="red" /></linearGradient></defs><path class="a" d="M0 0h40v30z" /><text x="1" y="9">A &#x26; B</text></svg>\n',
    );
    const rendered = await sharp(files['40.svg']!).metadata();
    expect([rendered.width, rendered.height]).toEqual([40, 30]);
  });
});

test('an author has a square portrait', async () => {
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter('authors: [ada]\n')}Text.\n`,
    'content/authors/ada.md': '---\nname: Ada\npicture: ada.jpg\n---\n',
    'content/authors/ada.jpg': await makePhoto({ width: 500, height: 300 }),
  });
  expect((await buildSite(root)).ok).toBe(true);
  const [key] = readdirSync(join(root, 'dist/assets/pictures'));
  const names = readdirSync(join(root, 'dist/assets/pictures', key!)).sort();
  expect(names).toEqual(['192.avif', '300.avif', '300.jpg', '96.avif']);
  for (const name of names) {
    const { width, height } = await sharp(join(root, 'dist/assets/pictures', key!, name)).metadata();
    expect([width, height]).toEqual([Number.parseInt(name, 10), Number.parseInt(name, 10)]);
  }
  const page = readFileSync(join(root, 'dist/authors/ada/index.html'), 'utf8');
  expect(page).toContain(`src="/assets/pictures/${key}/300.jpg"`);
  expect(page).toContain('width="300" height="300"');
});

test('damaged pictures are reported in the same way, however many are read concurrently', async () => {
  const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2);
  const photos = await Promise.all(
    Array.from({ length: 24 }, (_, index) => makePhoto({ width: 200 + index }).then(half)),
  );
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter()}${photos.map((_, index) => `![A picture](${index}.jpg "Photo: Jane Doe")\n`).join('\n')}`,
    ...Object.fromEntries(photos.map((bytes, index) => [`content/articles/2025/${index}.jpg`, bytes])),
  });
  const { diagnostics } = await buildSite(root);
  expect(diagnostics).toHaveLength(24);
  expect(
    new Set(diagnostics.map(one => formatDiagnostic(one).replace(/x\.md:\d+:1(.*\D)\d+\.jpg/, '$1'))),
  ).toEqual(
    new Set([
      'content/articles/2025/ error picture-unreadable content/articles/2025/ is damaged or incomplete. Export the picture again, or get a new copy.',
    ]),
  );
});

/**
 * Rights of a picture: read from the file, shown on the page, published for programs, and embedded in every
 * file generated from it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExifReader from 'exifreader';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { pngWithXmp } from '../../src/media/png.ts';
import { rightsOf } from '../../src/media/rights.ts';
import { xmpPacket } from '../../src/media/xmp.ts';
import { contradicts, noRights, type Rights } from '../../src/site/pictures.ts';
import { buildSite, frontMatter, makeSite } from '../helpers/site.ts';
import { agencyXmp, makePhoto } from './photos.ts';

async function publishPhoto(bytes: Uint8Array, markdown = '![](photo.jpg)', name = 'photo.jpg') {
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter()}${markdown}\n`,
    [`content/articles/2025/${name}`]: bytes,
  });
  const { diagnostics } = await buildSite(root);
  const folder = join(root, 'dist/assets/pictures');
  const files = readdirSync(folder).flatMap(key =>
    readdirSync(join(folder, key)).map(name => ({ name, bytes: readFileSync(join(folder, key, name)) })),
  );
  const page = readFileSync(join(root, 'dist/world/2025/03/x/index.html'), 'utf8');
  const graph = JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/.exec(page)![1]!)['@graph'];
  return { messages: diagnostics.map(formatDiagnostic), files, page, article: graph[0] };
}

const agency: Rights = {
  creators: ['Jane Doe'],
  credit: 'Agency',
  copyright: '© 2025 Agency & Sons',
  usageTerms: 'Editorial use only',
  license: 'https://agency.example/licence',
  licensor: 'https://agency.example/buy',
  caption: 'The council votes.',
  alt: 'Hands are raised',
  digitalSource: undefined,
};

const read = async (bytes: Uint8Array) =>
  rightsOf((await ExifReader.load(Buffer.from(bytes), { expanded: true, async: true })) as never);

describe('rights are read', () => {
  test('from XMP', async () => expect(await read(await makePhoto({ xmp: agencyXmp }))).toEqual(agency));

  test('from IPTC-IIM, with every letter', async () => {
    const bytes = await makePhoto({
      iptc: { 80: ['Łukasz Żółw', 'רות'], 110: 'Agence', 116: '© é', 120: 'Des mains — levées' },
    });
    expect(await read(bytes)).toEqual({
      ...noRights,
      creators: ['Łukasz Żółw', 'רות'],
      credit: 'Agence',
      copyright: '© é',
      caption: 'Des mains — levées',
    });
  });

  test('from EXIF', async () =>
    expect(await read(await makePhoto({ exif: true }))).toEqual({
      ...noRights,
      creators: ['Erika Exif'],
      copyright: 'EXIF rights',
    }));

  test('from XMP before IPTC-IIM before EXIF', async () => {
    const bytes = await makePhoto({ exif: true, xmp: agencyXmp, iptc: { 80: 'Other', 110: 'Other' } });
    expect(await read(bytes)).toEqual(agency);
    const two = await makePhoto({ exif: true, iptc: { 80: 'Ida Iptc' } });
    expect(await read(two)).toMatchObject({ creators: ['Ida Iptc'], copyright: 'EXIF rights' });
  });

  test('from tags of any shape, without anything unsafe for a page', () => {
    const tag = (value: unknown) => ({ value, description: '', attributes: {} });
    expect(rightsOf({})).toEqual(noRights);
    expect(
      rightsOf({
        xmp: {
          creator: tag([tag(''), tag(' A\u0000\nB '), null, 7]),
          Credit: 12,
          WebStatement: tag('javascript:alert("https://x.example/")'),
          Licensor: tag([{ LicensorURL: tag('data:text/html,x') }]),
        },
      }),
    ).toEqual({ ...noRights, creators: ['A B'] });
  });

  test('from the default language first', () => {
    const text = (value: string, lang: string) => ({ value, description: '', attributes: { lang } });
    const rights = { value: [text('Agentur', 'de'), text('Agency', 'x-default')], description: '' };
    expect(rightsOf({ xmp: { rights } }).copyright).toBe('Agency');
  });
});

describe('rights are embedded', () => {
  test('in AVIF, WebP and JPEG, including crops, without the location and the camera', async () => {
    const { files, messages } = await publishPhoto(
      await makePhoto({ exif: true, xmp: agencyXmp, iptc: { 80: 'Other' } }),
    );
    expect(messages).toEqual([]);
    expect(files.map(({ name }) => name).sort()).toEqual(
      ['16x9.jpg', '1x1.jpg', '400.avif', '400.jpg']
        .concat(['1x1-208.avif', '1x1-300.avif', '3x2-320.avif', '3x2-400.avif'])
        .sort(),
    );
    for (const { name, bytes } of files) {
      const tags = await ExifReader.load(bytes, { expanded: true, async: true });
      expect([name, rightsOf(tags as never)]).toEqual([name, { ...agency, credit: 'Jane Doe/Agency' }]);
      expect([name, tags.gps, tags.exif, tags.iptc]).toEqual([name, undefined, undefined, undefined]);
      const text = bytes.toString('latin1');
      expect(text).not.toMatch(/SERIAL-471|GPSL|Erika/);
    }
  });

  test('in PNG too, for transparent pictures and graphics', async () => {
    const { default: sharp } = await import('sharp');
    // Tests both chunks that may contain XMP: zTXt, which libvips writes, and iTXt, which the standard requires.
    const cutout = await sharp(await makePhoto({ format: 'png', xmp: agencyXmp }))
      .keepXmp()
      .ensureAlpha(0.5)
      .png()
      .toBuffer();
    const plain = await sharp({ create: { width: 500, height: 300, channels: 3, background: '#123' } })
      .png()
      .toBuffer();
    const graphic = pngWithXmp(plain, (await sharp(cutout).metadata()).xmpAsString!);
    for (const [bytes, types] of [
      [cutout, ['avif', 'png']],
      [graphic, ['png', 'webp']],
    ] as const) {
      const { files } = await publishPhoto(bytes, '![](photo.png)', 'photo.png');
      expect([...new Set(files.map(({ name }) => name.replace(/.*\./, '')))].sort()).toEqual(types);
      expect(files.map(({ name }) => name)).toContain('16x9.png');
      for (const { name, bytes } of files)
        expect([name, await read(bytes)]).toEqual([name, { ...agency, credit: 'Jane Doe/Agency' }]);
    }
  });

  test('in a packet that can contain any text', async () => {
    const hostile = '</rdf:li>"\'&<!--]]>\u0007\ud800é𝒳';
    const text = xmpPacket({ ...noRights, creators: [hostile], caption: hostile })!;
    const { default: sharp } = await import('sharp');
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
      .jpeg()
      .withXmp(text)
      .toBuffer();
    const back = await read(bytes);
    expect(back.creators).toEqual(['</rdf:li>"\'&<!--]]> é𝒳'.replace('> é', '> \u0020é').replace('  ', ' ')]);
    expect(xmpPacket(noRights)).toBeUndefined();
  });
});

describe('rights are shown', () => {
  test.each([
    ['animation', 'a.gif', ['16x9.jpg', '1x1.jpg']],
    ['drawing', 'a.svg', ['80.svg']],
  ])('to search engines with an %s that represents the story', async (kind, name, files) => {
    const { default: sharp } = await import('sharp');
    const frame = (background: string) =>
      sharp({ create: { width: 80, height: 60, channels: 3, background } })
        .png()
        .toBuffer();
    const bytes =
      kind === 'drawing'
        ? Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"/>')
        : await sharp([await frame('#f00'), await frame('#00f')], { join: { animated: true } })
            .gif()
            .toBuffer();
    const { page, article } = await publishPhoto(bytes, `![Alt](${name} "Photo: Jane Doe")`, name);
    expect(article.image.map(({ url }: never) => String(url).replace(/.*\//, ''))).toEqual(files);
    for (const image of article.image) expect(image.creditText).toBe('Jane Doe');
    expect(/<meta property="og:image" content="[^"]*16x9.jpg">/.test(page)).toBe(kind === 'animation');
  });

  test('if the author wrote nothing', async () => {
    const { page, article, messages } = await publishPhoto(await makePhoto({ xmp: agencyXmp }));
    expect(messages).toEqual([]);
    expect(page).toContain('<span class="caption">The council votes.</span>');
    expect(page).toContain('Credit: Jane Doe/Agency');
    expect(page).toContain('alt="Hands are raised" fetchpriority="high"');
    expect(page).toContain('<meta property="og:image:alt" content="Hands are raised">');
    expect(article.associatedMedia).toMatchObject([
      {
        '@type': 'ImageObject',
        creditText: 'Jane Doe/Agency',
        creator: [{ '@type': 'Person', name: 'Jane Doe' }],
        copyrightNotice: '© 2025 Agency & Sons',
        license: 'https://agency.example/licence',
        acquireLicensePage: 'https://agency.example/buy',
        caption: 'The council votes.',
        width: 400,
        height: 300,
      },
    ]);
    expect(article.image.map(({ url, width, height }: never) => [url, width, height])).toEqual([
      [
        expect.stringMatching(/^https:\/\/courier\.example\/assets\/pictures\/[\da-f]+\/16x9\.jpg$/),
        400,
        225,
      ],
      [expect.stringMatching(/1x1\.jpg$/), 300, 300],
    ]);
  });

  test("after the author's own words", async () => {
    const { page, article, files } = await publishPhoto(
      await makePhoto({ xmp: agencyXmp }),
      '![Mine](photo.jpg "My words. Photo: Jane Doe for Agency")',
    );
    expect(page).toContain('alt="Mine"');
    expect(page).toContain('<span class="caption">My words.</span>');
    expect(page).toContain('Photo: Jane Doe for Agency');
    expect(article.image[0].creditText).toBe('Jane Doe for Agency');
    expect(await read(files[0]!.bytes)).toMatchObject({
      creators: ['Jane Doe'],
      credit: 'Jane Doe for Agency',
      caption: 'The council votes.',
    });
  });

  test('and a photographer who differs from the file is a warning', async () => {
    const { messages, files } = await publishPhoto(
      await makePhoto({ xmp: agencyXmp }),
      '![Mine](photo.jpg "Photo: John Roe/Wire")',
    );
    expect(messages).toEqual([
      "content/articles/2025/x.md:6:1 warning credit-conflict The credit in the text is 'John Roe/Wire', but the picture file says 'Jane Doe/Agency'. Pages show the credit in the text. Correct the one that is wrong.",
    ]);
    expect(await read(files[0]!.bytes)).toMatchObject({ creators: [], credit: 'John Roe/Wire' });
  });

  test.each([
    ['Jane Doe/Agency', false],
    ['JANE DOÉ, agency', false],
    ['Agency', false],
    ['Jane Doe via Agency', false],
    ['John Roe', true],
    ['John Roe/Agency', true],
  ])('the credit %s contradicts a file of Jane Doe and Agency: %s', (credit, expected) => {
    expect(contradicts(credit, agency)).toBe(expected);
  });

  test('a name that the file lacks is not a conflict if the file names only an agency', () => {
    expect(contradicts('John Roe/Agency', { ...noRights, credit: 'Agency' })).toBe(false);
    expect(contradicts('John Roe', { ...noRights, credit: 'Agency' })).toBe(true);
    expect(contradicts('John Roe', noRights)).toBe(false);
  });
});

/** Damaged and hostile sources: a message says what happened, where and what to do, and the rest is imported. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importFrom, makeArchive } from '../helpers/import.ts';
import { readBytes } from '../helpers/publication.ts';
import { temporaryFolder } from '../helpers/site.ts';
import { type WordPressItem, wordPressExport, wordPressItem } from '../helpers/wordpress.ts';
import { type ZipFile, zipOf } from '../helpers/zip.ts';

const archives = fileURLToPath(new URL('archives', import.meta.url));
const red = readFileSync(join(archives, 'wordpress/source/uploads/2024/03/red.png'));

const path = (id: number) => `content/articles/2024/03/story-${id}.md`;

/** Line of a text on which a piece begins, counted from 1. */
const lineOf = (text: string, piece: string): number => text.slice(0, text.indexOf(piece)).split('\n').length;

/** Imports an export of WordPress. @returns paths of stories, and the problems */
async function importExport(xml: string | Uint8Array) {
  const { files, report, root } = await importFrom(makeArchive({ 'export.xml': xml }));
  return {
    root,
    files,
    report,
    stories: Object.keys(files).filter(name => name.startsWith('content/articles/')),
    problems: report.problems.map(({ file, line, reason }) => `${file}:${line ?? ''} ${reason}`),
  };
}

describe('wrong XML costs one item', () => {
  test.each<[string, string, RegExp]>([
    [
      'an element that is not closed',
      '<item><title>Broken</title><b></item>',
      /unexpected close tag|unmatched/i,
    ],
    ['a lone ampersand in an attribute', '<item><title a="1" a>Broken</title></item>', /attribute/i],
    ['a bracket that nothing closes', '<item><title>Broken</title><wp:post_id 2</item>', /.+/],
    [
      'a CDATA section within another',
      '<item><title>Broken</title><content:encoded><![CDATA[a <![CDATA[b]]> c]]></content:encoded></x></item>',
      /.+/,
    ],
  ])('%s', async (_, broken, reason) => {
    const xml = wordPressExport([{ id: 1 }, broken, { id: 3 }]);
    const { stories, problems } = await importExport(xml);
    expect(stories).toEqual([path(1), path(3)]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^export\\.xml:${lineOf(xml, broken)} The XML is wrong: `));
    expect(problems[0]).toMatch(reason);
    expect(problems[0]).toMatch(
      /(?:The item “Broken”|The item on this line) is not imported\. Correct the file or export it again\.$/,
    );
  });

  test('a file that is cut off', async () => {
    const xml = wordPressExport([{ id: 1 }, { id: 2 }, { id: 3 }]);
    const { stories, problems } = await importExport(xml.slice(0, xml.lastIndexOf('<wp:post_type>')));
    expect(stories).toEqual([path(1), path(2)]);
    expect(problems).toEqual([
      expect.stringMatching(
        /^export\.xml:\d+ The file ends before it is complete, in the item “Story 3”\. Everything after/,
      ),
    ]);
  });

  test('an id that occurs twice', async () => {
    const { stories, problems } = await importExport(wordPressExport([{ id: 1 }, { id: 1, name: 'again' }]));
    expect(stories).toEqual([path(1)]);
    expect(problems).toEqual([
      expect.stringMatching(
        /^export\.xml:\d+ The id 1 occurs more than once\. Only the first story with it is imported\.$/,
      ),
    ]);
  });

  test('elements within each other, a hundred thousand times', async () => {
    const broken = `<item><title>Broken</title>${'<b>'.repeat(100_000)}${'</b>'.repeat(100_000)}</item>`;
    const { stories, problems } = await importExport(wordPressExport([{ id: 1 }, broken, { id: 3 }]));
    expect(stories).toEqual([path(1), path(3)]);
    expect(problems[0]).toContain('elements are nested too deeply');
  });
});

describe('encodings', () => {
  const item: WordPressItem = { id: 1, content: 'Café “naïve” – €' };

  test('Windows-1252 in a file that is said to be UTF-8, also among letters in UTF-8', async () => {
    const xml = wordPressExport([item, { id: 2, content: 'Ünïcode 漢字' }]);
    const at = xml.indexOf('Café');
    const end = at + item.content!.length;
    const latin = Buffer.from(
      [...'Caf']
        .map(c => c.charCodeAt(0))
        .concat(0xe9, 0x20, 0x93, 0x6e, 0x61, 0xef, 0x76, 0x65, 0x94, 0x20, 0x96, 0x20, 0x80),
    );
    const { files } = await importExport(
      Buffer.concat([Buffer.from(xml.slice(0, at)), latin, Buffer.from(xml.slice(end))]),
    );
    expect(files[path(1)]).toContain('Café “naïve” – €');
    expect(files[path(2)]).toContain('Ünïcode 漢字');
  });

  test.each(['utf-16le', 'utf-16be'])('%s with a byte order mark', async encoding => {
    const xml = wordPressExport([item]).replace('UTF-8', 'UTF-16');
    const bytes = Buffer.from(`\ufeff${xml}`, 'utf16le');
    const { files } = await importExport(encoding === 'utf-16be' ? bytes.swap16() : bytes);
    expect(files[path(1)]).toContain('Café “naïve” – €');
  });

  test('ISO-8859-1, as declared', async () => {
    const xml = wordPressExport([{ id: 1, content: 'Café' }]).replace('UTF-8', 'ISO-8859-1');
    const { files } = await importExport(Buffer.from(xml, 'latin1'));
    expect(files[path(1)]).toContain('Café');
  });

  test('control characters and NUL bytes disappear', async () => {
    const { files, problems } = await importExport(
      wordPressExport([{ id: 1, title: 'A\u0000B\u0008C', content: 'D\u0000E\u001bF\u000bG' }]),
    );
    expect(problems).toEqual([]);
    expect(files[path(1)]).toContain('title: ABC');
    expect(files[path(1)]).toMatch(/\nDEF ?G\n$/);
  });

  test('a byte order mark before JSON and front matter', async () => {
    const folder = makeArchive({
      'hugo.toml': '\ufefftitle = "With a mark"\n',
      'content/a.md': '\ufeff---\ntitle: Marked\ndate: 2024-01-02\n---\n\nText.\n',
    });
    const { files } = await importFrom(folder);
    expect(files['content/articles/2024/01/a.md']).toMatch(/^---\ntitle: Marked\n/);
  });
});

describe('entities', () => {
  test('that multiply are not expanded', async () => {
    const bombs = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    const xml = wordPressExport([
      '<item><title>&e12;</title><wp:post_id>1</wp:post_id><content:encoded>&e12;</content:encoded></item>',
      { id: 2 },
    ]).replace('<rss', `<!DOCTYPE rss [<!ENTITY e0 "lol">${bombs.join('')}]><rss`);
    const { files, stories } = await importExport(xml);
    expect(stories).toContain(path(2));
    expect(JSON.stringify(files).length).toBeLessThan(20_000);
  });

  test('that name files are not read', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'secret.txt'), 'A secret of this machine.');
    const xml = wordPressExport([
      '<item><title>&x;</title><wp:post_id>1</wp:post_id><content:encoded>&x;</content:encoded></item>',
      { id: 2 },
    ]).replace(
      '<rss',
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file://${folder}/secret.txt"><!ENTITY % y SYSTEM "http://127.0.0.1:9/"> %y;]><rss`,
    );
    const { files, stories } = await importExport(xml);
    expect(stories).toContain(path(2));
    expect(JSON.stringify(files)).not.toContain('A secret');
  });
});

describe('zip archives', () => {
  const csv =
    'post_id,post_date,is_published,type,audience,title,subtitle\n1.open,2024-03-05T09:00:00.000Z,true,newsletter,everyone,Open,\n';
  const substack = async (files: readonly ZipFile[], edit = (bytes: Buffer) => bytes) => {
    const folder = makeArchive({ 'export.zip': edit(zipOf(files)) });
    return importFrom(join(folder, 'export.zip'));
  };
  const good: ZipFile[] = [
    { name: 'posts.csv', data: csv },
    { name: 'posts/1.open.html', data: '<p>Text.</p>' },
  ];

  test('that are damaged', async () => {
    await expect(substack(good, bytes => bytes.subarray(0, bytes.length - 30))).rejects.toThrow(
      /export\.zip contains no stories or pages that Substack export can import\. export\.zip: The archive cannot be read: .*Unpack it and import the folder\./,
    );
    await expect(
      substack(good, bytes => Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(20), bytes.subarray(80)])),
    ).rejects.toThrow(/The archive cannot be read: /);
  });

  test('that contain less than they claim, or more', async () => {
    for (const claimed of [1, 5_000_000])
      await expect(substack([...good.slice(0, 1), { ...good[1]!, claimed }])).rejects.toThrow(
        /The archive cannot be read: /,
      );
  });

  test('that become too large', async () => {
    const bombs = [{ name: 'posts/0.html', data: 'x', claimed: 1_200_000_000 }];
    await expect(substack([...bombs, ...good])).rejects.toThrow(
      /The archive cannot be read: its files have more than 1,000 MB when they are unpacked/,
    );
  });

  test.each(['../posts.csv', '/posts.csv', 'a/../../posts.csv', 'C:/posts.csv', 'a\\..\\posts.csv'])(
    'with the name %s',
    async name => {
      await expect(substack([{ name, data: csv }, ...good])).rejects.toThrow(/The archive cannot be read: /);
    },
  );

  test('that are Word documents', async () => {
    const folder = makeArchive({
      'cut.docx': zipOf(good).subarray(0, 100),
      'empty.docx': '',
      'other.docx': zipOf(good),
      'text.docx': 'not a document',
      'bomb.docx': zipOf([{ name: 'word/document.xml', data: 'x', claimed: 400_000_000 }]),
    });
    cpSync(join(archives, 'word/source/story.docx'), join(folder, 'story.docx'), { recursive: true });
    const parts = readBytes(join(folder, 'story.docx')).map(({ path: name, bytes }) => ({
      name,
      data: bytes,
    }));
    rmSync(join(folder, 'story.docx'), { recursive: true });
    writeFileSync(join(folder, 'story.docx'), zipOf(parts));
    const { report, files } = await importFrom(folder);
    expect(Object.keys(files)).toContain('content/articles/2024/01/story.md');
    const problems = report.problems.filter(({ reason }) => reason.includes('cannot be read'));
    expect(problems.map(({ file }) => file)).toEqual([
      'bomb.docx',
      'cut.docx',
      'empty.docx',
      'other.docx',
      'text.docx',
    ]);
    for (const { reason } of problems)
      expect(reason).toMatch(
        /^The document cannot be read: .*\. Open it in a word processor, and save it as \.docx again\.$/,
      );
  });
});

describe('paths that lead out of their folder', () => {
  test('as slugs, ids and addresses of stories', async () => {
    const slugs = [
      '../../../../evil',
      '..',
      '%2e%2e%2f%2e%2e%2fevil',
      '/etc/passwd',
      'a\u0000b',
      '.hidden',
      'con',
      'x'.repeat(500),
      '-rf',
    ];
    const items = slugs.map((name, n) => ({ id: n + 1, name, link: `https://old.example/${name}/` }));
    const pages = slugs.map((name, n) => ({
      id: n + 101,
      name,
      type: 'page',
      link: `https://old.example/a/../../${name}/`,
    }));
    const { root, report } = await importExport(wordPressExport([...items, ...pages]));
    expect(report.counts.stories.kept).toBe(slugs.length);
    const all = spawnSync('find', [join(root, '..'), '-newer', root, '-name', '*evil*'], {
      encoding: 'utf8',
    }).stdout;
    for (const found of all.split('\n').filter(Boolean))
      expect(found.startsWith(`${root}/content/`)).toBe(true);
  });

  test('as addresses of pictures and files, in every notation', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.txt'), 'A secret.');
    writeFileSync(join(outside, 'secret.png'), red);
    const up = '../'.repeat(12);
    const addresses = ['secret.png', 'secret.txt'].flatMap(name => [
      `${outside}/${name}`,
      `${up}${outside.slice(1)}/${name}`,
      `https://old.example/wp-content/uploads/${up}${outside.slice(1)}/${name}`,
      `https://old.example/wp-content/uploads/%2e%2e/%2e%2e/${up.replaceAll('../', '%2e%2e%2f')}${outside.slice(1)}/${name}`,
      `file://${outside}/${name}`,
    ]);
    const content = addresses
      .map(src => `<img src="${src}" alt="x"><a href="${src}">a file</a>\n\n[audio src="${src}"]`)
      .join('\n\n');
    const { files } = await importExport(wordPressExport([{ id: 1, content }]));
    expect(Object.keys(files).filter(name => name.startsWith('content/media/'))).toEqual([]);
    expect(JSON.stringify(files)).not.toContain('A secret.');
    const hugo = makeArchive({
      'hugo.toml': '',
      'content/a.md': `---\ntitle: A\ndate: 2024-03-05\nimage: ${up}${outside.slice(1)}/secret.png\n---\n\n${addresses.map(src => `![x](${src})\n\n{{< figure src="${src}" >}}`).join('\n\n')}\n`,
    });
    expect(
      Object.keys((await importFrom(hugo)).files).filter(name => name.startsWith('content/media/')),
    ).toEqual([]);
  });

  test('as symbolic links', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.md'), '---\ntitle: A secret\ndate: 2024-01-02\n---\n\nA secret.\n');
    writeFileSync(join(outside, 'secret.csv'), 'A secret.');
    const folder = makeArchive({
      'hugo.toml': '',
      'content/a.md':
        '---\ntitle: A\ndate: 2024-03-05\n---\n\n[A file](/secret.csv) and [another](/inside.csv)\n',
      'static/real.csv': 'Data.',
    });
    symlinkSync(join(outside, 'secret.md'), join(folder, 'content/link.md'));
    symlinkSync(outside, join(folder, 'content/linked'));
    symlinkSync(join(outside, 'secret.csv'), join(folder, 'static/secret.csv'));
    symlinkSync('real.csv', join(folder, 'static/inside.csv'));
    symlinkSync('nowhere', join(folder, 'content/broken.md'));
    symlinkSync('.', join(folder, 'content/loop'));
    const { files, report } = await importFrom(folder);
    expect(JSON.stringify(files)).not.toContain('A secret');
    expect(Object.keys(files).filter(name => name.startsWith('content/media/'))).toEqual([
      'content/media/inside.csv',
    ]);
    expect(report.problems.map(({ file, reason }) => `${file} ${reason}`)).toEqual(
      ['content/broken.md', 'content/link.md', 'content/linked', 'content/loop', 'static/secret.csv'].map(
        name => expect.stringMatching(new RegExp(`^${name} .*symbolic link.*\\.$`)),
      ),
    );
  });
});

describe('sources that are not there', () => {
  test.each<[string, (folder: string) => string, RegExp]>([
    [
      'a path that does not exist',
      folder => join(folder, 'none.xml'),
      /none\.xml does not exist\. Correct the path\.$/,
    ],
    [
      'an empty folder',
      folder => folder,
      / contains no files\. Name the file or the folder that the other system wrote\.$/,
    ],
    [
      'a file of another kind',
      folder => {
        writeFileSync(join(folder, 'x.txt'), 'Text.');
        return join(folder, 'x.txt');
      },
      /It is not clear which system wrote .*x\.txt\. Name it with --from, as one of: wordpress, /,
    ],
    [
      'a FIFO',
      folder => {
        spawnSync('mkfifo', [join(folder, 'pipe.xml')]);
        return join(folder, 'pipe.xml');
      },
      /pipe\.xml is neither a file nor a folder\. Correct the path\.$/,
    ],
    [
      'an empty export',
      folder => {
        writeFileSync(join(folder, 'x.xml'), wordPressExport([]));
        return join(folder, 'x.xml');
      },
      /x\.xml contains no stories or pages that WordPress export can import\.$/,
    ],
  ])('%s', async (_, sourceIn, message) => {
    const into = temporaryFolder();
    await expect(importFrom(sourceIn(temporaryFolder()), { into })).rejects.toThrow(message);
  });

  test('an unknown system', async () => {
    await expect(importFrom(makeArchive({ 'x.txt': 'Text.' }), { from: 'joomla' })).rejects.toThrow(
      /Unknown reader 'joomla'\. Correct --from, or use one of these: .*ghost, /,
    );
  });

  test('a FIFO within a folder is reported, and the rest is imported', async () => {
    const folder = makeArchive({ 'export.xml': wordPressExport([{ id: 1 }]) });
    spawnSync('mkfifo', [join(folder, 'other.xml')]);
    const { files, report } = await importFrom(folder);
    expect(files[path(1)]).toBeDefined();
    expect(report.problems).toEqual([
      {
        file: 'other.xml',
        reason: 'It cannot be read: it is a FIFO or a socket or a device. Remove it.',
        isLoss: true,
      },
    ]);
  });
});

describe('wrong data', () => {
  test('JSON that is cut off', async () => {
    const json = readFileSync(join(archives, 'ghost/source/export.json'), 'utf8');
    const folder = makeArchive({ 'export.json': json.slice(0, json.length / 2) });
    await expect(importFrom(folder)).rejects.toThrow(
      /contains no stories or pages that Ghost export can import\. export\.json:1: The JSON is wrong: .*\. Export the file again\./,
    );
  });

  test('tables and rows of Ghost that are something else', async () => {
    const wrong = {
      db: [
        {
          meta: { version: '5' },
          data: {
            posts: [
              null,
              7,
              'x',
              [],
              { id: 1 },
              { title: 'T', html: '<p>Text.</p>', status: 'published', slug: 't' },
            ],
            users: 'x',
            tags: [null, {}],
            posts_tags: [null, {}],
            settings: [null],
            posts_meta: {},
          },
        },
      ],
    };
    const { report, files } = await importFrom(makeArchive({ 'export.json': JSON.stringify(wrong) }));
    expect(report.counts.stories.kept).toBeGreaterThan(0);
    expect(JSON.stringify(files)).toContain('Text.');
  });

  test('a wrong table of Substack', async () => {
    const folder = makeArchive({ 'posts.csv': 'post_id,title\n"1.a,"b"c\n' });
    await expect(importFrom(folder)).rejects.toThrow(/The table is wrong: .*\. Export it again\./);
  });

  test('wrong front matter costs one file', async () => {
    const folder = makeArchive({
      'hugo.toml': '',
      'content/a.md': '---\ntitle: [\ndate: 2024-03-05\n---\n\nText.\n',
      'content/b.md': '+++\ntitle = \n+++\n\nText.\n',
      'content/c.md': '{\n"title": \n}\n\nText.\n',
      'content/d.md': '---\ntitle: Good\ndate: 2024-03-05\n---\n\nText.\n',
    });
    const { files, report } = await importFrom(folder);
    expect(Object.keys(files)).toContain('content/articles/2024/03/d.md');
    expect(report.problems.map(({ file }) => file)).toEqual(['content/a.md', 'content/b.md', 'content/c.md']);
    for (const { reason } of report.problems)
      expect(reason).toMatch(/^The front matter is wrong: .* Correct it\.$/);
  });

  test('values of the wrong kind in front matter', async () => {
    const folder = makeArchive({
      'hugo.toml': '',
      'content/a.md':
        '---\ntitle: {a: [1]}\ndate: {x: 1}\nauthors: {a: 1}\ntags: [[1], {b: 2}, null]\ncategories: 7\nimage: [[]]\naliases: {a: b}\nslug: [x]\nurl: {y: 1}\npublishDate: 2024-03-05\nlang: 12\n__proto__: {polluted: true}\nconstructor: x\n---\n\nText.\n',
    });
    const { report } = await importFrom(folder);
    expect(report.counts.stories.kept).toBe(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('names of objects as ids, categories, authors and tags', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const items = names.map((name, n) => ({
      id: n + 1,
      name,
      creator: name,
      terms: [`category:${name}=${name}`, `post_tag:${name}=${name}`],
      content: `[${name} a="b"]x[/${name}] {{< ${name} >}}`,
    }));
    const { report } = await importExport(wordPressExport(items));
    expect(report.counts.stories.kept).toBe(4);
    expect(report.problems).toEqual([]);
  });

  test('a wrong import.yaml', async () => {
    const source = makeArchive({ 'export.xml': wordPressExport([{ id: 1 }]) });
    const into = temporaryFolder();
    writeFileSync(join(into, 'import.yaml'), 'tags: {a: [1]}\nunknown: x\n');
    await expect(importFrom(source, { into })).rejects.toThrow(/import\.yaml:1:.*tags[\s\S]*import\.yaml:2:/);
    await expect(importFrom(source, { mapping: join(into, 'none.yaml') })).rejects.toThrow(
      /none\.yaml does not exist\. Correct the path after --mapping\./,
    );
  });
});

describe('too much of something', () => {
  test('a story of 6 million characters is reported', async () => {
    const { stories, problems } = await importExport(
      wordPressExport([{ id: 1 }, { id: 2, content: 'Words. '.repeat(900_000) }, { id: 3 }]),
    );
    expect(stories).toEqual([path(1), path(3)]);
    expect(problems).toEqual([
      expect.stringMatching(
        /^export\.xml:\d+ The item “Story 2” has more than 5,000,000 characters and is not imported\. Split it, or remove what is repeated\.$/,
      ),
    ]);
  });

  test('a text with elements within each other, many times, is flattened or reported', async () => {
    const deep = (count: number) => `${'<div>'.repeat(count)}Text${'</div>'.repeat(count)}`;
    const { stories, report } = await importExport(
      wordPressExport([
        { id: 1 },
        { id: 2, content: deep(500) },
        { id: 3, content: deep(100_000) },
        { id: 4 },
      ]),
    );
    expect(stories).toEqual(expect.arrayContaining([path(1), path(2), path(4)]));
    expect(report.findings.map(({ kind }) => kind)).toContain('too-deep');
    const failed = report.stories.filter(({ outcome }) => outcome === 'failed');
    for (const { problem } of failed)
      expect(problem).toBe('The story could not be converted: its text is nested too deeply.');
  });

  test('blocks that include each other', async () => {
    const block = (id: number, ref: number) => ({
      id,
      type: 'wp_block',
      content: `<!-- wp:block {"ref":${ref}} /--><!-- wp:block {"ref":${ref}} /-->`,
    });
    const { stories } = await importExport(
      wordPressExport([{ id: 1, content: '<!-- wp:block {"ref":8} /-->' }, block(8, 9), block(9, 8)]),
    );
    expect(stories).toEqual([path(1)]);
  });

  test('categories that contain each other', async () => {
    const category = (slug: string, parent: string) =>
      `<wp:category><wp:category_nicename>${slug}</wp:category_nicename><wp:category_parent>${parent}</wp:category_parent><wp:cat_name>${slug}</wp:cat_name></wp:category>`;
    const { report } = await importFrom(
      makeArchive({
        'export.xml': wordPressExport(
          [{ id: 1, terms: ['category:a', 'category:b'] }],
          category('a', 'b') + category('b', 'a') + category('c', 'c'),
        ),
      }),
    );
    expect(report.counts.stories.kept).toBe(1);
  });

  test('a file of a static site that is too large', async () => {
    const folder = makeArchive({
      'hugo.toml': '',
      'content/a.md': `---\ntitle: A\ndate: 2024-03-05\n---\n\n${'Words. '.repeat(800_000)}`,
      'content/b.md': '---\ntitle: B\ndate: 2024-03-05\n---\n\nText.\n',
    });
    const { report, files } = await importFrom(folder);
    expect(Object.keys(files)).toContain('content/articles/2024/03/b.md');
    expect(report.problems[0]!.reason).toBe(
      'The file has more than 5,000,000 bytes and is not imported. Split it, or remove what is repeated.',
    );
  });
});

test('an item that is broken in the middle of a large file costs only this item', async () => {
  const items = Array.from({ length: 300 }, (_, n) => ({
    id: n + 1,
    content: 'Words of a story. '.repeat(400),
  }));
  const broken = wordPressItem({ id: 999, title: 'Broken' }).replace('</wp:status>', '</wp:statu>');
  const xml = wordPressExport([...items.slice(0, 150), broken, ...items.slice(150)]);
  const { stories, problems } = await importExport(xml);
  expect(stories).toHaveLength(300);
  expect(problems).toEqual([expect.stringContaining(`The item “Broken” is not imported`)]);
});

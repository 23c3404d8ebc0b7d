/** `broadsheet import` of files in the formats of agencies, and what the readers recognize. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importArchive } from '../../src/import/import.ts';
import { openSource, readerOf } from '../../src/import/source.ts';
import { formatOf, readWireFile } from '../../src/import/wire/formats.ts';
import type { WireItem } from '../../src/import/wire/item.ts';
import { rankRenditions } from '../../src/import/wire/renditions.ts';
import { readFolder, temporaryFolder, writeFiles } from '../helpers/site.ts';
import { message, newsItem, ninjs, nitf, pictureItem, pixel } from '../helpers/wire.ts';

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}

const readerName = (files: Record<string, string | Uint8Array>, file = ''): string => {
  try {
    return readerOf(openSource(join(folderWith(files), file)), undefined).name;
  } catch {
    return 'none';
  }
};

/** The first item of a file. */
function itemIn(text: string): WireItem {
  const folder = folderWith({ 'a.xml': text });
  const read = readWireFile(join(folder, 'a.xml'), 'a.xml');
  if (read.kind !== 'items') throw new Error(JSON.stringify(read));
  return read.file.items[0]!;
}

describe('a source is recognized', () => {
  test.each<[string, Record<string, string | Uint8Array>, string, string]>([
    ['a file of NITF', { 'a.xml': nitf() }, 'a.xml', 'nitf'],
    ['a folder of NITF with pictures', { 'a.xml': nitf(), 'b.jpg': 'x', 'c.jpg': 'x' }, '', 'nitf'],
    ['a file of NewsML-G2', { 'a.xml': newsItem() }, 'a.xml', 'newsml'],
    ['a folder of messages', { 'in/a.xml': message(newsItem()) }, '', 'newsml'],
    ['a file of ninjs', { 'a.json': ninjs() }, 'a.json', 'ninjs'],
    [
      'NITF with a prefix and a document type',
      { 'a.xml': nitf().replace('<nitf', '<!DOCTYPE nitf SYSTEM "nitf.dtd" [<!-- > -->]>\n<nitf') },
      'a.xml',
      'nitf',
    ],
    [
      'saved pages with one file of ninjs',
      { 'a.html': '<p>A</p>', 'b.html': '<p>B</p>', 'c.json': ninjs() },
      '',
      'html',
    ],
    ['another feed', { 'a.xml': '<rss><channel/></rss>' }, 'a.xml', 'none'],
    [
      'other JSON with an address',
      { 'a.json': '{"uri": "https://x.example/", "version": "1", "type": "text"}' },
      'a.json',
      'none',
    ],
    ['NewsML 1', { 'a.xml': '<NewsML Version="1.2"><NewsItem/></NewsML>' }, 'a.xml', 'none'],
    [
      'a catalogue of NewsML-G2',
      { 'a.xml': '<catalog xmlns="http://iptc.org/std/nar/2006-10-01/"/>' },
      'a.xml',
      'none',
    ],
  ])('%s', (_, files, file, name) => {
    expect(readerName(files, file)).toBe(name);
  });

  test('from a document type with thousands of brackets in short time', () => {
    const start = performance.now();
    expect(formatOf(`<!DOCTYPE ${'[<!--'.repeat(4_000)}`)).toBeUndefined();
    expect(formatOf(`<?xml?>${'<!-- x -->'.repeat(1_900)}<x>`)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('an import', () => {
  const importFolder = async (files: Record<string, string | Uint8Array>, publishFrom: string[] = []) => {
    const into = temporaryFolder();
    const report = await importArchive({
      source: folderWith(files),
      into,
      publishFrom,
      now: Date.parse('2026-03-02T12:00:00Z'),
      workers: 1,
    });
    return { report, files: readFolder(into) };
  };
  const story = 'content/articles/2026/03/council-approves-the-budget.md';

  test('has the newest version of each item, as a draft with the comment for editors', async () => {
    const { files, report } = await importFolder({
      'a.xml': newsItem({ version: 2, created: '2026-03-01T10:00:00Z', text: '<p>New.</p>' }),
      'b.xml': newsItem(),
    });
    expect(report.counts.stories).toMatchObject({ in: 1, kept: 1 });
    expect(files[story]).toContain('New.');
    expect(files[story]).toMatch(/^---\n# From Agency X\n# Guid: urn:newsml:agency\.example/);
    expect(files[story]).toContain('draft: true');
  });

  test('publishes items of providers that are the newsroom itself', async () => {
    const { files } = await importFolder(
      {
        'a.xml': nitf({
          content: '<byline>By Jane Doe and John Roe</byline><abstract><p>In short.</p></abstract>',
        }).replace(
          '</docdata>',
          '<key-list><keyword key="budget"/></key-list></docdata><pubdata position.section="City"/>',
        ),
      },
      ['AX'],
    );
    expect(files[story]).toContain(`---
title: Council approves the budget
standfirst: In short.
published: 2026-03-01T09:00:00+00:00
desk: city
topics:
  - budget
authors:
  - jane-doe
  - john-roe
---
`);
    expect(Object.keys(files)).toContain('content/authors/john-roe.md');
  });

  test('leaves out withdrawn items, and pictures without a story', async () => {
    const { report, files } = await importFolder({
      'a.xml': newsItem(),
      'b.xml': newsItem({
        version: 2,
        created: '2026-03-01T10:00:00Z',
        more: '<pubStatus qcode="stat:canceled"/>',
      }),
      'c.xml': newsItem({ guid: 'urn:c', title: 'Another' }),
      'd.xml': pictureItem('p1', 'p.png'),
    });
    expect(report.leftOut.map(({ what, count }) => [what, count])).toEqual([
      ['withdrawn items', 1],
      ['pictures without a story', 1],
    ]);
    expect(Object.keys(files)).not.toContain(story);
  });

  test('copies pictures from the folder', async () => {
    const { files } = await importFolder({
      'in/a.xml': message(
        newsItem({ more: '<link rel="irel:seeAlso" residref="p1"/>' }),
        pictureItem('p1', 'p.png'),
      ),
      'in/p.png': Buffer.from(pixel, 'base64'),
    });
    expect(files[story]).toMatch(/!\[The council in session\.\]\(\S+p\.png "The council in session\./);
  });
});

describe('NITF', () => {
  test('keeps headings, lists, tables and quotations in order', () => {
    const { body } = itemIn(
      nitf({
        text: '<block><p lede="true">One <person>Ann Otto</person> &amp; co.</p><hl2>Heading</hl2><ul><li>item</li></ul><bq><block><p>Said.</p></block><credit>Ann Otto</credit></bq><nitf-table><nitf-table-metadata/><table><tr><td colspan="2" style="x">cell</td></tr></table></nitf-table></block>',
      }),
    );
    expect(body).toBe(
      '<p>One Ann Otto &amp; co.</p><h3>Heading</h3><ul><li>item</li></ul><blockquote><p>Said.</p><footer>Ann Otto</footer></blockquote><table><tr><td colspan="2">cell</td></tr></table>',
    );
  });

  test.each([
    [
      'a date of release',
      '<date.release norm="20260302T060000-0500"/>',
      { until: '2026-03-02T06:00:00-05:00' },
    ],
    [
      'a date of release in ISO 8601',
      '<date.release norm="2026-03-02T06:00:00Z"/>',
      { until: '2026-03-02T06:00:00Z' },
    ],
    ['a date of release that cannot be read', '<date.release norm="tomorrow"/>', 'unknown'],
    ['none', '', undefined],
  ])('has an embargo: %s', (_, more, embargo) => {
    expect(itemIn(nitf({ more })).embargo).toEqual(embargo);
  });

  test('expires at the earliest of its dates, and names its terms', () => {
    const item = itemIn(
      nitf({
        more: '<date.expire norm="20270101T000000Z"/><doc.rights enddate="20260601T000000Z" type="print only" geography="Norway"/>',
      }),
    );
    expect(item.expires).toBe('2026-06-01T00:00:00Z');
    expect(item.usageTerms).toBe('print only; Norway');
  });

  test('without an id is identified by its file', () => {
    expect(itemIn('<nitf><body><body.content><p>x</p></body.content></body></nitf>').guid).toBe('file:a.xml');
  });
});

describe('of the files of a picture', () => {
  const file = (href: string, more: object = {}) => ({ href, ...more });
  test.each([
    [
      'the largest comes first',
      [file('a.jpg', { width: 10 }), file('b.jpg', { width: 900 })],
      ['b.jpg', 'a.jpg'],
    ],
    [
      'a watermark comes last',
      [file('a.jpg', { name: 'Watermark', width: 900 }), file('t.jpg', { name: 'thumbnail' })],
      ['t.jpg', 'a.jpg'],
    ],
    [
      'previews come after originals',
      [file('a.jpg', { name: 'preview', width: 900 }), file('b.jpg')],
      ['b.jpg', 'a.jpg'],
    ],
    [
      'types that no browser shows are left out',
      [file('a.tif'), file('b.eps', { type: 'application/postscript' }), file('c', { type: 'image/png' })],
      ['c'],
    ],
  ])('%s', (_, renditions, wanted) => {
    expect(rankRenditions(renditions).map(({ href }) => href)).toEqual(wanted);
  });
});

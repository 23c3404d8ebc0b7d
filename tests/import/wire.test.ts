/** `broadsheet wire`: a folder of an agency in, a site out. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WireOptions } from '../../src/import/wire/job.ts';
import { runWire } from '../../src/import/wire.ts';
import { buildSite, makeSite, readFolder, temporaryFolder, writeFiles } from '../helpers/site.ts';
import { message, newsItem, ninjs, nitf, pictureItem, pixel } from '../helpers/wire.ts';

const siteYaml = `name: The Courier
url: https://courier.example/
timeZone: Europe/Berlin
desks:
  - {id: news, name: News}
  - {id: business, name: Business}
  - {id: sports, name: Sports}
topics:
  - {id: budget, name: The budget}
outputs: {cards: false, search: false, ninjs: true}
wire:
  desk: news
  desks: {"medtop:04000000": business, "medtop:20000349": sports, Leisure: sports}
  topics: {"http://cv.iptc.org/newscodes/mediatopic/20000611": budget}
  publishFrom: [Trusted Agency]
`;

const now = Date.parse('2026-03-02T12:00:00Z');
const story = 'content/articles/wire/agency-x/2026-03-01-council-approves-the-budget.md';

/** A site, and the folder of an agency beside it. */
function makeWire(files: Record<string, string | Uint8Array>) {
  const root = makeSite({ 'content/site.yaml': siteYaml });
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return {
    root,
    folder,
    add: (more: Record<string, string | Uint8Array>) => writeFiles(folder, more),
    wire: (options: Partial<WireOptions> = {}) =>
      runWire({ folder, root, now: () => now, patience: 50, ...options }),
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    edit: (path: string, change: (text: string) => string) =>
      writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8'))),
    has: (path: string) => existsSync(join(root, path)),
    /** Paths of stories. */
    stories: () => Object.keys(readFolder(join(root, 'content'))).filter(path => path.endsWith('.md')),
  };
}

/** Publishes a draft, as an editor would. */
const publish = (text: string): string => text.replace('draft: true\n', '');
const pictureBytes = Buffer.from(pixel, 'base64');

describe('an item becomes a draft', () => {
  test.each([
    ['NITF', 'a.xml', nitf({ more: '<urgency ed-urg="3"/>' })],
    ['NewsML-G2', 'a.xml', newsItem()],
    ['a message of NewsML-G2', 'a.xml', message(newsItem())],
    ['ninjs', 'a.json', ninjs({}, { urgency: 3 })],
  ])('from %s', async (_, name, text) => {
    const { wire, read, stories } = makeWire({ [name]: text });
    const { outcomes, findings } = await wire();
    expect(findings).toEqual([]);
    expect(outcomes.new).toBe(1);
    expect(stories()).toEqual([story.slice('content/'.length)]);
    const file = read(story);
    expect(file).toContain('\n# Guid: urn:newsml:agency.example:20260301:budget\n');
    expect(file).toContain('\n# Urgency: 3 (1 is the most urgent)\n');
    expect(file).toContain(`type: agency
title: Council approves the budget
published: 2026-03-01T10:00:00+01:00
desk: news
sources:
  - name: Agency X
draft: true
---

The council voted *seven* to two.
`);
  });

  test('with source, credit, terms, embargo and note', async () => {
    const { wire, read } = makeWire({
      'a.xml': newsItem({
        more: '<embargoed>2026-03-03T05:59:59.400Z</embargoed><edNote>Ask before use.\nTwice.</edNote>',
        content:
          '<by>By Ann Otto</by><dateline>BERLIN</dateline><description role="drol:summary">In short.</description>',
      }),
    });
    await wire();
    expect(read(story)).toBe(`---
# From Agency X
# Guid: urn:newsml:agency.example:20260301:budget
# Version: 1, 2026-03-01T09:00:00Z
# Urgency: 3 (1 is the most urgent)
# Embargo: until 2026-03-03T06:00:00Z
# Usage terms: Not for use in print.
# Note to editors: Ask before use. Twice.
type: agency
title: Council approves the budget
standfirst: In short.
dateline: BERLIN
published: 2026-03-03T07:00:00+01:00
desk: news
sources:
  - name: Agency X
    note: By Ann Otto
draft: true
---

The council voted *seven* to two.
`);
  });

  test('again only if its file has changed', async () => {
    const { wire, add } = makeWire({ 'a.json': ninjs() });
    await wire();
    expect((await wire()).outcomes).toMatchObject({ new: 0, updated: 0, unchanged: 0 });
    add({ 'copy.json': ninjs() });
    expect((await wire()).outcomes).toMatchObject({ unchanged: 1, updated: 0 });
  });

  test('that a build with drafts accepts', async () => {
    const { wire, root } = makeWire({
      'a.xml': message(
        newsItem({ more: '<link rel="irel:seeAlso" residref="p1"/>' }),
        pictureItem('p1', 'a.png'),
      ),
      'a.png': pictureBytes,
      'b.json': ninjs({ guid: 'urn:b', title: 'Another story' }),
    });
    await wire();
    const { diagnostics, articles } = await buildSite(root, { now, drafts: true });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(articles).toBe(2);
    expect((await buildSite(root, { now, allowRemovals: true })).articles).toBe(0);
  });
});

describe('subjects lead to desks and topics', () => {
  const withSubjects = (...subjects: object[]) => ninjs({}, { subjects });
  const code = (number: string) => ({
    uri: `http://cv.iptc.org/newscodes/mediatopic/${number}`,
    name: `n${number}`,
  });

  test.each([
    ['a main subject', [code('04000000')], 'business'],
    ['a Subject Code below a main subject', [{ literal: '04005001' }], 'business'],
    ['the most specific of several subjects', [code('04000000'), code('20000349')], 'sports'],
    ['a name, without regard to case', [{ name: 'leisure' }], 'sports'],
    ['the name of a desk', [{ name: 'Sports' }], 'sports'],
    ['no known subject', [code('20000999')], 'news'],
  ])('%s', async (_, subjects, desk) => {
    const { wire, read } = makeWire({ 'a.json': withSubjects(...subjects) });
    await wire();
    expect(read(story)).toContain(`\ndesk: ${desk}\n`);
  });

  test('broader subjects that the item names', async () => {
    const { wire, read } = makeWire({
      'a.xml': newsItem({
        content:
          '<subject qcode="medtop:20000523"><name>labour market</name><broader qcode="medtop:04000000"/></subject>',
      }),
    });
    await wire();
    expect(read(story)).toContain('\ndesk: business\n');
  });

  test('topics, and each unknown subject once', async () => {
    const { wire, read } = makeWire({
      'a.json': withSubjects(code('20000611'), code('20000999')),
      'b.json': ninjs({ guid: 'urn:b', title: 'Second' }, { subjects: [code('20000999')] }),
    });
    const { unmapped } = await wire();
    expect(read(story)).toContain('\ntopics:\n  - budget\n');
    expect(unmapped).toEqual([{ subject: 'medtop:20000999 n20000999', count: 2 }]);
  });
});

describe('a new version', () => {
  const second = { version: 2, created: '2026-03-01T10:00:00Z', text: '<p>The new text.</p>' };

  test('replaces an untouched draft', async () => {
    const { wire, add, read, stories } = makeWire({ '1.xml': newsItem() });
    await wire();
    add({ '2.xml': newsItem(second) });
    expect((await wire()).outcomes.updated).toBe(1);
    expect(read(story)).toContain('The new text.');
    expect(stories()).toHaveLength(1);
  });

  test('that arrives before an older one wins', async () => {
    const { wire, add, read } = makeWire({ '2.xml': newsItem(second) });
    await wire();
    add({ '1.xml': newsItem() });
    expect((await wire()).outcomes.older).toBe(1);
    expect(read(story)).toContain('The new text.');
  });

  test('of several in a folder counts, whatever their names', async () => {
    const { wire, read } = makeWire({ 'a.xml': newsItem(second), 'b.xml': newsItem() });
    await wire();
    expect(read(story)).toContain('The new text.');
  });

  test('is placed beside an edited draft', async () => {
    const { wire, add, edit, read } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, text => `${text}\nOur own sentence.\n`);
    const edited = read(story);
    add({ '2.xml': newsItem(second) });
    const update = story.replace('.md', '.update-2.md');
    expect((await wire()).findings).toEqual([
      {
        kind: 'update-beside',
        title: 'Council approves the budget',
        provider: 'Agency X',
        path: story,
        update,
        wasPublished: false,
        isCorrection: false,
        correction: undefined,
      },
    ]);
    expect(read(story)).toBe(edited);
    expect(read(update)).toContain('The new text.');
    expect(read(update)).toContain('draft: true');
  });

  test('replaces an earlier one beside the story, unless that was edited too', async () => {
    const { wire, add, edit, stories } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, publish);
    add({ '2.xml': newsItem(second) });
    await wire();
    add({ '3.xml': newsItem({ ...second, version: 3 }) });
    await wire();
    expect(stories().filter(path => path.includes('update'))).toEqual([
      story.replace('content/', '').replace('.md', '.update-3.md'),
    ]);
    edit(story.replace('.md', '.update-3.md'), text => `${text}Mine.\n`);
    add({ '4.xml': newsItem({ ...second, version: 4 }) });
    await wire();
    expect(stories().filter(path => path.includes('update'))).toHaveLength(2);
  });

  test('that corrects a published story is a finding with its text', async () => {
    const { wire, add, edit } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, publish);
    add({
      '2.xml': newsItem({
        ...second,
        more: '<edNote>CORRECTS the number of votes.</edNote><signal qcode="sig:correction"/>',
      }),
    });
    expect((await wire()).findings).toMatchObject([
      {
        kind: 'update-beside',
        wasPublished: true,
        isCorrection: true,
        correction: 'CORRECTS the number of votes.',
      },
    ]);
  });

  test('finds a story that the newsroom has moved', async () => {
    const { wire, add, root } = makeWire({ '1.xml': newsItem() });
    await wire();
    mkdirSync(join(root, 'content/articles/2026'), { recursive: true });
    renameSync(join(root, story), join(root, 'content/articles/2026/budget.md'));
    add({ '2.xml': newsItem(second) });
    expect((await wire()).findings).toMatchObject([
      { path: 'content/articles/2026/budget.md', update: 'content/articles/2026/budget.update-2.md' },
    ]);
  });

  test('of a story that the newsroom removed is not written', async () => {
    const { wire, add, root, stories } = makeWire({ '1.xml': newsItem() });
    await wire();
    rmSync(join(root, story));
    add({ '2.xml': newsItem(second) });
    expect((await wire()).outcomes.removed).toBe(1);
    expect(stories()).toEqual([]);
  });

  test('without a version is recognized by its date, as in ninjs 1', async () => {
    const old = (created: string, body: string) =>
      JSON.stringify({
        uri: 'urn:x',
        type: 'text',
        versioncreated: created,
        copyrightholder: 'Agency X',
        headline: 'Council approves the budget',
        body_text: body,
      });
    const { wire, read } = makeWire({
      'a.json': old('2026-03-01T11:00:00+00:00', 'Later.'),
      'b.json': old('2026-03-01T09:00:00+00:00', 'Earlier.'),
    });
    await wire();
    expect(read(story)).toContain('Later.');
  });
});

describe('a withdrawal', () => {
  const later = { version: 2, created: '2026-03-01T10:00:00Z' };
  const kills: [string, string, string][] = [
    ['canceled in NewsML-G2', 'k.xml', newsItem({ ...later, more: '<pubStatus qcode="stat:canceled"/>' })],
    ['withheld in ninjs', 'k.json', ninjs(later, { pubStatus: 'withheld' })],
    ['a signal', 'k.xml', newsItem({ ...later, more: '<signal qcode="sig:kill"/>' })],
    ['canceled in NITF', 'k.xml', nitf(later).replace('<docdata>', '<docdata management-status="canceled">')],
    ['a headline', 'k.xml', newsItem({ ...later, title: 'KILL: Council approves the budget' })],
    [
      'a message to editors in NITF',
      'k.xml',
      nitf({ ...later, more: '<ed-msg info="Eds: This story has been withdrawn."/>' }),
    ],
    [
      'an item of its own',
      'k.xml',
      nitf({ ...later, guid: 'urn:advisory', title: 'ATTENTION – story withdrawn' }).replace(
        '<docdata>',
        '<docdata management-status="canceled" management-doc-idref="urn:newsml:agency.example:20260301:budget">',
      ),
    ],
  ];

  test.each(kills)('removes an untouched draft: %s', async (_, name, text) => {
    const { wire, add, stories } = makeWire({ '1.xml': newsItem() });
    await wire();
    add({ [name]: text });
    expect((await wire()).findings).toMatchObject([
      { kind: 'withdrawn', removed: [story], held: [], failed: [] },
    ]);
    expect(stories()).toEqual([]);
  });

  test.each(kills)('takes a published story out of the next build: %s', async (_, name, text) => {
    const { wire, add, edit, root, read } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, file => `${publish(file)}\nOur own sentence.\n`);
    expect((await buildSite(root, { now })).articles).toBe(1);
    add({ [name]: text });
    expect((await wire()).findings).toMatchObject([
      {
        kind: 'withdrawn',
        title: 'Council approves the budget',
        removed: [],
        held: [{ path: story, wasPublished: true }],
      },
    ]);
    expect(read(story)).toContain('Our own sentence.');
    expect(read(story)).toMatch(/^---\n# WITHDRAWN by Agency X: /);
    const built = await buildSite(root, { now, allowRemovals: true });
    expect({ ok: built.ok, articles: built.articles }).toEqual({ ok: true, articles: 0 });
  });

  test('changes only the front matter', async () => {
    const { wire, add, edit, read } = makeWire({ '1.xml': newsItem() });
    await wire();
    const own =
      '---\r\n# Ours\r\ntitle: "Council: a vote"   # keep\r\npublished: 2026-03-01\r\ndesk: news\r\ndraft:   false # soon\r\n---\r\n\r\nText.\r\n';
    edit(story, () => own);
    add({ 'k.json': ninjs(later, { pubStatus: 'canceled', edNote: 'Wrong\nnames' }) });
    await wire();
    expect(read(story)).toBe(
      own
        .replace('---\r\n', '---\r\n# WITHDRAWN by Agency X: Wrong names. Do not publish\r\n')
        .replace('draft:   false', 'draft:   true'),
    );
  });

  test('finds stories that were moved, and updates beside them', async () => {
    const { wire, add, edit, root, stories } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, publish);
    add({ '2.xml': newsItem(later) });
    await wire();
    mkdirSync(join(root, 'content/articles/2026'), { recursive: true });
    renameSync(join(root, story), join(root, 'content/articles/2026/budget.md'));
    add({ 'k.json': ninjs({ version: 3, created: '2026-03-01T11:00:00Z' }, { pubStatus: 'canceled' }) });
    expect((await wire()).findings).toMatchObject([
      {
        removed: [story.replace('.md', '.update-2.md')],
        held: [{ path: 'content/articles/2026/budget.md', wasPublished: true }],
      },
    ]);
    expect(stories()).toEqual(['articles/2026/budget.md']);
  });

  test('of a story whose front matter cannot be changed is reported as failed', async () => {
    const { wire, add, edit, read } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, () => '---\ntitle: A\ndraft:\n  false\n---\n\nText.\n');
    add({ 'k.json': ninjs(later, { pubStatus: 'canceled' }) });
    expect((await wire()).findings).toMatchObject([{ kind: 'withdrawn', held: [], failed: [story] }]);
    expect(read(story)).toContain('draft:\n  false');
  });

  test('keeps older versions away, and a later version brings the item back', async () => {
    const { wire, add, stories } = makeWire({ 'k.json': ninjs(later, { pubStatus: 'canceled' }) });
    expect((await wire()).findings).toEqual([]);
    add({ '1.xml': newsItem() });
    expect((await wire()).outcomes.older).toBe(1);
    expect(stories()).toEqual([]);
    add({ '3.xml': newsItem({ version: 3, created: '2026-03-01T12:00:00Z' }) });
    expect((await wire()).outcomes.new).toBe(1);
    expect(stories()).toHaveLength(1);
  });

  test('that is sent again is reported once', async () => {
    const { wire, add, edit } = makeWire({ '1.xml': newsItem() });
    await wire();
    edit(story, publish);
    add({ 'k.json': ninjs(later, { pubStatus: 'canceled' }) });
    await wire();
    add({ 'again.json': ninjs(later, { pubStatus: 'canceled' }) });
    expect((await wire()).findings).toEqual([]);
  });

  test('that names no item is reported with the stories that it may mean', async () => {
    const { wire, add, has } = makeWire({ '1.xml': newsItem() });
    await wire();
    add({ 'k.xml': newsItem({ guid: 'urn:advisory', title: 'WITHDRAWN: story about the council budget' }) });
    expect((await wire()).findings).toMatchObject([
      { kind: 'withdrawal-unmatched', source: 'k.xml', candidates: [story] },
    ]);
    expect(has(story)).toBe(true);
  });

  test.each([
    'Kill switch law approved',
    'Withdrawal of troops begins',
    'KILL SWITCH LAW APPROVED',
    'Police: man killed in crash',
  ])('is not what this headline announces: %s', async title => {
    const { wire } = makeWire({ '1.xml': newsItem({ title }) });
    expect(await wire()).toMatchObject({ findings: [], outcomes: { new: 1 } });
  });
});

describe('a trusted source', () => {
  const trusted = (item = {}, more = {}) => ninjs(item, { copyrightHolder: 'Trusted Agency', ...more });
  const online = story.replace('agency-x', 'trusted-agency');

  test('is published directly, by site.yaml or by the option', async () => {
    const { wire, read, root } = makeWire({
      'a.json': trusted(),
      'b.xml': newsItem({ guid: 'urn:b', title: 'By the code of its provider' }),
      'c.json': ninjs({ guid: 'urn:c', title: 'Of another agency' }, { copyrightHolder: 'Agency Y' }),
    });
    expect((await wire({ publishFrom: ['ax'] })).outcomes).toMatchObject({ published: 2, new: 1 });
    expect(read(online)).not.toContain('draft:');
    expect((await buildSite(root, { now })).articles).toBe(2);
  });

  test('cannot break an embargo, to the second', async () => {
    const { wire, root } = makeWire({
      'a.json': trusted({}, { embargoedUntil: '2026-03-03T06:00:00+01:00' }),
    });
    await wire();
    const end = Date.parse('2026-03-03T05:00:00Z');
    expect((await buildSite(root, { now: end - 1000 })).articles).toBe(0);
    expect((await buildSite(root, { now: end })).articles).toBe(1);
  });

  test.each([
    ['an embargo that cannot be read', trusted({}, { embargoedUntil: 'Friday noon' })],
    [
      'an embargo until further notice',
      newsItem({ more: '<embargoed/>' }).replaceAll('Agency X', 'Trusted Agency'),
    ],
  ])('is not published under %s', async (_, text) => {
    const { wire, read } = makeWire({ [text.startsWith('<') ? 'a.xml' : 'a.json']: text });
    expect((await wire()).findings).toMatchObject([{ kind: 'embargo-unknown', path: online }]);
    expect(read(online)).toContain('draft: true');
  });

  test('replaces its published story, which keeps its date', async () => {
    const { wire, add, read } = makeWire({ 'a.json': trusted() });
    await wire();
    add({
      'b.json': trusted(
        { version: 2, created: '2026-03-01T15:00:00Z', text: '<p>Right.</p>' },
        { edNote: 'CORRECTS name.' },
      ),
    });
    expect((await wire()).findings).toEqual([
      {
        kind: 'corrected',
        title: 'Council approves the budget',
        provider: 'Trusted Agency',
        path: online,
        correction: 'CORRECTS name.',
      },
    ]);
    expect(read(online)).toContain(
      'published: 2026-03-01T10:00:00+01:00\nupdated: 2026-03-01T16:00:00+01:00\n',
    );
    expect(read(online)).toContain('Right.');
  });

  test('withdraws a published story without deleting it', async () => {
    const { wire, add, read } = makeWire({ 'a.json': trusted() });
    await wire();
    add({ 'k.json': trusted({ version: 2, created: '2026-03-01T15:00:00Z' }, { pubStatus: 'canceled' }) });
    expect((await wire()).findings).toMatchObject([
      { kind: 'withdrawn', removed: [], held: [{ wasPublished: true }] },
    ]);
    expect(read(online)).toContain('draft: true');
  });
});

describe('pictures', () => {
  const reference = '<link rel="irel:seeAlso" residref="p1"/>';
  const copied =
    /!\[The council in session\.\]\((?:\.\.\/)+media\/wire\/agency-x\/(large-[\da-f]{10}\.png) "The council in session\. It met until midnight\. Photo: Ann Otto\/Agency X"\)/;

  test('of a message are copied, the largest file with caption, credit and rights', async () => {
    const { wire, read, has } = makeWire({
      'a.xml': message(
        newsItem({ more: reference }),
        pictureItem('p1', 'large.png', { content: 'validto="2026-06-01T00:00:00Z"' }),
      ),
      'large.png': pictureBytes,
      'thumb.png': pictureBytes,
    });
    await wire();
    const [, name] = copied.exec(read(story)) ?? [];
    expect(has(`content/media/wire/agency-x/${name}`)).toBe(true);
    expect(read(story)).toContain(
      '\n# Picture 1: Copyright 2026 Agency X; Editorial use only.; may be shown only until 2026-06-01T00:00:00Z; remove it from the story before\n',
    );
  });

  test('that a package joins with a text', async () => {
    const { wire, read } = makeWire({
      'a.xml': message(
        '<packageItem guid="k1" version="1"><groupSet root="G"><group id="G" role="group:main"><itemRef residref="urn:newsml:agency.example:20260301:budget"/><itemRef residref="p1"/></group></groupSet></packageItem>',
        newsItem(),
        pictureItem('p1', 'large.png'),
      ),
      'large.png': pictureBytes,
    });
    await wire();
    expect(read(story)).toMatch(copied);
  });

  test('are added to an untouched draft when they arrive later', async () => {
    const { wire, add, read } = makeWire({ 'a.xml': newsItem({ more: reference }) });
    await wire();
    add({ 'later/p.xml': pictureItem('p1', 'large.png') });
    await wire();
    expect(read(story)).not.toMatch(copied);
    add({ 'later/large.png': pictureBytes });
    await wire();
    expect(read(story)).toMatch(copied);
  });

  test('within the text of NITF keep their place, and inline data are read', async () => {
    const media = `<p>Before.</p><media media-type="image"><media-reference mime-type="image/png" alternate-text="A vote"/><media-object encoding="base64">${pixel}</media-object><media-caption>The vote.</media-caption><media-producer>Ann Otto</media-producer></media><p>After.</p>`;
    const { wire, read } = makeWire({ 'a.xml': nitf({ text: media }) });
    await wire();
    expect(read(story)).toMatch(
      /Before\.\n\n!\[A vote\]\((?:\.\.\/)+media\/wire\/agency-x\/picture-[\da-f]{10}\.png "The vote\. Photo: Ann Otto"\)\n\nAfter\./,
    );
  });

  test('on other servers stay links', async () => {
    const { wire, read } = makeWire({
      'a.json': ninjs(
        {},
        {
          associations: [
            {
              type: 'picture',
              uri: 'urn:p',
              descriptions: [{ value: 'The vote.' }],
              renditions: [
                {
                  name: 'thumbnail',
                  href: 'https://agency.example/t.jpg',
                  contentType: 'image/jpeg',
                  width: 90,
                  height: 60,
                },
                {
                  name: 'main',
                  href: 'https://agency.example/m.jpg',
                  contentType: 'image/jpeg',
                  width: 900,
                  height: 600,
                },
              ],
            },
          ],
        },
      ),
    });
    await wire();
    expect(read(story)).toContain('[The vote.](https://agency.example/m.jpg)');
  });

  test.each([
    '../secret.png',
    '../../secret.png',
    'file:///%2e%2e/secret.png',
    '/secret.png',
    'link.png',
    'fake.png',
  ])('outside the folder, or that are no pictures, are not read: %s', async href => {
    const { wire, folder, root } = makeWire({
      'in/a.xml': message(newsItem({ more: reference }), pictureItem('p1', href)),
      'in/fake.png': 'not a picture',
    });
    writeFiles(root, { 'secret.png': pictureBytes });
    writeFiles(folder, { '../secret.png': pictureBytes });
    symlinkSync(join(root, 'secret.png'), join(folder, 'in/link.png'));
    const files = { ...readFolder(root) };
    await wire({ folder: join(folder, 'in') });
    rmSync(join(folder, '../secret.png'));
    expect(Object.keys(readFolder(root)).filter(path => !(path in files))).toEqual([
      story,
      'wire-ledger.jsonl',
    ]);
  });

  test('under a later embargo than their story delay it', async () => {
    const { wire, read } = makeWire({
      'a.xml': message(
        newsItem({ more: `<embargoed>2026-03-03T06:00:00Z</embargoed>${reference}` }),
        pictureItem('p1', 'large.png', { more: '<embargoed>2026-03-04T06:00:00Z</embargoed>' }),
      ),
      'large.png': pictureBytes,
    });
    await wire();
    expect(read(story)).toContain('published: 2026-03-04T07:00:00+01:00');
  });

  test('that are withdrawn leave untouched drafts, and take down stories that show them', async () => {
    const { wire, add, read, edit } = makeWire({
      'a.xml': message(newsItem({ more: reference }), pictureItem('p1', 'large.png')),
      'b.xml': newsItem({ guid: 'urn:b', title: 'Second', more: reference }),
      'large.png': pictureBytes,
    });
    await wire();
    edit(story, publish);
    const second = 'content/articles/wire/agency-x/2026-03-01-second.md';
    expect(read(second)).toMatch(copied);
    add({ 'k.xml': pictureItem('p1', 'large.png', { more: '<pubStatus qcode="stat:canceled"/>' }) });
    expect((await wire()).findings).toMatchObject([
      { kind: 'picture-withdrawn', held: [{ path: story, wasPublished: true }], failed: [] },
    ]);
    expect(read(story)).toContain('draft: true');
    expect(read(second)).not.toContain('.png');
  });

  test('whose rights end are reported while a published story shows them', async () => {
    const { wire, edit } = makeWire({
      'a.xml': message(
        newsItem({ more: reference }),
        pictureItem('p1', 'large.png', { content: 'validto="2026-03-05T00:00:00Z"' }),
      ),
      'large.png': pictureBytes,
    });
    expect((await wire()).findings).toEqual([]);
    edit(story, publish);
    expect((await wire()).findings).toMatchObject([
      { kind: 'picture-expired', isOver: false, paths: [story] },
    ]);
    const after = { now: () => Date.parse('2026-03-05T00:00:00Z') };
    expect((await wire(after)).findings).toMatchObject([
      { kind: 'picture-expired', isOver: true, paths: [story] },
    ]);
    edit(story, text => text.replace(/!\[.*\n/, ''));
    expect((await wire(after)).findings).toEqual([]);
  });
});

describe('a file', () => {
  test('that is incomplete is read when it is whole, and reported only if it stays so', async () => {
    const whole = newsItem();
    const { wire, folder, stories } = makeWire({ 'a.xml': whole.slice(0, 400) });
    const reading = wire({ patience: 5_000 });
    setTimeout(() => writeFileSync(join(folder, 'a.xml'), whole), 100);
    expect((await reading).findings).toEqual([]);
    expect(stories()).toHaveLength(1);
    writeFileSync(join(folder, 'b.json'), ninjs().slice(0, -20));
    expect((await wire()).findings).toMatchObject([{ kind: 'problem', file: 'b.json' }]);
    expect((await wire()).findings).toEqual([]);
  });

  test('of another kind is left alone', async () => {
    const { wire, stories } = makeWire({
      'feed.xml': '<rss version="2.0"><channel/></rss>',
      'data.json': '{"uri": "x", "name": "y"}',
      'readme.txt': 'Text.',
      '.hidden.xml': newsItem(),
    });
    expect(await wire()).toMatchObject({ findings: [], outcomes: { new: 0 } });
    expect(stories()).toEqual([]);
  });

  test('with a wrong encoding keeps its letters', async () => {
    const { wire, read } = makeWire({
      'a.xml': Buffer.from(
        nitf({ text: '<p>Caf\u00e9 M\u00fcller</p>' }).replace('UTF-8', 'ISO-8859-1'),
        'latin1',
      ),
    });
    await wire();
    expect(read(story)).toContain('Café Müller');
  });

  test.each([
    [
      'external entities',
      nitf({ text: '<p>&xxe;</p>' }).replace(
        '<nitf',
        '<!DOCTYPE nitf [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>\n<nitf',
      ),
      '&xxe;',
    ],
    [
      'an entity bomb',
      nitf({ text: '<p>&b;</p>' }).replace(
        '<nitf',
        '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<nitf',
      ),
      '&b;',
    ],
    ['control characters', nitf({ text: '<p>Before\u0000\u0008 after</p>' }), 'Before after'],
    ['named entities of HTML', nitf({ text: '<p>Z&uuml;rich</p>' }), 'Zürich'],
  ])('with %s is harmless', async (_, text, shown) => {
    const { wire, read } = makeWire({ 'a.xml': text });
    await wire();
    expect(read(story)).toContain(shown);
    expect(read(story)).not.toMatch(/root:|a{100}/);
  });

  test('with scripts and comments that end the front matter stays a draft', async () => {
    const hostile = '---\ndraft: false\n---\n<script>alert(1)</script>';
    const { wire, read, root } = makeWire({
      'a.json': ninjs(
        {
          guid: `urn:x\n---\ndraft: false`,
          text: '<p onclick="x()">Text.</p><script>alert(1)</script><iframe src="javascript:x"></iframe>',
        },
        {
          edNote: hostile,
          usageTerms: hostile,
          slugline: '../../../../etc/x',
          copyrightHolder: '../Agency X\u2028draft: false',
        },
      ),
    });
    await wire();
    const [path] = Object.keys(readFolder(join(root, 'content/articles')));
    expect(path).toMatch(/^wire\/agency-x-?draft-false\/2026-03-01-council-approves-the-budget\.md$/);
    const text = read(`content/articles/${path}`);
    expect(text.match(/^---$/gm)).toHaveLength(2);
    expect(text).toContain('\ndraft: true\n---\n\nText.\n');
    expect(text.split('\n---\n')[1]).not.toMatch(/script|onclick|iframe/);
  });

  test('that is nested too deeply is a problem', async () => {
    const { wire } = makeWire({ 'a.xml': nitf({ text: '<b>'.repeat(5_000) + '</b>'.repeat(5_000) }) });
    expect((await wire()).findings).toMatchObject([
      { kind: 'problem', reason: 'The XML is wrong: elements are nested more than 200 levels deep.' },
    ]);
  });

  test('with a deeply nested text of HTML is a problem', async () => {
    const { wire } = makeWire({ 'a.json': ninjs({ text: `${'<div>'.repeat(20_000)}Text.` }) });
    expect((await wire()).findings).toMatchObject([
      { kind: 'problem', reason: 'The story could not be converted: its text is nested too deeply.' },
    ]);
  });

  test.each([
    ['permanent links', '<a class="permalink"'],
    ['spaces', ' '],
    ['bodies', '<body '],
    ['titles', '<p class="callout-title">'],
    ['pictures', '<img '],
    ['captions', '<figcaption '],
  ])('with many unfinished %s is read in a short time', async (_, part) => {
    const { wire } = makeWire({ 'a.json': ninjs({ text: part.repeat(200_000 / part.length) }) });
    const start = performance.now();
    await wire();
    expect(performance.now() - start).toBeLessThan(8_000);
  });

  test('with a long headline in another script gets a name that file systems accept', async () => {
    const { wire, stories } = makeWire({ 'a.json': ninjs({ title: '選挙'.repeat(100) }) });
    await wire();
    expect(Buffer.byteLength(stories()[0]!.split('/').at(-1)!)).toBeLessThan(120);
  });

  test('does not stop the others', async () => {
    const { wire } = makeWire({ 'a.xml': newsItem().replace('<headline>', '<headline'), 'b.json': ninjs() });
    const { findings, outcomes } = await wire();
    expect(findings).toMatchObject([{ kind: 'problem', file: 'a.xml' }]);
    expect(outcomes.new).toBe(1);
  });
});

test('a damaged ledger cannot remove other files', async () => {
  const { wire, root, has } = makeWire({ 'k.json': ninjs({ version: 2 }, { pubStatus: 'canceled' }) });
  const entry = (path: string) =>
    `${JSON.stringify({ guid: 'urn:newsml:agency.example:20260301:budget', state: 'written', title: 'T', provider: 'P', source: 's', file: { path, written: '' } })}\n`;
  for (const path of ['content/site.yaml', 'content/articles/../site.yaml', '../x.md']) {
    writeFileSync(join(root, 'wire-ledger.jsonl'), `${entry(path)}{"seen`);
    await wire();
  }
  expect(has('content/site.yaml')).toBe(true);
});

test('a site without desks or site.yaml is refused', async () => {
  const folder = temporaryFolder();
  const options = { folder, now: () => now };
  await expect(runWire({ ...options, root: temporaryFolder() })).rejects.toThrow(
    "Run 'broadsheet init' first",
  );
  const root = makeSite({ 'content/site.yaml': 'name: X\nurl: https://x.example/\n' });
  await expect(runWire({ ...options, root })).rejects.toThrow('has no desks');
});

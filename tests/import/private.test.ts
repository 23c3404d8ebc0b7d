/** Nothing private becomes public, whatever system it comes from. */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { contentOf, type Imported, importFrom, makeArchive } from '../helpers/import.ts';
import { buildSite, readFolder, temporaryFolder } from '../helpers/site.ts';
import { type WordPressItem, wordPressExport } from '../helpers/wordpress.ts';
import { zipOf } from '../helpers/zip.ts';

const archives = fileURLToPath(new URL('archives', import.meta.url));

/** Text of everything that a build publishes, without cards and search. */
async function publishedText({ root }: Imported): Promise<string> {
  appendFileSync(join(root, 'content/site.yaml'), 'outputs: {cards: false, search: false}\n');
  const { ok, diagnostics } = await buildSite(root);
  expect(ok, diagnostics.map(formatDiagnostic).join('\n')).toBe(true);
  return Object.values(readFolder(join(root, 'dist'))).join('\n');
}

/** Words of `secretOf` in a text, each once. */
const secretsIn = (text: string): string[] => [...new Set(text.match(/secret-[\w.-]*?-word/g) ?? [])].sort();

/** A word that occurs only in one text. */
const secretOf = (name: string): string => `secret-${name}-word`;

const item = (id: number, more: Partial<WordPressItem>): WordPressItem => ({
  id,
  title: secretOf(more.status ?? 'x'),
  content: `The ${secretOf(more.status ?? 'x')} of a text.`,
  excerpt: secretOf(more.status ?? 'x'),
  terms: [`category:${secretOf(more.status ?? 'x')}`, `post_tag:${secretOf('tag')}`],
  creator: secretOf('author'),
  ...more,
});

describe('WordPress', () => {
  const statuses = ['draft', 'pending', 'private', 'trash', 'auto-draft', 'future', 'inherit', 'unheard-of'];
  const withPassword = { status: 'publish', password: 'hunter2', name: 'behind-password' };

  test.each([...statuses, 'publish, with a password'])('a story in the state %s is a draft', async state => {
    const status = state.split(',', 1)[0]!;
    const more = state.includes('password') ? withPassword : { status };
    const items = [
      { id: 1 },
      item(2, { ...more, date: status === 'future' ? '2031-01-01 09:00:00' : '2024-03-05 09:00:00' }),
    ];
    const imported = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
    const own = Object.entries(imported.files).filter(([, text]) => text.includes(`The ${secretOf(status)}`));
    expect(own).toHaveLength(1);
    expect(own[0]![1]).toMatch(/^draft: true$/m);
    expect(own[0]![1]).not.toContain('hunter2');
    expect(secretsIn(await publishedText(imported))).toEqual([]);
  });

  test.each([...statuses, 'publish, with a password'])(
    'a page in the state %s is not imported',
    async state => {
      const status = state.split(',', 1)[0]!;
      const more = state.includes('password') ? withPassword : { status };
      const items = [
        { id: 1 },
        item(2, {
          ...more,
          type: 'page',
          date: status === 'future' ? '2031-01-01 09:00:00' : '2024-03-05 09:00:00',
        }),
      ];
      const { files, report } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
      expect(secretsIn(JSON.stringify(files))).toEqual([]);
      expect(report.leftOut.map(({ what }) => what)).toEqual([expect.stringMatching(/^page: /)]);
    },
  );

  test('a page whose date is in the future is not imported', async () => {
    const items = [{ id: 1 }, item(2, { type: 'page', status: 'publish', date: '2031-01-01 09:00:00' })];
    const { files } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
    expect(JSON.stringify(files)).not.toContain(secretOf('publish'));
  });

  test('a published story whose date is in the future is a draft', async () => {
    const items = [{ id: 1 }, item(2, { status: 'publish', date: '2031-01-01 09:00:00' })];
    const imported = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
    expect(secretsIn(await publishedText(imported))).toEqual([]);
  });

  test('reusable blocks, menus, redirects and corrections of private items are not public', async () => {
    const items = [
      {
        id: 1,
        content: '<!-- wp:block {"ref":9} /-->\n<!-- wp:paragraph --><p>Text.</p><!-- /wp:paragraph -->',
      },
      item(2, { status: 'private' }),
      item(9, { type: 'wp_block', status: 'private' }),
      item(4, { type: 'newspack_correction', status: 'draft', meta: { 'newspack_correction-post-id': '1' } }),
      item(5, {
        type: 'nav_menu_item',
        status: 'draft',
        meta: { _menu_item_type: 'custom', _menu_item_url: 'https://example.org/' },
      }),
      item(6, {
        type: 'nav_menu_item',
        status: 'publish',
        title: '',
        content: '',
        excerpt: '',
        terms: [],
        meta: { _menu_item_type: 'post_type', _menu_item_object_id: '2' },
      }),
    ];
    const { files } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
    const { 'content/site.yaml': site, ...stories } = files;
    expect(site).not.toMatch(/^navigation:/m);
    const drafts = Object.values(stories).filter(text => text.includes('secret-'));
    expect(drafts.filter(text => !/^draft: true$/m.test(text) && text.includes('published:'))).toEqual([]);
  });

  test('a link to a private story leads to where it was', async () => {
    const items = [
      {
        id: 1,
        content: '<a href="https://old.example/2024/03/story-2/">A link</a> and <a href="/?p=2">another</a>',
      },
      item(2, { status: 'private', name: 'story-2' }),
    ];
    const { files } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items) }));
    expect(files['content/articles/2024/03/story-1.md']).toContain(
      '[A link](https://old.example/2024/03/story-2/) and [another](https://old.example/?p=2)',
    );
  });
});

describe('people', () => {
  const mail = 'someone@mail.example';
  const head = `<wp:author><wp:author_login>${mail}</wp:author_login><wp:author_email>${mail}</wp:author_email><wp:author_display_name>Name &lt;${mail}&gt;</wp:author_display_name><wp:author_first_name>${mail}</wp:author_first_name></wp:author>`;
  const comment = (id: number, approved: string, text: string) =>
    `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>${mail}</wp:comment_author><wp:comment_author_email>${mail}</wp:comment_author_email><wp:comment_author_url>https://${mail}</wp:comment_author_url><wp:comment_author_IP>192.0.2.77</wp:comment_author_IP><wp:comment_date_gmt>2024-03-06 10:00:00</wp:comment_date_gmt><wp:comment_content>${text}</wp:comment_content><wp:comment_approved>${approved}</wp:comment_approved></wp:comment>`;
  const items: WordPressItem[] = [
    {
      id: 1,
      creator: mail,
      terms: [`author:cap-someone-mail-example=${mail}`],
      more:
        comment(1, '1', 'An approved comment.') +
        comment(2, '0', 'A comment that waits.') +
        comment(3, 'spam', 'Spam.'),
      meta: { _edit_last: '1', author_email: mail, _some_ip: '192.0.2.77' },
    },
    { id: 2, creator: mail },
    {
      id: 3,
      type: 'guest-author',
      name: 'cap-guest',
      title: mail,
      meta: { 'cap-user_email': mail, 'cap-display_name': mail },
    },
    { id: 4, terms: ['author:cap-guest=guest'] },
    { id: 5, status: 'draft', more: comment(4, '1', 'A comment on a draft.') },
  ];

  test('e-mail and IP addresses never appear in the new site, nor in the report', async () => {
    const source = makeArchive({ 'export.xml': wordPressExport(items, head) });
    const { root } = await importFrom(source, { comments: join(temporaryFolder(), 'comments.jsonl') });
    const all = Object.values(readFolder(root)).join('\n');
    expect(all).not.toContain('mail.example');
    expect(all).not.toContain('192.0.2.77');
  });

  test('comments are only in the file for comments, without addresses', async () => {
    const comments = join(temporaryFolder(), 'comments.jsonl');
    const source = makeArchive({ 'export.xml': wordPressExport(items, head) });
    const { root } = await importFrom(source, { comments });
    const lines = readFileSync(comments, 'utf8').trim().split('\n');
    expect(lines.map(line => JSON.parse(line) as object)).toEqual([
      { story: '1', author: '', date: '2024-03-06T10:00:00Z', text: 'An approved comment.' },
      { story: '5', author: '', date: '2024-03-06T10:00:00Z', text: 'A comment on a draft.' },
    ]);
    expect(Object.values(readFolder(root)).join('\n')).not.toContain('approved comment');
  });

  test('comments are not read without --comments', async () => {
    const { root } = await importFrom(makeArchive({ 'export.xml': wordPressExport(items, head) }));
    expect(Object.values(readFolder(root)).join('\n')).not.toMatch(/[Cc]omment (?:on|that|\.)|approved/);
  });

  test('users of Ghost have no addresses', async () => {
    const { root } = await importFrom(join(archives, 'ghost/source'));
    expect(Object.values(readFolder(root)).join('\n')).not.toContain('mail.example');
  });
});

describe('Ghost', () => {
  const secrets = [
    'members',
    'paid',
    'tiers',
    'sent',
    'email-only',
    'scheduled',
    'draft',
    'page-for-members',
  ];
  const ghost = () => {
    const path = join(archives, 'ghost/source/export.json');
    const data = JSON.parse(readFileSync(path, 'utf8')) as {
      db: { data: { posts: Record<string, unknown>[] } }[];
    };
    for (const post of data.db[0]!.data.posts)
      if (secrets.includes(String(post.id))) post.html = `<p>${secretOf(String(post.id))}</p>`;
    return makeArchive({ 'export.json': JSON.stringify(data) });
  };

  test('stories for members, e-mails, scheduled stories and drafts stay private', async () => {
    expect(secretsIn(await publishedText(await importFrom(ghost())))).toEqual([]);
  });

  test('--publish-members publishes stories for members, and nothing else', async () => {
    const imported = await importFrom(ghost(), { publishMembers: true });
    const found = (await publishedText(imported)).match(/secret-[\w-]*-word/g) ?? [];
    expect([...new Set(found)].sort()).toEqual(
      ['members', 'page-for-members', 'paid', 'tiers'].map(secretOf),
    );
  });
});

describe('Substack', () => {
  const row = (id: string, published: string, audience: string, type = 'newsletter', sent = '') =>
    `${id},2024-01-02T03:04:05.678Z,${published},${sent},,${type},${audience},${secretOf(id)},,`;
  const posts = {
    'posts.csv': [
      'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url',
      '1.open,2024-01-02T03:04:05.678Z,true,,,newsletter,everyone,Open,,',
      row('2.paid', 'true', 'only_paid'),
      row('3.free', 'true', 'only_free'),
      row('4.founding', 'true', 'founding'),
      row('5.draft', 'false', 'everyone'),
      row('6.mail', 'true', 'everyone', 'adhoc_email', '2024-01-02T03:04:05.678Z'),
      row('7.unheard', 'true', 'some_new_audience'),
      row('8.page', 'true', 'only_paid', 'page'),
      '',
    ].join('\n'),
    'posts/1.open.html': '<p>Open.</p>',
    ...Object.fromEntries(
      ['2.paid', '3.free', '4.founding', '5.draft', '6.mail', '7.unheard', '8.page'].map(id => [
        `posts/${id}.html`,
        `<p>${secretOf(id)}</p>`,
      ]),
    ),
    'email_list.csv': 'email\nreader@mail.example\n',
  };

  test('stories for subscribers, drafts and e-mails stay private, in a folder and in a zip archive', async () => {
    const folder = makeArchive(posts);
    const zip = makeArchive({
      'export.zip': zipOf(Object.entries(posts).map(([name, data]) => ({ name, data }))),
    });
    for (const source of [folder, join(zip, 'export.zip')]) {
      const imported = await importFrom(source);
      expect(JSON.stringify(imported.files)).not.toContain('mail.example');
      const text = await publishedText(imported);
      expect(text).toContain('Open.');
      expect(secretsIn(text)).toEqual([]);
    }
  });
});

test('drafts of static sites stay private', async () => {
  const draft = (lines: string) =>
    `---\ntitle: ${secretOf('title')}\ndate: 2024-01-02\n${lines}---\n\n${secretOf('text')}\n`;
  const open = '---\ntitle: Open\ndate: 2024-01-02\n---\n\nOpen.\n';
  const sites: Record<string, Record<string, string>> = {
    hugo: {
      'hugo.toml': 'title = "x"\n',
      'content/a.md': draft('draft: true\n'),
      'content/b.md': draft('draft: "true"\n'),
      'content/open.md': open,
      'content/e.md': draft('expiryDate: 2024-02-01\n'),
      'content/f.md': draft('publishDate: 2031-01-01\n'),
    },
    jekyll: {
      '_config.yml': 'title: x\n',
      '_posts/2024-01-02-a.md': draft('published: false\n'),
      '_drafts/b.md': draft(''),
      '_posts/2024-01-02-open.md': open,
    },
    pelican: {
      'pelicanconf.py': '',
      'content/a.md': `Title: ${secretOf('title')}\nDate: 2024-01-02\nStatus: draft\n\n${secretOf('text')}\n`,
      'content/b.md': `Title: ${secretOf('title')}\nDate: 2024-01-02\nStatus: hidden\n\n${secretOf('text')}\n`,
      'content/open.md': 'Title: Open\nDate: 2024-01-02\n\nOpen.\n',
    },
  };
  for (const [name, files] of Object.entries(sites)) {
    const text = await publishedText(await importFrom(makeArchive(files)));
    expect(text, name).toContain('Open.');
    expect(secretsIn(text), name).toEqual([]);
  }
});

test('a picture that only private stories show is not in the built site', async () => {
  const source = join(archives, 'wordpress/source');
  const items = [
    { id: 1 },
    {
      id: 2,
      status: 'private',
      content: '<img src="https://old.example/wp-content/uploads/2024/03/red.png" alt="Red">',
    },
  ];
  const folder = makeArchive({
    'export.xml': wordPressExport(items),
    'uploads/2024/03/red.png': readFileSync(join(source, 'uploads/2024/03/red.png')),
  });
  const imported = await importFrom(folder);
  expect(Object.keys(contentOf(imported.root))).toContain('content/media/2024/03/red.png');
  await publishedText(imported);
  const pictures = join(imported.root, 'dist/pictures');
  expect(existsSync(pictures) && statSync(pictures).isDirectory() ? readdirSync(pictures) : []).toEqual([]);
});

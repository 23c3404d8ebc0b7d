/** Reads Ghost's JSON exports, versions 2 to 6. */
import { posix } from 'node:path';
import { readText, sizeOf } from '../../disk/files.ts';
import { lexicalHtml, mobiledocHtml } from '../ghost-documents.ts';
import type { ImportedItem, ImportedStory, ImportSource, Reader, StoryState } from '../model.ts';
import { startOfFile } from '../start-of-file.ts';

type Row = Readonly<Record<string, unknown>>;
type Tables = Readonly<Record<string, readonly Row[] | undefined>>;

/** Largest file, in bytes: V8 cannot hold longer texts. */
const sizeLimit = 500_000_000;

const isExport = (head: string): boolean =>
  /^\s*\{/.test(head) &&
  /"(?:db|meta|data)"\s*:/.test(head) &&
  /"(?:exported_on|posts|version)"\s*:/.test(head);

function fileOf({ path, isFolder, files, head }: ImportSource): string | undefined {
  if (!isFolder) return isExport(head) ? path : undefined;
  const name = files.find(
    file => /\.json$/i.test(file) && !file.includes('/') && isExport(startOfFile(posix.join(path, file))),
  );
  return name === undefined ? undefined : posix.join(path, name);
}

export const ghost: Reader = {
  name: 'ghost',
  label: 'Ghost export',
  detect: source => fileOf(source) !== undefined,
  *read(source) {
    const path = fileOf(source)!;
    const place = { file: posix.basename(path), line: 1 };
    if (sizeOf(path) > sizeLimit) {
      yield {
        kind: 'problem',
        place,
        reason: `The file has more than ${sizeLimit / 1e6} MB. Export the stories in parts.`,
      };
      return;
    }
    let data: Tables;
    try {
      data = tablesOf(JSON.parse(readText(path)));
    } catch (error) {
      yield {
        kind: 'problem',
        place,
        reason: `The JSON is wrong: ${(error as Error).message}. Export the file again.`,
      };
      return;
    }
    yield* itemsOf(data, place);
  },
};

function tablesOf(json: unknown): Tables {
  const { db, data } = json as { db?: { data?: Tables }[]; data?: Tables };
  const tables = db?.[0]?.data ?? data ?? {};
  const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row);
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, Array.isArray(rows) ? rows.filter(isRow) : []]),
  );
}

const text = (row: Row | undefined, key: string): string | undefined => {
  const value = row?.[key];
  return typeof value === 'string' && value.trim() !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;
};

function* itemsOf(data: Tables, place: { file: string; line: number }): Iterable<ImportedItem> {
  const settings = new Map((data.settings ?? []).map(row => [text(row, 'key'), text(row, 'value')]));
  yield {
    kind: 'site',
    site: {
      name: settings.get('title'),
      tagline: settings.get('description'),
      lang: settings.get('locale') ?? settings.get('lang') ?? settings.get('default_locale'),
      timeZone: settings.get('timezone') ?? settings.get('active_timezone') ?? settings.get('activeTimezone'),
    },
  };
  yield* menuOf(settings.get('navigation'));
  for (const user of data.users ?? []) {
    const slug = text(user, 'slug') ?? text(user, 'name') ?? 'author';
    yield {
      kind: 'author',
      author: {
        key: text(user, 'id') ?? slug,
        name: text(user, 'name') ?? slug,
        slug,
        url: text(user, 'website'),
        about: text(user, 'bio'),
        urls: [`/author/${slug}/`],
      },
    };
  }
  for (const tag of data.tags ?? []) {
    const slug = text(tag, 'slug') ?? '';
    // Tags that begin with # are internal.
    if (slug === '' || slug.startsWith('hash-')) continue;
    yield {
      kind: 'term',
      term: {
        key: text(tag, 'id') ?? slug,
        name: text(tag, 'name') ?? slug,
        slug,
        kind: 'category',
        description: text(tag, 'description'),
        urls: [`/tag/${slug}/`],
      },
    };
  }
  const related = relationsOf(data);
  for (const post of data.posts ?? []) yield { kind: 'story', story: storyOf(post, related, place) };
}

function* menuOf(json: string | undefined): Iterable<ImportedItem> {
  try {
    for (const { label, url } of JSON.parse(json ?? '[]') as { label?: string; url?: string }[])
      if (label && url) yield { kind: 'menu', item: { menu: 'main', text: label, target: { url } } };
  } catch {
    // A menu that cannot be read is replaced by the desks.
  }
}

interface Relations {
  authors: ReadonlyMap<string, string[]>;
  tags: ReadonlyMap<string, string[]>;
  meta: ReadonlyMap<string, Row>;
}

/** Authors and tags of each post, in order. */
function relationsOf(data: Tables): Relations {
  const collect = (rows: readonly Row[] = [], key: string) => {
    const map = new Map<string, string[]>();
    for (const row of rows.toSorted((a, b) => Number(a.sort_order ?? 0) - Number(b.sort_order ?? 0))) {
      const [post, other] = [text(row, 'post_id'), text(row, key)];
      if (post !== undefined && other !== undefined) map.set(post, [...(map.get(post) ?? []), other]);
    }
    return map;
  };
  return {
    authors: collect(data.posts_authors, 'author_id'),
    tags: collect(data.posts_tags, 'tag_id'),
    meta: new Map((data.posts_meta ?? []).map(row => [text(row, 'post_id') ?? '', row])),
  };
}

function stateOf(post: Row, meta: Row | undefined): StoryState {
  const status = text(post, 'status');
  if (status === 'sent' || meta?.email_only === true || meta?.email_only === 1) return 'email-only';
  if (status === 'scheduled') return 'scheduled';
  if (status !== 'published') return 'draft';
  const visibility = text(post, 'visibility') ?? 'public';
  return visibility === 'public' ? 'published' : visibility === 'members' ? 'members' : 'paid';
}

const notes: Partial<Record<StoryState, string>> = {
  members: 'Only members could read this story in Ghost.',
  paid: 'Only paying members could read this story in Ghost.',
  'email-only': 'Was only sent by e-mail.',
  scheduled: 'Was scheduled in Ghost. Remove "draft: true" to publish it at its date.',
};

/** Ghost writes this instead of the site's address. */
const withoutHost = (html: string): string => html.replaceAll('__GHOST_URL__', '');

function storyOf(
  post: Row,
  { authors, tags, meta }: Relations,
  place: { file: string; line: number },
): ImportedStory {
  const id = text(post, 'id') ?? text(post, 'slug') ?? '';
  const own = meta.get(id) ?? post;
  const state = stateOf(post, own);
  const slug = text(post, 'slug') ?? id;
  const image = text(post, 'feature_image') ?? text(post, 'image');
  const caption = text(own, 'feature_image_caption');
  const html =
    text(post, 'html') ?? lexicalHtml(text(post, 'lexical')) ?? mobiledocHtml(text(post, 'mobiledoc')) ?? '';
  const isPage = text(post, 'type') === 'page' || post.page === true || post.page === 1;
  return {
    id,
    kind: isPage ? 'page' : 'story',
    place,
    title: text(post, 'title') ?? slug,
    slug,
    standfirst: text(post, 'custom_excerpt'),
    seoTitle: text(own, 'meta_title'),
    seoDescription: text(own, 'meta_description'),
    published: text(post, 'published_at') ?? text(post, 'created_at'),
    updated: text(post, 'updated_at'),
    state,
    ...((post.featured === true || post.featured === 1) && { prominence: 'high' as const }),
    authors: authors.get(id) ?? [text(post, 'author_id') ?? []].flat(),
    terms: tags.get(id) ?? [],
    ...(image !== undefined && {
      lead: {
        src: withoutHost(image),
        alt: text(own, 'feature_image_alt'),
        caption: caption && withoutTags(caption),
      },
    }),
    urls: state === 'published' || state === 'members' || state === 'paid' ? [`/${slug}/`] : [],
    body: { format: 'html', text: withoutHost(html) },
    ...(notes[state] !== undefined && { note: notes[state] }),
  };
}

const withoutTags = (html: string): string => html.replace(/<[^>]*>/g, '');

/** Reads Substack's exports: the zip archive, or the folder that it unpacks to. */
import { posix } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readBytes, readStart } from '../../disk/files.ts';
import { readZip } from '../../disk/zip.ts';
import type { ImportedItem, ImportedStory, ImportSource, Reader, StoryState } from '../model.ts';

const limits = { entries: 200_000, bytes: 1_000_000_000 };
const isPost = (name: string): boolean => /(?:^|\/)(?:posts\.csv|posts\/[^/]+\.html)$/.test(name);

export const substack: Reader = {
  name: 'substack',
  label: 'Substack export',
  detect: ({ path, isFolder, files }) =>
    isFolder
      ? files.includes('posts.csv')
      : /\.zip$/i.test(path) && readStart(path, 2).toString('latin1') === 'PK',
  async *read(source) {
    let files: ReadonlyMap<string, Uint8Array>;
    try {
      files = await filesOf(source);
    } catch (error) {
      yield {
        kind: 'problem',
        place: { file: posix.basename(source.path) },
        reason: `The archive cannot be read: ${(error as Error).message}. Unpack it and import the folder.`,
      };
      return;
    }
    yield* itemsOf(files);
  },
};

async function filesOf({ path, isFolder, files }: ImportSource): Promise<ReadonlyMap<string, Uint8Array>> {
  if (!isFolder) return readZip(path, isPost, limits);
  return new Map(files.filter(isPost).map(name => [name, readBytes(posix.join(path, name))]));
}

const text = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes ?? new Uint8Array()).toString('utf8');

function* itemsOf(files: ReadonlyMap<string, Uint8Array>): Iterable<ImportedItem> {
  const table = [...files.keys()].find(name => name.endsWith('posts.csv'));
  if (table === undefined) {
    yield {
      kind: 'problem',
      place: { file: 'posts.csv' },
      reason: 'The export has no posts.csv. Import the archive that Substack sent.',
    };
    return;
  }
  let rows: Record<string, string>[];
  try {
    rows = parse(text(files.get(table)), {
      columns: true,
      skip_empty_lines: true,
      relax_column_count: true,
      bom: true,
    });
  } catch (error) {
    yield {
      kind: 'problem',
      place: { file: table },
      reason: `The table is wrong: ${(error as Error).message}. Export it again.`,
    };
    return;
  }
  const folder = table.slice(0, -'posts.csv'.length);
  for (const [index, row] of rows.entries()) {
    const name = `${folder}posts/${row.post_id}.html`;
    const place = { file: table, line: index + 2 };
    if (row.type === 'thread' && !files.has(name))
      yield { kind: 'left-out', what: 'threads', place, example: row.title ?? '' };
    else if (!files.has(name) && row.title === '')
      yield { kind: 'left-out', what: 'posts without text and title', place, example: row.post_id ?? '' };
    else yield { kind: 'story', story: storyOf(row, text(files.get(name)), place) };
  }
}

function stateOf({ is_published, audience, type }: Record<string, string>): StoryState {
  if (!/^true$/i.test(is_published ?? '')) return 'draft';
  if (type === 'adhoc_email') return 'email-only';
  if (audience === 'only_free') return 'members';
  // Any other audience pays.
  return audience === 'everyone' || audience === '' || audience === undefined ? 'published' : 'paid';
}

function storyOf(row: Record<string, string>, html: string, place: ImportedStory['place']): ImportedStory {
  const {
    post_id: id = '',
    title = '',
    subtitle = '',
    post_date: date = '',
    podcast_url: podcast = '',
    type,
  } = row;
  const slug = id.replace(/^\d+\./, '') || id;
  const state = stateOf(row);
  const audio =
    podcast === '' || html.includes(podcast)
      ? ''
      : `<audio src="${podcast.replace(/"/g, '&quot;')}" title="${title.replace(/"/g, '&quot;')}"></audio>`;
  return {
    id,
    kind: type === 'page' ? 'page' : 'story',
    place,
    title: title || slug,
    slug,
    standfirst: subtitle || undefined,
    published: date || undefined,
    state,
    authors: [],
    terms: [],
    urls: state === 'draft' ? [] : [`/p/${slug}`],
    body: { format: 'html', text: audio + html },
    ...(state === 'paid' && { note: 'Only paying subscribers could read this story on Substack.' }),
    ...(state === 'email-only' && { note: 'Was only sent by e-mail.' }),
    ...(state === 'members' && { note: 'Only subscribers could read this story on Substack.' }),
  };
}

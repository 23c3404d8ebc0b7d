/** Finds the newsroom's files that come from an item, or show a picture. */
import { join } from 'node:path';
import { readStart, readText } from '../../disk/files.ts';
import { listFiles } from '../../disk/list-files.ts';
import { guidLine } from './story.ts';

/** Number of bytes in which the comment at the top of a story is expected. */
const commentSize = 16_000;

const markdownIn = (root: string, folder: string): string[] =>
  listFiles(root, folder, { onUnreadable() {} }).filter(path => path.endsWith('.md'));

/** Stories whose comment names one of the guids, wherever the newsroom has moved them. */
export function storiesFrom(root: string, guids: readonly string[]): string[] {
  const lines = guids.map(guid => `\n# ${guidLine(guid)}\n`);
  return markdownIn(root, 'content/articles').filter(path => {
    const head = readStart(join(root, path), commentSize).toString('utf8').replace(/\r\n/g, '\n');
    return lines.some(line => head.includes(line));
  });
}

/** Files in content/ whose text contains the name of a picture, by the picture. */
export function filesWith(root: string, pictures: readonly string[]): Map<string, string[]> {
  const names = pictures.map(picture => {
    const name = picture.split('/').at(-1)!;
    return { picture, written: [...new Set([name, encodeURI(name)])] };
  });
  const uses = new Map<string, string[]>(pictures.map(picture => [picture, []]));
  for (const path of pictures.length === 0 ? [] : markdownIn(root, 'content')) {
    const text = readText(join(root, path));
    for (const { picture, written } of names)
      if (written.some(name => text.includes(name))) uses.get(picture)!.push(path);
  }
  return uses;
}

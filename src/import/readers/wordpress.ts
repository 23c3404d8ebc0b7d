/** Reads WordPress exports (WXR 1.0 to 1.2): a file, or a folder with such files and perhaps `uploads/`. */
import { posix } from 'node:path';
import type { ImportedItem, ImportSource, Reader, ReaderOptions } from '../model.ts';
import { startOfFile } from '../start-of-file.ts';
import { createRecordReader, type XmlRecord } from '../xml-records.ts';
import { itemsOf } from './wordpress-items.ts';

const isExport = (head: string): boolean =>
  /<rss\b/.test(head) && /xmlns:wp="|wordpress\.org\/export/.test(head);

/** Export files of a source. WordPress splits large exports into several. */
function exportsOf({ path, isFolder, files, head }: ImportSource): string[] {
  if (!isFolder) return isExport(head) ? [path] : [];
  return files
    .filter(file => /\.(?:xml|wxr)$/i.test(file) && file.split('/').length <= 2)
    .map(file => posix.join(path, file))
    .filter(file => isExport(startOfFile(file)));
}

/** Elements that are read as a whole. Everything else of the channel is read by name. */
const records = new Set(['item', 'wp:author', 'wp:category', 'wp:tag', 'wp:term']);

export const wordpress: Reader = {
  name: 'wordpress',
  label: 'WordPress export',
  detect: source => exportsOf(source).length > 0,
  async *read(source: ImportSource, options: ReaderOptions): AsyncIterable<ImportedItem> {
    for (const file of exportsOf(source)) {
      const name = source.isFolder ? posix.relative(source.path, file) : posix.basename(file);
      for await (const record of createRecordReader(file, records, { channel: 'channel' })) {
        if ('problem' in record)
          yield { kind: 'problem', place: { file: name, line: record.line }, reason: record.problem };
        else yield* itemsOf(record as XmlRecord, name, options);
      }
    }
  },
};

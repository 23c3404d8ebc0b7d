/** Reads zip archives within limits, because a small archive can contain terabytes. */
import { open, type ZipFile } from 'yauzl';

export interface ZipLimits {
  /** Most entries. */
  entries: number;
  /** Most bytes of all files together, unpacked. */
  bytes: number;
}

/**
 * Reads files of an archive into memory.
 * @param select whether to read the file with a name
 * @returns contents by name, which never contains `..` and never begins with a slash
 * @throws Error if the archive is damaged or exceeds a limit
 */
export async function readZip(
  path: string,
  select: (name: string) => boolean,
  limits: ZipLimits,
): Promise<Map<string, Buffer>> {
  const zip = await openZip(path);
  const files = new Map<string, Buffer>();
  let [entries, bytes] = [0, 0];
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      zip.close();
      reject(error);
    };
    zip.on('error', fail);
    zip.on('end', () => resolve(files));
    zip.on('entry', entry => {
      if (++entries > limits.entries)
        return fail(new Error(`it has more than ${limits.entries.toLocaleString('en')} files`));
      if (entry.fileName.endsWith('/') || !select(entry.fileName)) return zip.readEntry();
      bytes += entry.uncompressedSize;
      if (bytes > limits.bytes)
        return fail(
          new Error(
            `its files have more than ${(limits.bytes / 1e6).toLocaleString('en')} MB when they are unpacked`,
          ),
        );
      zip.openReadStream(entry, (error, stream) => {
        if (error) return fail(error);
        const pieces: Buffer[] = [];
        // yauzl ends the stream with an error if there are more bytes than the archive says.
        stream.on('error', fail);
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          files.set(entry.fileName, Buffer.concat(pieces));
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
}

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });

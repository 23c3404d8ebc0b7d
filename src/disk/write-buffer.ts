/** Texts and bytes on their way into a file: gathered in memory that serves again, since large new memory is slow to come by. */

/** Bytes that are gathered before they are written. */
const chunkSize = 1 << 20;

export interface Gatherer {
  /** @returns what was added as bytes, UTF-8, which hold until the next call */
  add(data: string | Uint8Array): Buffer;
  /** Writes what is still to be written. */
  flush(): void;
}

/** @param write takes bytes that hold until it returns */
export function createGatherer(write: (bytes: Buffer) => void): Gatherer {
  let buffer = Buffer.alloc(0);
  let filled = 0;
  const flush = () => {
    const bytes = buffer.subarray(0, filled);
    filled = 0;
    if (bytes.length > 0) write(bytes);
  };
  return {
    add(data) {
      // UTF-8 takes at most three bytes for a unit of UTF-16.
      const most = typeof data === 'string' ? data.length * 3 : data.length;
      if (filled + most > buffer.length) {
        flush();
        if (most > buffer.length) buffer = Buffer.allocUnsafe(Math.max(most, chunkSize));
      }
      const start = filled;
      if (typeof data === 'string') filled += buffer.write(data, start);
      else {
        buffer.set(data, start);
        filled += data.length;
      }
      return buffer.subarray(start, filled);
    },
    flush,
  };
}

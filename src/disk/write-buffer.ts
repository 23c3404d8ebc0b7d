/**
 * Buffer that collects many small writes to a file. Reuses its memory, because allocating large blocks is
 * slow.
 */

/** Number of bytes to collect before writing. */
const chunkSize = 1 << 20;

export interface WriteBuffer {
  /**
   * Adds data.
   * @returns the data as UTF-8 bytes, valid until the next call
   */
  add(data: string | Uint8Array): Buffer;
  /** Writes the collected bytes. */
  flush(): void;
}

/** Creates an empty buffer. @param write receives bytes that are valid only until it returns */
export function createWriteBuffer(write: (bytes: Buffer) => void): WriteBuffer {
  let buffer = Buffer.alloc(0);
  let filled = 0;
  const flush = () => {
    const bytes = buffer.subarray(0, filled);
    filled = 0;
    if (bytes.length > 0) write(bytes);
  };
  return {
    add(data) {
      // UTF-8 takes at most three bytes per UTF-16 code unit.
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

/**
 * Adds XMP packets to PNG files. The standard puts them into an uncompressed `iTXt` chunk (XMP part 3,
 * 1.1.5); libvips writes a `zTXt` chunk, which other programs ignore.
 */
import { crc32, inflateSync } from 'node:zlib';

/** Number of bytes in the signature and the IHDR chunk, with which every PNG begins. */
const headLength = 33;

/** Number of bytes in a chunk besides its data: its length, its type and a checksum. */
const frameLength = 12;

const metadataTypes = new Set(['eXIf', 'iTXt', 'tEXt', 'zTXt']);

/**
 * Copies a PNG without its pixels, and without metadata that is too large for a picture's rights.
 * @param limit maximum size of the metadata in bytes, after decompression
 */
export function pngMetadata(png: Uint8Array, limit: number): Buffer {
  const kept: Uint8Array[] = [png.subarray(0, headLength)];
  let free = limit;
  for (const { type, data, whole } of metadataChunks(png)) {
    const size = frameLength + textLength(type, data, free);
    if (size > free) continue;
    kept.push(whole);
    free -= size;
  }
  return Buffer.concat([...kept, Buffer.from('0000000049454e44ae426082', 'hex')]);
}

/** Maximum number of metadata chunks in a PNG. No program writes as many. */
const mostTexts = 1000;

/** Whether a file is a PNG with so many metadata chunks that reading them would take long. */
export function hasManyTexts(bytes: Uint8Array): boolean {
  if (Buffer.from(bytes.subarray(0, 8)).toString('hex') !== '89504e470d0a1a0a') return false;
  let count = 0;
  for (const _ of metadataChunks(bytes)) if (++count > mostTexts) return true;
  return false;
}

function* metadataChunks(png: Uint8Array): Generator<{ type: string; data: Buffer; whole: Buffer }> {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.length);
  for (let at = headLength; at + frameLength <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + frameLength + bytes.readUInt32BE(at);
    if (metadataTypes.has(type))
      yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    at = end;
  }
}

/** Length of a chunk's data after decompression, or more than `limit`. */
function textLength(type: string, data: Buffer, limit: number): number {
  if (data.length > limit) return data.length;
  const keyword = data.indexOf(0);
  const isCompressed = type === 'zTXt' || (type === 'iTXt' && data[keyword + 1] === 1);
  if (!isCompressed) return data.length;
  // The compressed text follows the compression method; in iTXt, also a language tag and a translated keyword.
  const start = type === 'zTXt' ? keyword + 2 : data.indexOf(0, data.indexOf(0, keyword + 3) + 1) + 1;
  try {
    return inflateSync(data.subarray(start), { maxOutputLength: Math.max(1, limit) }).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Copies a PNG and adds an XMP packet. Keeps an existing packet, so `png` should have none in `iTXt`. */
export function pngWithXmp(png: Uint8Array, packet: string): Buffer {
  // Fields of an iTXt chunk: keyword, compression flag 0, compression method 0, no language tag, no
  // translated keyword.
  const text = Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${packet}`);
  const body = Buffer.concat([Buffer.from('iTXt'), text]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(text.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, headLength), length, body, checksum, png.subarray(headLength)]);
}

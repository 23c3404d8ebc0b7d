/**
 * Writes an XMP packet into an encoded picture, without encoding it again. So a photo that stories credit
 * differently is encoded once. Follows XMP part 3 (embedding in files).
 */
import type { PictureFormat } from '../site/pictures.ts';
import { pngWithXmp } from './png.ts';

/**
 * Packet that WebP and AVIF files are encoded with, so that they have a place for the real one. JPEG and PNG files
 * are encoded without a packet.
 */
export const placeholder = '<x/>';

/** Whether files of a format are encoded with the placeholder. */
export const needsPlaceholder = (format: PictureFormat): boolean => format === 'webp' || format === 'avif';

/**
 * Writes a packet into a file that `derivatives.ts` encoded.
 * @param packet at most 65,000 bytes in UTF-8
 * @throws Error if the file's structure is not the one that the encoder writes
 */
export function withPacket(bytes: Uint8Array, format: PictureFormat, packet: string): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (format) {
    case 'jpeg':
      return jpegWithXmp(file, packet);
    case 'png':
      return pngWithXmp(file, packet);
    case 'webp':
      return webpWithXmp(file, packet);
    case 'avif':
      return avifWithXmp(file, packet);
    case 'svg':
      return file;
  }
}

/** Inserts an APP1 segment after the start of the image. */
function jpegWithXmp(file: Buffer, packet: string): Buffer {
  const body = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([file.subarray(0, 2), head, body, file.subarray(2)]);
}

/** Replaces the last chunk, which has the placeholder. */
function webpWithXmp(file: Buffer, packet: string): Buffer {
  const start = file.length - 8 - placeholder.length;
  if (file.toString('latin1', start, start + 4) !== 'XMP ') throw unexpected('WebP');
  const body = Buffer.from(packet);
  const head = Buffer.from('XMP \0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  const padding = Buffer.alloc(body.length % 2);
  const result = Buffer.concat([file.subarray(0, start), head, body, padding]);
  result.writeUInt32LE(result.length - 8, 4);
  return result;
}

/** Finds a box (ISO/IEC 14496-12) with 32-bit size among those from `start` to `end`. */
function findBox(file: Buffer, type: string, start: number, end: number): { start: number; end: number } {
  for (let at = start; at + 8 <= end; ) {
    const size = file.readUInt32BE(at);
    if (size < 8) break;
    if (file.toString('latin1', at + 4, at + 8) === type) return { start: at, end: at + size };
    at += size;
  }
  throw unexpected('AVIF');
}

/**
 * Replaces the last item, which has the placeholder. It ends the file, so no other offset changes: only the length
 * of the item in `iloc`, and of the box `mdat` that contains it.
 */
function avifWithXmp(file: Buffer, packet: string): Buffer {
  const start = file.length - placeholder.length;
  const media = findBox(file, 'mdat', 0, file.length);
  if (media.end !== file.length || file.toString('latin1', start) !== placeholder) throw unexpected('AVIF');
  const meta = findBox(file, 'meta', 0, file.length);
  const locations = findBox(file, 'iloc', meta.start + 12, meta.end);
  const body = Buffer.from(packet);
  const result = Buffer.concat([file.subarray(0, start), body]);
  result.writeUInt32BE(media.end - media.start - placeholder.length + body.length, media.start);
  result.writeUInt32BE(body.length, placeOfLength(file, locations.start, start));
  return result;
}

/**
 * Place of the length of the item that begins at an offset. The encoder writes `iloc` in version 0, with four bytes
 * for offsets, lengths and base offsets, and one extent per item.
 */
function placeOfLength(file: Buffer, iloc: number, offset: number): number {
  if (file.readUInt32BE(iloc + 8) !== 0 || file.readUInt16BE(iloc + 12) !== 0x4440) throw unexpected('AVIF');
  const count = file.readUInt16BE(iloc + 14);
  for (let index = 0, at = iloc + 16; index < count; index++, at += 18) {
    if (file.readUInt16BE(at + 8) !== 1) throw unexpected('AVIF');
    if (file.readUInt32BE(at + 4) + file.readUInt32BE(at + 10) === offset) return at + 14;
  }
  throw unexpected('AVIF');
}

const unexpected = (format: string): Error =>
  new Error(`The encoder writes ${format} files in an unexpected form`);

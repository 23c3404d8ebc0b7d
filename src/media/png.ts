/** A PNG's XMP packet where the standard has it: in an `iTXt` chunk, as it is (XMP part 3, 1.1.5). libvips writes and reads a `zTXt`, which others pass over. */
import { crc32 } from 'node:zlib';

/** The signature and the chunk IHDR, which every PNG begins with. */
const headLength = 33;

/** @param png without a packet of its own */
export function pngWithXmp(png: Uint8Array, packet: string): Buffer {
  // Keyword; not compressed, by no method; no language; no translated keyword.
  const text = Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${packet}`);
  const body = Buffer.concat([Buffer.from('iTXt'), text]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(text.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, headLength), length, body, checksum, png.subarray(headLength)]);
}

/**
 * Adds XMP packets to PNG files. The standard puts them into an uncompressed `iTXt` chunk (XMP part 3,
 * 1.1.5); libvips writes a `zTXt` chunk, which other programs ignore.
 */
import { crc32 } from 'node:zlib';

/** Number of bytes in the signature and the IHDR chunk, with which every PNG begins. */
const headLength = 33;

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

/** Photographs for tests: drawn by sharp, with the metadata blocks that cameras and agencies write. */
import sharp from 'sharp';

export interface PhotoOptions {
  width?: number;
  height?: number;
  /** EXIF orientation, 1 to 8: how to rotate the pixels for display. */
  orientation?: number;
  /** IPTC-IIM texts by the number of their data set, in record 2. */
  iptc?: Record<number, string | string[]>;
  /** Properties of an XMP packet, as they appear within `rdf:Description`. */
  xmp?: string;
  /** Whether to include a GPS position, the camera's serial number and an artist. */
  exif?: boolean;
  format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff';
}

/**
 * Draws a photograph whose corners, when displayed upright, are red, green, blue and white, clockwise from
 * the upper left, over coloured noise.
 */
export async function makePhoto(options: PhotoOptions = {}): Promise<Uint8Array> {
  const { width = 400, height = 300, orientation = 1, format = 'jpeg' } = options;
  const upright = await sharp(noise(width, height), { raw: { width, height, channels: 3 } })
    .composite(await corners(width, height))
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
  let picture = sharp(await turnedBack(upright, orientation));
  if (orientation !== 1) picture = picture.withMetadata({ orientation });
  if (options.exif)
    picture = picture.withExif({
      IFD0: {
        Artist: 'Erika Exif',
        Copyright: 'EXIF rights',
        BodySerialNumber: 'SERIAL-4711',
        Make: 'Camera',
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 3230/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '0/1 7/1 4366/100',
      },
    });
  if (options.xmp) picture = picture.withXmp(packet(options.xmp));
  const bytes = await picture.toFormat(format, format === 'png' ? {} : { quality: 92 }).toBuffer();
  return options.iptc ? withIptc(bytes, options.iptc) : bytes;
}

/** Generates a smooth random field of colours, which is the same for the same size. */
function noise(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  let state = 12345;
  for (let at = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        const wave = Math.sin((x * (channel + 1)) / 37) + Math.cos((y * (3 - channel)) / 53);
        data[at++] = Math.round(128 + wave * 50 + ((state >> 16) & 15));
      }
    }
  }
  return data;
}

async function corners(width: number, height: number) {
  const size = Math.max(1, Math.round(Math.min(width, height) / 4));
  const square = (color: string, left: number, top: number) => ({
    input: { create: { width: size, height: size, channels: 3 as const, background: color } },
    left,
    top,
  });
  return [
    square('#f00', 0, 0),
    square('#0f0', width - size, 0),
    square('#00f', width - size, height - size),
    square('#fff', 0, height - size),
  ];
}

/** Rotates the pixels as a rotated camera stores them: the inverse of what EXIF 2.3 tells a viewer to do. */
async function turnedBack(upright: Uint8Array, orientation: number): Promise<Uint8Array> {
  const turn = (degrees: number, flop = false) => {
    const picture = sharp(upright);
    return (flop ? picture.flop() : picture).rotate(degrees).png({ compressionLevel: 1 }).toBuffer();
  };
  switch (orientation) {
    case 2:
      return sharp(upright).flop().png().toBuffer();
    case 3:
      return turn(180);
    case 4:
      return sharp(upright).flip().png().toBuffer();
    case 5:
      // Orientation 5 is transposed, which is its own inverse.
      return sharp(await turn(90))
        .flop()
        .png()
        .toBuffer();
    case 6:
      return turn(270);
    case 7:
      return sharp(await turn(270))
        .flop()
        .png()
        .toBuffer();
    case 8:
      return turn(90);
    default:
      return upright;
  }
}

const packet = (properties: string): string =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/">${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

export const agencyXmp =
  '<dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator>' +
  '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2025 Agency &amp; Sons</rdf:li></rdf:Alt></dc:rights>' +
  '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The council votes.</rdf:li></rdf:Alt></dc:description>' +
  '<photoshop:Credit>Agency</photoshop:Credit>' +
  '<xmpRights:WebStatement>https://agency.example/licence</xmpRights:WebStatement>' +
  '<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Editorial use only</rdf:li></rdf:Alt></xmpRights:UsageTerms>' +
  '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://agency.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>' +
  '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Hands are raised</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>' +
  '<exif:GPSLatitude>51,30.5N</exif:GPSLatitude><aux:SerialNumber>SERIAL-4712</aux:SerialNumber>';

/**
 * Adds IPTC-IIM 4.2 to a JPEG's APP13 segment, like Photoshop: an image resource 0x0404 that contains data
 * sets of record 2, and a record 1 that declares UTF-8.
 */
export function withIptc(jpeg: Uint8Array, texts: Record<number, string | string[]>): Uint8Array {
  const dataSet = (record: number, number: number, value: Buffer) => {
    const head = Buffer.from([0x1c, record, number, 0, 0]);
    head.writeUInt16BE(value.length, 3);
    return Buffer.concat([head, value]);
  };
  const sets = Buffer.concat([
    dataSet(1, 90, Buffer.from([0x1b, 0x25, 0x47])),
    ...Object.entries(texts).flatMap(([number, text]) =>
      [text].flat().map(one => dataSet(2, Number(number), Buffer.from(one))),
    ),
  ]);
  const padded = sets.length % 2 === 0 ? sets : Buffer.concat([sets, Buffer.alloc(1)]);
  const resource = Buffer.alloc(12);
  resource.write('8BIM', 0, 'latin1');
  resource.writeUInt16BE(0x0404, 4);
  resource.writeUInt32BE(sets.length, 8);
  const body = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resource, padded]);
  const segment = Buffer.from([0xff, 0xed, 0, 0]);
  segment.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, body, jpeg.subarray(2)]);
}

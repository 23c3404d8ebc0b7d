import sharp from 'sharp';

/** Creates a portrait of 1000 by 1500 pixels with many colours, as PNG. */
export function tallPicture(): Promise<Buffer> {
  const [width, height] = [1000, 1500];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7 + Math.floor(i / 3000) * 13) % 251;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(8)
    .png()
    .toBuffer();
}

/** Draws the gallery's photographs: skies, hills, streets and faces with a camera's grain. */
import sharp from 'sharp';
import { createRandom, type Random } from './random.ts';

export type Scene = 'hills' | 'street' | 'harbour' | 'face';

const colour = (hue: number, saturation: number, light: number) =>
  `hsl(${Math.round(hue)} ${Math.round(saturation)}% ${Math.round(light)}%)`;

interface Canvas {
  width: number;
  height: number;
  random: Random;
}

function sky({ width, height, random }: Canvas): string {
  const hue = random.pick([205, 215, 28, 260, 190]);
  return `<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${colour(hue, 45, 38)}"/><stop offset="1" stop-color="${colour(hue - 20, 50, 82)}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#s)"/><circle cx="${width * random.next()}" cy="${height * 0.28}" r="${height * 0.06}" fill="${colour(45, 90, 88)}" opacity=".8"/>`;
}

function hills(canvas: Canvas): string {
  const { width, height, random } = canvas;
  const layers = [0, 1, 2, 3].map(layer => {
    const base = height * (0.5 + layer * 0.13);
    const points = Array.from({ length: 25 }, (_, index) => {
      const x = (width * index) / 24;
      const y = base + Math.sin(index * (0.5 + layer * 0.2) + random.next() * 2) * height * 0.05;
      return `${Math.round(x)},${Math.round(y)}`;
    });
    return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="${colour(95 + layer * 12, 30, 46 - layer * 9)}"/>`;
  });
  return sky(canvas) + layers.join('');
}

function street(canvas: Canvas): string {
  const { width, height, random } = canvas;
  let houses = '';
  for (let x = 0; x < width; ) {
    const wide = width * (0.08 + random.next() * 0.12);
    const top = height * (0.15 + random.next() * 0.4);
    houses += `<rect x="${x}" y="${top}" width="${wide}" height="${height - top}" fill="${colour(random.pick([18, 30, 42, 210, 350]), 28, 30 + random.next() * 38)}"/>`;
    for (let y = top + height * 0.05; y < height * 0.8; y += height * 0.09)
      for (let w = x + wide * 0.12; w < x + wide * 0.85; w += wide * 0.25)
        houses += `<rect x="${w}" y="${y}" width="${wide * 0.13}" height="${height * 0.05}" fill="${colour(48, 60, random.next() > 0.6 ? 75 : 18)}"/>`;
    x += wide;
  }
  return `${sky(canvas)}${houses}<rect y="${height * 0.86}" width="${width}" height="${height}" fill="${colour(220, 8, 32)}"/>`;
}

function harbour(canvas: Canvas): string {
  const { width, height, random } = canvas;
  const boats = Array.from({ length: 6 }, () => {
    const x = width * random.next();
    const y = height * (0.6 + random.next() * 0.25);
    const size = width * (0.05 + random.next() * 0.07);
    return `<path d="M${x} ${y}h${size}l${-size * 0.2} ${size * 0.25}h${-size * 0.6}z" fill="${colour(random.pick([5, 210, 130]), 55, 38)}"/><path d="M${x + size / 2} ${y}v${-size * 1.2}l${size * 0.4} ${size}z" fill="${colour(40, 30, 92)}"/>`;
  });
  return `${sky(canvas)}<rect y="${height * 0.56}" width="${width}" height="${height}" fill="${colour(200, 35, 36)}"/>${boats.join('')}`;
}

/** Head and shoulders, in the upper half of a tall picture. */
function face({ width, height, random }: Canvas): string {
  const hue = random.whole(0, 359);
  const skin = colour(random.pick([22, 26, 30]), 45, random.pick([38, 55, 70, 78]));
  const x = width / 2;
  const y = height * 0.34;
  const size = Math.min(width, height) * 0.2;
  return `<rect width="${width}" height="${height}" fill="${colour(hue, 18, 58)}"/><ellipse cx="${x}" cy="${y + size * 3.2}" rx="${size * 2.1}" ry="${size * 1.9}" fill="${colour(hue + 140, 30, 28)}"/><rect x="${x - size * 0.35}" y="${y + size * 0.5}" width="${size * 0.7}" height="${size}" fill="${skin}"/><ellipse cx="${x}" cy="${y - size * 0.15}" rx="${size * 0.95}" ry="${size * 1.2}" fill="${colour(25, 30, 18)}"/><ellipse cx="${x}" cy="${y}" rx="${size * 0.78}" ry="${size}" fill="${skin}"/><circle cx="${x - size * 0.3}" cy="${y - size * 0.1}" r="${size * 0.09}" fill="#222"/><circle cx="${x + size * 0.3}" cy="${y - size * 0.1}" r="${size * 0.09}" fill="#222"/><path d="M${x - size * 0.3} ${y + size * 0.5}q${size * 0.3} ${size * 0.2} ${size * 0.6} 0" stroke="#7a2d2d" stroke-width="${size * 0.08}" fill="none"/>`;
}

const scenes = { hills, street, harbour, face };

/**
 * Draws a photograph.
 * @returns the bytes of a JPEG
 */
export async function drawPhoto(seed: number, scene: Scene, width: number, height: number): Promise<Buffer> {
  const random = createRandom(seed);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scenes[scene]({ width, height, random })}</svg>`;
  // A shared generator of noise would make the bytes depend on the order of drawing.
  const grain = Buffer.alloc(width * height);
  for (let index = 0; index < grain.length; index++)
    grain[index] = 128 + Math.round((random.next() - 0.5) * 34);
  const noise = await sharp(grain, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(Buffer.from(svg))
    .flatten()
    .blur(1.2)
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 86 })
    .toBuffer();
}

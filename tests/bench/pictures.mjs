/**
 * Measures what photographs cost: the first build of a site with one detailed photo of 2400 × 1600 pixels per story,
 * with one and with two spellings of its credit, builds with cached pictures, and one more photo. The reference is the
 * processor time for one AVIF of 1920 pixels. @11ty/eleventy-img encodes the same widths and formats.
 *
 *     node pictures.mjs [--pictures 100] [--work DIR] [--cli lib/cli.js of another checkout]
 */
import { appendFileSync, existsSync, linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import eleventyImage from '@11ty/eleventy-img';
import sharp from 'sharp';
import { cli as ownCli } from './generators.mjs';
import { measure } from './measure.mjs';
import { createTrash } from './trash.mjs';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '100' },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-bench') },
    cli: { type: 'string', default: ownCli },
  },
});
const count = Number(values.pictures);
const trash = createTrash(values.work);
const photos = join(values.work, 'photos');
const size = { width: 2400, height: 1600 };

/** Draws a photograph: random shapes of several sizes, like leaves and walls, below the noise of a sensor. */
async function drawPhoto(path) {
  const layer = async (scale, sigma) => {
    const create = {
      width: Math.ceil(size.width / scale),
      height: Math.ceil(size.height / scale),
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma },
    };
    const shapes = await sharp({ create }).png({ compressionLevel: 1 }).toBuffer();
    return sharp(shapes)
      .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
      .png({ compressionLevel: 1 })
      .toBuffer();
  };
  const [base, ...details] = await Promise.all([
    layer(300, 90),
    layer(60, 60),
    layer(12, 40),
    layer(3, 26),
    layer(1, 10),
  ]);
  await sharp(base)
    .composite(details.map(input => ({ input, blend: 'soft-light' })))
    .jpeg({ quality: 92 })
    .toFile(path);
}

mkdirSync(photos, { recursive: true });
for (let n = 0; n <= count; n++)
  if (!existsSync(join(photos, `${n}.jpg`))) await drawPhoto(join(photos, `${n}.jpg`));

const siteYaml =
  'name: The Bench\nurl: https://bench.example/\ndesks: [{id: world, name: World}]\noutputs: {search: false, cards: false}\n';
const articleOf = (n, text) =>
  `---\ntitle: Story ${n}\npublished: 2025-03-05T09:00:00Z\ndesk: world\n---\n\nText of story ${n}.\n\n${text}\n`;

/** Writes a site. @returns its root folder */
function writeSite(name, textOf, stories = count) {
  const root = join(values.work, name);
  trash.put(root);
  const folder = join(root, 'content/articles/2025');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'content/site.yaml'), siteYaml);
  for (let n = 0; n < stories; n++) writeFileSync(join(folder, `${n}.md`), articleOf(n, textOf(n)));
  for (let n = 0; n < stories; n++) addPhoto(n, folder);
  return root;
}
const addPhoto = (n, folder) => linkSync(join(photos, `${n}.jpg`), join(folder, `${n}.jpg`));

/** Waits, because the next build reads files again that changed within the last two seconds. */
const wait = () => new Promise(resolve => setTimeout(resolve, 2500));

async function build(root, title) {
  await wait();
  const { code, wall, cpu, memory, output } = await measure(
    [process.execPath, values.cli, 'build', '--root', root],
    {
      cwd: root,
    },
  );
  if (code !== 0) throw new Error(output);
  const megabytes = memory === undefined ? '?' : Math.round(memory / 1e6);
  console.log(
    `${title.padEnd(34)} ${wall.toFixed(2).padStart(8)} s ${(cpu ?? 0).toFixed(2).padStart(8)} s of processor ${String(megabytes).padStart(5)} MB`,
  );
  return { wall, cpu };
}

const cpuOf = async work => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

sharp.cache(false);
sharp.concurrency(1);
const samples = Math.min(10, count);
let reference = 0;
for (let n = 0; n < samples; n++) {
  const scaled = await sharp(join(photos, `${n}.jpg`))
    .resize(1920)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = scaled.info;
  reference += await cpuOf(() =>
    sharp(scaled.data, { raw: { width, height, channels } }).avif({ quality: 50, effort: 0 }).toBuffer(),
  );
}
reference /= samples;
console.log(`Reference, AVIF of 1920 pixels at effort 0: ${reference.toFixed(3)} s of processor`);

const picture = (n, credit) => `![Shapes](${n}.jpg "Photo: ${credit}")`;
const plainRoot = writeSite('plain', () => '');
const root = writeSite('pictures', n => picture(n, 'Jane Doe'));
const twice = writeSite(
  'two-credits',
  n => picture(n, 'Jane Doe') + (n % 2 ? '' : `\n\nText.\n\n${picture(n + 1, 'J. Doe/Agency')}`),
);

const plain = await build(plainRoot, 'without pictures');
const first = await build(root, 'with pictures');
trash.put(join(root, 'dist'));
const cached = await build(root, 'with cached pictures, no dist/');
appendFileSync(join(root, 'content/articles/2025/0.md'), '\nAnother word.\n');
const edit = await build(root, 'one edit');
writeFileSync(join(root, `content/articles/2025/${count}.md`), articleOf(count, picture(count, 'Jane Doe')));
addPhoto(count, join(root, 'content/articles/2025'));
const added = await build(root, 'one more photo');
const two = await build(twice, 'with two credits for half of them');

const other = join(values.work, 'eleventy-img');
trash.put(other);
const eleventy = await cpuOf(async () => {
  for (let n = 0; n < samples; n++)
    await eleventyImage(join(photos, `${n}.jpg`), {
      widths: [320, 640, 1200, 1920],
      formats: ['avif', 'jpeg'],
      outputDir: other,
      urlPath: '/',
      useCache: false,
    });
});

const files = readdirSync(join(root, 'dist/assets/pictures'), { recursive: true }).filter(name =>
  /\.\w+$/.test(name),
);
const perPhoto = (first.cpu - plain.cpu) / count;
const ratio = (a, b) => (a / b).toFixed(2);
console.log(`
per photo, in processor time          ${perPhoto.toFixed(2)} s = ${ratio(perPhoto, reference)} references
per photo, with two credits for half  ${((two.cpu - plain.cpu) / count).toFixed(2)} s = ${ratio((two.cpu - plain.cpu) / count, reference)} references
@11ty/eleventy-img, same widths       ${(eleventy / samples).toFixed(2)} s = ${ratio(eleventy / samples, reference)} references, ${readdirSync(other).length / samples} files
files per photo                       ${(files.length / (count + 1)).toFixed(1)}
with pictures / without               ${ratio(first.wall, plain.wall)}
with cached pictures / without        ${ratio(cached.wall, plain.wall)}
one more photo − one edit             ${(added.wall - edit.wall).toFixed(2)} s`);
trash.empty();

/**
 * Measures time and memory for a site with photographs of 12 megapixels: the first build, a build after a
 * word has changed, one without changes, and one after dist/ has been removed. The same site without
 * photographs shows how much they cost.
 */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { cli } from './generators.mjs';
import { measure } from './measure.mjs';
import { createTrash } from './trash.mjs';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '200' },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-bench') },
  },
});
const count = Number(values.pictures);
const trash = createTrash(values.work);
const root = join(values.work, `pictures-${count}`);
const plainRoot = join(values.work, `without-pictures-${count}`);

/**
 * Writes a photograph of soft, random shapes.
 * @param grain picture of sensor noise, blended over the shapes
 */
async function writePhoto(path, grain) {
  const shapes = await sharp({
    create: {
      width: 60,
      height: 45,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 70 },
    },
  })
    .png()
    .toBuffer();
  await sharp(shapes)
    .resize(4000, 3000, { kernel: 'cubic' })
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toFile(path);
}

const siteYaml =
  'name: The Bench\nurl: https://bench.example/\ndesks: [{id: world, name: World}]\noutputs: {cards: false}\n';
const articleOf = (n, text) =>
  `---\ntitle: Story ${n}\npublished: 2025-03-05T09:00:00Z\ndesk: world\n---\n\n${text}\n`;

/** Writes the site. @returns its folder of articles */
function writeSite(root, textOf) {
  const folder = join(root, 'content/articles/2025');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'content/site.yaml'), siteYaml);
  for (let n = 0; n < count; n++) writeFileSync(join(folder, `${n}.md`), articleOf(n, textOf(n)));
  return folder;
}

async function writePhotos(folder) {
  if (existsSync(join(folder, `${count - 1}.jpg`))) return;
  const grain = await sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .png({ compressionLevel: 1 })
    .toBuffer();
  for (let n = 0; n < count; n++) await writePhoto(join(folder, `${n}.jpg`), grain);
}

/** Waits, because the next build reads files again that changed within the last two seconds. */
const wait = () => new Promise(resolve => setTimeout(resolve, 2500));

async function run(root, title) {
  const { code, wall, cpu, memory, output } = await measure(
    [process.execPath, cli, 'build', '--root', root],
    { cwd: root },
  );
  if (code !== 0) throw new Error(output);
  const megabytes = memory === undefined ? '?' : Math.round(memory / 1e6);
  console.log(
    `${title.padEnd(40)} ${wall.toFixed(1).padStart(7)} s ${(cpu ?? 0).toFixed(1).padStart(7)} s of processor ${String(megabytes).padStart(5)} MB at most`,
  );
  return wall;
}

/**
 * Runs a first build, and one after a word of one story has changed.
 * @param of beginning of the builds' titles
 * @returns the duration of each build, in seconds
 */
async function runBoth(root, of) {
  trash.put(join(root, '.cache'));
  trash.put(join(root, 'dist'));
  await wait();
  const first = await run(root, `${of}first build`);
  appendFileSync(join(root, 'content/articles/2025/0.md'), '\nAnother word.\n');
  await wait();
  return { first, changed: await run(root, `${of}after a changed word`) };
}

await writePhotos(writeSite(root, n => `![Shapes](${n}.jpg "Photo: Jane Doe")\n\nText.`));
writeSite(plainRoot, () => 'Text.');

console.log(`${count} photographs of 12 megapixels`);
const pictures = await runBoth(root, '');
await run(root, 'nothing changed');
trash.put(join(root, 'dist'));
await run(root, 'without dist/');
const plain = await runBoth(plainRoot, 'without pictures, ');

const first = pictures.first - plain.first;
const changed = Math.max(0, pictures.changed - plain.changed);
console.log(
  `The photographs take ${first.toFixed(1)} s of the first build and ${changed.toFixed(2)} s of the second, ${((changed / first) * 100).toFixed(1)}% of that.`,
);
trash.empty();

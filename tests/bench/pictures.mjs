/** The time and memory for a site of photographs of 12 megapixels: its first build, a second one, and one after dist/ was removed. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { cli } from './generators.mjs';
import { measure } from './measure.mjs';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '200' },
    work: { type: 'string', default: join(tmpdir(), 'broadsheet-bench') },
  },
});
const count = Number(values.pictures);
const root = join(values.work, `pictures-${count}`);

/** Soft shapes with the grain of a sensor over them: another for each number. */
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

async function writeSite() {
  if (existsSync(root)) return;
  const folder = join(root, 'content/articles/2025');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(root, 'content/site.yaml'),
    'name: The Bench\nurl: https://bench.example/\ndesks: [{id: world, name: World}]\noutputs: {cards: false}\n',
  );
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
  for (let n = 0; n < count; n++) {
    await writePhoto(join(folder, `${n}.jpg`), grain);
    writeFileSync(
      join(folder, `${n}.md`),
      `---\ntitle: Story ${n}\npublished: 2025-03-05T09:00:00Z\ndesk: world\n---\n\n![Shapes](${n}.jpg "Photo: Jane Doe")\n\nText.\n`,
    );
  }
}

await writeSite();
rmSync(join(root, '.cache'), { recursive: true, force: true });
rmSync(join(root, 'dist'), { recursive: true, force: true });
const run = async (title, before = () => {}) => {
  before();
  const { code, wall, cpu, memory, output } = await measure(
    [process.execPath, cli, 'build', '--root', root],
    {
      cwd: root,
    },
  );
  if (code !== 0) throw new Error(output);
  const megabytes = memory === undefined ? '?' : Math.round(memory / 1e6);
  console.log(
    `${title.padEnd(24)} ${wall.toFixed(1).padStart(7)} s ${(cpu ?? 0).toFixed(1).padStart(7)} s of processor ${megabytes} MB`,
  );
};
console.log(`${count} photographs of 12 megapixels`);
await run('first build');
await run('second build');
await run('without dist/', () => rmSync(join(root, 'dist'), { recursive: true, force: true }));

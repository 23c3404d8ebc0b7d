/**
 * Measures the import of a generated WordPress export.
 * Usage: node tests/bench/imports.mjs [stories] [folder]
 * By default 10,000 stories of 18 kB in /dev/shm. Prints seconds, processor time and peak memory.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const count = Number(process.argv[2] ?? 10_000);
const folder = join(process.argv[3] ?? '/dev/shm', 'broadsheet-import');
const program = fileURLToPath(new URL('../../lib/cli.js', import.meta.url));

/** Pseudo-random numbers from 0 to 1, the same in every run. */
let state = 42;
const random = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return state / 0x7fffffff;
};
const pick = list => list[Math.floor(random() * list.length)];

const words =
  'council budget vote school river bridge water storm market price health hospital teacher student farmer train station harbor museum festival winter summer city county state report audit record meeting plan project cost million percent people residents officials according after before during while because although under over new old first last many several'.split(
    ' ',
  );

const dateOf = index => ({
  year: 2004 + (index % 20),
  month: String(1 + (index % 12)).padStart(2, '0'),
  day: String(1 + (index % 28)).padStart(2, '0'),
});
const addressOf = index => {
  const { year, month } = dateOf(index);
  return `https://old.example/${year}/${month}/story-${index}/`;
};

function sentence() {
  const parts = Array.from({ length: 8 + Math.floor(random() * 16) }, () => {
    const word = pick(words);
    const chance = random();
    if (chance < 0.03) return `<a href="${addressOf(Math.floor(random() * count))}">${word}</a>`;
    return chance < 0.05 ? `<strong>${word}</strong>` : word;
  });
  return `The ${parts.join(' ')}.`;
}

/** A block as WordPress stores it. */
function block(index) {
  const chance = random();
  const wrap = (name, html) => `<!-- wp:${name} -->\n${html}\n<!-- /wp:${name} -->\n\n`;
  if (chance < 0.05) return wrap('heading', `<h2 class="wp-block-heading">${sentence()}</h2>`);
  if (chance < 0.08)
    return wrap(
      'quote',
      `<blockquote class="wp-block-quote"><p>${sentence()}</p><cite>The ${pick(words)}, ${pick(words)}</cite></blockquote>`,
    );
  if (chance < 0.1)
    return wrap(
      'image',
      `<figure class="wp-block-image"><img src="https://old.example/wp-content/uploads/2015/01/photo-${index % 5000}-1024x683.jpg" alt="${pick(words)}"/><figcaption>${sentence()} (Photo by The ${pick(words)})</figcaption></figure>`,
    );
  if (chance < 0.12) return wrap('list', `<ul><li>${sentence()}</li><li>${sentence()}</li></ul>`);
  return wrap('paragraph', `<p>${sentence()} ${sentence()} ${sentence()}</p>`);
}

function item(index) {
  let body = '';
  while (body.length < 18_000) body += block(index);
  const { year, month, day } = dateOf(index);
  const desk = ['politics', 'business', 'sports', 'culture', 'opinion'][index % 5];
  return `<item>
<title><![CDATA[Story ${index}: ${pick(words)} ${pick(words)}]]></title>
<link>${addressOf(index)}</link>
<dc:creator><![CDATA[author${index % 200}]]></dc:creator>
<content:encoded><![CDATA[${body}]]></content:encoded>
<excerpt:encoded><![CDATA[The ${pick(words)} and the ${pick(words)}]]></excerpt:encoded>
<wp:post_id>${index + 1}</wp:post_id>
<wp:post_date><![CDATA[${year}-${month}-${day} 07:00:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[${year}-${month}-${day} 12:00:00]]></wp:post_date_gmt>
<wp:post_name><![CDATA[story-${index}]]></wp:post_name>
<wp:status><![CDATA[publish]]></wp:status>
<wp:post_type><![CDATA[post]]></wp:post_type>
<category domain="category" nicename="${desk}"><![CDATA[${desk}]]></category>
<category domain="post_tag" nicename="tag-${index % 300}"><![CDATA[Tag ${index % 300}]]></category>
</item>
`;
}

async function generate(file) {
  const out = createWriteStream(file);
  const write = async text => {
    if (!out.write(text)) await new Promise(resolve => out.once('drain', resolve));
  };
  await write(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Old paper</title>
<link>https://old.example</link>
<language>en-US</language>
`);
  for (let author = 0; author < 200; author++)
    await write(
      `<wp:author><wp:author_login>author${author}</wp:author_login><wp:author_display_name>Author ${author}</wp:author_display_name></wp:author>\n`,
    );
  for (let index = 0; index < count; index++) await write(item(index));
  out.end('</channel>\n</rss>\n');
  await new Promise(resolve => out.once('finish', resolve));
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const file = join(folder, 'export.xml');
await generate(file);
const megabytes = Math.round(statSync(file).size / 1e6);
const start = performance.now();
const { status, stderr, stdout } = spawnSync(
  '/usr/bin/time',
  ['-f', '%U %S %M', process.execPath, program, 'import', file, '--into', join(folder, 'site')],
  { encoding: 'utf8' },
);
const seconds = (performance.now() - start) / 1000;
const [user, system, peak] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
if (status !== 0) throw new Error(stderr);
console.log(stdout);
console.log(`${count.toLocaleString('en')} stories, ${megabytes.toLocaleString('en')} MB`);
console.log(
  `${seconds.toFixed(1)} s, ${(user + system).toFixed(1)} s of processor time, peak of the largest process ${Math.round(peak / 1000)} MB`,
);
rmSync(folder, { recursive: true, force: true });

/**
 * Generates the font files in this folder from the packages of Fontsource. The output is reproducible:
 *
 *   npm install --no-save subset-font@2.9.0 @fontsource-variable/newsreader@5.3.0 \
 *     @fontsource-variable/noto-serif-hebrew@5.3.0 @fontsource-variable/noto-naskh-arabic@5.3.0
 *   node templates/fonts/make.mjs
 *
 * The subsets omit letters of other scripts (styles/fonts/*.css has the ranges), and the weights and optical
 * sizes that no style uses.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const range = (from, to) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

const latin = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}ıŒœŠšŸŽž–—‘’‚“”„†•…‰′″‹›€™−`;
const extended = `${range(0x100, 0x17f)}ƒȘșȚțẞ`;
const hebrew = `${range(0x591, 0x5f4)}₪`;
const arabic = `${range(0x60c, 0x652)}${range(0x660, 0x66d)}ٰٱٹپچڈڑژکگںھہۃۆیےۓ۔${range(0x6f0, 0x6f9)}`;

const text = { wght: { min: 400, max: 600 } };
const files = [
  ['newsreader', 'newsreader/files/newsreader-latin-opsz-normal', latin, { ...text, opsz: { min: 18, max: 72 } }],
  ['newsreader-italic', 'newsreader/files/newsreader-latin-opsz-italic', latin, { wght: 400, opsz: 18 }],
  ['newsreader-extended', 'newsreader/files/newsreader-latin-ext-opsz-normal', extended, { ...text, opsz: 24 }],
  ['noto-serif-hebrew', 'noto-serif-hebrew/files/noto-serif-hebrew-hebrew-wght-normal', hebrew, text],
  ['noto-naskh-arabic', 'noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal', arabic, text],
];

for (const [name, source, letters, variationAxes] of files) {
  const original = fileURLToPath(import.meta.resolve(`@fontsource-variable/${source}.woff2`));
  const font = await subsetFont(readFileSync(original), letters, { targetFormat: 'woff2', variationAxes });
  writeFileSync(new URL(`${name}.woff2`, import.meta.url), font);
}

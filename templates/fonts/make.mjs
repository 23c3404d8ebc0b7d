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

// Letters of English, which nearly every page needs; and those of other European languages.
const basic = `${range(0x20, 0x7e)}–—‘’“”…€£`;
const extended = `${range(0xa0, 0x17f)}ƒȘșȚțẞ‚„†•‰′″‹›™−`;
const latin = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}ıŒœŠšŸŽž–—‘’‚“”„†•…‰′″‹›€™−`;
const hebrew = `${range(0x591, 0x5f4)}₪`;
const arabic = `${range(0x60c, 0x652)}${range(0x660, 0x66d)}ٰٱٹپچڈڑژکگںھہۃۆیےۓ۔${range(0x6f0, 0x6f9)}`;

const weights = { wght: { min: 400, max: 600 } };
// One weight and optical size for headlines, and one for running text.
const title = { wght: 560, opsz: 40 };
const body = { wght: 400, opsz: 18 };
const newsreader = 'newsreader/files/newsreader';
const files = [
  ['newsreader-title', `${newsreader}-latin-opsz-normal`, basic, title],
  ['newsreader-text', `${newsreader}-latin-opsz-normal`, basic, body],
  ['newsreader-title-latin1', `${newsreader}-latin-opsz-normal`, extended, title],
  ['newsreader-text-latin1', `${newsreader}-latin-opsz-normal`, extended, body],
  ['newsreader-title-ext', `${newsreader}-latin-ext-opsz-normal`, extended, title],
  ['newsreader-text-ext', `${newsreader}-latin-ext-opsz-normal`, extended, body],
  ['newsreader-italic', `${newsreader}-latin-opsz-italic`, latin, { wght: 400, opsz: 18 }],
  ['noto-serif-hebrew', 'noto-serif-hebrew/files/noto-serif-hebrew-hebrew-wght-normal', hebrew, weights],
  ['noto-naskh-arabic', 'noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal', arabic, weights],
];

for (const [name, source, letters, variationAxes] of files) {
  const original = fileURLToPath(import.meta.resolve(`@fontsource-variable/${source}.woff2`));
  const font = await subsetFont(readFileSync(original), letters, { targetFormat: 'woff2', variationAxes });
  writeFileSync(new URL(`${name}.woff2`, import.meta.url), font);
}

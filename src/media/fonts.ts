/**
 * Fonts for drawing cards: OFL-licensed fonts from Fontsource packages, one file per subset, such as
 * `latin-ext`.
 */
import naskh from '@fontsource-variable/noto-naskh-arabic/unicode.json' with { type: 'json' };
import hebrew from '@fontsource-variable/noto-serif-hebrew/unicode.json' with { type: 'json' };
import sans from '@fontsource-variable/source-sans-3/unicode.json' with { type: 'json' };
import serif from '@fontsource-variable/source-serif-4/unicode.json' with { type: 'json' };

export interface Font {
  /** Name of the family in style sheets. */
  family: string;
  /** Module specifier of the font file. */
  module: string;
  /** Ranges of code points, first and last, for which this file is used. */
  ranges: [number, number][];
}

/**
 * Versions of the fonts. They are part of every card's key, and a test compares them with the installed
 * versions.
 */
export const fontVersions = {
  '@fontsource-variable/noto-naskh-arabic': '5.3.0',
  '@fontsource-variable/noto-serif-hebrew': '5.3.0',
  '@fontsource-variable/source-sans-3': '5.3.0',
  '@fontsource-variable/source-serif-4': '5.3.1',
};

const rangesOf = (list: string): [number, number][] =>
  list.split(',').map(range => {
    const [first = '', last = first] = range.replace('U+', '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });

/**
 * Selects subsets of a font.
 * @param name name of the package, without its scope
 * @param axis axis in the names of the font's files: `wght` (weights) or `opsz` (weights and optical sizes)
 * @param all code points by subset, as CSS `unicode-range`
 * @param wanted names of the subsets
 */
const parts = <Parts extends Record<string, string>>(
  family: string,
  name: string,
  axis: 'wght' | 'opsz',
  all: Parts,
  wanted: (keyof Parts & string)[],
): Font[] =>
  wanted.map(part => ({
    family,
    module: `@fontsource-variable/${name}/files/${name}-${part}-${axis}-normal.woff2`,
    ranges: rangesOf(all[part]!),
  }));

export const fonts: readonly Font[] = [
  ...parts('Source Serif 4', 'source-serif-4', 'opsz', serif, [
    'latin',
    'latin-ext',
    'vietnamese',
    'greek',
    'cyrillic',
    'cyrillic-ext',
  ]),
  ...parts('Source Sans 3', 'source-sans-3', 'wght', sans, [
    'latin',
    'latin-ext',
    'vietnamese',
    'greek',
    'greek-ext',
    'cyrillic',
    'cyrillic-ext',
  ]),
  ...parts('Noto Serif Hebrew', 'noto-serif-hebrew', 'wght', hebrew, ['hebrew']),
  ...parts('Noto Naskh Arabic', 'noto-naskh-arabic', 'wght', naskh, ['arabic']),
];

const covered = fonts
  .flatMap(({ ranges }) => ranges)
  .map(range => range.map(point => `\\u{${point.toString(16)}}`).join('-'))
  .join('');
const lacking = new RegExp(`[^${covered}]`, 'u');
const lackingSigns = new RegExp(`(?![${covered}])[\\p{So}\\p{Sk}\\p{Me}\\p{Cf}\\ufe0e\\ufe0f]`, 'gu');

/**
 * Removes symbols that no font has, such as emoji.
 * @returns undefined if the text has other characters that no font has, such as Chinese
 */
export function drawableText(text: string): string | undefined {
  const kept = text.replace(lackingSigns, '');
  return lacking.test(kept) ? undefined : kept;
}

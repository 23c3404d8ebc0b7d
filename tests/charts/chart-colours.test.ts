/**
 * Colours of charts: visible on the paper, and distinguishable with any red-green colour vision deficiency, for the
 * default accent and for others.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { derivePalette, inkOn, paletteCss } from '../../src/config/palette.ts';
import { contrast, linear, type Rgb, schemesOf } from '../helpers/colours.ts';
import { packageRoot } from '../helpers/site.ts';

const [tokens, chart] = [schemesOf('tokens.css'), schemesOf('chart-colours.css')];
const numbers = [1, 2, 3, 4, 5, 6];

/**
 * Simulations of colour vision deficiencies, as matrices on linear RGB (Machado, Oliveira and Fernandes 2009,
 * severity 1).
 */
const visions: Record<string, [Rgb, Rgb, Rgb]> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Converts a colour, as someone with this colour vision sees it, to CIE L*a*b* (D65). */
function lab(colour: string, vision: [Rgb, Rgb, Rgb]): Rgb {
  const seen = linear(colour);
  const [red, green, blue] = vision.map(row =>
    Math.min(1, Math.max(0, row[0] * seen[0] + row[1] * seen[1] + row[2] * seen[2])),
  ) as Rgb;
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = f(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each(['light', 'dark'] as const)('the %s colours of charts', scheme => {
  const colour = (name: string) => {
    const value = chart[scheme][name] ?? tokens[scheme][name];
    if (value === undefined) throw new Error(`There is no ${name}`);
    return value;
  };

  test.each(numbers)('%i has a contrast of 3:1 with the paper', number => {
    expect(contrast(colour(`--chart-${number}`), colour('--paper'))).toBeGreaterThanOrEqual(3);
  });

  test.each(numbers)('text on %i has a contrast of 4.5:1', number => {
    expect(contrast(colour(`--chart-${number}`), colour(`--chart-on-${number}`))).toBeGreaterThanOrEqual(4.5);
  });

  test('text beside them has a contrast of 4.5:1', () => {
    for (const name of ['--ink', '--ink-soft'])
      expect(contrast(colour(name), colour('--paper'))).toBeGreaterThanOrEqual(4.5);
  });

  test('of scales and of grey marks have a contrast of 3:1 with the paper', () => {
    const names = Object.keys(chart[scheme]).filter(name =>
      /^--chart-(?:[st]\d|above|below|muted)$/.test(name),
    );
    expect(names).toHaveLength(12);
    for (const name of names)
      expect(contrast(colour(name), colour('--paper')), name).toBeGreaterThanOrEqual(3);
  });

  // A difference of 2.3 is just noticeable; 25 is the difference between blue and violet.
  test.each(Object.entries(visions))('are distinguishable for %s', (_, vision) => {
    expect(
      leastDifference(
        numbers.map(number => colour(`--chart-${number}`)),
        vision,
      ),
    ).toBeGreaterThan(25);
    const signs = ['--chart-above', '--chart-below', '--chart-muted'].map(colour);
    expect(leastDifference(signs.slice(0, 2), vision)).toBeGreaterThan(25);
    expect(leastDifference([colour('--chart-1'), signs[2]!], vision)).toBeGreaterThan(10);
  });
});

/** Smallest difference of two colours for someone with this colour vision (CIE 1976). */
function leastDifference(colours: readonly string[], vision: [Rgb, Rgb, Rgb]): number {
  const seen = colours.map(colour => lab(colour, vision));
  return Math.min(
    ...seen.flatMap((one, index) =>
      seen.slice(index + 1).map(other => Math.hypot(...one.map((part, axis) => part - other[axis]!))),
    ),
  );
}

test('the style sheet has the palette of the default accent', () => {
  const css = readFileSync(join(packageRoot, 'templates/styles/chart-colours.css'), 'utf8');
  const { light, dark } = tokens;
  expect(css.slice(css.indexOf(':root'))).toBe(
    paletteCss({ light: light['--accent']!, dark: dark['--accent']! }),
  );
});

describe.each([
  ['light', 'blue', '#0b5394'],
  ['dark', 'blue', '#7fb2e5'],
  ['light', 'green', '#1a7a3c'],
  ['dark', 'green', '#5fd38a'],
  ['light', 'violet', '#6a1b9a'],
  ['dark', 'violet', '#c792ea'],
  ['light', 'black', '#000000'],
  ['dark', 'white', '#ffffff'],
  ['light', 'ochre', '#7a6000'],
  ['dark', 'yellow', '#e0b400'],
  ['light', 'teal', '#00707a'],
  ['light', 'pink', '#c2185b'],
  ['dark', 'pink', '#ff80ab'],
] as const)('the palette of a %s scheme with a %s accent', (scheme, _, accent) => {
  const palette = derivePalette(accent, scheme);
  const paper = tokens[scheme]['--paper']!;

  test('begins with the accent, and has colours that are visible and distinguishable', () => {
    expect(palette.series[0]).toBe(accent);
    for (const vision of Object.values(visions))
      expect(leastDifference(palette.series, vision)).toBeGreaterThan(25);
    const { series, sequential, opposite, below, above, muted } = palette;
    for (const colour of [...series, ...sequential, ...opposite, below, above, muted]) {
      expect(contrast(colour, paper), colour).toBeGreaterThanOrEqual(3);
      expect(contrast(colour, inkOn(colour)), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('has other colours below zero than above it, for any colour vision', () => {
    for (const vision of Object.values(visions))
      expect(leastDifference([palette.below, palette.above], vision)).toBeGreaterThan(15);
  });

  test('has a scale from the strongest colour to the weakest', () => {
    const contrasts = palette.sequential.map(colour => contrast(colour, paper));
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => b - a));
    expect(new Set(palette.sequential).size).toBe(6);
  });
});

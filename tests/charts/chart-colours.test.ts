/** Colours of charts: visible on the paper, and distinguishable with any colour vision deficiency. */
import { describe, expect, test } from 'vitest';
import { contrast, linear, type Rgb, schemesOf } from '../helpers/colours.ts';

const [tokens, chart] = [schemesOf('tokens.css'), schemesOf('chart.css')];
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

  // A difference of 2.3 is just noticeable; 25 is the difference between blue and violet.
  test.each(Object.entries(visions))('are distinguishable for %s', (_, vision) => {
    const seen = numbers.map(number => lab(colour(`--chart-${number}`), vision));
    for (const [index, one] of seen.entries())
      for (const other of seen.slice(index + 1))
        expect(Math.hypot(...one.map((part, axis) => part - other[axis]!))).toBeGreaterThan(25);
  });
});

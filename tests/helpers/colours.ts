/** Colours of the style sheets, and their contrast. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './site.ts';

export type Rgb = [number, number, number];
export type Scheme = Record<string, string>;

/**
 * Reads the colour variables of a style sheet in templates/styles/: `--ink: light-dark(#000, #fff)`, or one
 * colour for both.
 */
export function schemesOf(name: string): { light: Scheme; dark: Scheme } {
  const css = readFileSync(join(packageRoot, 'templates/styles', name), 'utf8');
  const found = [
    ...css.matchAll(/(--[\w-]+): (?:light-dark\((#[\da-f]{3,6}), (#[\da-f]{3,6})\)|(#[\da-f]{3,6}));/g),
  ];
  return {
    light: Object.fromEntries(found.map(([, key, light, , both]) => [key, light ?? both])) as Scheme,
    dark: Object.fromEntries(found.map(([, key, , dark, both]) => [key, dark ?? both])) as Scheme,
  };
}

export function linear(colour: string): Rgb {
  const digits = colour.length === 4 ? colour.replace(/[\da-f]/g, '$&$&') : colour;
  return [1, 3, 5].map(at => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

/** Contrast ratio (WCAG 2.2, 1.4.3). */
export function contrast(a: string, b: string): number {
  const [low, high] = [a, b]
    .map(linear)
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Theme settings in site.yaml: the checked values of `theme`, and the CSS generated from them. */
import * as z from 'zod';
import type { Report } from '../base/diagnostics.ts';
import type { PlaceOf } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';

/** The key `theme` of site.yaml, with default values filled in. */
export interface ThemeSettings {
  /**
   * Accent of each colour scheme, adjusted to be readable on that scheme's backgrounds; undefined for the
   * default accent.
   */
  accent: { light: string; dark: string } | undefined;
  /** Typeface of text and headlines. */
  reading: Typeface | undefined;
  /** Typeface of everything else, such as menus and captions. */
  furniture: Typeface | undefined;
  masthead: { logo: string; dark: string | undefined } | undefined;
  /**
   * `inline`: every page contains its styles, so that it appears quickly. `file`: all pages link to one style
   * sheet, which browsers cache.
   */
  styles: 'inline' | 'file';
}

/**
 * A typeface. `family` is a CSS list of font families. `file` and `italic` are the fonts of the first family,
 * as paths in public/; undefined if there is no such file.
 */
export interface Typeface {
  family: string;
  file: string | undefined;
  italic: string | undefined;
}

/**
 * Background colours of each colour scheme (paper and tint), as in styles/tokens.css. The accent must be
 * readable on both.
 */
export const papers = { light: ['#fdfdfb', '#f3f2ee'], dark: ['#151618', '#1f2124'] } as const;

/** Minimum contrast ratio of text (WCAG 2.2, 1.4.3). */
const readable = 4.5;

/** Generic family names of CSS, which must not be quoted. */
const generic = /^(serif|sans-serif|monospace|system-ui|ui-serif|ui-sans-serif|ui-rounded)$/;
const quoted = (name: string): string => (generic.test(name.trim()) ? name.trim() : `"${name.trim()}"`);

const color = z
  .string()
  .regex(/^#[\da-f]{6}$/i, problem('color'))
  .transform(text => text.toLowerCase());
const families = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N} -]+(,[\p{L}\p{N} -]+)*$/u, problem('typefaces'))
  .transform(list => list.split(',').map(quoted).join(', '));
const publicFile = (...endings: string[]) => {
  const form = new RegExp(`^/(?!/)[^\\s"'()<>\\\\]+\\.(${endings.join('|')})$`, 'i');
  return z.string().refine(path => form.test(path), problem('public-file', { endings }));
};
const typeface = z.union([
  families.transform(family => ({ family, file: undefined, italic: undefined })),
  z
    .strictObject({ family: families, file: publicFile('woff2'), italic: publicFile('woff2').optional() })
    .transform(({ family, file, italic }) => ({ family, file, italic })),
]);
const logo = publicFile('svg', 'png', 'webp', 'avif', 'jpg');

/** Schema of the key `theme` in site.yaml. */
export const themeSchema = z
  .strictObject({
    accent: z.union([color, z.strictObject({ light: color, dark: color })]).optional(),
    reading: typeface.optional(),
    furniture: typeface.optional(),
    masthead: z.strictObject({ logo, dark: logo.optional() }).optional(),
    styles: z.enum(['inline', 'file']).default('inline'),
  })
  .prefault({});

/**
 * Reads the theme settings. Darkens or lightens an unreadable accent until it is readable. Reports this for a
 * colour that site.yaml sets for that scheme; a single colour counts as set for the light scheme.
 */
export function readThemeSettings(
  value: z.output<typeof themeSchema>,
  placeOf: PlaceOf,
  report: Report,
): ThemeSettings {
  const { accent, masthead } = value;
  const toned = (color: string, scheme: 'light' | 'dark', key: string, chosen: boolean): string => {
    const tone = makeReadable(color, scheme);
    if (tone !== color && chosen)
      report('warning', 'theme-contrast', placeOf(key), {
        key,
        color,
        scheme,
        contrast: contrastOn(color, scheme),
        needed: readable,
        tone,
      });
    return tone;
  };
  return {
    accent:
      accent === undefined
        ? undefined
        : typeof accent === 'string'
          ? {
              light: toned(accent, 'light', 'theme.accent', true),
              dark: toned(accent, 'dark', 'theme.accent', false),
            }
          : {
              light: toned(accent.light, 'light', 'theme.accent.light', true),
              dark: toned(accent.dark, 'dark', 'theme.accent.dark', true),
            },
    reading: value.reading,
    furniture: value.furniture,
    masthead: masthead && { logo: masthead.logo, dark: masthead.dark },
    styles: value.styles,
  };
}

type Rgb = [red: number, green: number, blue: number];

const rgbOf = (color: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16)) as Rgb;

/**
 * Relative luminance, from 0 to 1, of a colour `#rrggbb`:
 * https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
 */
function luminance(color: string): number {
  const [red, green, blue] = rgbOf(color).map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * Contrast ratio, from 1 to 21, of two colours `#rrggbb`:
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const contrastOn = (color: string, scheme: 'light' | 'dark'): number =>
  Math.min(...papers[scheme].map(paper => contrast(color, paper)));

/** Mixes a colour with as little black as necessary, or white in the dark scheme, to make it readable. */
function makeReadable(color: string, scheme: 'light' | 'dark'): string {
  const end = scheme === 'light' ? 0 : 255;
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = rgbOf(color).map(value => Math.round(value + (end - value) * share));
    const tone = `#${mixed.map(value => value.toString(16).padStart(2, '0')).join('')}`;
    if (contrastOn(tone, scheme) >= readable) return tone;
  }
  return scheme === 'light' ? '#000000' : '#ffffff';
}

/**
 * Generates the CSS for the accent and the typefaces.
 * @param urlOf returns the URL to print for a file in public/
 * @returns an empty string if the site sets neither
 */
export function themeCss(
  { accent, reading, furniture }: ThemeSettings,
  urlOf: (path: string) => string,
): string {
  const faces: string[] = [];
  const tokens: string[] = [];
  if (accent) tokens.push(`--accent: light-dark(${accent.light}, ${accent.dark});`);
  for (const [name, face] of Object.entries({ reading, furniture })) {
    if (!face) continue;
    tokens.push(`--${name}: ${face.family};`);
    const first = face.family.split(',')[0]!;
    for (const [style, file] of [
      ['normal', face.file],
      ['italic', face.italic],
    ])
      if (file !== undefined)
        faces.push(
          `@font-face { font-family: ${first}; font-style: ${style}; font-weight: 100 900; font-display: optional; src: url("${urlOf(file)}") format("woff2"); }`,
        );
  }
  return tokens.length === 0 ? '' : `${faces.join('\n')}\n:root { ${tokens.join(' ')} }\n`;
}

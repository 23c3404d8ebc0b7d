/**
 * Colours of charts, derived from the accent: six for series, which readers with any red-green colour vision
 * deficiency can distinguish, a sequential and a diverging scale, and one colour each above and below zero.
 */
import { contrast, papers } from './theme.ts';

/** Colours `#rrggbb`. */
export interface Palette {
  /** Colours of series. The first is the accent. */
  series: string[];
  /** A scale of one hue, the strongest colour first. */
  sequential: string[];
  /** Shades of another hue, the strongest first, for the other end of a diverging scale. */
  opposite: string[];
  below: string;
  above: string;
  /** Grey for what is not highlighted. */
  muted: string;
}

type Scheme = keyof typeof papers;
type Triple = [number, number, number];
/** Lightness (0 to 1), chroma and hue (degrees) in Oklch (https://bottosson.github.io/posts/oklab/). */
type Oklch = Triple;

/** Minimum contrast of a mark with the paper (WCAG 2.2, 1.4.11), with a margin for rounding. */
const visible = 3.05;
/** Difference in CIE L*a*b* that colours of series should have. 2.3 is just noticeable. */
const distinct = 27;

/** Usual chroma of scales. */
const strong = 0.13;

const greys: Record<Scheme, string> = { light: '#8b8c8f', dark: '#787b80' };

/** Usual lightness of colours, and the lightness between which they are chosen. */
const lightness: Record<Scheme, { low: number; high: number; usual: number }> = {
  light: { low: 0.3, high: 0.66, usual: 0.52 },
  dark: { low: 0.54, high: 0.92, usual: 0.74 },
};

/**
 * Derives the palette of a colour scheme.
 * @param accent `#rrggbb`, readable on the scheme's paper
 */
export function derivePalette(accent: string, scheme: Scheme): Palette {
  const [, chroma, hue] = oklchOf(accent);
  const opposite = oppositeOf(hue);
  // Red and orange mean less than nothing, also in a blue publication.
  const isWarm = hue < 110 || hue > 330;
  const [sequential, other] = [ramp(hue, chroma, scheme, 6), ramp(opposite, strong, scheme, 3)];
  const [warm, cold] = isWarm ? [sequential[2]!, other[1]!] : [other[1]!, sequential[2]!];
  return {
    series: chooseSeries(accent, scheme),
    sequential,
    opposite: other,
    below: warm,
    above: cold,
    muted: greys[scheme],
  };
}

/** Black or white, whichever is readable on a colour. */
export const inkOn = (color: string): string =>
  contrast(color, '#000000') > contrast(color, '#ffffff') ? '#000' : '#fff';

interface Candidate {
  color: string;
  oklch: Oklch;
  /** The colour in CIE L*a*b*, as people with each kind of colour vision see it. */
  seen: Triple[];
}

/** Chooses the colours of series, one by one, and then replaces each by a better one three times. */
function chooseSeries(accent: string, scheme: Scheme): string[] {
  const candidates = candidatesFor(scheme);
  const usual = lightness[scheme].usual;
  const best = (others: readonly Candidate[]): Candidate => {
    let [found, highest] = [candidates[0]!, Number.NEGATIVE_INFINITY];
    for (const candidate of candidates) {
      const score = scoreOf(candidate, others, usual);
      if (score > highest) [found, highest] = [candidate, score];
    }
    return found;
  };
  const chosen = [candidateOf(accent)];
  while (chosen.length < 6) chosen.push(best(chosen));
  for (let round = 0; round < 3; round++)
    for (let index = 1; index < 6; index++)
      chosen[index] = best(chosen.filter((_, other) => other !== index));
  // Charts with few series get the colours that differ most.
  const [first, ...rest] = chosen;
  const ordered = [first!];
  while (rest.length > 0) {
    const distances = rest.map(candidate => nearest(candidate, ordered));
    ordered.push(...rest.splice(distances.indexOf(Math.max(...distances)), 1));
  }
  return ordered.map(({ color }) => color);
}

/**
 * Rates a colour beside others. Being distinct counts most; then strong colours, other hues and the usual
 * lightness are better.
 */
function scoreOf(candidate: Candidate, others: readonly Candidate[], usual: number): number {
  const distance = nearest(candidate, others);
  const gap = Math.min(...others.map(other => hueGap(candidate.oklch, other.oklch)));
  const [light, chroma] = candidate.oklch;
  const beauty = Math.min(1, chroma / 0.13) + Math.min(1, gap / 50) * 1.2 - Math.abs(light - usual) * 1.5;
  return Math.min(distance, distinct) * 10 + beauty * 6 + Math.min(distance, 45) * 0.15;
}

const nearest = (one: Candidate, others: readonly Candidate[]): number =>
  Math.min(...others.map(other => distanceOf(one, other)));

/** Smallest difference of two colours for any colour vision (CIE 1976). */
const distanceOf = (one: Candidate, other: Candidate): number =>
  Math.min(
    ...one.seen.map((color, index) =>
      Math.hypot(...color.map((part, axis) => part - other.seen[index]![axis]!)),
    ),
  );

/** Difference of two hues in degrees. Greys have no hue, so they differ from every other colour. */
function hueGap([, chroma, hue]: Oklch, [, otherChroma, otherHue]: Oklch): number {
  if (chroma < 0.06 || otherChroma < 0.06) return 60;
  const gap = Math.abs(hue - otherHue);
  return Math.min(gap, 360 - gap);
}

function candidatesFor(scheme: Scheme): Candidate[] {
  const { low, high } = lightness[scheme];
  const candidates: Candidate[] = [];
  for (let light = low; light < high + 0.01; light += 0.06)
    for (const chroma of [0.04, 0.1, 0.15])
      for (let hue = 0; hue < 360; hue += 20) {
        // Light colours as strong as that would be neon.
        if (light > 0.85 && chroma > 0.12) continue;
        const color = colorOf([light, chroma, hue]);
        if (color !== undefined && contrast(color, papers[scheme][0]) >= visible)
          candidates.push(candidateOf(color));
      }
  return candidates;
}

const candidateOf = (color: string): Candidate => ({
  color,
  oklch: oklchOf(color),
  seen: visions.map(vision => labOf(linearOf(color), vision)),
});

/** The hue that people with any colour vision distinguish best from another. */
function oppositeOf(hue: number): number {
  const at = (angle: number) => candidateOf(inGamut([0.6, 0.1, angle]));
  const own = at(hue);
  const hues = Array.from({ length: 18 }, (_, index) => index * 20);
  const distances = hues.map(angle => distanceOf(own, at(angle)));
  return hues[distances.indexOf(Math.max(...distances))]!;
}

/**
 * Creates shades of a hue, from the strongest to the one that is just visible on the paper.
 * @param chroma the most that they have; shades of a grey are grey
 */
function ramp(hue: number, chroma: number, scheme: Scheme, count: number): string[] {
  const [first, weak] = scheme === 'light' ? [0.32, 0.72] : [0.92, 0.4];
  const shade = (light: number) => inGamut([light, Math.min(strong, chroma), hue]);
  const isVisible = (light: number) => contrast(shade(light), papers[scheme][0]) >= visible;
  let end = weak;
  while (!isVisible(end) && Math.abs(end - first) > 0.01) end += (first - end) / 20;
  return Array.from({ length: count }, (_, index) => shade(first + ((end - first) * index) / (count - 1)));
}

/** Reduces the chroma of a colour until a screen can show it. */
function inGamut([light, chroma, hue]: Oklch): string {
  for (let own = chroma; own > 0; own -= 0.005) {
    const color = colorOf([light, own, hue]);
    if (color !== undefined) return color;
  }
  return colorOf([light, 0, hue]) ?? '#808080';
}

/** Converts a colour to sRGB; undefined if a screen cannot show it. */
function colorOf([light, chroma, hue]: Oklch): string | undefined {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb: Triple = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  if (rgb.some(part => part < -0.001 || part > 1.001)) return undefined;
  const digits = rgb.map(part => {
    const value = Math.min(1, Math.max(0, part));
    const gamma = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${digits.join('')}`;
}

function oklchOf(color: string): Oklch {
  const [red, green, blue] = linearOf(color);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const light = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [light, Math.hypot(a, b), ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360];
}

/** Linear red, green and blue, from 0 to 1. */
const linearOf = (color: string): Triple =>
  [1, 3, 5].map(at => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;

/**
 * All cones, protanopia and deuteranopia, as matrices on linear RGB (Machado, Oliveira and Fernandes 2009,
 * severity 1).
 */
const visions: readonly [Triple, Triple, Triple][] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
];

/** Converts a colour, as someone with this colour vision sees it, to CIE L*a*b* (D65). */
function labOf(rgb: Triple, vision: readonly [Triple, Triple, Triple]): Triple {
  const [red, green, blue] = vision.map(row =>
    Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])),
  ) as Triple;
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = f(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * Generates the CSS for the colours of charts: the custom properties that templates/styles/chart.css sets for the
 * default accent.
 */
export function paletteCss(accent: { light: string; dark: string }): string {
  const [light, dark] = [derivePalette(accent.light, 'light'), derivePalette(accent.dark, 'dark')];
  const token = (name: string, one: string, other: string): string =>
    one === other ? `--chart-${name}: ${one};` : `--chart-${name}: light-dark(${one}, ${other});`;
  const scale = (prefix: string, own: readonly string[], other: readonly string[]) =>
    own.flatMap((color, index) => [
      token(`${prefix}${index + 1}`, color, other[index]!),
      token(`on-${prefix}${index + 1}`, inkOn(color), inkOn(other[index]!)),
    ]);
  const lines = [
    ...scale('', light.series, dark.series),
    ...scale('s', light.sequential, dark.sequential),
    ...scale('t', light.opposite, dark.opposite),
    token('below', light.below, dark.below),
    token('above', light.above, dark.above),
    token('muted', light.muted, dark.muted),
  ];
  return `:root {\n${lines.map(line => `  ${line}\n`).join('')}}\n`;
}

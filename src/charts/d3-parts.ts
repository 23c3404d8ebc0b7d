/** The parts of d3 that charts use. esbuild.config.mjs bundles them. */
export { extent } from 'd3-array';
export { formatLocale, formatSpecifier } from 'd3-format';
export { scaleLinear, scaleLog, scaleUtc } from 'd3-scale';
export { area, line } from 'd3-shape';
export { timeFormatLocale } from 'd3-time-format';

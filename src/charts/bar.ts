/** Bar charts: horizontal bars from zero, one row per category, with the value at the end of each bar. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import { drawRows, nameOf, valueLines, valueWords } from './rows.ts';
import { beside, colour, key, label, plot, roomFor, type Side } from './svg.ts';

/** Draws a bar chart of categories. */
export function drawBars(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series } = figure;
  const values = rows.flatMap(({ y }) => y.flatMap(value => value ?? []));
  const at = barScale(figure, values);
  const texts = (isNegative: boolean) =>
    values.filter(value => value < 0 === isNegative).map(value => formats.number(value));
  const before = texts(true).length > 0 ? roomFor(texts(true)) : 0;
  const after = roomFor(texts(false));
  const thickness = series.length === 1 ? 22 : 18;
  const height = series.length * thickness;
  const furniture = (children: Element[], height: number) => [
    ...(before > 0 ? [beside(before, height)] : []),
    plot(height, children),
    beside(after, height),
  ];
  const zero = s('line', {
    className: ['chart-zero'],
    x1: side.at(at(0)),
    x2: side.at(at(0)),
    y1: 0,
    y2: height,
  });
  const bar = (value: number | null, index: number) =>
    value === null
      ? []
      : s('rect', {
          className: ['chart-fill', colour(index)],
          ...side.span(at(0), at(value)),
          y: index * thickness,
          height: thickness - (series.length > 1 ? 2 : 0),
        });
  const valueLabel = (value: number | null, index: number) => {
    const isNegative = value !== null && value < 0;
    return label(
      // A missing value must not look like zero, so draw a dash.
      value === null ? '–' : formats.number(value),
      {
        x: side.at(at(value ?? 0)),
        y: (index + 0.5) * thickness + (series.length > 1 ? 3.5 : 4.5),
        dx: side.shift(isNegative ? -5 : 5),
        anchor: isNegative ? 'end' : 'start',
        className: value === null ? 'chart-tick' : 'chart-halo',
      },
      side,
    );
  };
  const words = valueWords(figure, at, side);
  return [
    ...key(series.map(({ label }) => label)),
    drawRows(
      rows.map(({ x, y }) => ({
        name: nameOf(figure, x, formats.x(x)),
        marks: furniture(
          [...y.flatMap(bar), zero, ...valueLines(figure, at, side, height), ...y.map(valueLabel)],
          height,
        ),
      })),
      words ? furniture(words.children, words.height) : [],
      [],
      side,
    ),
  ];
}

/** Creates a scale from values to per cent of the width. The domain always includes zero. */
export function barScale({ annotations }: ChartFigure, values: readonly number[]): (value: number) => number {
  const all = [0, ...values, ...annotations.flatMap(one => ('y' in one ? one.y : []))];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return d3().scaleLinear([low, high === low ? low + 1 : high], [0, 100]);
}

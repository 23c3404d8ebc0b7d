/** Bar charts: horizontal bars from zero, one row per category, with the value at the end of each bar. */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import { paintOf } from './paint.ts';
import { drawRows, isMutedRow, nameOf, roomsFor, valueLines, valueWords } from './rows.ts';
import { dot, em, key, label, plot, type Side, upright } from './svg.ts';

/** Draws a bar chart or a lollipop chart of categories. */
export function drawBars(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series, chart } = figure;
  const paint = paintOf(figure);
  const values = rows.flatMap(({ y }) => y.flatMap(value => value ?? []));
  const at = barScale(figure, values);
  const texts = (isNegative: boolean) =>
    values.filter(value => value < 0 === isNegative).map(value => formats.label(value));
  const labelled = roomsFor({ negative: texts(true), other: texts(false) });
  const furniture = labelled ?? ((children: Element[], height: number) => [plot(height, children)]);
  const thickness = series.length === 1 ? 22 : 18;
  const height = series.length * thickness;
  const isDotted = chart === 'lollipop';
  const gap = series.length > 1 ? 2 : 0;
  const mark = (row: string, value: number | null, index: number): Element[] => {
    if (value === null) return [];
    const own = paint.value(row, index, value);
    const middle = (index + 0.5) * thickness;
    if (!isDotted)
      return [
        s('rect', {
          className: ['chart-fill', own],
          ...side.span(at(0), at(value)),
          y: em(index * thickness),
          height: em(thickness - gap),
        }),
      ];
    const [x1, x2] = [side.at(at(0)), side.at(at(value))];
    return [
      s('line', { className: ['chart-stroke', 'chart-stem', own], x1, x2, y1: em(middle), y2: em(middle) }),
      dot([own], x2, middle, 6),
    ];
  };
  const valueLabel = (value: number | null, index: number) => {
    const isNegative = value !== null && value < 0;
    const distance = isDotted && value !== null ? 10 : 5;
    return label(
      // A missing value must not look like zero, so draw a dash.
      value === null ? '–' : formats.label(value),
      {
        x: side.at(at(value ?? 0)),
        y: (index + 0.5) * thickness + (series.length > 1 && !isDotted ? 3.5 : 4.5),
        dx: side.shift(isNegative ? -distance : distance),
        anchor: isNegative ? 'end' : 'start',
        className: value === null ? 'chart-tick' : 'chart-halo',
      },
      side,
    );
  };
  const words = valueWords(figure, at, side);
  return [
    ...key(series.map(({ label }, index) => ({ name: label, colour: paint.series(index) }))),
    drawRows(
      rows.map(({ x, y }) => ({
        name: nameOf(figure, x, formats.x(x)),
        isMuted: isMutedRow(paint, x, series),
        marks: furniture(
          [
            ...y.flatMap((value, index) => mark(x, value, index)),
            upright(['chart-zero'], side.at(at(0)), 0, height),
            ...valueLines(figure, at, side, height),
            ...y.flatMap((value, index) => (labelled || value === null ? [valueLabel(value, index)] : [])),
          ],
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

/**
 * Stacked bar charts of categories, one row per category. A part of a bar shows its value if the number fits on
 * the narrowest screen.
 */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { barScale } from './bar.ts';
import type { ChartFormats } from './format.ts';
import { drawRows, nameOf, valueLines, valueWords } from './rows.ts';
import { stackOf } from './stack.ts';
import { colour, key, label, narrowest, plot, type Side } from './svg.ts';
import { textWidth } from './text.ts';

const height = 28;

/** Draws a stacked bar chart of categories. */
export function drawStackedBars(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series } = figure;
  const stacks = rows.map(({ y }) => stackOf(y));
  const at = barScale(
    figure,
    stacks.flatMap(parts => parts.flatMap(({ from, to }) => [from, to])),
  );
  const words = valueWords(figure, at, side);
  const zero = s('line', {
    className: ['chart-zero'],
    x1: side.at(at(0)),
    x2: side.at(at(0)),
    y1: 0,
    y2: height,
  });
  return [
    ...key(series.map(({ label }) => label)),
    drawRows(
      rows.map(({ x }, index) => ({
        name: nameOf(figure, x, formats.x(x)),
        marks: [
          plot(height, [
            ...stacks[index]!.map(({ series, from, to }) =>
              s('rect', {
                className: ['chart-fill', 'chart-part', colour(series)],
                ...side.span(at(from), at(to)),
                y: 0,
                height,
              }),
            ),
            zero,
            ...valueLines(figure, at, side, height),
            ...stacks[index]!.flatMap(({ series, value, from, to }) => {
              const text = formats.number(value);
              const room = (Math.abs(at(to) - at(from)) / 100) * narrowest;
              if (textWidth(text) + 8 > room) return [];
              return label(
                text,
                {
                  x: side.at((at(from) + at(to)) / 2),
                  y: height / 2 + 4.5,
                  anchor: 'middle',
                  className: `chart-on-c${series + 1}`,
                },
                side,
              );
            }),
          ]),
        ],
      })),
      words ? [plot(words.height, words.children)] : [],
      [],
      side,
    ),
  ];
}

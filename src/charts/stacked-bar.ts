/**
 * Stacked bar charts of categories, one row per category. A part of a bar shows its value if the number fits.
 */
import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { barScale } from './bar.ts';
import type { ChartFormats } from './format.ts';
import { paintOf } from './paint.ts';
import { drawRows, isMutedRow, nameOf, valueLines, valueWords } from './rows.ts';
import { stackOf } from './stack.ts';
import { em, key, label, plot, type Side, type Size, shownIn, sizes, upright } from './svg.ts';
import { textWidth } from './text.ts';

const height = 28;

/** Draws a stacked bar chart of categories. */
export function drawStackedBars(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const { rows, series } = figure;
  const paint = paintOf(figure);
  const stacks = rows.map(({ y }) => stackOf(y));
  const at = barScale(
    figure,
    stacks.flatMap(parts => parts.flatMap(({ from, to }) => [from, to])),
  );
  const words = valueWords(figure, at, side);
  const zero = upright(['chart-zero'], side.at(at(0)), 0, height);
  return [
    ...key(series.map(({ label }, index) => ({ name: label, colour: paint.series(index) }))),
    drawRows(
      rows.map(({ x }, index) => ({
        name: nameOf(figure, x, formats.x(x)),
        isMuted: isMutedRow(paint, x, series),
        marks: [
          plot(height, [
            ...stacks[index]!.map(({ series, value, from, to }) =>
              s('rect', {
                className: ['chart-fill', 'chart-part', paint.value(x, series, value)],
                ...side.span(at(from), at(to)),
                y: 0,
                height: em(height),
              }),
            ),
            zero,
            ...valueLines(figure, at, side, height),
            ...stacks[index]!.flatMap(({ series, value, from, to }) => {
              const text = formats.label(value);
              const share = Math.abs(at(to) - at(from)) / 100;
              const shown = (Object.keys(sizes) as Size[]).filter(
                size => textWidth(text) + 8 <= share * sizes[size],
              );
              if (shown.length === 0) return [];
              return label(
                text,
                {
                  x: side.at((at(from) + at(to)) / 2),
                  y: height / 2 + 4.5,
                  anchor: 'middle',
                  className: ['chart-on', paint.value(x, series, value), ...shownIn(...shown)].join(' '),
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

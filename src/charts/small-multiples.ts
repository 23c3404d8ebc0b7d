/** Small multiples: a small line chart per series, all with the same scales. */
import type { Element } from 'hast';
import { h, s } from 'hastscript';
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { logTicks, sortedRows, xScale } from './axis.ts';
import { d3 } from './d3.ts';
import type { ChartFormats } from './format.ts';
import { stretched } from './frame.ts';
import { linePath } from './line.ts';
import { muted, paintOf } from './paint.ts';
import { across, beside, dot, label, plot, roomFor, type Side, strip } from './svg.ts';
import { cutText, textWidth } from './text.ts';

const [top, plotHeight, axisHeight] = [10, 84, 22];
const bottom = top + plotHeight;
const height = bottom + axisHeight;

/** Draws small multiples. */
export function drawSmallMultiples(figure: ChartFigure, formats: ChartFormats, side: Side): Element[] {
  const paint = paintOf(figure);
  const rows = sortedRows(figure);
  const x = xScale(figure, rows, 2, 98);
  const { scale, ticks } = panelScale(figure);
  const y = (value: number): number => scale(value);
  const tickText = formats.ticks(ticks);
  const room = roomFor(ticks.map(tickText));
  const [first, last] = edgeTexts(figure, rows, formats, panelWidth - room);
  const noted = figure.annotations.flatMap(one => ('y' in one ? one.y : []));
  const panel = (index: number): Element => {
    const colour = paint.isMuted(index) ? muted : 'chart-c1';
    const end = rows.findLast(row => row.y[index] !== null);
    return h('div', { className: ['chart-panel'] }, [
      h('span', { className: ['chart-panel-name'] }, figure.series[index]!.label),
      strip(
        [
          beside(
            room,
            height,
            ticks.map(tick =>
              label(
                tickText(tick),
                { x: room - 6, y: y(tick) + 4.5, anchor: 'end', className: 'chart-tick' },
                side,
              ),
            ),
          ),
          plot(height, [
            ...ticks.map(tick => across(tick === 0 ? 'chart-zero' : 'chart-grid', y(tick))),
            ...noted.map(value => across('chart-mark-line', y(value))),
            stretched(height, [
              s('path', {
                className: ['chart-stroke', 'chart-line', colour],
                d: linePath({ rows, x, y }, index),
              }),
            ]),
            ...(end ? [dot([colour], side.at(x(end.x)), y(end.y[index]!), 3.5)] : []),
            label(first, { x: side.at(0), y: height - 6, className: 'chart-tick' }, side),
            ...(rows.length > 1
              ? [
                  label(
                    last,
                    { x: side.at(100), y: height - 6, anchor: 'end', className: 'chart-tick' },
                    side,
                  ),
                ]
              : []),
          ]),
        ],
        side,
      ),
    ]);
  };
  return [
    h(
      'div',
      { className: ['chart-panels'] },
      figure.series.map((_, index) => panel(index)),
    ),
  ];
}

/** Smallest width of a panel, in units. A style in chart.css sets it. */
const panelWidth = 132;

/** Texts of the first and the last row, which are shorter dates or cut if they would meet. */
function edgeTexts(
  { x }: ChartFigure,
  rows: readonly ChartRow[],
  formats: ChartFormats,
  width: number,
): [first: string, last: string] {
  const ends = [rows[0]!.x, rows.at(-1)!.x];
  const lengths = x.kind === 'date' ? [10, 7, 4] : [ends.join('').length];
  const choices = lengths.map(length => {
    const values = ends.map(value => value.slice(0, length));
    return values.map(formats.xTicks(values));
  });
  const fits = (texts: readonly string[]) => texts.every(text => textWidth(text) <= width / 2 - 4);
  const texts = choices.find(texts => fits(texts) && texts[0] !== texts[1]) ?? choices[0]!;
  return texts.map(text => cutText(text, width / 2 - 4)) as [string, string];
}

/** Scale of the values of all panels, and its few grid lines. */
function panelScale({ rows, annotations, scale: form }: ChartFigure): {
  scale: (value: number) => number;
  ticks: number[];
} {
  const noted = annotations.flatMap(one => ('y' in one ? one.y : []));
  const [low = 0, high = 0] = d3().extent([
    ...rows.flatMap(({ y }) => y.flatMap(value => value ?? [])),
    ...noted,
  ]);
  if (form === 'log') {
    const scale = d3()
      .scaleLog([low, high === low ? low * 10 : high], [bottom, top])
      .nice();
    const [from = low, to = high] = scale.domain();
    const choices = logTicks(from, to);
    return { scale, ticks: choices.find(({ length }) => length <= 4) ?? choices.at(-1) ?? [] };
  }
  const isNear = low === high || (low >= 0 && low < high * 0.5) || (high <= 0 && high > low * 0.5);
  const bounds = isNear ? [Math.min(0, low), high === low && low === 0 ? 1 : Math.max(0, high)] : [low, high];
  const scale = d3().scaleLinear(bounds, [bottom, top]);
  return { scale, ticks: scale.ticks(3) };
}

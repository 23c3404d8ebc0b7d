/** A small version of a chart, for the card that link previews show. */
import type { ChartFigure, ChartRow } from '../article/model.ts';
import { createFormats } from './format.ts';

/** Chart of a card: bars with their labels, or lines over an axis. Exactly one of `bars` and `lines` has elements. */
export interface ChartPreview {
  title: string;
  bars: PreviewBar[];
  lines: PreviewLine[];
  /** Name of the line that is not grey; undefined if there is only one. */
  lineLabel: string | undefined;
  /** Labels of the left and right ends of the axis below the lines. */
  ends: [first: string, last: string] | undefined;
}

/** `start` and `length` are in per cent of the width, from the side where the row begins. */
export interface PreviewBar {
  label: string;
  value: string;
  start: number;
  length: number;
  /** Whether the bar is grey, because others are highlighted. */
  isMuted: boolean;
}

/** `path` is an SVG path in a box of 1000 by 135. */
export interface PreviewLine {
  path: string;
  isMuted: boolean;
}

/** Number of bars that a card has room for. */
const mostBars = 5;
const box = { width: 1000, height: 135 };
const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * Summarizes a chart.
 * @param lang language tag (BCP 47)
 * @returns undefined if the chart needs more room, or a legend
 */
export function chartPreview(figure: ChartFigure, lang: string): ChartPreview | undefined {
  const { chart, x, series, scale, highlight } = figure;
  if (scale !== 'linear') return undefined;
  if (x.kind === 'category') {
    const hasBars = chart === 'bar' || chart === 'lollipop' || chart === 'dot';
    return hasBars && series.length === 1 ? barsOf(figure, lang) : undefined;
  }
  const isClear = series.length === 1 || (chart === 'line' && highlight.series.length === 1);
  return (chart === 'line' || chart === 'area') && isClear ? linesOf(figure, lang) : undefined;
}

function barsOf(figure: ChartFigure, lang: string): ChartPreview | undefined {
  const { caption, rows, highlight } = figure;
  const formats = createFormats(figure, lang);
  const values = rows.flatMap(({ y }) => y[0] ?? []);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (high === low) return undefined;
  const part = (value: number) => ((value - low) / (high - low)) * 100;
  const bars = rows.slice(0, mostBars).flatMap(({ x, y: [value] }): PreviewBar[] =>
    value == null
      ? []
      : [
          {
            label: formats.x(x),
            value: formats.label(value),
            start: round(Math.min(part(value), part(0))),
            length: round(Math.abs(part(value) - part(0))),
            isMuted: highlight.rows.length > 0 && !highlight.rows.includes(x),
          },
        ],
  );
  return { title: caption ?? '', bars, lines: [], lineLabel: undefined, ends: undefined };
}

function linesOf(figure: ChartFigure, lang: string): ChartPreview | undefined {
  const { caption, rows, series, highlight } = figure;
  const values = rows.flatMap(({ y }) => y.filter(value => value !== null));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (rows.length < 2 || values.length < 2 || high === low) return undefined;
  const place = positionsOf(rows);
  const at = (row: ChartRow, value: number) =>
    `${round(place(row) * box.width)} ${round((1 - (value - low) / (high - low)) * box.height)}`;
  const lines = series.map((_, index) => {
    let isGap = true;
    const path = rows
      .map(row => {
        const value = row.y[index] ?? null;
        const step = value === null ? '' : `${isGap ? 'M' : 'L'}${at(row, value)}`;
        isGap = value === null;
        return step;
      })
      .join('');
    return { path, isMuted: highlight.series.length > 0 && !highlight.series.includes(index) };
  });
  const formats = createFormats(figure, lang);
  return {
    title: caption ?? '',
    bars: [],
    lines,
    lineLabel: series.length > 1 ? series[highlight.series[0]!]!.label : undefined,
    ends: [formats.x(rows[0]!.x), formats.x(rows.at(-1)!.x)],
  };
}

/** Places rows between 0 and 1 by their date or number, or evenly if these cannot be compared. */
function positionsOf(rows: readonly ChartRow[]): (row: ChartRow) => number {
  const moments = rows.map(({ x }) => (/^\d{4}(?:-|$)/.test(x) ? Date.parse(x) : Number(x)));
  const [first, last] = [moments[0]!, moments.at(-1)!];
  const isRising = moments.every((moment, index) => index === 0 || moment >= moments[index - 1]!);
  const span = isRising && last > first ? last - first : 0;
  const places = new Map(
    rows.map((row, index) => [row, span > 0 ? (moments[index]! - first) / span : index / (rows.length - 1)]),
  );
  return row => places.get(row)!;
}

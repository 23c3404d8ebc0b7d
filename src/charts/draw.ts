/** Draws charts as HTML and SVG elements. Their colours and fonts are in templates/styles/chart.css. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { ChartFigure } from '../article/model.ts';
import { assertUnreachable } from '../base/diagnostics.ts';
import { drawAreas } from './area.ts';
import { drawBars } from './bar.ts';
import { drawColumns } from './column.ts';
import { drawDots } from './dot.ts';
import { type ChartFormats, createFormats } from './format.ts';
import { drawLines } from './line.ts';
import { noteList } from './notes.ts';
import { axisNames, drawScatter } from './scatter.ts';
import { drawSlopes } from './slope.ts';
import { drawSmallMultiples } from './small-multiples.ts';
import { drawStackedBars } from './stacked-bar.ts';
import { axisSide, readingSide } from './svg.ts';
import type { ChartWords } from './words.ts';

/** Draws a chart of any type. */
export function drawChart(figure: ChartFigure, { lang, dir }: Pick<ChartWords, 'lang' | 'dir'>): Element[] {
  const formats = createFormats(figure, lang);
  const names = figure.chart === 'scatter' ? axisNames(figure) : undefined;
  const above = [names?.up, formats.unit].filter(Boolean).join(', ');
  return [
    ...(above === '' ? [] : [h('p', { className: ['chart-unit'] }, above)]),
    ...drawForm(figure, formats, dir),
    ...(names ? [h('p', { className: ['chart-unit', 'chart-unit-across'] }, names.across)] : []),
    ...noteList(figure, formats),
  ];
}

function drawForm(figure: ChartFigure, formats: ChartFormats, dir: 'ltr' | 'rtl'): Element[] {
  const isDated = figure.x.kind === 'date';
  switch (figure.chart) {
    case 'bar':
    case 'lollipop':
      return isDated
        ? drawColumns(figure, formats, axisSide(dir))
        : drawBars(figure, formats, readingSide(dir));
    case 'stacked-bar':
      return isDated
        ? drawColumns(figure, formats, axisSide(dir))
        : drawStackedBars(figure, formats, readingSide(dir));
    case 'line':
      return drawLines(figure, formats, axisSide(dir));
    case 'area':
      return drawAreas(figure, formats, axisSide(dir));
    case 'dot':
      return drawDots(figure, formats, readingSide(dir));
    case 'slope':
      return drawSlopes(figure, formats, axisSide(dir));
    case 'scatter':
      return drawScatter(figure, formats, axisSide(dir));
    case 'small-multiples':
      return drawSmallMultiples(figure, formats, axisSide(dir));
    default:
      return assertUnreachable(figure.chart);
  }
}

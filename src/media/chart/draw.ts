/** A chart as elements of HTML and SVG, without styles of its own: templates/styles/chart.css gives it colours and letters. */
import type { Element } from 'hast';
import type { ChartFigure } from '../../article/model.ts';
import { assertUnreachable } from '../../diagnostics.ts';
import { drawAreas } from './area.ts';
import { drawBars } from './bar.ts';
import { drawColumns } from './column.ts';
import { drawDots } from './dot.ts';
import { createFormats } from './format.ts';
import { drawLines } from './line.ts';
import { drawStackedBars } from './stacked-bar.ts';
import { sideOf } from './svg.ts';
import type { ChartWords } from './words.ts';

export function drawChart(figure: ChartFigure, { lang, dir }: Pick<ChartWords, 'lang' | 'dir'>): Element[] {
  const formats = createFormats(figure, lang);
  const side = sideOf(dir);
  switch (figure.chart) {
    case 'bar':
      return figure.x.kind === 'date' ? drawColumns(figure, formats, side) : drawBars(figure, formats, side);
    case 'stacked-bar':
      return figure.x.kind === 'date'
        ? drawColumns(figure, formats, side)
        : drawStackedBars(figure, formats, side);
    case 'line':
      return drawLines(figure, formats, side);
    case 'area':
      return drawAreas(figure, formats, side);
    case 'dot':
      return drawDots(figure, formats, side);
    default:
      return assertUnreachable(figure.chart);
  }
}

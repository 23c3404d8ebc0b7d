import type { ElementContent } from 'hast';
import type { ChartFigure } from '../../article/model.ts';
import { dataFileOf } from '../../article/text.ts';
import { chartTable, singleValue } from '../../charts/data.ts';
import { describeChart } from '../../charts/describe.ts';
import { drawChart } from '../../charts/draw.ts';
import type { ChartView } from '../views.ts';
import { type HandlerContext, renderElement, toHtml } from './context.ts';

/**
 * Renders a chart with elements/chart.html. Only the page includes the drawing, because only the page has the
 * style sheet.
 */
export function chart(node: ChartFigure, context: HandlerContext): ElementContent {
  const { locale, where, folderUrl } = context;
  const { id, subtitle, source, credit, note, layout: width = 'text' } = node;
  const title = node.caption ?? '';
  const description = describeChart(node, locale);
  const single = singleValue(node, locale.lang);
  const view = {
    id,
    title,
    width,
    subtitle,
    source,
    credit,
    note,
    description,
    label: locale.t('chart-label', { kind: locale.t(`chart-${node.chart}`), title, description }),
    single,
    html: where === 'page' && !single ? toHtml(drawChart(node, locale)) : undefined,
    table: chartTable(node, locale.lang),
    dataUrl: `${folderUrl}${encodeURIComponent(dataFileOf(node))}`,
  };
  return renderElement<ChartView>('chart', view, context);
}

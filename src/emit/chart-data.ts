/** Emits the data of charts as CSV files beside their page. */
import type { ContentDocument } from '../article/model.ts';
import { dataFileOf } from '../article/text.ts';
import { blocksOf } from '../article/walk.ts';
import type { OutputFile } from '../base/output-file.ts';
import { chartCsv } from '../charts/data.ts';
import { outputFileOf } from '../site/urls.ts';

/** Emits a CSV file for each chart of a document. @param path path of the page, from the site's root */
export function emitChartData(path: string, { body }: ContentDocument<unknown>): OutputFile[] {
  return blocksOf(body, 'figure').flatMap(figure =>
    figure.kind === 'chart'
      ? [{ path: outputFileOf(path + dataFileOf(figure)), text: chartCsv(figure) }]
      : [],
  );
}

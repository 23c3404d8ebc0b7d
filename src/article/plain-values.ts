/** Finds mistakes in the texts of the front matter, which appear as they are written. */
import type { Report } from '../base/diagnostics.ts';
import type { PlaceOf } from '../base/yaml.ts';
import { wrongCharacters } from './leftover-lines.ts';
import { shortened } from './tell.ts';

const markdown = /\*\*([^*\s][^*]{0,200})\*\*|(?<!!)\[([^[\]]{1,200})\]\([^()\s]{1,500}\)/;
const entity = /&(amp|lt|gt|quot|nbsp|apos|#39|[lr]squo|[lr]dquo|[mn]dash|hellip);/;
const characters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  apos: "'",
  '#39': "'",
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  mdash: '—',
  ndash: '–',
  hellip: '…',
};

/** Reports Markdown, HTML entities and wrongly decoded characters in the headline and the standfirst. */
export function reportValues(
  values: Readonly<Record<string, unknown>>,
  placeOf: PlaceOf,
  report: Report,
): void {
  for (const key of ['title', 'standfirst'] as const) {
    const text = values[key];
    if (typeof text !== 'string') continue;
    const wrong = wrongCharacters(text)[0];
    if (wrong) report('warning', 'text-encoding/value', placeOf(key), { written: wrong.written, key });
    const mark = /[*\]]/.test(text) ? markdown.exec(text) : null;
    if (mark)
      report('warning', 'front-matter-markup/markdown', placeOf(key), {
        key,
        written: shortened(mark[0]),
        fixed: shortened(mark[1] ?? mark[2] ?? ''),
      });
    const code = text.includes('&') ? entity.exec(text) : null;
    if (code)
      report('warning', 'front-matter-markup/entity', placeOf(key), {
        key,
        written: code[0],
        fixed: characters[code[1]!] ?? '',
      });
  }
}

/**
 * Parts of the style sheet that a story's page contains only if it needs them, because most stories need few. The
 * rest of the style sheet is in every page.
 */
import type { Article } from '../article/model.ts';
import { contentsOf } from '../article/text.ts';
import { walkBlocks } from '../article/walk.ts';

/** Names of the parts, with their layer in main.css. Each is a file `styles/<name>.css`. */
export const styleParts = {
  contents: 'article',
  'key-figures': 'article',
  quote: 'elements',
  chart: 'elements',
  recordings: 'elements',
  timeline: 'elements',
  boxes: 'elements',
  steps: 'elements',
  lightbox: 'elements',
  forms: 'elements',
} as const;
export type StylePart = keyof typeof styleParts;

/** Types of stories whose page has no rules in forms.css. */
const plainTypes: ReadonlySet<string> = new Set(['news', 'report', 'background', 'agency', 'sponsored']);

/** Finds the parts that a story's page needs, in the order of `styleParts`. */
export function stylePartsOf({ meta, body }: Article): StylePart[] {
  const needed = new Set<StylePart>();
  if (contentsOf(body).length > 1) needed.add('contents');
  if (meta.keyFigures.length > 0) needed.add('key-figures');
  if (!plainTypes.has(meta.type) || meta.review || meta.life) needed.add('forms');
  walkBlocks(body, node => {
    if (node.type === 'quote') needed.add('quote');
    else if (node.type === 'callout') needed.add(node.kind === 'steps' ? 'steps' : 'boxes');
    else if (node.type === 'relatedLink') needed.add('boxes');
    else if (node.type === 'figure') {
      if (node.kind === 'image') needed.add('lightbox');
      else if (node.kind === 'chart' || node.kind === 'timeline') needed.add(node.kind);
      else if (node.kind !== 'table') needed.add('recordings');
    }
  });
  return (Object.keys(styleParts) as StylePart[]).filter(part => needed.has(part));
}

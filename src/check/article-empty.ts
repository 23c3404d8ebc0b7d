import type { Nodes } from 'mdast';
import { documentRule } from './rule.ts';

/** Warns if an article has neither text nor a figure. */
export const articleEmpty = documentRule({
  id: 'article-empty',
  severity: 'warning',
  message: "The article has no text. Write it below the front matter, or add 'draft: true'.",
  check({ meta, body }, report) {
    // Without a headline, the file is incomplete in any case, and another message says so.
    if (meta?.title !== undefined && !meta.draft && !hasContent(body)) report('title');
  },
});

function hasContent(node: Nodes): boolean {
  if (node.type === 'figure') return true;
  if ('value' in node) return node.value.trim() !== '';
  return 'children' in node && (node.children as Nodes[]).some(hasContent);
}

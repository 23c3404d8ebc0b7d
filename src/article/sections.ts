/**
 * Nests headings and their content as `articleSection` nodes, and assigns the ids that link fragments refer
 * to.
 */
import GithubSlugger, { slug as toSlug } from 'github-slugger';
import type { Heading, Root, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Report } from '../base/diagnostics.ts';
import { plainWords } from '../base/words.ts';
import type { ArticleSection } from './model.ts';
import { blocksOf, walkBlocks } from './walk.ts';

/**
 * Nests headings and their content as sections, in place. Content before the first heading remains at the top
 * level. A heading of depth 1 gets depth 2 and a warning, because the headline is the page's only heading of
 * depth 1.
 */
export function nestSections(tree: Root, report: Report): void {
  const children: RootContent[] = [];
  const open: ArticleSection[] = [];
  for (const node of tree.children) {
    if (node.type !== 'heading') {
      (open.at(-1)?.children ?? children).push(node);
      continue;
    }
    const depth = headingDepth(node, report);
    while (open.length > 0 && open.at(-1)!.depth >= depth) open.pop();
    const section: ArticleSection = {
      type: 'articleSection',
      id: '',
      depth,
      children: [{ ...node, depth }],
      ...(node.position && { position: node.position }),
    };
    (open.at(-1)?.children ?? children).push(section);
    open.push(section);
  }
  tree.children = children;
}

function headingDepth(node: Heading, report: Report): Heading['depth'] {
  if (node.depth > 1) return node.depth;
  report('warning', 'body-heading-one', node.position?.start);
  return 2;
}

/**
 * Sets the ids of sections, quotes and figures: GitHub's slugs, with duplicates numbered. Headings come
 * first, so that their ids do not depend on the rest of the article.
 */
export function assignIds(tree: Root): void {
  const slugger = new GithubSlugger();
  for (const section of blocksOf(tree, 'articleSection')) {
    const heading = plainWords(textOf(section.children[0]));
    section.id = slugger.slug(/[a-z\d]/i.test(heading) || toSlug(heading) ? heading : 'section');
  }
  walkBlocks(tree, node => {
    if (node.type === 'quote') node.id = slugger.slug(`quote-${plainWords(node.speaker)}`);
    else if (node.type === 'figure')
      node.id = slugger.slug(node.caption ? `${node.kind}-${plainWords(node.caption)}` : node.kind);
  });
}

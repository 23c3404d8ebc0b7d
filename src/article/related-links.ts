/** Converts lines of the form `Also read: [headline](url)` to `relatedLink` nodes. */
import type { Paragraph, Root } from 'mdast';
import type { RelatedLink } from './model.ts';
import { walkBlocks } from './walk.ts';

/** Words that begin a related link, in the languages of templates/strings/. */
const lead =
  /^(?:Also read|Read also|Lea también|Lire aussi|Lesen Sie auch|اقرأ أيضًا|اقرأ أيضا|קראו גם)\s*:\s*$/iu;

/** Replaces paragraphs of the form `Also read: [headline](url)` with `relatedLink` nodes, in place. */
export function adoptRelatedLinks(tree: Root): void {
  walkBlocks(tree, (node, index, parent) => {
    const link = node.type === 'paragraph' && relatedLinkOf(node);
    if (link && parent && index !== undefined) parent.children[index] = link;
  });
}

function relatedLinkOf({ children, position }: Paragraph): RelatedLink | undefined {
  const [text, link, after] = children;
  if (text?.type !== 'text' || link?.type !== 'link' || !lead.test(text.value)) return undefined;
  if (children.length > 3 || (after && !(after.type === 'text' && after.value.trim() === '.')))
    return undefined;
  return { type: 'relatedLink', url: link.url, children: link.children, ...(position && { position }) };
}

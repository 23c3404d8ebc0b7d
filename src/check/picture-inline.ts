import { walkBlocks } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/**
 * Warns if a paragraph contains a picture and text. Only a picture of its own has a caption and a credit.
 * Drawings are allowed, because they are often symbols.
 */
export const pictureInline = documentRule({
  id: 'picture-inline',
  severity: 'warning',
  message: ({ url }: { url: string }) =>
    `The picture shares a paragraph with text, so it appears without a caption and a credit. Put an empty line above and below it: '![…](${url} "Caption. Photo: Name")'.`,
  check({ body }, report) {
    walkBlocks(body, node => {
      if (node.type !== 'paragraph') return undefined;
      for (const child of node.children)
        if (child.type === 'image' && !/\.svg(?:#|$)/i.test(child.url))
          report(startOf(child), { url: /\s/.test(child.url) ? `<${child.url}>` : child.url });
      return undefined;
    });
  },
});

/** Converts HTML of any system to Markdown as Broadsheet reads it. The steps are in order. */
import type { Element, Root as HastRoot } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import type { Root } from 'mdast';
import { gfmAutolinkLiteralToMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import { parseFragment } from 'parse5';
import { flattenTables, liftBlocks, wrapInline } from './blocks.ts';
import { adoptCards } from './cards.ts';
import { clean, tidyInline } from './clean.ts';
import type { HtmlContext } from './context.ts';
import { adoptEmbeds } from './embeds.ts';
import { adoptFigures } from './figures.ts';
import { repairHeadings } from './headings.ts';
import { adoptRelated, type Correction, takeCorrections } from './lines.ts';
import { resolveLinks } from './links.ts';
import { adoptNotes } from './notes.ts';
import { plainBlock } from './plain-blocks.ts';
import { adoptBoxes, adoptQuotes } from './quotes.ts';
import { adoptTableCaptions } from './table-captions.ts';
import { handlersFor, toTree } from './to-mdast.ts';
import { classesOf } from './tree.ts';

/** Parses HTML as browsers do. */
export const parseHtml = (html: string): HastRoot => fromParse5(parseFragment(html)) as HastRoot;

/** Number of levels above which a tree is flattened, because every later step recurses. */
const depthLimit = 200;

/** A converted body. */
export interface Converted {
  markdown: string;
  corrections: Correction[];
}

interface Step {
  /** Names of elements, and classes with a dot, without any of which the step has nothing to do. */
  needs: RegExp;
  run(tree: HastRoot, context: HtmlContext): unknown;
}

/** Steps that turn what systems write into elements of Broadsheet, in order. */
const steps: readonly Step[] = [
  { needs: /^a$/, run: adoptNotes },
  { needs: /^(?:blockquote$|\..*pull-?quote)/i, run: adoptQuotes },
  { needs: /^table$/, run: adoptTableCaptions },
  { needs: /^(?:img|figure)$/, run: adoptFigures },
  { needs: /^(?:iframe|embed|object|video|audio|figure|\.wp-block-embed__wrapper)$/, run: adoptEmbeds },
  { needs: /^(?:aside|details|div)$/, run: adoptBoxes },
];

/** Converts a parsed body, which is changed. */
export function convertHtml(tree: HastRoot, context: HtmlContext): Converted {
  if (flatten(tree, depthLimit)) context.report('too-deep', context.title);
  adoptCards(tree, context);
  clean(tree, context);
  const names = namesIn(tree);
  const has = (pattern: RegExp) => names.some(name => pattern.test(name));
  for (const { needs, run } of steps) if (has(needs)) run(tree, context);
  const corrections = takeCorrections(tree, context);
  adoptRelated(tree, context);
  if (has(/^table$/)) flattenTables(tree, () => context.report('table-layout', context.title));
  liftBlocks(tree);
  tidyInline(tree);
  repairHeadings(tree, context);
  resolveLinks(tree, context);
  wrapInline(tree);
  return { markdown: printBlocks(tree, context), corrections };
}

/** Names of all elements of a tree, and their classes with a dot. */
function namesIn(tree: HastRoot): string[] {
  const names = new Set<string>();
  const visit = (node: HastRoot | Element) => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      names.add(child.tagName);
      for (const name of classesOf(child)) names.add(`.${name}`);
      visit(child);
    }
  };
  visit(tree);
  return [...names];
}

/** Writes the blocks of a prepared tree: ordinary text directly, and what is between it through mdast. */
function printBlocks(tree: HastRoot, context: HtmlContext): string {
  const parts: string[] = [];
  let others: HastRoot['children'] = [];
  const handlers = handlersFor(context);
  const flush = () => {
    if (others.length > 0)
      parts.push(printMarkdown(toTree({ type: 'root', children: others }, handlers)).trimEnd());
    others = [];
  };
  for (const node of tree.children) {
    const line = node.type === 'element' ? plainBlock(node) : undefined;
    if (line === undefined) others.push(node);
    else {
      flush();
      parts.push(line);
    }
  }
  flush();
  return parts.length === 0 ? '' : `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

/** Writes an mdast tree as Markdown. */
export function printMarkdown(tree: Root): string {
  return toMarkdown(tree, {
    bullet: '-',
    emphasis: '*',
    rule: '-',
    resourceLink: false,
    listItemIndent: 'one',
    unsafe: [
      // Braces would look like template tags of another system.
      { character: '{', after: '[{%]', inConstruct: 'phrasing' },
      // GFM links `www.\[`. A pattern with `after` has no effect before a character that is escaped itself.
      {
        character: '.',
        before: '[Ww]{3}',
        inConstruct: 'phrasing',
        notInConstruct: ['autolink', 'link', 'image', 'label'],
      },
    ],
    extensions: [
      gfmAutolinkLiteralToMarkdown(),
      gfmFootnoteToMarkdown(),
      gfmStrikethroughToMarkdown(),
      gfmTableToMarkdown({ tablePipeAlign: false }),
    ],
  });
}

/** Replaces elements below a level by their content. @returns whether there were any */
function flatten(node: HastRoot | HastRoot['children'][number], levels: number): boolean {
  if (!('children' in node)) return false;
  if (levels > 0) return node.children.map(child => flatten(child, levels - 1)).some(Boolean);
  if (!node.children.some(child => child.type === 'element')) return false;
  const texts: string[] = [];
  const open = [...node.children].reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === 'text') texts.push(next.value);
    else if (next.type === 'element') open.push(...[...next.children].reverse());
  }
  node.children = [{ type: 'text', value: texts.join(' ') }];
  return true;
}

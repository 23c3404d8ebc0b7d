/** Parses Markdown (CommonMark and GFM) to mdast. */
import type { Root } from 'mdast';
import { definitions } from 'mdast-util-definitions';
import { type Processor, unified } from 'unified';
import type { VFile } from 'vfile';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { lazyPackage } from '../base/lazy-package.ts';
import type { ParserName } from './parser-names.ts';
import { blocksOf, walk } from './walk.ts';

const remarkParse = lazyPackage<typeof import('remark-parse')>('remark-parse');
const remarkGfm = lazyPackage<typeof import('remark-gfm')>('remark-gfm');
const satteri = lazyPackage<typeof import('./satteri.ts')>('satteri');

export type MarkdownParser = (file: VFile) => Root;

/**
 * Creates a parser that loads its packages when it parses the first file. It uses remark if satteri cannot be
 * loaded. Both produce the same trees: tests/article/parsers.test.ts compares them, including positions.
 */
export function createMarkdownParser(name: ParserName): MarkdownParser {
  let processor: Processor | undefined;
  return file => {
    processor ??= createProcessor(name);
    return processor.runSync(processor.parse(file), file) as Root;
  };
}

function createProcessor(name: ParserName): Processor {
  const processor = unified();
  if (name === 'satteri' && loadProblem() === undefined) processor.use(satteriParse);
  else useRemark(processor);
  return processor.use(() => inlineReferences).freeze() as Processor;
}

/**
 * Checks whether the site's parser can be loaded on this machine. Otherwise, remark replaces it.
 * @param file path of site.yaml, relative to the site's root
 * @returns a warning if the parser cannot be loaded; otherwise an empty list
 */
export function checkParser(name: ParserName, file: string): Diagnostic[] {
  const problem = name === 'satteri' ? loadProblem() : undefined;
  if (problem === undefined) return [];
  return [createDiagnostic(file, 'warning', 'parser-slow', undefined, { problem })];
}

/**
 * Checks whether satteri can be loaded.
 * @returns the first sentence of the error message; undefined if satteri can be loaded
 */
function loadProblem(): string | undefined {
  try {
    satteri();
    return undefined;
  } catch (error) {
    return (error as Error).message.split(/[.\n]/, 1)[0];
  }
}

const useRemark = (processor: Processor) => processor.use(remarkParse().default).use(remarkGfm().default);

/**
 * Maximum number of ampersands in a text that satteri parses. Its parsing time grows with the square of the
 * number of HTML entities in a paragraph.
 */
const mostEntities = 1_000;
const hasMoreEntities = (text: string): boolean =>
  text.split('&', mostEntities + 2).length > mostEntities + 1;

/**
 * Adapts satteri to unified. remark parses texts with many HTML entities, and texts that satteri rejects. The
 * front matter has been removed, so a `---` at the beginning of the text is a thematic break.
 */
function satteriParse(this: Processor): void {
  this.parser = (text, file) => {
    if (hasMoreEntities(text)) return useRemark(unified()).parse(file);
    try {
      return satteri().markdownToMdast(text, {
        features: { gfm: true, frontmatter: false },
      }) as unknown as Root;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return useRemark(unified()).parse(file);
    }
  };
}

/** Replaces reference-style links and pictures with inline ones, and removes the definitions. */
function inlineReferences(tree: Root): void {
  if (blocksOf(tree, 'definition').length === 0) return;
  const definitionOf = definitions(tree);
  walk(tree, (node, index, parent) => {
    if (!parent || index === undefined) return undefined;
    if (node.type === 'definition') {
      parent.children.splice(index, 1);
      return index;
    }
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return undefined;
    const definition = definitionOf(node.identifier);
    if (!definition) return undefined;
    const { url, title } = definition;
    const position = node.position && { position: node.position };
    parent.children[index] =
      node.type === 'linkReference'
        ? { type: 'link', url, title: title ?? null, children: node.children, ...position }
        : { type: 'image', url, title: title ?? null, alt: node.alt ?? null, ...position };
    return undefined;
  });
}

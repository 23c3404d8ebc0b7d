/** Markdown to mdast: CommonMark and GFM. */
import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkInlineLinks from 'remark-inline-links';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { VFile } from 'vfile';

/** `remark` is the reference; `satteri`, in Rust, gives the same tree in a tenth of the time. */
export const parserNames = ['satteri', 'remark'] as const;
export type ParserName = (typeof parserNames)[number];

/** Absent where it has no binary for the machine; remark-parse serves there. */
const satteri = await import('satteri').catch(() => undefined);

export type MarkdownParser = (file: VFile) => Root;

/** The trees are one: tests/article/parsers.test.ts compares them, positions included. */
export function createMarkdownParser(name: ParserName): MarkdownParser {
  const processor = unified();
  if (satteri && name === 'satteri') processor.use(satteriParse);
  else processor.use(remarkParse).use(remarkGfm);
  processor.use(remarkInlineLinks).freeze();
  return file => processor.runSync(processor.parse(file), file) as Root;
}

/** satteri as a unified parser. Front matter is split before, and a `---` that begins the text is a thematic break. */
function satteriParse(this: Processor): void {
  this.parser = text =>
    satteri!.markdownToMdast(text, { features: { gfm: true, frontmatter: false } }) as unknown as Root;
}

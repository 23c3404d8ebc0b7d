/** The manual: its chapters, their tables and their code blocks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './site.ts';

export const manualFolder = 'content/pages/manual';

export const readDocument = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

/** Paths of the chapters, without the index. */
export const chapterPaths = readdirSync(join(packageRoot, manualFolder))
  .filter(name => name.endsWith('.md') && name !== 'index.md')
  .map(name => `${manualFolder}/${name}`);

export interface CodeBlock {
  /** Path of the document. */
  document: string;
  /** Line of the block's first fence. */
  line: number;
  /** The language after the fence: `yaml`. */
  language: string;
  text: string;
  /** Text of the document after the block. */
  after: string;
}

export function codeBlocksOf(document: string): CodeBlock[] {
  const markdown = readDocument(document);
  return [...markdown.matchAll(/^(`{3,})(\w*)\n([\s\S]*?)^\1$\n?/gm)].map(match => ({
    document,
    line: markdown.slice(0, match.index).split('\n').length,
    language: match[2]!,
    text: match[3]!,
    after: markdown.slice(match.index + match[0].length).trimStart(),
  }));
}

/**
 * Rows of a table, as the texts of their cells.
 * @param heading first heading of the table
 */
export function tableOf(document: string, heading: string): string[][] {
  const lines = readDocument(document).split('\n');
  const start = lines.findIndex(line => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`${document} has no table '${heading}'.`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map(line =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim()),
  );
}

/** Names in backticks in a text: `` `src` or `url` `` has two. */
export const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

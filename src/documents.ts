/** The documents of sources as the cache has them, or made again where it has lost one. */
import type { ContentDocument } from './article/model.ts';
import { createPackReader, type PackPlace } from './cache/packs.ts';
import type { CompileSource } from './compile.ts';
import { readBeside, readSource } from './source.ts';

/** A document, and the source to make it from when the cache has lost it. */
export interface DocumentRef {
  source: string;
  place: PackPlace;
}

export interface DocumentReader {
  read(ref: DocumentRef): ContentDocument<unknown>;
  close(): void;
}

export function createDocumentReader(
  root: string,
  cacheFolder: string,
  compileSource: CompileSource,
): DocumentReader {
  const packs = createPackReader(cacheFolder);
  return {
    read({ source, place }) {
      const bytes = packs.read(place);
      if (bytes) return JSON.parse(bytes.toString());
      const { document } = compileSource(readSource(root, source), file => readBeside(root, file));
      return withoutPositions(document!);
    },
    close: () => packs.close(),
  };
}

/** Positions serve the messages alone, and are most of a tree. */
export function withoutPositions<T extends ContentDocument<unknown>>(document: T): T {
  stripPosition(document.body);
  return document;
}

function stripPosition(node: object): void {
  delete (node as { position?: unknown }).position;
  const { children } = node as { children?: object[] };
  if (children) for (const child of children) stripPosition(child);
}

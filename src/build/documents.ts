/** The documents of sources as the cache has them, or made again where it has lost one. */
import type { ContentDocument } from '../article/model.ts';
import { readBeside, readSource } from '../disk/content.ts';
import { createPackReader, type PackPlace } from '../disk/pack-file.ts';
import type { CompileSource } from './compile-source.ts';

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

/** A field that is deleted makes an object slow, one that is undefined does not, and JSON has neither. */
function stripPosition(node: { position?: unknown; children?: object[] }): void {
  if (node.position !== undefined) node.position = undefined;
  if (node.children) for (const child of node.children) stripPosition(child);
}

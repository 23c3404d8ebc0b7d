/** Reads the documents of sources from the cache, or compiles a source again if the cache has lost its document. */
import type { ContentDocument } from '../article/model.ts';
import { readDataFile, readSource, type SourceFolder } from '../disk/content.ts';
import { createPackReader, type PackPlace } from '../disk/pack-file.ts';
import type { CompileSource } from './compile-source.ts';

/** A document in the cache, and the source to compile if it is lost. */
export interface DocumentRef {
  source: string;
  place: PackPlace;
}

export interface DocumentReader {
  read(ref: DocumentRef): ContentDocument<unknown>;
  close(): void;
}

/** Prepares to read documents. */
export function createDocumentReader(
  folder: SourceFolder,
  cacheFolder: string,
  compileSource: CompileSource,
): DocumentReader {
  const packs = createPackReader(cacheFolder);
  return {
    read({ source, place }) {
      const bytes = packs.read(place);
      if (bytes) return JSON.parse(bytes.toString());
      const { document } = compileSource(readSource(folder, source), file => readDataFile(folder, file));
      return withoutPositions(document!);
    },
    close: () => packs.close(),
  };
}

/** Removes positions from a document, in place. Only messages need them, and they are most of a tree. */
export function withoutPositions<T extends ContentDocument<unknown>>(document: T): T {
  stripPosition(document.body);
  return document;
}

/** Sets positions to undefined, which JSON leaves out. Deleting a property would make V8 switch the object to a slower form. */
function stripPosition(node: { position?: unknown; children?: object[] }): void {
  if (node.position !== undefined) node.position = undefined;
  if (node.children) for (const child of node.children) stripPosition(child);
}

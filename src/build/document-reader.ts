/** Reads documents from the cache, and compiles a source again if its document has been lost. */
import type { ContentDocument } from '../article/model.ts';
import { readDataFile, readSource, type SourceFolder } from '../disk/content.ts';
import { createPackReader, type PackPlace } from '../disk/pack-file.ts';
import type { CompileSource } from './compile-source.ts';

/** A document in the cache, and its source, which is compiled if the document has been lost. */
export interface DocumentRef {
  source: string;
  place: PackPlace;
}

export interface DocumentReader {
  read(ref: DocumentRef): ContentDocument<unknown>;
  close(): void;
}

/**
 * Creates a reader of a site's documents.
 * @param folder the site's folder, for sources that must be compiled again
 * @param cacheFolder absolute path of the cache folder
 */
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

/**
 * Removes positions from a document, in place. They make up most of the tree, and only messages need them.
 */
export function withoutPositions<T extends ContentDocument<unknown>>(document: T): T {
  stripPosition(document.body);
  return document;
}

/**
 * Sets positions to undefined, which JSON omits. Deleting a property would make V8 switch the object to a
 * slower representation.
 */
function stripPosition(node: { position?: unknown; children?: object[] }): void {
  if (node.position !== undefined) node.position = undefined;
  if (node.children) for (const child of node.children) stripPosition(child);
}

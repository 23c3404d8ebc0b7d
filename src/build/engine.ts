/**
 * A build's work in one thread: compiles sources into records, and renders tasks to files of the staging
 * folder.
 */
import { join } from 'node:path';
import type { SourceFile } from '../article/model.ts';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import { type FileRead, type SourceRecord, storeEntry } from '../cache/source-index.ts';
import type { CompileSettings } from '../config/settings.ts';
import { createSourceReader, hashOfDataFile, readDataFile, type SourceFolder } from '../disk/content.ts';
import { readBytes } from '../disk/files.ts';
import { createPackWriter } from '../disk/pack-file.ts';
import { signatureOf } from '../disk/signature.ts';
import { createStagedWriter, type StagedFile } from '../disk/staged-writer.ts';
import { unreadable } from '../disk/unreadable.ts';
import type { PictureProblem } from '../media/facts.ts';
import type { PictureFacts } from '../media/recipes.ts';
import { loadSharp, type PictureLimits } from '../media/sharp.ts';
import { TemplateError } from '../render/templates.ts';
import type { Recording } from '../site/recordings.ts';
import { createCompiler, flawedEntry } from './compile-source.ts';
import { createDocumentReader, withoutPositions } from './document-reader.ts';
import { createTaskRenderer, type RenderJob, type RenderSetup } from './render-task.ts';

export interface EngineOptions {
  folder: SourceFolder;
  /** Absolute path of the cache folder. */
  cacheFolder: string;
  settings: CompileSettings;
  /** Name of the engine's own pack file, without the extension. No other engine writes to this file. */
  packName: string;
  /** When the build began, in milliseconds since the epoch, to recognize files that change during the build. */
  began: number;
}

export interface Rendered {
  /** Name of the task. */
  name: string;
  files: StagedFile[];
  diagnostics: Diagnostic[];
}

/** A file of content/: its path relative to the site's root, and its signature, taken before it was read. */
export interface SignedPath {
  path: string;
  signature: string;
}

/** Input of `setUp`. */
export interface RenderInput {
  setup: RenderSetup;
  staging: string | undefined;
  isFlawed: boolean;
}

export interface Engine {
  compile(sources: readonly SignedPath[]): SourceRecord[];
  /** Writes pending documents to the cache. Call it after the last `compile`. */
  seal(): void;
  /**
   * Prepares the engine for `render`. `staging` is the absolute path of the folder to write into; if it is
   * undefined, `render` writes nothing. If the site has errors (`isFlawed`), only errors of templates are reported:
   * others may follow from those of the site.
   */
  setUp(input: RenderInput): void;
  render(jobs: readonly RenderJob[]): Rendered[];
  /** Reads the facts of a picture. `path` is absolute, and `source` is relative to the site's root. */
  readPicture(input: {
    path: string;
    source: string;
    limits: PictureLimits;
  }): Promise<PictureFacts | PictureProblem>;
  /** Sanitizes the drawing with an absolute path. @returns its text */
  sanitizeDrawing(path: string): Promise<{ text: string }>;
  /** Reads the metadata of the recording with an absolute path; null if it is not a recording. */
  readRecording(path: string): Promise<Recording | null>;
  close(): void;
}

/** Creates an engine, which opens files on first use. */
export function createEngine({ folder, cacheFolder, settings, packName, began }: EngineOptions): Engine {
  const compileSource = createCompiler(settings);
  const writer = createPackWriter(cacheFolder, `${packName}.pack`);
  const documents = createDocumentReader(folder, cacheFolder, compileSource);
  const readSource = createSourceReader(folder);
  let renderJob: ((job: RenderJob) => Rendered) | undefined;

  const compileFile = (source: SourceFile, signature: string): SourceRecord => {
    const reads = new Map<string, FileRead>();
    const { entry, document, textHash, diagnostics } = compileSource(source, file => {
      const signature = signatureOf(join(folder.root, file), began);
      const found = readDataFile(folder, file);
      // The signature does not show whether a file with another name exists.
      const isCertain = 'bytes' in found || found.problem !== 'case';
      reads.set(file, { path: file, signature: isCertain ? signature : '', hash: hashOfDataFile(found) });
      return found;
    });
    const place = document && writer.write(JSON.stringify(withoutPositions(document)));
    return {
      path: source.path,
      signature,
      hash: hashOf(source.bytes),
      reads: [...reads.values()],
      entry: storeEntry(entry),
      textHash,
      diagnostics,
      document: place,
    };
  };

  return {
    compile: sources =>
      sources.map(({ path, signature }) => {
        let source: SourceFile;
        try {
          source = readSource(path);
        } catch (error) {
          return failedRecord(path, unreadable(path, error));
        }
        try {
          return compileFile(source, signature);
        } catch (error) {
          return failedRecord(path, crashed(path, error));
        }
      }),
    seal: () => writer.close(),
    setUp({ setup, staging, isFlawed }) {
      const renderTask = createTaskRenderer(setup, ref => documents.read(ref));
      const write =
        staging === undefined
          ? ({ path }: OutputFile) => ({ path, signature: '' })
          : createStagedWriter(staging);
      renderJob = job => {
        try {
          const files = renderTask(job);
          return { name: job.name, files: files.map(write), diagnostics: [] };
        } catch (error) {
          const [document] = job.documents;
          if (isFlawed && !(error instanceof TemplateError))
            return { name: job.name, files: [], diagnostics: [] };
          if (!(error instanceof TemplateError) && !document) throw error;
          const diagnostic =
            error instanceof TemplateError ? error.toDiagnostic() : crashed(document!.source, error);
          return { name: job.name, files: [], diagnostics: [diagnostic] };
        }
      };
    },
    render: jobs => jobs.map(job => renderJob!(job)),
    ...mediaWork,
    close() {
      writer.close();
      documents.close();
    },
  };
}

/** Work on media files, whose libraries are loaded when they are needed. */
const mediaWork: Pick<Engine, 'readPicture' | 'sanitizeDrawing' | 'readRecording'> = {
  async readPicture({ path, source, limits }) {
    const { readFacts } = await import('../media/facts.ts');
    return readFacts(readBytes(path), source, await loadSharp(limits));
  },
  async sanitizeDrawing(path) {
    const { readDrawing } = await import('../media/svg.ts');
    return { text: readDrawing(readBytes(path))!.text };
  },
  async readRecording(path) {
    const { readRecording } = await import('../media/recording-file.ts');
    return readRecording(path);
  },
};

/** Reports an exception as a bug, with the file that caused it, so that the build can continue with the others. */
const crashed = (path: string, error: unknown): Diagnostic =>
  createDiagnostic(path, 'error', 'source-crash', undefined, { message: (error as Error).message });

/**
 * Record of a file that cannot be compiled. Its signature and hash are empty, so the next build compiles it
 * again.
 */
export const failedRecord = (path: string, diagnostic: Diagnostic): SourceRecord => ({
  path,
  signature: '',
  hash: '',
  reads: [],
  entry: storeEntry(flawedEntry(path)),
  textHash: undefined,
  diagnostics: [diagnostic],
  document: undefined,
});

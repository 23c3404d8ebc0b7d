/** The two heavy stages, as a worker or the main thread runs them: sources to records, pages to files of the staging folder. */
import { join } from 'node:path';
import type { SourceFile } from '../article/model.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf, signatureOf } from '../base/hash.ts';
import { type FileRead, type SourceRecord, storeEntry } from '../cache/source-index.ts';
import type { Config } from '../config/config.ts';
import { createSourceReader, hashOfBeside, readBeside, unreadable } from '../disk/content.ts';
import { createPackWriter } from '../disk/pack-file.ts';
import { createStagedWriter } from '../disk/staging.ts';
import { emitArticleJson } from '../emit/article-json.ts';
import { emitChartData } from '../emit/chart-data.ts';
import { emitFeeds, type FeedEntry } from '../emit/feeds.ts';
import { emitNinjs } from '../emit/ninjs.ts';
import { bodyHtml } from '../render/body-html.ts';
import {
  type ContextInput,
  createRenderContext,
  createTextContext,
  type TextEditionInput,
} from '../render/context.ts';
import { type OutputFile, renderPage } from '../render/page.ts';
import { createTemplates, TemplateError, type TemplatesInput } from '../render/templates.ts';
import type { Teaser } from '../site/model.ts';
import type { ListHead, RenderedPage, Shown } from '../site/plan.ts';
import { mapTeasers } from '../site/teasers.ts';
import { hasTextEdition } from '../site/text-edition.ts';
import { createCompiler, flawedEntry } from './compile-source.ts';
import { createDocumentReader, type DocumentRef, withoutPositions } from './documents.ts';

export interface EngineOptions {
  root: string;
  cacheFolder: string;
  config: Config;
  /** Of the pack that this engine writes; no other has it. */
  packName: string;
  /** When the build began, milliseconds of the epoch. */
  began: number;
}

export interface FeedStory extends Shown {
  entry: FeedEntry;
}

/** What is to be rendered, but for the documents. A page has the keys of its stories in the setup's `teasers`: a story stands on many pages, and is sent to a worker once. */
export type RenderTask =
  | { kind: 'page'; page: RenderedPage<string> }
  | { kind: 'feeds'; list: ListHead; stories: FeedStory[] };

export interface RenderJob {
  name: string;
  /** A RenderTask as JSON. */
  task: string;
  /** That of the page, if it has one, or of each story of the feeds. */
  documents: DocumentRef[];
}

export interface RenderSetup {
  context: ContextInput;
  /** Nothing where there is no text edition. */
  text: TextEditionInput | undefined;
  templates: TemplatesInput;
  /** JSON: an object of Teaser by key. */
  teasers: string;
  /** Absolute path of the folder that takes the files; nothing to render and write none. */
  staging: string | undefined;
}

export interface Rendered {
  name: string;
  files: { path: string; signature: string }[];
  diagnostics: Diagnostic[];
}

/** A file of content/ by its path from the site's root, with its signature from before it is read. */
export interface SignedPath {
  path: string;
  signature: string;
}

export interface Engine {
  compile(sources: readonly SignedPath[]): SourceRecord[];
  /** After the last `compile`: all its documents are in the cache. */
  seal(): void;
  /** Before `render`. @throws TemplateError */
  setUp(setup: RenderSetup): void;
  render(jobs: readonly RenderJob[]): Rendered[];
  close(): void;
}

export function createEngine({ root, cacheFolder, config, packName, began }: EngineOptions): Engine {
  const compileSource = createCompiler(config);
  const writer = createPackWriter(cacheFolder, `${packName}.pack`);
  const documents = createDocumentReader(root, cacheFolder, compileSource);
  const readSource = createSourceReader(root);
  const feedBodies = new Map<string, string>();
  let renderJob: ((job: RenderJob) => Rendered) | undefined;

  const compileFile = (source: SourceFile, signature: string): SourceRecord => {
    const { path } = source;
    const reads = new Map<string, FileRead>();
    const { entry, document, textHash, diagnostics } = compileSource(source, file => {
      const signature = signatureOf(join(root, file), began);
      const found = readBeside(root, file);
      reads.set(file, { path: file, signature, hash: hashOfBeside(found) });
      return found;
    });
    const place = document && writer.write(JSON.stringify(withoutPositions(document)));
    const hash = hashOf(source.bytes);
    return {
      path,
      signature,
      hash,
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
          return unreadRecord(path, error);
        }
        return compileFile(source, signature);
      }),
    seal: () => writer.close(),
    setUp({ context: input, text: textInput, templates, teasers: teaserText, staging }) {
      const teasers = JSON.parse(teaserText) as Record<string, Teaser>;
      const context = createRenderContext(input, createTemplates(templates));
      const text = textInput && createTextContext(context, textInput);
      const write = staging === undefined ? undefined : createStagedWriter(staging);
      const filesOf = (job: RenderJob): OutputFile[] => {
        const task = JSON.parse(job.task) as RenderTask;
        if (task.kind === 'feeds') {
          return emitFeeds(
            task.list,
            task.stories,
            (story, index) => {
              const { path } = story.entry;
              const html =
                feedBodies.get(path) ??
                bodyHtml(documents.read(job.documents[index]!), { ...story, path }, 'elsewhere', context);
              feedBodies.set(path, html);
              return html;
            },
            context,
          );
        }
        const page = mapTeasers(task.page, key => teasers[key]!);
        const document = job.documents[0] && documents.read(job.documents[0]);
        const files = [renderPage(page, context, document)];
        if (text && hasTextEdition(page, config)) files.push(renderPage(page, text, document));
        if (document) files.push(...emitChartData(page.path, document));
        if (page.kind === 'article' && config.outputs.articleJson)
          files.push(emitArticleJson(page, document as never, context));
        if (page.kind === 'article' && config.outputs.ninjs)
          files.push(emitNinjs(page, document as never, context));
        return files;
      };
      renderJob = job => {
        try {
          const files = filesOf(job);
          return { name: job.name, files: write ? files.map(write) : [], diagnostics: [] };
        } catch (error) {
          if (!(error instanceof TemplateError)) throw error;
          return { name: job.name, files: [], diagnostics: [error.toDiagnostic()] };
        }
      };
    },
    render: jobs => jobs.map(job => renderJob!(job)),
    close() {
      writer.close();
      documents.close();
    },
  };
}

/** Of a file that the disk does not let be read. It is never taken for the file that it may be later. */
const unreadRecord = (path: string, error: unknown): SourceRecord => ({
  path,
  signature: '',
  hash: '',
  reads: [],
  entry: storeEntry(flawedEntry(path)),
  textHash: undefined,
  diagnostics: [unreadable(path, error)],
  document: undefined,
});

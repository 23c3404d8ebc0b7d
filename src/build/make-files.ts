/** Produces all files except pages and feeds: copies, pictures, cards, sitemaps, the search index. */
import { assertUnreachable } from '../base/diagnostics.ts';
import type { OutputFile } from '../base/output-file.ts';
import { compileSettings } from '../config/settings.ts';
import { emitSitemaps } from '../emit/sitemaps.ts';
import { publishCard } from '../media/cards.ts';
import { isEncoded, PictureFailure, publishPicture } from '../media/encode-pictures.ts';
import type { Recipe } from '../media/recipes.ts';
import { createCompiler } from './compile-source.ts';
import { createDocumentReader, type DocumentReader } from './document-reader.ts';
import { pictureFilesOf } from './picture-files.ts';
import type { SitePlan } from './plan.ts';
import type { RenderTask } from './render-task.ts';
import type { Run } from './run.ts';
import { createSearchIndexer } from './search-index.ts';
import type { OutputTask, SavedTask } from './tasks.ts';

export interface FileMaker {
  /**
   * Produces the files of a task. A task that leaves its files to `deferPicture` has none.
   * @param sources paths of the task's sources
   * @throws OutputError
   */
  make(task: OutputTask, sources: readonly string[], fingerprint: string): Promise<OutputFile[]>;
  close(): void;
}

/**
 * Number of pictures or cards after which the media store's index is written, so that an interrupted build keeps
 * its progress.
 */
const savedAfter = 20;

/**
 * Creates a `FileMaker`, which loads libraries on first use.
 * @param tasks all tasks of this build, to report progress
 */
export function createFileMaker(tasks: readonly SavedTask[], plan: SitePlan, run: Run): FileMaker {
  const { media, progress } = run;
  const count = (kind: OutputTask['kind'], activity: string, of: number) => {
    let done = 0;
    return () => {
      progress(activity, ++done, of);
      if (kind !== 'search' && done % savedAfter === 0) media.store().save();
    };
  };
  const ofKind = (kind: OutputTask['kind']) => tasks.filter(task => task.kind === kind);
  const onEncoded = count('picture', 'Encoding pictures', ofKind('picture').length);
  const onDrawn = count('card', 'Drawing cards', ofKind('card').length);
  const onStory = count(
    'search',
    'Indexing stories',
    ofKind('search').flatMap(({ sources }) => sources).length,
  );
  const files = pictureFilesOf(run.snapshot);
  let documents: DocumentReader | undefined;
  const documentOf = (source: string) => {
    documents ??= createDocumentReader(
      run.snapshot,
      run.cacheFolder,
      createCompiler(compileSettings(run.site.config)),
    );
    return documents.read({ source, place: plan.sourceOf(source)!.document! });
  };
  const indexYear = createSearchIndexer({
    cacheFolder: run.cacheFolder,
    codeHash: run.snapshot.codeHash,
    drafts: run.options.drafts,
    documentOf,
    onStory,
  });

  const { deferPicture } = run.options;
  /** Leaves a picture to `deferPicture` if it is not encoded. */
  const isDeferred = (recipe: Recipe): boolean => {
    if (!deferPicture || recipe.kind === 'drawing' || isEncoded(recipe, media.store())) return false;
    deferPicture({ recipe, original: files.absolute(recipe.source), limits: media.limits });
    return true;
  };

  return {
    async make(task, sources, fingerprint) {
      switch (task.kind) {
        case 'copy':
          return [{ path: task.path, copyFrom: task.from }];
        case 'picture':
          if (isDeferred(task.recipe)) return [];
          return reportFailure(run, () =>
            publishPicture(task.recipe, { ...media, files, store: media.store(), onEncoded }),
          );
        case 'card':
          return publishCard(task.card, {
            styles: plan.setup!.cardStyles,
            store: media.store(),
            draw: media.draw,
            onDrawn,
          });
        case 'sitemaps':
          return (await emitSitemaps(task.data)).filter(({ path }) => !task.except.includes(path));
        case 'search':
          return indexYear(task.year, sources, fingerprint);
        case 'files':
          return task.files;
        case 'page':
        case 'feeds':
          throw new Error(`Workers render ${task.kind} tasks`);
        default:
          return assertUnreachable(task satisfies Exclude<OutputTask, RenderTask> as never);
      }
    },
    close: () => documents?.close(),
  };
}

/** Works on a picture. If it cannot be encoded, reports that, so that the others are tried too. */
async function reportFailure(run: Run, work: () => Promise<OutputFile[]>): Promise<OutputFile[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PictureFailure)) throw error;
    run.report([error.diagnostic]);
    return [];
  }
}

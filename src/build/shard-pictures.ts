/** Encodes the pictures of a shard's stories, so that the build that merges the shards finds them in the store. */
import { mapAtOnce } from '../base/concurrency.ts';
import type { SourceRecord } from '../cache/source-index.ts';
import { planSettings } from '../config/settings.ts';
import { encodePicture, PictureFailure } from '../media/encode-pictures.ts';
import { readPictures } from '../media/pictures.ts';
import { collect } from './collect.ts';
import { pictureFilesOf } from './picture-files.ts';
import type { Run } from './run.ts';

/**
 * Reads and encodes the pictures that sources of one shard show. Says nothing about links and pictures that are
 * wrong: the merging build reports them.
 * @param records records of the shard's sources
 */
export async function encodeShard(records: readonly SourceRecord[], run: Run): Promise<void> {
  const { snapshot, media, options, progress } = run;
  const { site } = await run.stage(collect, {
    records,
    settings: planSettings(run.site.config),
    assets: snapshot.content.assets,
    publicFiles: [...snapshot.publicFiles.keys()],
    now: options.now,
    drafts: options.drafts,
  });
  const files = pictureFilesOf(snapshot);
  const store = media.store();
  const { recipes } = await readPictures(site, files, { ...media, store, now: options.now, progress });
  let done = 0;
  const encoding = { ...media, files, store, onEncoded: () => {} };
  await mapAtOnce(recipes, async recipe => {
    options.signal?.throwIfAborted();
    await encodePicture(recipe, encoding).catch(error => {
      if (!(error instanceof PictureFailure)) throw error;
      run.report([error.diagnostic]);
    });
    progress('Encoding pictures', ++done, recipes.length);
  });
}

/** Reads the metadata of videos and audio. The files are published unchanged. */
import { mapAtOnce } from '../base/concurrency.ts';
import { compareText } from '../base/diagnostics.ts';
import { linksOf } from '../site/links.ts';
import type { Entry, FlawedEntry, Site } from '../site/model.ts';
import { type RecordingMap, type RecordingUse, recordingType } from '../site/recordings.ts';
import type { PictureFiles } from './pictures.ts';
import type { MediaStore } from './store.ts';

export interface Recordings {
  /** Recordings by the source of the document that shows them. Unpublished stories are excluded. */
  maps: ReadonlyMap<string, RecordingMap>;
  /** Every recording that a document shows or links to, published or not. */
  uses: RecordingUse[];
  /** Files whose metadata the cache keeps. */
  sources: ReadonlySet<string>;
}

/**
 * Reads every recording that a document shows or links to. Reuses metadata in the store.
 * @throws the file system's error
 */
export async function readRecordings(
  site: Site,
  files: PictureFiles,
  store: MediaStore,
): Promise<Recordings> {
  const shown = [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values()]
    .sort((a, b) => compareText(a.source, b.source))
    .flatMap(entry => recordingLinks(entry, site));
  const sources = new Set(shown.map(({ source }) => source));
  await readFiles([...sources].sort(compareText), files, store);

  const maps = new Map<string, RecordingMap>();
  const uses = shown.map(({ entry, url, place, source }): RecordingUse => {
    const recording = store.recordings.get(source)?.found ?? undefined;
    if (recording && site.entries.has(entry.source)) {
      const map = maps.get(entry.source) ?? {};
      maps.set(entry.source, map);
      map[url] = recording;
    }
    return { from: entry, place, source, recording };
  });
  return { maps, uses, sources };
}

function recordingLinks(entry: Entry | FlawedEntry, site: Site) {
  return linksOf(entry, site).flatMap(({ link: { kind, url, place }, target }) => {
    if (kind !== 'link' || recordingType(url.replace(/[?#].*$/s, '')) === undefined) return [];
    return target.kind === 'asset' ? [{ entry, url, place, source: target.asset }] : [];
  });
}

async function readFiles(sources: readonly string[], files: PictureFiles, store: MediaStore): Promise<void> {
  const stale = sources.filter(source => {
    const signature = files.signature(source);
    return signature === '' || store.recordings.get(source)?.signature !== signature;
  });
  if (stale.length === 0) return;
  const { readRecording } = await import('./recording-file.ts');
  await mapAtOnce(stale, async source => {
    const found = (await readRecording(files.absolute(source))) ?? null;
    store.putRecording({ recording: source, signature: files.signature(source), found });
  });
}

/** Reads the metadata of videos and audio. The files are published unchanged. */
import { compareText, createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { linksOf } from '../site/links.ts';
import type { Entry, FlawedEntry, Site } from '../site/model.ts';
import { type RecordingMap, type RecordingUse, recordingType } from '../site/recordings.ts';
import type { MediaFileReader } from './file-reader.ts';
import type { PictureFiles } from './pictures.ts';
import type { PictureLimits } from './sharp.ts';
import type { MediaStore } from './store.ts';

export interface Recordings {
  /** Recordings by the source of the document that shows them. Unpublished stories are excluded. */
  maps: ReadonlyMap<string, RecordingMap>;
  /** Every recording that a document shows or links to, published or not. */
  uses: RecordingUse[];
  /** Files that could not be read within the limits, at the places where documents show them. */
  diagnostics: Diagnostic[];
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
  { store, reader, limits }: { store: MediaStore; reader: MediaFileReader; limits: PictureLimits },
): Promise<Recordings> {
  const shown = [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values()]
    .sort((a, b) => compareText(a.source, b.source))
    .flatMap(entry => recordingLinks(entry, site));
  const sources = new Set(shown.map(({ source }) => source));
  const stopped = await readFiles([...sources].sort(compareText), files, store, reader);

  const maps = new Map<string, RecordingMap>();
  const read = shown.filter(({ source }) => !stopped.has(source));
  const uses = read.map(({ entry, url, place, source }): RecordingUse => {
    const recording = store.recordings.get(source)?.found ?? undefined;
    if (recording && site.entries.has(entry.source)) {
      const map = maps.get(entry.source) ?? {};
      maps.set(entry.source, map);
      map[url] = recording;
    }
    return { from: entry, place, source, recording };
  });
  const diagnostics = shown
    .filter(({ source }) => stopped.has(source))
    .map(({ entry, place, source }) =>
      createDiagnostic(entry.source, 'error', 'source-stopped/recording', place, {
        source,
        seconds: limits.seconds,
      }),
    );
  return { maps, uses, diagnostics, sources };
}

function recordingLinks(entry: Entry | FlawedEntry, site: Site) {
  return linksOf(entry, site).flatMap(({ link: { kind, url, place }, target }) => {
    if (kind !== 'link' || recordingType(url.replace(/[?#].*$/s, '')) === undefined) return [];
    return target.kind === 'asset' ? [{ entry, url, place, source: target.asset }] : [];
  });
}

/** Reads the metadata of files that the store does not know. @returns those that could not be read within the limits */
async function readFiles(
  sources: readonly string[],
  files: PictureFiles,
  store: MediaStore,
  reader: MediaFileReader,
): Promise<Set<string>> {
  const stale = sources.filter(source => {
    const signature = files.signature(source);
    return signature === '' || store.recordings.get(source)?.signature !== signature;
  });
  const stopped = new Set<string>();
  const results = await reader.readRecordings(stale.map(files.absolute));
  for (const [index, found] of results.entries()) {
    const source = stale[index]!;
    if (typeof found === 'string') stopped.add(source);
    else store.putRecording({ recording: source, signature: files.signature(source), found });
  }
  return stopped;
}

/** Videos and sound of the site: what is known of their files. */
import type { Place } from '../base/diagnostics.ts';
import type { Entry, FlawedEntry } from './model.ts';

/** IANA media types by the endings of names. */
const types: Record<string, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

/** Nothing for a file that is no recording. */
export const recordingType = (path: string): string | undefined =>
  types[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];

export interface Recording {
  seconds: number | undefined;
  /** CSS pixels as it is seen; nothing for sound. */
  width: number | undefined;
  height: number | undefined;
}

/** The recordings of a document by their addresses as the author wrote them. */
export type RecordingMap = Record<string, Recording>;

/** A recording where a document shows it or links to it. */
export interface RecordingUse {
  from: Entry | FlawedEntry;
  place: Place | undefined;
  /** Path of the file from the site's root. */
  source: string;
  /** Nothing where the file is none. */
  recording: Recording | undefined;
}

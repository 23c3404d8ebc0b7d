/** Videos and audio of the site, and the metadata of their files. */
import type { Place } from '../base/diagnostics.ts';
import type { Entry, FlawedEntry } from './model.ts';

/** IANA media types by file extension. */
const types: Record<string, string> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

/** Media type of a recording; undefined if the file's name is not that of a recording. */
export const recordingType = (path: string): string | undefined =>
  types[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];

/** Metadata of a video or audio file. */
export interface Recording {
  /** Duration in seconds; undefined if unknown. */
  seconds: number | undefined;
  /** Displayed width in CSS pixels; undefined for audio. */
  width: number | undefined;
  height: number | undefined;
}

/** Recordings of a document, by address as the author wrote it. */
export type RecordingMap = Record<string, Recording>;

/** A use of a recording in a document, which shows it or links to it. */
export interface RecordingUse {
  from: Entry | FlawedEntry;
  place: Place | undefined;
  /** Path of the file from the site's root. */
  source: string;
  /** Metadata of the file; undefined if the file is not a recording. */
  recording: Recording | undefined;
}

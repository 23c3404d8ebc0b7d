import { recordingRule } from './rule.ts';

/** Warns if a file that is named as a video or audio file cannot be read as one. */
export const recordingUnreadable = recordingRule({
  id: 'recording-unreadable',
  severity: 'warning',
  message: ({ source }: { source: string }) =>
    `${source} is not a readable video or audio file. Export it again as MP4, WebM, MP3, M4A, Ogg or WAV, or get a new copy.`,
  check({ source, recording }, report) {
    if (!recording) report({ source });
  },
});

import { recordingRule } from './rule.ts';

/** Warns if a file that is named as a video or audio file cannot be read as one. */
export const recordingUnreadable = recordingRule({
  id: 'recording-unreadable',
  severity: 'warning',
  message: ({ source }: { source: string }) =>
    `${source} is no video or sound that can be read, whatever its name says. Save it as MP4, WebM, MP3, M4A, Ogg or WAV again, or get it again from where it came.`,
  check({ source, recording }, report) {
    if (!recording) report({ source });
  },
});

import { recordingRule } from './rule.ts';

/** A video or sound of the site is one, whatever its name says. */
export const recordingUnreadable = recordingRule({
  id: 'recording-unreadable',
  severity: 'warning',
  message: ({ source }: { source: string }) =>
    `${source} is not a readable video or audio file. Export it again as MP4, WebM, MP3, M4A, Ogg or WAV, or get a new copy.`,
  check({ source, recording }, report) {
    if (!recording) report({ source });
  },
});

import { blocksOf } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/** Warns if a video with speech has no captions (WCAG 2.2, 1.2.2). Videos on other sites are not checked. */
export const videoCaptions = documentRule({
  id: 'video-captions',
  severity: 'warning',
  message: "The video has no captions. Add 'captions: file.vtt', or 'speech: false' if nobody speaks.",
  check({ body }, report) {
    for (const figure of blocksOf(body, 'figure')) {
      if (
        figure.kind === 'video' &&
        figure.src !== undefined &&
        figure.speech &&
        figure.captions === undefined
      ) {
        report(startOf(figure));
      }
    }
  },
});

import { blocksOf } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/** What is said in a video can be read (WCAG 2.2, 1.2.2). A page of another site answers for its own. */
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

import type { ElementContent } from 'hast';
import type { AudioFigure, VideoFigure } from '../../article/model.ts';
import { plainFile } from '../../site/pictures.ts';
import type { AudioView, ElementFrame, VideoView } from '../views.ts';
import { type HandlerContext, renderElement } from './context.ts';

/** Renders a video with elements/video.html. */
export function video(node: VideoFigure, context: HandlerContext): ElementContent {
  const { linkUrl, recording, picture, pictureUrl } = context;
  const { src, poster, captions } = node;
  const { width, height } = (src === undefined ? undefined : recording(src)) ?? {};
  const still = poster === undefined ? undefined : picture(poster);
  const view = {
    ...sharedView(node, context),
    width,
    height,
    poster: still && pictureUrl(plainFile(still).path),
    captions: captions === undefined ? undefined : linkUrl(captions),
  };
  return renderElement<VideoView>('video', view, context);
}

/** Renders an audio recording with elements/audio.html. */
export function audio(node: AudioFigure, context: HandlerContext): ElementContent {
  return renderElement<AudioView>('audio', sharedView(node, context), context);
}

function sharedView(
  { id, caption = '', credit, src, url, transcript }: AudioFigure | VideoFigure,
  { linkUrl, relOf }: HandlerContext,
): Omit<AudioView, keyof ElementFrame> {
  const page = url === undefined ? undefined : linkUrl(url);
  return {
    id,
    caption,
    credit,
    src: src === undefined ? undefined : linkUrl(src),
    url: page,
    rel: page === undefined ? undefined : relOf(page),
    host: url === undefined ? undefined : new URL(url).hostname.replace(/^www\./, ''),
    transcript: transcript === undefined ? [] : transcript.split(/\n\s*\n|\n/),
  };
}

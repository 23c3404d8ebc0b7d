import type { ElementContent } from 'hast';
import type { AudioFigure, VideoFigure } from '../../article/model.ts';
import { filesOf, type Picture, type PictureFile, plainFile } from '../../site/pictures.ts';
import { pictureView, plainPictureView } from '../picture.ts';
import type { AudioView, ElementFrame, VideoView } from '../views.ts';
import { captionOf } from './caption.ts';
import { type HandlerContext, renderElement } from './context.ts';

/** Renders a video with elements/video.html. */
export function video(node: VideoFigure, context: HandlerContext): ElementContent {
  const { linkUrl, recording, picture, pictureUrl } = context;
  const { src, poster, captions } = node;
  const first = context.where === 'page' && node === context.first;
  const { width, height } = (src === undefined ? undefined : recording(src)) ?? {};
  const still = poster === undefined ? undefined : picture(poster);
  const view = {
    ...sharedView(node, context),
    room: node.layout ?? (first && context.type === 'video' ? 'wide' : 'text'),
    first,
    width,
    height,
    poster: still && pictureUrl(posterFile(still).path),
    still: still && (context.where === 'page' ? pictureView : plainPictureView)(still, pictureUrl),
    captions: captions === undefined ? undefined : linkUrl(captions),
  };
  return renderElement<VideoView>('video', view, context);
}

/** Renders an audio recording with elements/audio.html. */
export function audio(node: AudioFigure, context: HandlerContext): ElementContent {
  return renderElement<AudioView>('audio', sharedView(node, context), context);
}

function sharedView(
  { id, caption = '', credit, src, url, transcript, seconds }: AudioFigure | VideoFigure,
  context: HandlerContext,
): Omit<AudioView, keyof ElementFrame> {
  const { linkUrl, relOf, recording, locale } = context;
  const page = url === undefined ? undefined : linkUrl(url);
  const length = seconds ?? (src === undefined ? undefined : recording(src)?.seconds);
  return {
    id,
    caption: captionOf({ caption, credit }, context).caption ?? '',
    label: caption,
    credit,
    duration: length === undefined ? undefined : locale.duration(length),
    src: src === undefined ? undefined : linkUrl(src),
    url: page,
    rel: page === undefined ? undefined : relOf(page),
    host: url === undefined ? undefined : new URL(url).hostname.replace(/^www\./, ''),
    transcript: transcript === undefined ? [] : transcript.split(/\n\s*\n|\n/),
  };
}

/** Width of the still that `<video poster>` shows, in pixels. */
const posterWidth = 960;

/**
 * Selects the file for `<video poster>`, which cannot offer several formats: WebP, which every supported browser can
 * show, otherwise the plain format.
 */
function posterFile(still: Picture): PictureFile {
  const webp = still.sizes.find(({ format }) => format === 'webp');
  const files = webp && filesOf(still, webp);
  return files?.findLast(({ width }) => width <= posterWidth) ?? files?.[0] ?? plainFile(still, posterWidth);
}

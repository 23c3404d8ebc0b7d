import type { HandlerContext } from './context.ts';

/**
 * Texts below a picture or a recording. If a credit follows, a caption without a full stop gets one, so that the two
 * do not run into each other.
 */
export function captionOf(
  { caption, credit }: { caption?: string | undefined; credit?: string | undefined },
  { locale }: HandlerContext,
): { caption: string | undefined; credit: string | undefined } {
  const isOpen = caption !== undefined && credit !== undefined && !/[.!?…:;。؟][”"’'»)\]]*$/.test(caption);
  return { caption: isOpen ? locale.t('sentence', { text: caption }) : caption, credit };
}

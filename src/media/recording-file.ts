/** What a file of video or sound says of itself in its first and last bytes; nothing is decoded. */
import { FilePathSource, Input, MP3, MP4, OGG, QTFF, WAVE, WEBM } from 'mediabunny';
import type { Recording } from '../site/recordings.ts';

/** Of the formats that articles may name. Browsers play many a QuickTime file that is named MP4. */
const formats = [MP4, QTFF, WEBM, MP3, OGG, WAVE];

/**
 * The library reads the parts of the file that it needs.
 * @returns nothing when the file is no recording
 * @throws what the disk says
 */
export async function readRecording(path: string): Promise<Recording | undefined> {
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video && !(await input.getPrimaryAudioTrack())) return undefined;
    const seconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration());
    return {
      seconds: Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) / 1000 : undefined,
      width: await video?.getDisplayWidth(),
      height: await video?.getDisplayHeight(),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    return undefined;
  } finally {
    input.dispose();
  }
}

/** Reads the metadata of video and audio files, without decoding them. */
import { FilePathSource, Input, MP3, MP4, OGG, QTFF, WAVE, WEBM } from 'mediabunny';
import type { Recording } from '../site/recordings.ts';

/**
 * Formats that articles may use. QuickTime is included because many files named MP4 are QuickTime files that
 * browsers can play.
 */
const formats = [MP4, QTFF, WEBM, MP3, OGG, WAVE];

/**
 * Reads the duration and dimensions of a recording, from only the necessary parts of its file.
 * @param path absolute path
 * @returns null if the file is not a recording
 * @throws the file system's error
 */
export async function readRecording(path: string): Promise<Recording | null> {
  const input = new Input({ source: new FilePathSource(path), formats });
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video && !(await input.getPrimaryAudioTrack())) return null;
    const seconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration());
    return {
      seconds: Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) / 1000 : undefined,
      width: await video?.getDisplayWidth(),
      height: await video?.getDisplayHeight(),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    return null;
  } finally {
    input.dispose();
  }
}

/** Videos for tests: encoded files with blank frames. */
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';

export interface FilmOptions {
  format?: 'mp4' | 'webm';
  width?: number;
  height?: number;
  seconds?: number;
  /** Clockwise rotation for playback in degrees, as an upright telephone records it. */
  rotation?: 0 | 90 | 180 | 270;
  /** Whether a WebM file has no duration in its metadata, as browsers record it. */
  live?: boolean;
}

export async function makeFilm(options: FilmOptions = {}): Promise<Uint8Array> {
  const { format = 'mp4', width = 640, height = 360, seconds = 3, rotation = 0, live = false } = options;
  const output = new Output({
    format: format === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat({ appendOnly: live }),
    target: new BufferTarget(),
  });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source, { rotation });
  await output.start();
  for (let second = 0; second < seconds; second++) {
    const packet = new EncodedPacket(new Uint8Array(20), second === 0 ? 'key' : 'delta', second, 1);
    await source.add(packet, {
      decoderConfig: { codec: 'vp09.00.10.08', codedWidth: width, codedHeight: height },
    });
  }
  await output.finalize();
  return new Uint8Array(output.target.buffer!);
}

/** Generates a second of silence as WAV, with 8 bits at 8 kHz. */
export function makeSound(): Uint8Array {
  const rate = 8000;
  const bytes = Buffer.alloc(44 + rate, 128);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + rate, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(rate, 40);
  return bytes;
}

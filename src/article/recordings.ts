/**
 * Reads fenced `video` and `audio` blocks, which name a file beside the article or a page on another site.
 */
import * as z from 'zod';
import type { Report } from '../base/diagnostics.ts';
import { text } from '../base/schemas.ts';
import { readYaml, type YamlText } from '../base/yaml.ts';
import { problem } from '../base/yaml-messages.ts';
import { type AudioFigure, blockWidths, type VideoFigure } from './model.ts';

/**
 * Schema of the name of a file on this site, which excludes web addresses.
 * @param ending matches the allowed extensions
 * @param names the allowed formats, as the message lists them
 */
const file = (ending: RegExp, names: string) =>
  text.refine(
    name => ending.test(name) && !/^[a-z][a-z\d+.-]*:|^\/\//i.test(name),
    problem('file', { names }),
  );

const address = text.refine(url => /^https?:\/\/[^/\s]+/i.test(url) && URL.canParse(url), problem('page'));

const isOne = ({ src, url }: { src?: string | undefined; url?: string | undefined }) =>
  (src === undefined) !== (url === undefined);

const durationPattern = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/;

/** Reads `4:30` or `1:04:30` as seconds; undefined if the text has another form. */
function secondsOf(text: string): number | undefined {
  const [, hours = '0', minutes, seconds] = durationPattern.exec(text) ?? [];
  return minutes === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const duration = text.refine(value => secondsOf(value) !== undefined, problem('duration'));

const shared = {
  url: address.optional(),
  caption: text,
  credit: text.optional(),
  transcript: text.optional(),
  duration: duration.optional(),
};

/** Schema of the YAML in a fenced `video` block. */
export const videoSchema = z
  .strictObject({
    ...shared,
    src: file(/\.(mp4|webm)$/i, 'MP4 or WebM').optional(),
    poster: text.optional(),
    captions: file(/\.vtt$/i, 'WebVTT').optional(),
    width: z.enum(blockWidths).optional(),
    speech: z.boolean().optional(),
  })
  .refine(isOne, problem('one-recording'));

const audioSchema = z
  .strictObject({ ...shared, src: file(/\.(mp3|m4a|ogg|wav)$/i, 'MP3, M4A, Ogg or WAV').optional() })
  .refine(isOne, problem('one-recording'));

/**
 * Reads a fenced `video` block. Leaves `id` empty; `assignIds` sets it.
 * @returns undefined if the block is invalid, which is reported
 */
export function readVideo(source: YamlText, report: Report): VideoFigure | undefined {
  const yaml = readYaml(source, videoSchema, 'video', report);
  if (!yaml) return undefined;
  const {
    caption,
    credit,
    src,
    url,
    poster,
    captions,
    speech = true,
    transcript,
    duration,
    width,
  } = yaml.value;
  return {
    type: 'figure',
    kind: 'video',
    id: '',
    layout: width,
    caption,
    credit,
    src,
    url,
    poster,
    captions,
    speech,
    transcript,
    seconds: duration === undefined ? undefined : secondsOf(duration),
    children: [],
  };
}

/**
 * Reads a fenced `audio` block. Leaves `id` empty; `assignIds` sets it.
 * @returns undefined if the block is invalid, which is reported
 */
export function readAudio(source: YamlText, report: Report): AudioFigure | undefined {
  const yaml = readYaml(source, audioSchema, 'audio', report);
  if (!yaml) return undefined;
  const { caption, credit, src, url, transcript, duration } = yaml.value;
  return {
    type: 'figure',
    kind: 'audio',
    id: '',
    caption,
    credit,
    src,
    url,
    transcript,
    seconds: duration === undefined ? undefined : secondsOf(duration),
    children: [],
  };
}

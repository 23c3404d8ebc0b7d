/** Fenced blocks `video` and `audio`: a file beside the article, or a page of another site where it can be seen or heard. */
import * as z from 'zod';
import type { Report } from '../base/diagnostics.ts';
import { readYaml, type YamlText } from '../base/yaml.ts';
import type { AudioFigure, VideoFigure } from './model.ts';

const plain = z.string().trim().min(1);

/** Browsers play these, and the site copies them. */
const file = (ending: RegExp, names: string) =>
  plain.refine(name => ending.test(name) && !/^[a-z][a-z\d+.-]*:|^\/\//i.test(name), {
    error: `is not the name of a file (${names}) beside the article. Put one there, or give the address of its page as 'url'.`,
  });

const address = plain.refine(url => /^https?:\/\/[^/\s]+/i.test(url) && URL.canParse(url), {
  error: 'is not a web address. Write one that begins with https://.',
});

const isOne = ({ src, url }: { src?: string | undefined; url?: string | undefined }) =>
  (src === undefined) !== (url === undefined);
const oneOf = {
  error:
    "names no recording, or two. Write either 'src', a file beside the article, or 'url', the address of a page.",
};

const shared = {
  url: address.optional(),
  caption: plain,
  credit: plain.optional(),
  transcript: plain.optional(),
};

const videoSchema = z
  .strictObject({
    ...shared,
    src: file(/\.(mp4|webm)$/i, 'MP4 or WebM').optional(),
    poster: plain.optional(),
    captions: file(/\.vtt$/i, 'WebVTT').optional(),
    speech: z.boolean().optional(),
  })
  .refine(isOne, oneOf);

const audioSchema = z
  .strictObject({ ...shared, src: file(/\.(mp3|m4a|ogg|wav)$/i, 'MP3, M4A, Ogg or WAV').optional() })
  .refine(isOne, oneOf);

/** `id` stays empty in both. */
export function readVideo(text: YamlText, report: Report): VideoFigure | undefined {
  const yaml = readYaml(text, videoSchema, 'video', report);
  if (!yaml) return undefined;
  const { caption, credit, src, url, poster, captions, speech = true, transcript } = yaml.value;
  return {
    type: 'figure',
    kind: 'video',
    id: '',
    caption,
    credit,
    src,
    url,
    poster,
    captions,
    speech,
    transcript,
    children: [],
  };
}

export function readAudio(text: YamlText, report: Report): AudioFigure | undefined {
  const yaml = readYaml(text, audioSchema, 'audio', report);
  if (!yaml) return undefined;
  const { caption, credit, src, url, transcript } = yaml.value;
  return { type: 'figure', kind: 'audio', id: '', caption, credit, src, url, transcript, children: [] };
}

/** Picture settings in site.yaml: formats, widths, quality and effort, and what differs for old stories. */
import * as z from 'zod';
import { problem } from '../base/yaml-messages.ts';

/** Formats that photos can have. `jpeg` is always the last, because every program can show it. */
export const photoFormats = ['avif', 'webp', 'jpeg'] as const;
export type PhotoFormat = (typeof photoFormats)[number];

/** The key `pictures` of site.yaml, with default values filled in. */
export interface PictureSettings {
  /** Formats of photos, the one with the smallest files first. */
  formats: readonly PhotoFormat[];
  /** Widths in pixels, smallest first. The first is only for lists. */
  widths: readonly number[];
  /** Width in pixels of the only file in the last format, for programs that cannot choose. */
  plainWidth: number;
  /** Quality of lossy files, from 1 to 100. The scales of the formats differ. */
  quality: Readonly<Record<PhotoFormat, number>>;
  /** Effort of the AVIF encoder, from 0 (fast) to 9. */
  effort: number;
  /** Settings for old stories; undefined if all stories have the same. */
  archive: { months: number; widths: readonly number[] } | undefined;
}

type Preset = Omit<PictureSettings, 'archive'>;

/** Named settings. decisions/0022-pictures.md has the measurements behind `balanced`. */
export const picturePresets = {
  small: {
    formats: ['avif', 'jpeg'],
    widths: [320, 640, 1200],
    plainWidth: 1200,
    quality: { avif: 46, webp: 70, jpeg: 64 },
    effort: 0,
  },
  balanced: {
    formats: ['avif', 'jpeg'],
    widths: [320, 640, 1200, 1920],
    plainWidth: 1200,
    quality: { avif: 52, webp: 76, jpeg: 70 },
    effort: 0,
  },
  best: {
    formats: ['avif', 'jpeg'],
    widths: [320, 640, 960, 1280, 1920, 2560],
    plainWidth: 1280,
    quality: { avif: 60, webp: 82, jpeg: 80 },
    effort: 3,
  },
} as const satisfies Record<string, Preset>;

export type PicturePreset = keyof typeof picturePresets;

const whole = (least: number, most: number) =>
  z
    .string()
    .refine(
      text => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most,
      problem('picture-number', { least, most }),
    )
    .transform(Number);

const widths = z
  .array(whole(16, 4096))
  .min(1)
  .max(10)
  .transform(all => [...new Set(all)].sort((a, b) => a - b));

/** Matches `18 months`, `18m` and `2y`. */
const agePattern = /^(\d{1,3})\s*(m|months?|y|years?)$/;

const age = z
  .string()
  .refine(text => agePattern.test(text), problem('picture-age'))
  .transform(text => {
    const [, count, unit] = agePattern.exec(text)!;
    return Number(count) * (unit!.startsWith('y') ? 12 : 1);
  });

const presetName = z.enum(Object.keys(picturePresets) as [PicturePreset, ...PicturePreset[]]);

/** Schema of the key `pictures`: the name of a preset, or a map. */
export const pictureSchema = z
  .union([
    presetName.transform(preset => ({ preset })),
    z.strictObject({
      preset: presetName.optional(),
      formats: z.array(z.enum(photoFormats)).min(1).optional(),
      widths: widths.optional(),
      plainWidth: whole(16, 4096).optional(),
      quality: z
        .strictObject({
          avif: whole(1, 100).optional(),
          webp: whole(1, 100).optional(),
          jpeg: whole(1, 100).optional(),
        })
        .optional(),
      effort: whole(0, 9).optional(),
      archive: z.strictObject({ olderThan: age, widths }).optional(),
    }),
  ])
  .prefault({});

/** Fills in the values of the preset. */
export function readPictureSettings(written: z.output<typeof pictureSchema>): PictureSettings {
  const { preset = 'balanced', formats, quality, archive, ...own }: Written = written;
  const base: Preset = picturePresets[preset];
  const given = new Set<PhotoFormat>([...(formats ?? base.formats), 'jpeg']);
  return {
    formats: photoFormats.filter(format => given.has(format)),
    widths: own.widths ?? base.widths,
    plainWidth: own.plainWidth ?? base.plainWidth,
    quality: { ...base.quality, ...withoutAbsent(quality ?? {}) },
    effort: own.effort ?? base.effort,
    archive: archive && { months: archive.olderThan, widths: archive.widths },
  };
}

type Written = Partial<Exclude<z.output<typeof pictureSchema>, { preset: PicturePreset }>> & {
  preset?: PicturePreset | undefined;
};

const withoutAbsent = <Values extends object>(
  values: Values,
): { [Key in keyof Values]-?: NonNullable<Values[Key]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;

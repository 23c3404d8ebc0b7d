/** The card of a story: what stands for it where a link to it is shown, when it has no picture of its own. */
import type { ArticleEntry } from './model.ts';
import { leadPictureOf } from './picture-links.ts';
import type { PictureFile, PictureMap } from './pictures.ts';

/** Pixels; the shape that Open Graph's readers show whole. */
export const cardSize = { width: 1200, height: 630 };

/** Among the files whose addresses change with their bytes, and which browsers may keep for ever. */
export const cardFolder = 'assets/cards';

/** Addresses of the cards, by the source of the story. */
export type CardPaths = ReadonlyMap<string, string>;

export const cardFile = (path: string): PictureFile => ({ path, type: 'image/png', ...cardSize });

/** A drawing has no crop for previews: few programs show it. */
export function hasPreview({ links }: ArticleEntry, pictures: PictureMap = {}): boolean {
  const lead = leadPictureOf(links);
  return lead !== undefined && (pictures[lead.url]?.crops.length ?? 0) > 0;
}

/** Cards: preview pictures for links to stories without pictures. */
import type { ArticleEntry } from './model.ts';
import { leadPictureOf } from './picture-links.ts';
import type { PictureFile, PictureMap } from './pictures.ts';

/** Size of a card, in pixels. Programs that show Open Graph previews do not crop this aspect ratio. */
export const cardSize = { width: 1200, height: 630 };

/** Output folder of cards. Their addresses change with their bytes, so browsers may cache them forever. */
export const cardFolder = 'assets/cards';

/** Paths of cards from the site's root, by the source of the story. */
export type CardPaths = ReadonlyMap<string, string>;

/** Describes a card as a picture file. @param path path from the site's root */
export const cardFile = (path: string): PictureFile => ({ path, type: 'image/png', ...cardSize });

/** Whether a story has a picture for previews. Drawings do not count, because few programs can show SVG. */
export function hasPreview({ links }: ArticleEntry, pictures: PictureMap = {}): boolean {
  const lead = leadPictureOf(links);
  return lead !== undefined && (pictures[lead.url]?.crops.length ?? 0) > 0;
}

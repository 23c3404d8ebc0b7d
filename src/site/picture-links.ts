/** Pictures as documents refer to them. */
import type { OutgoingLink, PictureLink } from '../article/text.ts';
import type { Entry, FlawedEntry, Site } from './model.ts';
import { isPictureFile, type Rights } from './pictures.ts';
import type { BrokenLink, LinkTarget } from './urls.ts';

/**
 * Finds the file that a picture's address refers to: in content/, or in public/ if the address begins with a
 * slash. Drawings are allowed in content/, although they may contain scripts, because pictures in content/
 * are never published unchanged.
 * @returns the path of the file from the site's root, or the reason why the address has no picture
 */
export function pictureTarget(
  target: LinkTarget | BrokenLink,
  { publicFiles }: Pick<Site, 'publicFiles'>,
): { kind: 'picture'; source: string } | { kind: 'other'; problem: BrokenLink['problem'] | 'external' } {
  switch (target.kind) {
    case 'asset':
      return isPictureFile(target.asset)
        ? { kind: 'picture', source: target.asset }
        : { kind: 'other', problem: 'type' };
    case 'path':
      return publicFiles.has(target.path.slice(1))
        ? { kind: 'picture', source: `public${target.path}` }
        : { kind: 'other', problem: 'missing' };
    case 'broken':
      return target.problem === 'type' && isPictureFile(target.target)
        ? { kind: 'picture', source: target.target }
        : { kind: 'other', problem: target.problem };
    case 'external':
      return { kind: 'other', problem: 'external' };
    default:
      return { kind: 'other', problem: 'type' };
  }
}

/** A use of a picture in a document. */
export interface PictureUse {
  from: Entry | FlawedEntry;
  link: PictureLink;
  /** Path of the file from the site's root; undefined if the address does not lead to a picture file. */
  source: string | undefined;
  /** Facts about the picture; undefined if the file cannot be read as a picture. */
  facts:
    | {
        rights: Rights;
        /** Whether the file is a drawing with unsafe content, which is not published. */
        unsafe: boolean;
      }
    | undefined;
}

/**
 * Finds the lead picture, which lists and previews show: the one that the front matter names, the first picture
 * that is the only content of its paragraph, or the first still of a video; undefined if there is none.
 */
export function leadPictureOf(links: readonly OutgoingLink[]): PictureLink | undefined {
  const first = (as: PictureLink['as']) =>
    links.find((link): link is PictureLink => link.kind === 'picture' && link.as === as);
  return first('cover') ?? first('figure') ?? first('still');
}

/** Pictures where documents show them. */
import type { OutgoingLink, PictureLink } from '../article/text.ts';
import type { Entry, FlawedEntry, Site } from './model.ts';
import { isPictureFile, type Rights } from './pictures.ts';
import type { BrokenLink, LinkTarget } from './urls.ts';

/**
 * The file that a picture's address names: of content/, or of public/ if the address begins with a slash. Files of content/ are not
 * published as they are, so a drawing, which could contain scripts, may be one of them.
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

/** A picture where a document shows it. */
export interface PictureUse {
  from: Entry | FlawedEntry;
  link: PictureLink;
  /** Path of the file from the site's root; nothing where there is none. */
  source: string | undefined;
  /** Nothing where there is no picture in it. */
  facts:
    | {
        rights: Rights;
        /** A drawing has something in it that could do harm, and that is not published. */
        unsafe: boolean;
      }
    | undefined;
}

/** The picture that stands for a story in lists and previews: the first that stands alone in the text. */
export const leadPictureOf = (links: readonly OutgoingLink[]): PictureLink | undefined =>
  links.find((link): link is PictureLink => link.kind === 'picture' && link.as === 'figure');

/** Inputs of the conversion of one body, and its reports. */

/** A picture or recording whose file is part of the import. */
export interface FoundMedia {
  /** Address to write into the Markdown, relative to the story's file. */
  address: string;
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
}

/** Something that the conversion could not carry over unchanged. Equal kinds are counted. */
export interface Finding {
  /** Stable name, such as `link-target`. */
  kind: FindingKind;
  /** Example: an address or a few words. */
  example: string;
}

export type FindingKind =
  | 'caption-link'
  | 'date'
  | 'embed'
  | 'form'
  | 'link-scheme'
  | 'link-fragment'
  | 'link-relative'
  | 'media-missing'
  | 'note-unused'
  | 'picture-description'
  | 'picture-link'
  | 'table-layout'
  | 'too-deep'
  | 'unknown-tag';

export interface HtmlContext {
  /** Language tag of the story (BCP 47). */
  lang: string;
  /** Headline, which some systems repeat as the first heading of the text. */
  title: string;
  /** Finds the file of a picture or a recording. @returns undefined if the import does not have it */
  media(src: string): FoundMedia | undefined;
  /** An address on the old site with its host, if that is known. */
  absolute(src: string): string;
  /**
   * Translates the address of a link.
   * @returns an address for the Markdown; undefined to keep only the text
   */
  link(href: string): string | undefined;
  report(kind: FindingKind, example: string): void;
  /** Notes words that a structure replaces, such as `Photo by` before a credit. They are not lost. */
  replaced(words: string): void;
  /** Counts the credit of a picture or a recording. */
  credited(): void;
  /** Notes words that the story takes from the media library. They count as words of the source. */
  inherited(words: string): void;
}

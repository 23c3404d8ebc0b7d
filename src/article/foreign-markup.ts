/** Names of other systems' shortcodes and blocks, and what replaces them in an article. */

/** What an article contains instead. The catalog turns it into a sentence. */
export type Replacement =
  | 'picture'
  | 'video'
  | 'audio'
  | 'post'
  | 'quotation'
  | 'box'
  | 'table'
  | 'link'
  | 'code';

const names: Record<Replacement, string> = {
  picture: 'caption figure galerie gallery galery image images img photo photos picture pictures',
  video: 'video vimeo youtube yt iframe',
  audio: 'audio playlist podcast soundcloud spotify',
  post: 'bluesky embed facebook instagram mastodon tiktok tweet twitter',
  quotation: 'blockquote pullquote quote zitat',
  box: 'admonition alert attention box caution danger hint important info infobox note notice tip warning',
  table: 'tabel tabelle tabla table tableau',
  link: 'link ref relref url',
  code: 'code highlight',
};

const replacements: ReadonlyMap<string, Replacement> = new Map(
  Object.entries(names).flatMap(([replacement, list]) =>
    list.split(' ').map(name => [name, replacement as Replacement] as const),
  ),
);

/** Finds what replaces a shortcode or a block of another system; undefined if its name is unknown. */
export function replacementOf(name: string): Replacement | undefined {
  return replacements.get(name.toLowerCase());
}

/** Explains addresses that cannot work on any site, such as the path of a file on the author's computer. */

/** What is wrong with an address, and the data of its message. */
export type WrongAddress =
  | { variant: 'empty' }
  | { variant: 'computer'; data: { url: string; name: string } }
  | { variant: 'backslash'; data: { fixed: string } };

/** Explains an address; undefined if nothing is wrong with its form. */
export function explainAddress(url: string): WrongAddress | undefined {
  if (url.trim() === '') return { variant: 'empty' };
  if (/^(?:[a-z]:[\\/]|file:)/i.test(url))
    return { variant: 'computer', data: { url, name: /[^\\/]*$/.exec(url)![0] } };
  if (url.includes('\\')) return { variant: 'backslash', data: { fixed: url.replaceAll('\\', '/') } };
  return undefined;
}

/** Messages about such addresses in links and pictures. */
export const addressMessages = {
  computer: ({ url, name }: { url: string; name: string }) =>
    `'${url}' is a place on your computer, where readers cannot get it. Put the file beside the story, and write only its name: '${name}'.`,
  backslash: ({ fixed }: { fixed: string }) =>
    `Addresses have '/' between their parts, not '\\'. Write '${fixed}'.`,
};

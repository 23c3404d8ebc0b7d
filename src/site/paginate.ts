/**
 * Paginates lists with permanent addresses: pages are numbered from the oldest story, so a story never moves
 * from one numbered page to another.
 */
export interface Pager {
  /** Number of the page: 1 has the oldest stories. Undefined for the first page, which has the newest. */
  number: number | undefined;
  /**
   * Path of the page with newer stories, from the site's root; `older` is that of the page with older ones.
   */
  newer: string | undefined;
  older: string | undefined;
}

/** A page of a list. */
export interface ListPage<T> {
  path: string;
  articles: T[];
  pager: Pager;
}

/**
 * Splits a list into pages. The first page, at the list's own address, has the newest stories: from `size` to
 * 2 × `size` − 1, or all of them if the list is shorter. Page n, at `page/n/`, has the n-th oldest group of
 * `size` stories. Most new stories change only the first page. Every `size`-th new story also adds a numbered
 * page, to which the previous numbered page then links.
 * @param path path of the list, from the site's root
 */
export function paginate<T>(path: string, newestFirst: readonly T[], size: number): ListPage<T>[] {
  const numbered = Math.max(0, Math.floor(newestFirst.length / size) - 1);
  const pathOf = (number: number) =>
    number === 0 ? undefined : number > numbered ? path : `${path}page/${number}/`;
  const first: ListPage<T> = {
    path,
    articles: newestFirst.slice(0, newestFirst.length - numbered * size),
    pager: { number: undefined, newer: undefined, older: pathOf(numbered) },
  };
  const pages = Array.from({ length: numbered }, (_, index): ListPage<T> => {
    const number = numbered - index;
    const end = newestFirst.length - (number - 1) * size;
    return {
      path: pathOf(number)!,
      articles: newestFirst.slice(end - size, end),
      pager: { number, newer: pathOf(number + 1), older: pathOf(number - 1) },
    };
  });
  return [first, ...pages];
}

/** Lists in pages whose addresses stay: the numbered pages count from the oldest story, and what stands on one never moves. */
export interface Pager {
  /** Of a numbered page, from 1 for the oldest stories; nothing for the first page, which has the newest. */
  number: number | undefined;
  /** Paths from the site's root. */
  newer: string | undefined;
  older: string | undefined;
}

export interface ListPage<T> {
  path: string;
  articles: T[];
  pager: Pager;
}

/**
 * The first page, at the list's own address, has the newest `size` to `2 * size - 1` stories; page n at `page/n/` has the n-th oldest `size` of them. A new story
 * changes the first page alone, but for one in `size`, which makes the next numbered page.
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

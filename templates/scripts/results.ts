/** Renders search results with the page's template. Text from the index is always inserted as text. */
import type { Result } from './search.ts';

/** Number of stories to show at first, and to add at a time. */
const step = 10;

/** Lists results. @param found undefined if there is no query */
export async function listResults(
  form: HTMLFormElement,
  found: readonly { data(): Promise<Result> }[] | undefined,
): Promise<void> {
  const list = document.querySelector('.search-results')!;
  const more = document.querySelector<HTMLButtonElement>('.search-more')!;
  const { lang } = document.documentElement;
  const add = async (from: number) => {
    const results = await Promise.all((found ?? []).slice(from, from + step).map(result => result.data()));
    const items = results.map(result => itemOf(result, form));
    if (from === 0) list.replaceChildren(...items);
    else list.append(...items);
    more.hidden = (found?.length ?? 0) <= from + step;
    more.onclick = () =>
      void add(from + step).then(() => list.children[from + step]?.querySelector('a')?.focus());
  };
  form.querySelector('[role=status]')!.textContent = found
    ? form.dataset.found!.replace('{n}', found.length.toLocaleString(lang))
    : '';
  await add(0);
}

function itemOf({ url, meta, filters, excerpt, sub_results }: Result, form: HTMLFormElement): Node {
  const item = document
    .querySelector<HTMLTemplateElement>('.search-result')!
    .content.cloneNode(true) as DocumentFragment;
  const [link, date, text, sections] = ['a', 'time', 'p', 'ul'].map(
    name => item.querySelector<HTMLElement>(name)!,
  );
  for (const element of [link, text, sections]) Object.assign(element!, { lang: meta.lang, dir: meta.dir });
  Object.assign(link!, { href: url, textContent: meta.title });
  const label = meta.sponsored ? [form.dataset.sponsored] : [];
  const facts = [...label, meta.date, ...(filters.desk ?? [])];
  Object.assign(date!, { dateTime: meta.iso, textContent: facts.join(' · ') });
  text!.append(
    ...excerpt.split(/<\/?mark>/).map((part, index) => {
      const words = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
      return index % 2 ? Object.assign(document.createElement('mark'), { textContent: words }) : words;
    }),
  );
  for (const section of sub_results.filter(({ url }) => url.includes('#')).slice(0, 3)) {
    const entry = document.createElement('li');
    entry.append(
      Object.assign(document.createElement('a'), { href: section.url, textContent: section.title }),
    );
    sections!.append(entry);
  }
  return item;
}

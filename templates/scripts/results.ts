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
  const text = found?.length === 0 ? form.dataset.none : form.dataset.found;
  form.querySelector('[role=status]')!.textContent = found
    ? text!.replace('{n}', found.length.toLocaleString(lang))
    : '';
  await add(0);
}

function itemOf({ url, meta, filters, excerpt, sub_results }: Result, form: HTMLFormElement): Node {
  const item = document
    .querySelector<HTMLTemplateElement>('.search-result')!
    .content.cloneNode(true) as DocumentFragment;
  const [label, desk, link, text, names, date, sections] = [
    '.type-of-work',
    '.kicker > :last-child',
    'a',
    '.search-excerpt',
    'bdi',
    'time',
    'ul',
  ].map(name => item.querySelector<HTMLElement>(name)!);
  for (const element of [link, text, sections]) Object.assign(element!, { lang: meta.lang, dir: meta.dir });
  Object.assign(link!, { href: url, textContent: meta.title });
  const labels = JSON.parse(form.dataset.labels!) as Record<string, string>;
  label!.textContent = labels[meta.type ?? ''] ?? '';
  label!.hidden = label!.textContent === '';
  desk!.textContent = (filters.desk ?? []).join(' · ');
  const authors = filters.author ?? [];
  const { lang } = document.documentElement;
  names!.textContent =
    authors.length > 0 ? `${form.dataset.by} ${new Intl.ListFormat(lang).format(authors)}` : '';
  Object.assign(date!, { dateTime: meta.iso, textContent: meta.date });
  text!.append(
    ...withoutHeadline(excerpt.split(/<\/?mark>/).map(plainText), meta.title ?? '').map((words, index) =>
      index % 2 ? Object.assign(document.createElement('mark'), { textContent: words }) : words,
    ),
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

/** Text of the index's excerpts. */
const plainText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/**
 * Removes the headline from the beginning of an excerpt, because the result already shows it.
 * @param parts the excerpt; every second part is a match
 */
function withoutHeadline(parts: readonly string[], title: string): string[] {
  if (!parts.join('').startsWith(title)) return [...parts];
  let left = title.length;
  const rest = parts.map(part => {
    const cut = Math.min(left, part.length);
    left -= cut;
    return part.slice(cut);
  });
  const first = rest.findIndex(part => part !== '');
  if (first >= 0) rest[first] = rest[first]!.replace(/^[.\s]+/, '');
  return rest;
}

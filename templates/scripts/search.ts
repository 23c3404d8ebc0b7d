/**
 * The search page: turns the query and filters of its form into a list of stories, with Pagefind, which is
 * loaded when the form is first used.
 */
import './page.ts';
import { listResults } from './results.ts';

interface Pagefind {
  options(options: object): Promise<void>;
  mergeIndex(path: string, options: object): Promise<void>;
  filters(): Promise<Record<string, Record<string, number>>>;
  debouncedSearch(
    words: string | null,
    options: object,
    wait: number,
  ): Promise<{ results: { data(): Promise<Result> }[] } | null>;
}

export interface Result {
  url: string;
  /** HTML that contains only text and `<mark>`. */
  excerpt: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
  sub_results: { url: string; title: string }[];
}

const form = document.querySelector<HTMLFormElement>('.search-page')!;
const { base = '/', indexes = '' } = form.dataset;
/** Filters, without the order of the results. */
const selects = [...form.querySelectorAll('select')].filter(({ name }) => name !== 'sort');
let loading: Promise<Pagefind> | undefined;

/** Loads the index of each year, newest first. Only the newest one includes Pagefind's own scripts. */
async function load(): Promise<Pagefind> {
  const [first, ...others] = indexes.split(' ');
  const pagefind = (await import(`${first}pagefind.js`)) as Pagefind;
  const options = { baseUrl: base, excerptEllipsis: '…' };
  await pagefind.options(options);
  await Promise.all(others.map(index => pagefind.mergeIndex(index, options)));
  const filters = await pagefind.filters();
  const chosen = new URLSearchParams(location.search);
  for (const select of selects) {
    const names = Object.keys(filters[select.name] ?? {}).sort(
      new Intl.Collator(document.documentElement.lang).compare,
    );
    if (select.name === 'year') names.reverse();
    select.append(...names.map(name => new Option(name)));
    select.value = names.length < 2 ? '' : (chosen.get(select.name) ?? '');
    select.closest('label')!.hidden = names.length < 2;
  }
  return pagefind;
}

const clear = form.querySelector<HTMLButtonElement>('.search-clear')!;
clear.addEventListener('click', () => {
  for (const select of selects) select.value = '';
  run();
});

const status = form.querySelector('[role=status]')!;

/** Milliseconds before the page says that it is searching, so that screen readers do not announce quick searches. */
const patience = 300;

function showSearching(): void {
  status.textContent = form.dataset.searching ?? '';
}

async function search(): Promise<void> {
  loading ??= load();
  const pagefind = await loading;
  const data = new FormData(form);
  const { q = '', sort, ...filters } = Object.fromEntries([...data].filter(([, value]) => value !== ''));
  const query = new URLSearchParams({
    ...(q !== '' && { q: String(q) }),
    ...(sort && { sort }),
    ...filters,
  } as Record<string, string>);
  history.replaceState(null, '', `${location.pathname}?${query}`.replace(/\?$/, ''));
  clear.hidden = Object.keys(filters).length === 0;
  const words = String(q).trim() || null;
  if (words === null && Object.keys(filters).length === 0) return listResults(form, undefined);
  const found = await pagefind.debouncedSearch(
    words,
    { filters, sort: words === null || sort ? { date: 'desc' } : {} },
    150,
  );
  if (found) await listResults(form, found.results);
}

function run(): void {
  const isAsked = location.search !== '' || [...new FormData(form).values()].some(value => value !== '');
  const timer = isAsked ? setTimeout(showSearching, patience) : undefined;
  search()
    .catch(() => {
      loading = undefined;
      status.textContent = form.dataset.failed ?? '';
    })
    .finally(() => clearTimeout(timer));
}

const field = form.querySelector<HTMLInputElement>('input')!;
const asked = new URLSearchParams(location.search);
field.value = asked.get('q') ?? '';
form.querySelector<HTMLSelectElement>('[name=sort]')!.value = asked.get('sort') ?? '';
form.addEventListener('input', run);
form.addEventListener('submit', event => {
  event.preventDefault();
  run();
});
form.addEventListener('focusin', run, { once: true });
if (location.search !== '') run();

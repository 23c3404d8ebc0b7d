/** What the search is told of a story: an HTML page of its words alone, with what it can be found by besides, as Pagefind reads it (https://pagefind.app/docs/). */
import { h } from 'hastscript';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import type { TextBlock } from '../article/text.ts';
import { languageName } from '../base/languages.ts';
import type { PlanSettings } from '../config/settings.ts';
import { createLocale, type Locale } from '../render/locale.ts';
import type { ArticleEntry, AuthorProfile } from '../site/model.ts';
import { urlOf } from '../site/urls.ts';

/** All that is indexed of a story but its text. */
export interface SearchStory {
  /** From the site's root, encoded. */
  url: string;
  lang: string;
  title: string;
  standfirst: string | undefined;
  published: string;
  /** Names for readers, by what they are names of. */
  filters: { desk: string[]; topic: string[]; author: string[]; year: string[]; language: string[] };
}

export function createSearchStories(
  config: Pick<PlanSettings, 'desks' | 'topics'>,
  authors: ReadonlyMap<string, AuthorProfile>,
): (article: ArticleEntry) => SearchStory {
  const named = (list: readonly { id: string; name: string }[], ids: readonly string[]) =>
    ids.flatMap(id => list.find(item => item.id === id)?.name ?? []);
  const languages = new Map<string, string>();
  return ({ path, lang, title, standfirst, meta }) => {
    const language = languages.get(lang) ?? languageName(lang);
    languages.set(lang, language);
    return {
      url: urlOf(path, { basePath: '/' }),
      lang,
      title,
      standfirst,
      published: meta.published,
      filters: {
        desk: named(config.desks, [meta.desk]),
        topic: named(config.topics, meta.topics),
        author: meta.authors.flatMap(id => authors.get(id)?.title ?? []),
        year: [meta.published.slice(0, 4)],
        language: [language],
      },
    };
  };
}

const writer = unified().use(rehypeStringify).freeze();

/** Dates are in the story's own language, as the list of results shows the story. */
/** @returns a function that makes the HTML page which Pagefind indexes for a story */
export function createSearchPages({
  timeZone,
}: {
  timeZone: string;
}): (story: SearchStory, text: TextBlock[]) => string {
  const locales = new Map<string, Locale>();
  return ({ lang, title, standfirst, published, filters }, text) => {
    const locale = locales.get(lang) ?? createLocale(lang, timeZone, new Map());
    locales.set(lang, locale);
    const { iso, text: date } = locale.date(published);
    const said = (kind: 'Meta' | 'Filter' | 'Sort', name: string, value: string) =>
      h('span', { [`dataPagefind${kind}`]: `${name}[data-value]`, dataValue: value });
    const page = h('html', { lang }, [
      h('body', { dataPagefindBody: true }, [
        h('h1', title),
        ...(standfirst === undefined ? [] : [h('p', standfirst)]),
        ...text.map(block =>
          block.id === undefined ? h('p', block.text) : h('h2', { id: block.id }, block.text),
        ),
        ...Object.entries({ lang, dir: locale.dir, iso, date }).map(([name, value]) =>
          said('Meta', name, value),
        ),
        ...Object.entries(filters).flatMap(([name, values]) =>
          values.map(value => said('Filter', name, value)),
        ),
        said('Sort', 'date', String(Date.parse(published))),
      ]),
    ]);
    // Half a character is refused by the program; as UTF-8 it is the mark of one that is lost.
    return Buffer.from(writer.stringify({ type: 'root', children: [page] })).toString();
  };
}

/**
 * Input of the search index: an HTML page for each story, with its text and filters for Pagefind
 * (https://pagefind.app/docs/).
 */
import { h } from 'hastscript';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import type { WorkType } from '../article/keys.ts';
import type { TextBlock } from '../article/text.ts';
import { languageName } from '../base/languages.ts';
import { type LocalText, textIn } from '../base/local-text.ts';
import type { PlanSettings } from '../config/settings.ts';
import { createLocale, type Locale } from '../render/locale.ts';
import { type ArticleEntry, type AuthorProfile, authorName } from '../site/model.ts';
import { urlOf } from '../site/urls.ts';

/** Indexed fields of a story, except its text. */
export interface SearchStory {
  /** Root-relative URL without the base path. */
  url: string;
  lang: string;
  title: string;
  standfirst: string | undefined;
  published: string;
  /** Type of work, so that results label what is not news. */
  type: WorkType;
  /** Names that readers see, by filter. */
  filters: { desk: string[]; topic: string[]; author: string[]; year: string[]; language: string[] };
}

/** Creates a function that returns the indexed fields of a story. Filters are in the site's language. */
export function createSearchStories(
  { desks, topics, lang: reader }: Pick<PlanSettings, 'desks' | 'topics' | 'lang'>,
  authors: ReadonlyMap<string, AuthorProfile>,
): (article: ArticleEntry) => SearchStory {
  const named = (list: readonly { id: string; name: LocalText }[], ids: readonly string[]) =>
    list.filter(({ id }) => ids.includes(id)).map(({ name }) => textIn(name, reader, reader));
  const namesOf = (author: AuthorProfile | undefined) => (author ? [authorName(author, reader)] : []);
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
      type: meta.type,
      filters: {
        desk: named(desks, [meta.desk]),
        topic: named(topics, meta.topics),
        author: meta.authors.flatMap(id => namesOf(authors.get(id))),
        year: [meta.published.slice(0, 4)],
        language: [language],
      },
    };
  };
}

const writer = unified().use(rehypeStringify).freeze();

/**
 * Creates a function that generates the HTML page that Pagefind indexes for a story. Dates are in the story's
 * language.
 * @param timeZone IANA time zone of the dates
 */
export function createSearchPages({
  timeZone,
}: {
  timeZone: string;
}): (story: SearchStory, text: TextBlock[]) => string {
  const locales = new Map<string, Locale>();
  return ({ lang, title, standfirst, published, type, filters }, text) => {
    const locale = locales.get(lang) ?? createLocale(lang, timeZone, new Map());
    locales.set(lang, locale);
    const { iso, text: date } = locale.date(published);
    const attribute = (kind: 'Meta' | 'Filter' | 'Sort', name: string, value: string) =>
      h('span', { [`dataPagefind${kind}`]: `${name}[data-value]`, dataValue: value });
    const page = h('html', { lang }, [
      h('body', { dataPagefindBody: true }, [
        h('h1', title),
        ...(standfirst === undefined ? [] : [h('p', standfirst)]),
        ...text.map(block =>
          block.id === undefined ? h('p', block.text) : h('h2', { id: block.id }, block.text),
        ),
        ...Object.entries({ lang, dir: locale.dir, iso, date, type }).map(([name, value]) =>
          attribute('Meta', name, value),
        ),
        ...Object.entries(filters).flatMap(([name, values]) =>
          values.map(value => attribute('Filter', name, value)),
        ),
        attribute('Sort', 'date', String(Date.parse(published))),
      ]),
    ]);
    // Pagefind rejects lone surrogates. Encoding as UTF-8 replaces them with U+FFFD.
    return Buffer.from(writer.stringify({ type: 'root', children: [page] })).toString();
  };
}

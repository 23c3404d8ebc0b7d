import { didYouMean } from '../base/suggestions.ts';
import type { ArticleEntry, Site } from '../site/model.ts';
import type { SiteRule } from './rule.ts';

/** Published or not: an error in tomorrow's story shows today. */
function* allArticles(site: Site): Generator<ArticleEntry> {
  yield* site.articles;
  yield* site.withheld.values();
}

const deskUnknown: SiteRule = {
  id: 'desk-unknown',
  severity: 'error',
  required: true,
  check(site, _, report) {
    const known = site.config.desks.map(desk => desk.id);
    for (const { source, meta } of allArticles(site)) {
      if (known.includes(meta.desk)) continue;
      report(
        source,
        'desk',
        `The desk '${meta.desk}' is not defined. ${didYouMean(meta.desk, known)} Desks stand in content/site.yaml.`,
      );
    }
  },
};

const topicUnknown: SiteRule = {
  id: 'topic-unknown',
  severity: 'error',
  required: true,
  check(site, _, report) {
    const known = new Set(site.config.topics.map(topic => topic.id));
    for (const { source, meta } of allArticles(site)) {
      meta.topics.forEach((topic, index) => {
        if (known.has(topic)) return;
        report(
          source,
          `topics.${index}`,
          `The topic '${topic}' is not defined. ${didYouMean(topic, [...known])} Topics stand in content/site.yaml.`,
        );
      });
    }
  },
};

const authorUnknown: SiteRule = {
  id: 'author-unknown',
  severity: 'error',
  required: true,
  check(site, _, report) {
    for (const { source, meta } of allArticles(site)) {
      meta.authors.forEach((author, index) => {
        if (site.authorFiles.has(author) || site.flawed.has(`content/authors/${author}.md`)) return;
        report(
          source,
          `authors.${index}`,
          `The author '${author}' is not defined. ${didYouMean(author, [...site.authorFiles.keys()])} An author is a file in content/authors/.`,
        );
      });
    }
  },
};

const relatedUnknown: SiteRule = {
  id: 'related-unknown',
  severity: 'error',
  check(site, _, report) {
    for (const { source, meta } of allArticles(site)) {
      meta.related.forEach((path, index) => {
        if (path !== source && (articleAt(site, path) || site.flawed.has(path))) return;
        const problem = path === source ? 'is the article itself' : 'does not exist';
        report(
          source,
          `related.${index}`,
          `The related article ${path} ${problem}. Write another's path relative to this file.`,
        );
      });
    }
  },
};

const translationOriginal: SiteRule = {
  id: 'translation-original',
  severity: 'error',
  check(site, _, report) {
    const versions = new Map<string, string>();
    for (const { source, lang, meta } of allArticles(site)) {
      if (meta.translationOf === undefined || site.flawed.has(meta.translationOf)) continue;
      const original = articleAt(site, meta.translationOf);
      const version = `${meta.translationOf}\n${lang}`;
      const same = versions.get(version);
      versions.set(version, same ?? source);
      const problem = same
        ? `${same} is a translation of it into the same language (${lang}) already. Remove one of the two.`
        : explainOriginal(original, source, lang, meta.translationOf);
      if (problem !== undefined) report(source, 'translationOf', problem);
    }
  },
};

function articleAt(site: Site, source: string): ArticleEntry | undefined {
  const entry = site.entries.get(source) ?? site.withheld.get(source);
  return entry?.kind === 'article' ? entry : undefined;
}

function explainOriginal(
  original: ArticleEntry | undefined,
  source: string,
  lang: string,
  path: string,
): string | undefined {
  if (!original)
    return `The article ${path}, of which this is to be the translation, does not exist. Write its path relative to this file.`;
  if (original.source === source)
    return 'The article is named as its own translation. Write the path of the original.';
  if (original.meta.translationOf !== undefined)
    return `${path} is a translation itself. Name the original: ${original.meta.translationOf}.`;
  if (original.lang === lang)
    return `${path} is in the same language (${lang}). Add the translation's language: 'lang: …'.`;
  return undefined;
}

/** What an article names in its front matter is defined: desk, topics, authors, related articles, the original of a translation. */
export const articleReferences: readonly SiteRule[] = [
  deskUnknown,
  topicUnknown,
  authorUnknown,
  relatedUnknown,
  translationOriginal,
];

import { allArticles, articleAt } from './articles.ts';
import { siteRule } from './rule.ts';

/**
 * Requires that a translation's original exists, is in another language, and has no other translation into
 * the same language.
 */
export const translationOriginal = siteRule({
  id: 'translation-original',
  severity: 'error',
  messages: {
    second: ({ first, lang }: { first: string; lang: string }) =>
      `${first} is a translation of it into the same language (${lang}) already. Remove one of the two.`,
    missing: ({ path }: { path: string }) =>
      `The article ${path}, of which this is to be the translation, does not exist. Write its path relative to this file.`,
    itself: 'The article is named as its own translation. Write the path of the original.',
    translation: ({ path, original }: { path: string; original: string }) =>
      `${path} is a translation itself. Name the original: ${original}.`,
    language: ({ path, lang }: { path: string; lang: string }) =>
      `${path} is in the same language (${lang}). Add the translation's language: 'lang: …'.`,
  },
  check(site, _, report) {
    const versions = new Map<string, string>();
    for (const { source, lang, meta } of allArticles(site)) {
      const path = meta.translationOf;
      if (path === undefined || site.flawed.has(path)) continue;
      const at = 'translationOf';
      const version = `${path}\n${lang}`;
      const first = versions.get(version);
      versions.set(version, first ?? source);
      const original = articleAt(site, path);
      if (first !== undefined) report(source, at, 'second', { first, lang });
      else if (!original) report(source, at, 'missing', { path });
      else if (original.source === source) report(source, at, 'itself');
      else if (original.meta.translationOf !== undefined)
        report(source, at, 'translation', { path, original: original.meta.translationOf });
      else if (original.lang === lang) report(source, at, 'language', { path, lang });
    }
  },
});

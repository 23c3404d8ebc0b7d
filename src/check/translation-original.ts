import { otherCaseText } from '../base/suggestions.ts';
import { allMetas, articleAt } from './articles.ts';
import { createCaseFinder } from './other-case.ts';
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
      `${first} is already a translation of the same article into this language (${lang}). Remove one of the two translations.`,
    case: otherCaseText,
    missing: ({ path }: { path: string }) =>
      `There is no article ${path}. Correct the path in 'translationOf', which is relative to this file.`,
    itself: "The article names itself in 'translationOf'. Write the path of the original.",
    translation: ({ path, original }: { path: string; original: string }) =>
      `${path} is itself a translation. Write the path of its original, ${original}, relative to this file.`,
    language: ({ path, lang }: { path: string; lang: string }) =>
      `This translation has the same language (${lang}) as its original, ${path}. Set its language with 'lang: …'.`,
  },
  check(site, _, report) {
    const otherCase = createCaseFinder(site);
    const versions = new Map<string, string>();
    for (const { source, lang, meta } of allMetas(site)) {
      const path = meta.translationOf;
      if (path === undefined || site.flawed.has(path)) continue;
      const at = 'translationOf';
      const version = `${path}\n${lang}`;
      const first = versions.get(version);
      versions.set(version, first ?? source);
      const original = articleAt(site, path);
      if (first !== undefined) report(source, at, 'second', { first, lang });
      else if (!original) {
        const actual = otherCase(path);
        if (actual === undefined || actual === path) report(source, at, 'missing', { path });
        else report(source, at, 'case', { target: path, actual });
      } else if (original.source === source) report(source, at, 'itself');
      else if (original.meta.translationOf !== undefined)
        report(source, at, 'translation', { path, original: original.meta.translationOf });
      else if (original.lang === lang) report(source, at, 'language', { path, lang });
    }
  },
});

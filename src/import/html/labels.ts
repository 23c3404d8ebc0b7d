/** Words with which newsrooms introduce corrections and related links, in the languages of templates/strings/. */

/** Words that begin a correction. */
const correctionWords =
  'corrections?|clarifications?|corrected|berichtigung|korrektur|richtigstellung|klarstellung|correcci[oó]n|rectificaci[oó]n|aclaraci[oó]n|fe de erratas|rectificatif|erratum|pr[eé]cision|تصحيح|تصويب|توضيح|תיקון|הבהרה|תיקון טעות';

/** Matches the beginning of a correction, with an optional date: `Correction, March 6, 2020:`. */
export const correctionLead = new RegExp(
  `^[\\s*[(]{0,20}((?:${correctionWords}))(?![\\p{L}\\p{N}])[\\s,(–—-]{0,5}([^:\\n]{0,40}?)\\)?\\s?[:–—]\\s*`,
  'iu',
);

/** Matches the words before a related link. */
export const relatedLead =
  /^\s*(?:also read|read also|read more|read next|related(?: (?:story|article|coverage|reading|stories))?|see also|more|more on this|lesen sie auch|lesen sie (?:hier )?mehr|mehr (?:dazu|zum thema)|siehe auch|lea también|lea además|te puede interesar|más información|lire aussi|à lire aussi|à lire également|lire également|voir aussi|اقرأ أيضًا|اقرأ أيضا|اقرأ المزيد|קראו גם|קראו עוד|לקריאה נוספת)\s*[:：]\s*$/iu;

const alsoRead: Readonly<Record<string, string>> = {
  ar: 'اقرأ أيضًا',
  de: 'Lesen Sie auch',
  es: 'Lea también',
  fr: 'Lire aussi',
  he: 'קראו גם',
};

/** Words that Broadsheet reads as the beginning of a related link, in a language, or in English. */
export const alsoReadIn = (lang: string): string =>
  alsoRead[lang.split('-', 1)[0]!.toLowerCase()] ?? 'Also read';

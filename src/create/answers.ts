/** Answers to the questions of `broadsheet init`: how they are read from text, and their defaults. */
import { isTimeZone, suggestTimeZone } from '../base/dates.ts';
import { isLanguageTag, suggestLanguage } from '../base/languages.ts';
import { didYouMean } from '../base/suggestions.ts';
import { isSiteAddress } from '../config/config.ts';
import { type OutputName, outputNames, outputs } from '../config/outputs.ts';
import { type HostName, hostNames } from './hosts.ts';
import { asciiSlug } from './names.ts';

/** Choices for a new site. */
export interface Answers {
  /** Name of the publication. */
  name: string;
  /** Language tags (BCP 47). The first is that of the site. */
  languages: string[];
  /** Public address. */
  url: string;
  /** Names of the desks. */
  desks: string[];
  /** Name of the first author. */
  author: string;
  host: HostName;
  /** IANA name. */
  timeZone: string;
  /** Outputs that need a package of their own. The others do not need a decision. */
  outputs: OutputName[];
}

/** An answer that cannot be used. The message says what is wrong and what to write. */
export class AnswerError extends Error {
  override name = 'AnswerError';
}

/** Outputs that need a package of their own. */
export const optionalOutputs = outputNames.filter(name => 'needs' in outputs[name]);

const partsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,،]/)
      .map(part => part.replace(/\s+/g, ' ').trim())
      .filter(part => part !== ''),
  ),
];

function line(text: string, what: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean === '') throw new AnswerError(`The ${what} is empty. Write one.`);
  return clean;
}

/** Readers of the answers. Each throws an AnswerError if the text cannot be used. */
export const readers: { [Key in keyof Answers]: (text: string) => Answers[Key] } = {
  name: text => line(text, 'name'),
  languages(text) {
    const tags = partsOf(text);
    if (tags.length === 0) throw new AnswerError("The list of languages is empty. Write a tag such as 'en'.");
    return tags.map(readLanguage);
  },
  url(text) {
    const url = text.trim();
    if (isSiteAddress(url)) return url;
    throw new AnswerError(
      `'${url}' is not a valid site address. Write it in full, without '?' or '#': https://example.org/.`,
    );
  },
  desks(text) {
    const names = partsOf(text);
    if (names.length === 0)
      throw new AnswerError('A site needs at least one desk. Write a name such as News.');
    return names;
  },
  author: text => line(text, 'name of the author'),
  host(text) {
    const name = text.trim().toLowerCase();
    const host = hostNames.find(known => known === name);
    if (host) return host;
    throw new AnswerError(`'${name}' is not a known host. ${didYouMean(name, hostNames, "Use 'none'")}`);
  },
  timeZone(text) {
    const name = text.trim();
    if (isTimeZone(name)) return name;
    const meant = suggestTimeZone(name);
    throw new AnswerError(
      `'${name}' is not a known time zone. ${meant === undefined ? "Use an IANA name such as 'Europe/Berlin'." : `Did you mean '${meant}'?`}`,
    );
  },
  outputs(text) {
    const names = partsOf(text).filter(name => name !== 'none');
    const unknown = names.find(name => !(optionalOutputs as string[]).includes(name));
    if (unknown === undefined) return optionalOutputs.filter(name => names.includes(name));
    const advice = didYouMean(unknown, [...optionalOutputs, 'none'], 'Remove it');
    throw new AnswerError(`'${unknown}' is not an output that needs a package. ${advice}`);
  },
};

function readLanguage(tag: string): string {
  if (isLanguageTag(tag)) return new Intl.Locale(tag).toString();
  const meant = suggestLanguage(tag);
  throw new AnswerError(
    `'${tag}' is not the tag of a known language. ${meant === undefined ? "Write a tag such as 'en' or 'pt-BR'." : `Did you mean '${meant}'?`}`,
  );
}

/** Facts about the machine and the folder from which the defaults come. */
export interface Circumstances {
  /** Name of the folder of the new site. */
  folderName: string;
  /** Language tag of the machine (BCP 47). */
  locale: string;
  /** Time zone of the machine (IANA name). */
  timeZone: string;
  /** Languages that have texts for a new site. */
  available: readonly string[];
  /** Returns the names that a site in a language begins with. */
  wordsOf: (lang: string) => { desk: string; author: string };
}

/** Default of an answer, given the earlier ones. */
export function defaultOf<Key extends keyof Answers>(
  key: Key,
  given: Partial<Answers>,
  { folderName, locale, timeZone, available, wordsOf }: Circumstances,
): Answers[Key] {
  const lang = given.languages?.[0] ?? 'en';
  const defaults: { [Key in keyof Answers]: () => Answers[Key] } = {
    name: () => titleOf(folderName),
    languages() {
      const { language } = new Intl.Locale(locale);
      return [available.includes(language) ? language : 'en'];
    },
    url: () => `https://${asciiSlug(given.name ?? folderName) || 'news'}.example/`,
    desks: () => [wordsOf(lang).desk],
    author: () => wordsOf(lang).author,
    host: () => 'none',
    timeZone: () => (isTimeZone(timeZone) ? timeZone : 'UTC'),
    outputs: () => [...optionalOutputs],
  };
  return defaults[key]();
}

/** Converts the name of a folder to that of a publication: `the-courier` becomes `The Courier`. */
function titleOf(folderName: string): string {
  const words = folderName.split(/[\s._-]+/).filter(word => word !== '');
  return words.map(word => word[0]!.toUpperCase() + word.slice(1)).join(' ') || 'My Publication';
}

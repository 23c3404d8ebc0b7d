/** Reads the texts of new sites in starter/, in each language. */
import { join } from 'node:path';
import { isMap, isScalar, parse, parseDocument, visit, type Document as YamlDocument } from 'yaml';
import { listFolder, readText } from '../disk/files.ts';

/** Standing pages that a newsroom has to write, by what they are about. */
export const pageNames = ['about', 'standards', 'corrections', 'contact', 'privacy'] as const;
export type PageName = (typeof pageNames)[number];

/** Names that a new site begins with. */
export interface Words {
  desk: string;
  author: string;
  role: string;
  /** Biography of the author, if it is the newsroom. */
  biography: string;
  /** Name of the story's folder. */
  story: string;
  /** Names of the pages' files, without `.md`. */
  pages: Record<PageName, string>;
}

/** Texts in one language. In them, `$name` and other names after a dollar sign have to be filled in. */
export interface Starter {
  /** Primary language tag: `en`. */
  lang: string;
  words: Words;
  story: string;
  pages: Record<PageName, string>;
}

const folderOf = (packageRoot: string): string => join(packageRoot, 'starter');

/** Languages that have texts, sorted. */
export const starterLanguages = (packageRoot: string): string[] =>
  listFolder(folderOf(packageRoot))
    .filter(name => /^[a-z]{2,3}$/.test(name))
    .sort();

/**
 * Reads the texts in a language.
 * @param tag language tag; its region is ignored
 * @returns the English texts if that language has no translation
 */
export function readStarter(packageRoot: string, tag: string): Starter {
  const { language } = new Intl.Locale(tag);
  const lang = starterLanguages(packageRoot).includes(language) ? language : 'en';
  const read = (name: string) => readText(join(folderOf(packageRoot), lang, name));
  return {
    lang,
    words: parse(read('words.yaml')) as Words,
    story: read('story.md'),
    pages: Object.fromEntries(pageNames.map(name => [name, read(`pages/${name}.md`)])) as Starter['pages'],
  };
}

/** Reads a file of starter/ that is the same in every language. */
export const readStarterFile = (packageRoot: string, name: string): string =>
  readText(join(folderOf(packageRoot), name));

const placeholder = /\$([a-z]+)\b/g;

/** Replaces the names after dollar signs. @throws Error if a name has no value */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(placeholder, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The text of a new site names '$${name}', which has no value`);
    return value;
  });
}

/**
 * Fills in a Markdown file with front matter. In the front matter, values are quoted where YAML needs it.
 * @param added keys to add at the end of the front matter
 * @returns the file, and its title
 */
export function fillDocument(
  text: string,
  values: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>> = {},
): { text: string; title: string } {
  const [, frontMatter = '', body = ''] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text) ?? [];
  const document: YamlDocument = parseDocument(frontMatter);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string') node.value = fill(node.value, values);
    },
  });
  for (const [key, value] of Object.entries(added)) document.set(key, value);
  const title = isMap(document.contents) ? document.contents.get('title', true) : undefined;
  return {
    text: `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n${fill(body, values)}`,
    title: isScalar(title) ? String(title.value) : '',
  };
}

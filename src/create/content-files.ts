/** Files of a new site's content/: site.yaml, an author, policy pages to be written, and a first story. */
import { posix } from 'node:path';
import { stringify } from 'yaml';
import { dateTimeAt } from '../base/dates.ts';
import { outputNames } from '../config/outputs.ts';
import { configPath } from '../config/paths.ts';
import type { Answers } from './answers.ts';
import { optionalOutputs } from './answers.ts';
import { idOf, type NamedDesk, nameDesks } from './names.ts';
import { fill, fillDocument, type PageName, pageNames, type Starter } from './texts.ts';

/** Texts of the new site's languages, and a drawing for the story. */
export interface ContentInput {
  answers: Answers;
  /** Texts of the site's own language, or English ones. */
  starter: Starter;
  /** Texts of the further languages that have some, by language tag. */
  translations: ReadonlyMap<string, Starter>;
  /** SVG file. */
  drawing: string;
  /** Current time in milliseconds since the epoch. */
  now: number;
}

export interface ContentFiles {
  /** Texts by path relative to the site's root. site.yaml is the last. */
  files: Map<string, string>;
  /** Desks whose ids differ from their names, because Broadsheet uses the addresses itself. */
  renamed: NamedDesk[];
}

/** Generates the files of content/. */
export function contentFiles(input: ContentInput): ContentFiles {
  const { answers, starter } = input;
  const { words } = starter;
  const taken = [...Object.values(words.pages), ...answers.languages.map(tag => tag.toLowerCase())];
  const { desks, renamed } = nameDesks(answers.desks, taken);
  const author = idOf(answers.author) || 'newsroom';
  const values = { name: answers.name, desk: desks[0]!.id, author };
  const pages = pageNames.map(name => ({ name, ...pageFile(name, input, values) }));
  const files = new Map<string, string>([
    [`content/authors/${author}.md`, authorFile(answers, starter)],
    ...pages.map(({ path, text }): [string, string] => [path, text]),
    ...storyFiles(input, values),
  ]);
  const menu = (names: PageName[]) =>
    pages
      .filter(({ name }) => names.includes(name))
      .map(({ title, name }) => ({ text: title, url: `/${words.pages[name]}/` }));
  files.set(configPath, siteYaml(answers, desks, menu(['about', 'contact', 'privacy']), words.pages));
  return { files, renamed };
}

type Values = Record<'name' | 'desk' | 'author', string>;

const pagePath = (starter: Starter, name: PageName): string =>
  `content/pages/${starter.words.pages[name]}.md`;

/** Front matter that says that a text is not in the language of the site. */
const ownLanguage = ({ lang }: Starter, siteLanguage: string): Record<string, string> =>
  new Intl.Locale(siteLanguage).language === lang ? {} : { lang };

function pageFile(
  name: PageName,
  { answers, starter }: ContentInput,
  values: Values,
): { path: string; text: string; title: string } {
  const filled = fillDocument(starter.pages[name], values, ownLanguage(starter, answers.languages[0]!));
  return { path: pagePath(starter, name), ...filled };
}

function authorFile({ name, author }: Answers, { words }: Starter): string {
  const isNewsroom = author === words.author;
  const frontMatter = stringify({ name: author, ...(isNewsroom && { role: words.role }) }, { lineWidth: 0 });
  const escaped = name.replace(/[\\`*_[\]<>#&!~|]/g, '\\$&');
  return `---\n${frontMatter}---\n${isNewsroom ? `\n${fill(words.biography, { name: escaped })}\n` : ''}`;
}

function* storyFiles(
  { answers, starter, translations, drawing, now }: ContentInput,
  values: Values,
): Generator<[path: string, text: string]> {
  const published = dateTimeAt(now, answers.timeZone);
  const folder = `content/articles/${published.slice(0, 4)}/${starter.words.story}`;
  const about = posix.relative(folder, pagePath(starter, 'about'));
  const fileOf = (name: string, { story }: Starter, added: Record<string, string>): [string, string] => {
    const file = `${folder}/${name}`;
    return [file, fillDocument(story, { ...values, published, about, file }, added).text];
  };
  yield fileOf('index.md', starter, ownLanguage(starter, answers.languages[0]!));
  for (const [lang, texts] of translations)
    yield fileOf(`index.${lang}.md`, texts, { lang, translationOf: 'index.md' });
  yield [`${folder}/sheet.svg`, drawing];
}

function siteYaml(
  { name, url, languages, timeZone, outputs }: Answers,
  desks: readonly NamedDesk[],
  footer: readonly object[],
  pages: Record<PageName, string>,
): string {
  const yaml = (value: object) => stringify(value, { lineWidth: 0, flowCollectionPadding: false });
  const items = (list: readonly object[]) =>
    list
      .map(
        item =>
          `  - ${stringify(item, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })}`,
      )
      .join('');
  const off = outputNames.filter(output => optionalOutputs.includes(output) && !outputs.includes(output));
  const policies = {
    publishingPrinciples: `/${pages.standards}/`,
    correctionsPolicy: `/${pages.corrections}/`,
    ownershipFundingInfo: `/${pages.about}/`,
  };
  return [
    yaml({ name }),
    '# The address that readers use. Feeds, sitemaps and link previews contain it.\n',
    yaml({ url, lang: languages[0]!, timeZone }),
    '\n# The parts of the publication. Each story names one of them as its `desk`.\n',
    `desks:\n${items(desks)}`,
    '\n# The menu at the bottom of each page.\n',
    `footer:\n${items(footer)}`,
    '\n# Policies of the newsroom, for readers and for search engines.\n',
    yaml({ policies }),
    ...(off.length === 0
      ? []
      : [
          '\n# What is not published. Each of these outputs needs a package of its own.\n',
          `outputs: ${stringify(Object.fromEntries(off.map(output => [output, false])), { collectionStyle: 'flow', flowCollectionPadding: false })}`,
        ]),
  ].join('');
}

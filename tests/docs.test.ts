/**
 * Documentation for engineers and designers: the names in it exist, and its tables match the code.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from './helpers/site.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

const documents = ['src/README.md', 'CONTRIBUTING.md', 'templates/README.md'];
const decisions = readdirSync(join(packageRoot, 'src/decisions')).map(name => `src/decisions/${name}`);

/** Folders that git ignores, because their content is generated. */
const generated = read('.gitignore')
  .split('\n')
  .filter(line => line.endsWith('/'));

const files = ['src', 'templates', 'tests', 'content', 'public', '.ci', '.github']
  .flatMap(folder =>
    readdirSync(join(packageRoot, folder), { recursive: true, withFileTypes: true }).map(entry => {
      const path = posix.join(entry.parentPath.slice(packageRoot.length).replaceAll('\\', '/'), entry.name);
      return entry.isDirectory() ? `${path}/` : path;
    }),
  )
  .concat(
    readdirSync(packageRoot, { withFileTypes: true }).map(
      entry => entry.name + (entry.isDirectory() ? '/' : ''),
    ),
  )
  .filter(path => !/(^|\/)node_modules\//.test(path));

/** Code and templates. Excludes Markdown, this file and rule-example.long.ts. */
const code = files
  .filter(path =>
    /^(src|templates|tests)\/.*\.(ts|mjs|html|css|yaml)$|\.(cjs|mjs)$|^package\.json$/.test(path),
  )
  .filter(path => !/^tests\/(docs|rule-example)\./.test(path))
  .map(path => ({ path, text: read(path) }));
const everything = code.map(({ text }) => text).join('\n');
const withoutComments = code
  .map(({ text }) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, ''))
  .join('\n');

const wordsOf = (text: string): Set<string> =>
  new Set((text.match(/[\p{L}\d_$-]+/gu) ?? []).flatMap(word => [word, ...word.split('-')]));
const allWords = wordsOf(everything);
const codeWords = wordsOf(withoutComments);

/** Names of the rule in the example, which exists only in CONTRIBUTING.md. */
const example = { id: 'headline-capitals', name: 'headlineCapitals' };

/** Files that a reader's own site may have. */
const ofOtherSites = ['styles/fonts/Cyrl.css', 'content/pages/corrections.md'];

/** Whether a name is a command with its arguments. */
const isCommand = (name: string): boolean => /^(npm|npx|node|git|broadsheet)\s/.test(name);
/** Whether a name is several plain words, used as an example of a text. */
const isPhrase = (name: string): boolean => /^[\p{L},]+( [\p{L},]+){2,}$/u.test(name);
const isPath = (name: string): boolean =>
  !/[\s("'={;]/.test(name) &&
  !/^<\/?\w|^https?:/.test(name) &&
  /\/|\.(ts|md|html|css|ya?ml|js|mjs|cjs|json|xml|txt|svg|csv)$/.test(name);

/**
 * Whether a path in a document exists in the repository, is generated, or is an output file that the code
 * names.
 */
function isKnownPath(name: string, document: string): boolean {
  if (ofOtherSites.includes(name) || name.includes(example.id)) return true;
  if (generated.some(folder => name.startsWith(folder))) return true;
  if (name.startsWith('/')) return everything.includes(name);
  const bases = [...new Set([dirname(document), '.'])].map(base => posix.join(base, name));
  // Scripts of pages are compiled from TypeScript.
  const pattern = (path: string) =>
    new RegExp(
      `^${path
        .replace(/\.js$/, '.ts')
        .replace(/[.+$()[\]]/g, '\\$&')
        .replace(/<\w+>/g, '[^/]+')
        .replace(/\*\*\//g, '(.*/)?')
        .replace(/(?<![.)])\*/g, '[^/]*')}$`,
    );
  if (bases.some(path => files.some(file => pattern(path).test(file)))) return true;
  if (name.includes('/')) return false;
  const inFolder = files.filter(
    file => dirname(document) === '.' || file.startsWith(`${dirname(document)}/`),
  );
  return (
    inFolder.concat('content/site.yaml').some(file => pattern(name).test(posix.basename(file))) ||
    everything.includes(`/${name}'`) ||
    everything.includes(`'${name}'`)
  );
}

/**
 * Finds the words of a name that the code does not contain. A word with a capital letter inside is an
 * identifier, which must occur outside comments.
 */
function unknownWords(name: string): string[] {
  const words = name.match(/[\p{L}_$][\p{L}\d_$-]*/gu) ?? [];
  return words.filter(word => {
    if (word === example.name || word === example.id) return false;
    return /\p{Ll}\p{Lu}/u.test(word) ? !codeWords.has(word) : !allWords.has(word);
  });
}

const withoutBlocks = (markdown: string): string => markdown.replace(/^ *(`{3,})[\s\S]*?^ *\1$/gm, '');
const namesOf = (markdown: string): string[] =>
  [...withoutBlocks(markdown).matchAll(/`([^`\n]+)`/g)].map(([, name]) => name!);

describe.each(documents)('%s', document => {
  const markdown = read(document);

  test('names existing files and folders', () => {
    const paths = namesOf(markdown).filter(name => !isCommand(name) && isPath(name));
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter(path => !isKnownPath(path, document))).toEqual([]);
  });

  test('names things that exist in the code', () => {
    const names = namesOf(markdown).filter(name => !isCommand(name) && !isPath(name) && !isPhrase(name));
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter(name => unknownWords(name).length > 0)).toEqual([]);
  });

  test('names the file that declares a function, a type or a constant', () => {
    const claims = [
      ...withoutBlocks(markdown).matchAll(
        /((?:`[\w$]+`(?:,? and |,\s))*`[\w$]+`)\s(?:\(|in\s)`([\w./-]+\.ts)`/g,
      ),
    ].flatMap(([, names, path]) =>
      [...names!.matchAll(/[\w$]+/g)].flatMap(([name]) => ({ name, path: path! })),
    );
    const wrong = claims
      .filter(({ name }) => name !== 'and')
      .filter(({ name, path }) => !declares(posix.join(dirname(document), path), name));
    expect(wrong).toEqual([]);
  });
});

function declares(path: string, name: string): boolean {
  const file = code.find(file => file.path === path);
  const escaped = name.replaceAll('$', '\\$');
  const declaration = new RegExp(
    `\\b(?:function\\*?|const|let|class|interface|type)\\s+${escaped}\\b|^\\s+(?:async )?${escaped}\\??[:(]`,
    'm',
  );
  return file !== undefined && declaration.test(file.text.replace(/\/\*[\s\S]*?\*\//g, ''));
}

test('links between documents lead to existing files', () => {
  const broken = [...documents, ...decisions].flatMap(document =>
    [...withoutBlocks(read(document)).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].flatMap(([, link]) => {
      const path = join(dirname(document), link!);
      return existsSync(join(packageRoot, path)) ? [] : [`${document}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

test('the table of folders in src/README.md matches the enforced one', () => {
  const { forbidden } = createRequire(import.meta.url)(join(packageRoot, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string; from: { path?: string }; to: { pathNot?: string[] } }[];
  };
  const rules = forbidden.filter(({ name }) => name.endsWith('-imports'));
  const documented = [...read('src/README.md').matchAll(/^\| `(\w+)\/` \|/gm)].map(([, folder]) => folder!);
  expect(documented).toEqual(rules.map(({ name }) => name.replace('-imports', '')));
  rules.forEach(({ to }, index) => {
    const allowed = documented.slice(0, index + 1).map(folder => `^src/${folder}/`);
    expect(to.pathNot!.filter(path => path.endsWith('/'))).toEqual(allowed);
  });
  const existing = readdirSync(join(packageRoot, 'src'), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'decisions')
    .map(({ name }) => name);
  expect(existing.sort()).toEqual(documented.toSorted());
});

test('templates/README.md names every field that templates receive', () => {
  const types = read('src/render/views.ts').replace(/\/\*[\s\S]*?\*\//g, '');
  const fields = [...types.matchAll(/\b(\w+)\??: /g)].map(([, field]) => field!);
  const documented = new Set(namesOf(read('templates/README.md')).flatMap(name => name.match(/\w+/g) ?? []));
  expect(fields.length).toBeGreaterThan(100);
  expect([...new Set(fields)].filter(field => !documented.has(field))).toEqual([]);
});

test('every language has the same strings', () => {
  const folder = 'templates/strings';
  const keysOf = (name: string) => Object.keys(parse(read(`${folder}/${name}`)) as object).sort();
  const english = keysOf('en.yaml');
  for (const name of readdirSync(join(packageRoot, folder))) expect(keysOf(name), name).toEqual(english);
});

test('the named bugs of the mutation tests still fit the code', async () => {
  const { named } = (await import(new URL('mutants/named.mjs', import.meta.url).href)) as {
    named: { harm: string; file: string; find: string }[];
  };
  const misfits = named.filter(
    ({ file, find }) => readFileSync(join(packageRoot, file), 'utf8').split(find).length !== 2,
  );
  expect(misfits.map(({ harm }) => harm)).toEqual([]);
});

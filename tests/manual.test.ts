/** The manual: every code block works, and its tables match the code. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { chartSchema } from '../src/article/chart.ts';
import { timelineSchema } from '../src/article/figures.ts';
import { articleKeys, documentKeys } from '../src/article/keys.ts';
import { authorSchema, pageSchema } from '../src/article/meta.ts';
import { videoSchema } from '../src/article/recordings.ts';
import { formatDiagnostic, readingRules } from '../src/base/diagnostics.ts';
import { allRules } from '../src/check/rules.ts';
import { commands } from '../src/cli/commands.ts';
import { options } from '../src/cli/options.ts';
import { policyNames, siteSchema } from '../src/config/config.ts';
import { outputNames } from '../src/config/outputs.ts';
import { themeSchema } from '../src/config/theme.ts';
import { readImportSettings } from '../src/import/settings.ts';
import { begin, run, start } from './helpers/cli.ts';
import {
  type CodeBlock,
  chapterPaths,
  codeBlocksOf,
  manualFolder,
  namesIn,
  readDocument,
  tableOf,
} from './helpers/manual.ts';
import { readBytes } from './helpers/publication.ts';
import { buildSite, makeSite, packageRoot, temporaryFolder } from './helpers/site.ts';
import { zipOf } from './helpers/zip.ts';

const documents = ['README.md', ...chapterPaths];
const blocks = documents.flatMap(codeBlocksOf);
const nameOf = ({ document, line, language }: CodeBlock) => `${document}:${line} (${language})`;
/** Default severity of each rule that site.yaml can set. */
const severities = Object.fromEntries([
  ...allRules.map(({ id, severity }) => [id, severity]),
  ...Object.entries(readingRules),
]) as Record<string, string>;
const inLanguage = (...languages: string[]): [string, CodeBlock][] =>
  blocks.filter(({ language }) => languages.includes(language)).map(block => [nameOf(block), block]);

/** A site.yaml with the desks and topics that the manual's examples refer to. */
const siteYaml = `name: The Courier
url: https://courier.example/
desks: [{id: world, name: World}, {id: news, name: News}, {id: science, name: Science}]
topics: [{id: moon, name: Moon}, {id: apollo, name: Apollo}]
outputs: {search: false, cards: false}
`;
const original = '---\ntitle: A story\npublished: 1969-07-20T16:17:00-04:00\ndesk: science\n---\n\nText.\n';
const author = '---\nname: The desk\n---\n\nText.\n';
const page = (title: string) => `---\ntitle: ${title}\n---\n\nText.\n`;

/** A site with every file that the manual's examples name. */
function makeCourier(files: Record<string, string> = {}): string {
  const root = makeSite({
    'content/site.yaml': siteYaml,
    'content/authors/newsroom.md': author,
    'content/authors/broadsheet-desk.md': author,
    'content/articles/1969/apollo-11.md': original,
    ...files,
  });
  mkdirSync(join(root, 'public/fonts'), { recursive: true });
  for (const name of ['literata', 'literata-italic'])
    cpSync(
      join(packageRoot, 'templates/fonts/newsreader-text.woff2'),
      join(root, `public/fonts/${name}.woff2`),
    );
  for (const name of ['logo', 'logo-dark'])
    cpSync(join(styleguide, 'mark.svg'), join(root, `public/${name}.svg`));
  return root;
}

/** Adds the sources that the manual's examples import. */
function addSources(root: string): void {
  const archives = join(packageRoot, 'tests/import/archives');
  const copies = {
    'wordpress/source/export.xml': 'export.xml',
    'ghost/source/export.json': 'ghost.json',
    'hugo/source': '../old-site',
    'html/source': 'saved-pages',
  };
  for (const [from, to] of Object.entries(copies))
    cpSync(join(archives, from), join(root, to), { recursive: true });
  for (const [from, to] of [
    ['substack/source', 'substack.zip'],
    ['word/source/story.docx', 'story.docx'],
  ] as const) {
    const files = readBytes(join(archives, from)).map(({ path, bytes }) => ({ name: path, data: bytes }));
    writeFileSync(join(root, to), zipOf(files));
  }
}

const styleguide = join(packageRoot, 'content/articles/2025/styleguide');

/** Orders messages as the command line prints them. */
const errorsFirst = (messages: readonly string[]): string[] => [
  ...messages.filter(message => / error /.test(message)),
  ...messages.filter(message => !/ error /.test(message)),
];

async function messagesOf(root: string): Promise<string[]> {
  const { diagnostics } = await buildSite(root, { now: Date.parse('2026-06-01T00:00:00Z') });
  return diagnostics.map(formatDiagnostic);
}

/** Path for a block of Markdown: that of a story, an author or a page, depending on its front matter. */
function pathFor(text: string, index: number): string {
  const example = `example-${index}.md`;
  if (!text.startsWith('---\n')) return `${manualFolder}/${example}`;
  const keys = parse(text.split('---\n')[1]!) as Record<string, unknown>;
  if ('name' in keys) return `content/authors/${example}`;
  if (!('published' in keys)) return `${manualFolder}/${example}`;
  return 'lang' in keys ? 'content/articles/1969/apollo-11.fr.md' : `content/articles/1969/${example}`;
}

describe('a block of Markdown', () => {
  const examples = inLanguage('markdown').map(([name, block], index) => ({
    name,
    ...block,
    path: pathFor(block.text, index),
  }));
  /** Messages about a site with all examples, which is built only once. */
  let building: Promise<string[]> | undefined;
  const messagesOfAll = () => {
    building ??= buildAll();
    return building;
  };
  function buildAll(): Promise<string[]> {
    const root = makeCourier({
      [`${manualFolder}/spelling.md`]: page('Spelling'),
      [`${manualFolder}/numbers.md`]: page('Numbers'),
      ...Object.fromEntries(
        examples.map(({ path, text }) => [path, text.startsWith('---\n') ? text : `${page('X')}\n${text}`]),
      ),
    });
    cpSync(join(packageRoot, manualFolder), join(root, manualFolder), { recursive: true });
    for (const [from, to] of [
      ['film.mp4', 'landing.mp4'],
      ['film.vtt', 'landing.vtt'],
      ['still.jpg', 'landing.jpg'],
    ] as const)
      cpSync(join(styleguide, from), join(root, manualFolder, to));
    return messagesOf(root);
  }

  test.each(examples)('$name can be copied', async ({ path, after }) => {
    const own = (await messagesOfAll()).filter(message => message.startsWith(`${path}:`));
    // The next block may show the messages about this one.
    const expected = /^[^`]*\n```text\n(content\/[\s\S]*?)```/.exec(after)?.[1];
    if (expected === undefined) expect(own).toEqual([]);
    else
      expect(
        `${errorsFirst(own).join('\n')}\n`.replaceAll(path, expected.slice(0, expected.indexOf(':'))),
      ).toBe(expected);
  });

  test('has no messages about other files', async () => {
    const paths = examples.map(({ path }) => `${path}:`);
    expect((await messagesOfAll()).filter(message => !paths.some(path => message.startsWith(path)))).toEqual(
      [],
    );
  });

  test('that readers can see is followed by its result', () => {
    const shown = ['elements.md', 'charts.md', 'pictures.md'].map(name => `${manualFolder}/${name}`);
    const withoutResult = blocks
      .filter(({ document, language }) => shown.includes(document) && language === 'markdown')
      .filter(({ text, after }) => !after.startsWith(text))
      .map(({ text }) => text.split('\n').find(line => !line.startsWith('`'))!);
    expect(withoutResult).toEqual([
      'src: landing.mp4',
      '![A lone tree at the edge of the hills](hills.jpg#focus=85,40 "Illustration: Broadsheet")',
    ]);
  });
});

describe('a block of YAML', () => {
  const strings = parse(readDocument('templates/strings/en.yaml')) as object;
  test.each(inLanguage('yaml'))('%s is valid', async (_, { text }) => {
    const keys = Object.keys(parse(text) as object);
    // Skips workflows of other systems, which Broadsheet does not read.
    if (['jobs', 'pages', 'apiVersion'].some(key => keys.includes(key))) return;
    if (keys.includes('tags')) {
      const root = makeCourier({ 'import.yaml': text });
      expect(readImportSettings(join(root, 'import.yaml'), true).tags).toEqual(
        (parse(text) as { tags: object }).tags,
      );
    } else if (keys.includes('url')) {
      const root = makeSite({ 'content/site.yaml': text });
      expect(await messagesOf(root)).toEqual([]);
    } else if (keys.every(key => key in siteSchema.shape)) {
      const own = siteYaml.split('\n').filter(line => !keys.some(key => line.startsWith(`${key}:`)));
      expect(await messagesOf(makeCourier({ 'content/site.yaml': `${own.join('\n')}${text}` }))).toEqual([]);
    } else if (keys.every(key => /^about-/.test(key))) {
      expect(keys.filter(key => !(key in strings))).toEqual([]);
      expect(await messagesOf(makeCourier({ 'templates/strings/en.yaml': text }))).toEqual([]);
    } else {
      const story = original.replace('---\n\nText.', `${text}---\n\nText.`);
      expect(await messagesOf(makeCourier({ 'content/articles/1969/example.md': story }))).toEqual([]);
    }
  });
});

test('the colours of site.css are those of templates/README.md, which a browser test checks', () => {
  const [original] = codeBlocksOf('templates/README.md').filter(({ language }) => language === 'css');
  expect(inLanguage('css').map(([, { text }]) => text)).toEqual([original!.text]);
});

test.each(inLanguage('json'))('%s is valid JSON', (_, { text }) => {
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

describe('commands', () => {
  const others =
    /^(npm (ci|create broadsheet@latest( courier -- .*)?|init --yes|install \S+|pack \.\.\/broadsheet|run dev)( && npm (run build|test))?|mkdir \S+|cd \S+|diff -r .*|sudo sysctl .*)$/;
  const lines = inLanguage('sh')
    .flatMap(([, { text }]) => text.trim().split('\n'))
    .map(line => line.replace(/^node lib\/cli\.js /, 'broadsheet ').replace(/^npx /, ''));
  const inText = chapterPaths.flatMap(path =>
    namesIn(readDocument(path).replace(/^```[\s\S]*?^```$/gm, '')).filter(name =>
      /^(npx )?broadsheet \w/.test(name),
    ),
  );

  test('are Broadsheet’s own, or known ones of the system', () => {
    expect(lines.filter(line => !line.startsWith('broadsheet ') && !others.test(line))).toEqual([]);
  });

  const own = [...new Set([...lines, ...inText.map(line => line.replace(/^npx /, ''))])].filter(line =>
    line.startsWith('broadsheet '),
  );
  test.each(own)('%s works', async line => {
    const root = makeCourier();
    const folder = dirname(root);
    const words = [...line.replace(/ > .*$/, '').matchAll(/"([^"]*)"|(\S+)/g)]
      .map(([, quoted, plain]) => quoted ?? plain!)
      .map(word => word.replace(/^\/tmp\//, `${folder}/`).replace(/^\/site$/, root));
    const [command, ...rest] = words.slice(1);
    if (command === 'serve' || line.includes('--merge')) await buildSite(root);
    if (line.includes('--merge')) expect(run(root, 'build', '--shard', '1/1').status).toBe(0);
    if (command === 'dev' || command === 'serve') {
      const { output } = await start(root, [command, '--port', '0', ...rest]);
      expect(output()).toContain('http://127.0.0.1:');
      return;
    }
    if (command === 'import') {
      addSources(root);
      expect(run(root, 'import', ...rest)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^Imported /),
      });
      return;
    }
    if (command === 'watch') {
      const { child, ended } = begin(root, [command, ...rest, '--to', temporaryFolder()]);
      const wanted = rest.includes('--deploy') ? 'Deployed to' : 'Built 1 article';
      let output = '';
      child.stdout.on('data', text => {
        output += text;
      });
      await vi.waitFor(() => expect(output).toContain(wanted), { timeout: 20_000 });
      child.kill();
      expect((await ended).stderr).toBe('');
      return;
    }
    if (command === 'deploy') {
      await buildSite(root);
      const target = rest.find(word => word.includes(':'));
      const www = temporaryFolder();
      const result = run(
        root,
        command,
        ...rest.map(word => (word === '/srv/www' ? www : word)),
        ...(rest.includes('--to') ? [] : ['--to', www]),
      );
      // Nothing answers at the addresses of the examples.
      if (target) expect(result.stderr).toContain(target);
      else expect(result).toMatchObject({ status: 0, stderr: '' });
      return;
    }
    if (command === 'wire') mkdirSync(join(root, rest[0]!));
    const { status, stderr } = run(root, ...(rest.includes('build') ? rest : [command!, ...rest]));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('the manual lists', () => {
  const column = (document: string, heading: string): string[] =>
    tableOf(`${manualFolder}/${document}.md`, heading).flatMap(([first]) => namesIn(first!));

  test.each<[string, string[], readonly string[]]>([
    ['the keys of a story', column('front-matter', 'key'), Object.keys({ ...articleKeys, ...documentKeys })],
    ['the keys of an author', column('front-matter', 'key of an author'), Object.keys(authorSchema.shape)],
    ['the keys of a page', column('front-matter', 'key of a page'), Object.keys(pageSchema.shape)],
    ['the keys of site.yaml', column('site-yaml', 'key of site.yaml'), Object.keys(siteSchema.shape)],
    ['the keys of theme', column('themes', 'key of `theme`'), Object.keys(themeSchema.unwrap().shape)],
    ['the outputs', column('site-yaml', 'output'), outputNames],
    ['the keys of a chart', column('charts', 'key of `chart`'), Object.keys(chartSchema.shape)],
    ['the keys of a timeline', column('elements', 'key of `timeline`'), Object.keys(timelineSchema.shape)],
    ['the keys of a recording', column('elements', 'key'), Object.keys(videoSchema.shape)],
    ['the rules', column('rules', 'rule'), Object.keys(severities)],
    [
      'the options',
      column('commands', 'option').map(name => name.split(' ')[0]!),
      Object.keys(options).map(name => `--${name}`),
    ],
    ['the commands', column('commands', 'command').map(name => name.split(' ')[1]!), Object.keys(commands)],
  ])('%s', (_, listed, existing) => {
    expect(listed.toSorted()).toEqual(existing.toSorted());
  });

  test('the policies', () => {
    const section = readDocument(`${manualFolder}/site-yaml.md`).split('## Policies')[1]!;
    const line = section.split('\n').find(text => text.startsWith('`publishingPrinciples`'))!;
    expect(namesIn(line)).toEqual([...policyNames]);
  });

  test('the default severity of each rule', () => {
    const rows = tableOf(`${manualFolder}/rules.md`, 'rule').map(([rule, severity]) => [
      namesIn(rule!)[0],
      severity,
    ]);
    expect(Object.fromEntries(rows)).toEqual(severities);
  });

  test('the commands that take each option', () => {
    const rows = tableOf(`${manualFolder}/commands.md`, 'option').map(([option, takers]) => [
      namesIn(option!)[0]!.split(' ')[0]!.slice(2),
      takers,
    ]);
    const takersOf = (option: string) => {
      const names = Object.entries(commands).flatMap(([name, { options }]) =>
        (options as readonly string[]).includes(option) ? [name] : [],
      );
      return option === 'help' ? 'all' : option === 'version' ? 'none' : names.join(', ');
    };
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(Object.keys(options).map(name => [name, takersOf(name)])),
    );
  });

  test('every chapter, in the README and on the manual’s first page', () => {
    const chapters = chapterPaths.map(path => path.split('/').at(-1)!).sort();
    const { chapters: listed } = parse(readDocument(`${manualFolder}/index.md`).split('---\n')[1]!) as {
      chapters: string[];
    };
    expect(listed.toSorted()).toEqual(chapters);
    const inReadme = [
      ...readDocument('README.md').matchAll(/^\| \[[^\]]+\]\(content\/pages\/manual\/([^)]+)\) \|/gm),
    ];
    expect(inReadme.map(([, name]) => name)).toEqual(listed);
  });
});

/**
 * Hostile HTML that others have collected: it is read without exceptions, and pages are harmless. The inputs of
 * html5lib-tests are in the repository. `ATTACKS=folder npm run test:deep` reads all others, for example clones of
 * html5lib-tests and DOMPurify.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parserNames } from '../../src/article/parser-names.ts';
import { runsOf } from '../helpers/random.ts';
import { buildSite, frontMatter, makeSite } from '../helpers/site.ts';
import { isParserCrash, readAll, settingsOf } from './read-article.ts';

const html5lib = JSON.parse(
  readFileSync(new URL('html5lib/inputs.json', import.meta.url), 'utf8'),
) as string[];

/** Inputs in a file: the `#data` of html5lib-tests, string literals of JSON and JavaScript, or the whole file. */
function inputsIn(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  switch (extname(path)) {
    case '.dat':
      return [...text.matchAll(/^#data\n([\s\S]*?)\n#errors$/gm)].map(([, data]) => data!);
    case '.json':
    case '.test':
    case '.js':
    case '.mjs':
      return [...text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].flatMap(([literal]) => {
        try {
          return [JSON.parse(literal) as string];
        } catch {
          return [];
        }
      });
    case '.html':
    case '.svg':
    case '.md':
    case '.txt':
      return [text];
    default:
      return [];
  }
}

const given = process.env.ATTACKS;
const collected =
  given === undefined
    ? []
    : readdirSync(given, { recursive: true, encoding: 'utf8' })
        .map(name => join(given, name))
        .filter(path => statSync(path).isFile())
        .flatMap(inputsIn)
        .filter(input => input.length < 50_000);

const all = [...new Set([...html5lib, ...collected])];

/** Puts an input where HTML may stand: in a block, in a paragraph, in a quotation, in an attribute. */
const placements = [
  (input: string) => input,
  (input: string) => `Words ${input} words.`,
  (input: string) => `> <b>${input}\n>\n> — Jane Roe`,
  (input: string) => `<div title="${input}">\n\n${input}`,
];

/** Inputs on which the HTML parser throws. */
const crashes = new Set<string>();

const read = (text: string, settings: ReturnType<typeof settingsOf>) => {
  const source = `${frontMatter()}\n${text}\n`;
  try {
    readAll(Buffer.from(source), settings);
  } catch (error) {
    if (isParserCrash(error)) crashes.add(source);
    else throw new Error(`Input ${JSON.stringify(text)}`, { cause: error });
  }
};

test('a folder of inputs is not empty', () => {
  if (given !== undefined) expect(collected.length).toBeGreaterThan(100);
});

describe.each([...parserNames])('when %s reads', name => {
  const settings = settingsOf(name);

  test('every input, alone', { timeout: 3_600_000 }, () => {
    for (const input of all) read(input, settings);
  });

  test('inputs that are cut, joined and put elsewhere', { timeout: 6 * 3_600_000 }, () => {
    const part = fc
      .record({
        input: fc.constantFrom(...all),
        start: fc.double({ min: 0, max: 1 }),
        end: fc.double({ min: 0, max: 1 }),
      })
      .map(({ input, start, end }) =>
        input.slice(start * input.length * 0.5, (0.5 + end / 2) * input.length),
      );
    const text = fc
      .tuple(
        fc.constantFrom(...placements),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '\n', '\n\n'),
      )
      .map(([place, parts, separator]) => place(parts.join(separator)));
    fc.assert(
      fc.property(text, input => read(input, settings)),
      { numRuns: runsOf({ short: 300, long: 1000, deep: 100_000 }) },
    );
  });
});

test('a build reports each input on which the HTML parser throws, with its file', async () => {
  const sources = [...crashes].slice(0, 20);
  const pathOf = (index: number) => `content/articles/2025/s${index}.md`;
  const root = makeSite(Object.fromEntries(sources.map((source, index) => [pathOf(index), source])));
  const { diagnostics } = await buildSite(root);
  const crashed = diagnostics.filter(({ ruleId }) => ruleId === 'source-crash').map(({ file }) => file);
  expect(crashed).toEqual(sources.map((_, index) => pathOf(index)).sort());
});

#!/usr/bin/env node
/**
 * The commands. The only place that prints, and the only exit code: 0 well, 1 the site has errors, 2 the command was wrong. Each loads what it needs: a build that
 * has nothing to do ends before the generator would have been loaded.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, styleText } from 'node:util';
import {
  type Diagnostic,
  formatDiagnostic,
  formatPlace,
  printable,
  withoutControls,
} from '../base/diagnostics.ts';
import { packageRoot } from '../base/package.ts';
import { didYouMean } from '../base/suggestions.ts';
import type { BuildResult } from '../build/build.ts';
import { rebuild } from '../build/build-if-changed.ts';
import type { DevBuild } from '../serve/dev.ts';

// Since Node 22.1: code that was compiled once is read instead. Where it cannot be kept all is as without.
(module as { enableCompileCache?: (folder: string) => unknown }).enableCompileCache?.(
  join(packageRoot, 'node_modules/.cache/code'),
);

const options = {
  root: { type: 'string', value: 'DIR', help: 'The site is in DIR, not in the current folder' },
  out: { type: 'string', value: 'DIR', help: 'Write the site to DIR instead of dist/' },
  'base-path': {
    type: 'string',
    value: '/x/',
    help: "The site's pages stand below /x/, instead of the path of url in site.yaml",
  },
  drafts: { type: 'boolean', help: 'Show drafts too' },
  strict: { type: 'boolean', help: 'Warnings are errors' },
  json: { type: 'boolean', help: 'Print the messages and what was made as JSON' },
  quiet: { type: 'boolean', help: 'Print errors and warnings alone' },
  now: { type: 'string', value: 'TIME', help: 'Build as if it were TIME: 2026-03-01T06:00Z' },
  workers: { type: 'string', value: 'N', help: 'Use N threads for a large site, instead of one a core' },
  shard: {
    type: 'string',
    value: 'I/N',
    help: 'Compile the I-th of N parts into the cache, and make no pages',
  },
  merge: { type: 'boolean', help: "Build from the shards' caches, with nothing left to parse" },
  port: { type: 'string', value: 'N', help: 'Listen on port N (4173)' },
  open: { type: 'boolean', help: 'Open the site in the browser' },
  help: { type: 'boolean', help: 'Print this' },
  version: { type: 'boolean', help: 'Print the version' },
} as const satisfies Record<string, { type: 'string' | 'boolean'; value?: string; help: string }>;

type OptionName = keyof typeof options;
type Values = { [Name in OptionName]?: (typeof options)[Name]['type'] extends 'string' ? string : boolean };

interface Command {
  help: string;
  /** What the one argument is called, when there is one. */
  argument?: string;
  options: readonly OptionName[];
  /** Returns the exit code. */
  run(values: Values, argument: string): Promise<number>;
}

const commands: Record<string, Command> = {
  dev: {
    help: 'Show the site on 127.0.0.1 while you write, drafts too',
    options: ['root', 'base-path', 'port', 'open', 'strict', 'now'],
    run: runDev,
  },
  build: {
    help: 'Build the site into dist/',
    options: [
      'root',
      'out',
      'base-path',
      'drafts',
      'strict',
      'json',
      'quiet',
      'now',
      'workers',
      'shard',
      'merge',
    ],
    run: values => runBuild(values, outOf(values)),
  },
  check: {
    help: 'Check the site and write no page',
    options: ['root', 'base-path', 'drafts', 'strict', 'json', 'quiet', 'now', 'workers'],
    run: values => runBuild(values, undefined),
  },
  serve: {
    help: 'Serve the built site on 127.0.0.1',
    options: ['root', 'out', 'base-path', 'port'],
    run: runServe,
  },
  schema: {
    help: 'Print the JSON Schema of the front matter, for editors',
    options: [],
    async run() {
      const { frontMatterSchema } = await import('../article/meta.ts');
      return print(JSON.stringify(frontMatterSchema(), null, 2));
    },
  },
  new: {
    help: 'Make the file for a new article',
    argument: '"Headline"',
    options: ['root'],
    run: runNew,
  },
};

async function main(args: string[]): Promise<number> {
  const { values, positionals, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }])),
  });
  const [name, ...rest] = positionals;
  if (values.version) return print(readVersion());
  if (values.help && name === undefined) return print(usage());
  if (name === undefined) return refuse(`No command is given.\n\n${usage()}`);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return refuse(`There is no command '${name}'. ${didYouMean(name, Object.keys(commands))}`);
  if (values.help) return print(usageOf(name, command));

  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = token.rawName;
    if (!(command.options as readonly string[]).includes(token.name)) {
      return refuse(
        `'${name}' has no option '${flag}'. ${didYouMean(
          flag,
          command.options.map(option => `--${option}`),
        )}`,
      );
    }
    const takesValue = options[token.name as OptionName].type === 'string';
    if (
      takesValue &&
      (token.value === undefined ||
        token.value === '' ||
        (!token.inlineValue && token.value.startsWith('--')))
    )
      return refuse(
        `'${flag}' needs a value: ${flag} ${(options[token.name as OptionName] as { value?: string }).value}.`,
      );
    if (!takesValue && token.value !== undefined) return refuse(`'${flag}' takes no value.`);
  }
  const wanted = command.argument === undefined ? 0 : 1;
  if (rest.length > wanted)
    return refuse(
      `'${rest[wanted]}' is one argument too many. ${wanted ? 'Put the headline in quotation marks.' : `Call: broadsheet ${name}.`}`,
    );
  if (rest.length < wanted) return refuse(`'${name}' needs ${command.argument}.`);
  const { root } = values as Values;
  if (root !== undefined && !existsSync(root))
    return refuse(`There is no folder ${resolve(root)}. Name the site's folder with --root.`);
  return command.run(values as Values, rest[0] ?? '');
}

const rootOf = (values: Values): string => resolve(values.root ?? '.');
const outOf = (values: Values): string => resolve(values.out ?? join(rootOf(values), 'dist'));

async function runBuild(values: Values, out: string | undefined): Promise<number> {
  const start = performance.now();
  const now = values.now === undefined ? Date.now() : await parseClock(values.now);
  if (now === undefined) return refuse(notA.moment(values.now));
  const workers = values.workers === undefined ? availableParallelism() : parseNumber(values.workers, 0, 256);
  if (workers === undefined)
    return refuse(`'${values.workers}' is not a number of threads. Write one from 0 to 256.`);
  if (values['base-path'] !== undefined && !isBasePath(values['base-path']))
    return refuse(notA.basePath(values['base-path']));
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  if (values.shard !== undefined && !shard)
    return refuse(`'${values.shard}' is not a part. Write the second of eight as --shard 2/8.`);
  const result = await rebuild({
    root: rootOf(values),
    packageRoot,
    out,
    basePath: values['base-path'],
    drafts: values.drafts ?? false,
    strict: values.strict ?? false,
    now,
    workers,
    shard,
    merge: values.merge ?? false,
    progress: showProgress(start),
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  if (values.json) {
    process.stdout.write(`${withoutControls(JSON.stringify(toJson(result), null, 2))}\n`);
  } else {
    for (const diagnostic of result.diagnostics) process.stderr.write(`${paint(diagnostic)}\n`);
    if (!values.quiet || !result.ok)
      (result.ok ? process.stdout : process.stderr).write(`${summary(result, out, seconds, values.shard)}\n`);
    const next = result.ok && !values.quiet ? nextMoment(result) : undefined;
    if (next !== undefined)
      print(`The next ${result.nextAppears ? 'story is due' : 'story expires'} ${next}; build again then.`);
  }
  return result.ok ? 0 : 1;
}

/** Why a value is refused. */
const notA = {
  moment: (text = '') => `'${text}' is not a moment. Write it with its zone: --now 2026-03-01T06:00Z.`,
  basePath: (text: string) => `'${text}' is not a base path. Write it as --base-path /news/.`,
  port: (text: string) => `'${text}' is not a port. Write a number from 0 to 65535.`,
};

/** A moment with its zone, in milliseconds of the epoch. */
async function parseClock(text: string): Promise<number | undefined> {
  const { createTimeZone } = await import('../base/dates.ts');
  const date = createTimeZone('UTC').parse(text);
  return date?.zoned ? Date.parse(date.dateTime) : undefined;
}

/** A path without scheme, spaces, or steps up. */
function isBasePath(text: string): boolean {
  return /^[\w\-.~/%]*$/.test(text) && !text.split('/').includes('..') && !text.startsWith('//');
}

function parseNumber(text: string, least: number, most: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= least && number <= most ? number : undefined;
}

/** `2/8`: the second of eight. */
function parseShard(text: string): { part: number; of: number } | undefined {
  const [part, of, ...more] = text.split('/').map(number => parseNumber(number, 1, 10_000));
  if (part === undefined || of === undefined || more.length > 0) return undefined;
  return part <= of ? { part, of } : undefined;
}

/** The moment of the next change as `2026-03-01T06:00Z`. */
function nextMoment({ nextChange }: BuildResult): string | undefined {
  return nextChange === undefined
    ? undefined
    : new Date(nextChange).toISOString().replace(/:00\.000Z$|\.\d+Z$/, 'Z');
}

function toJson(result: BuildResult): object {
  const { ok, articles, files, diagnostics } = result;
  return {
    ok,
    articles,
    files,
    parsed: result.parsed,
    rendered: result.rendered,
    nextChange: nextMoment(result) ?? null,
    diagnostics: diagnostics.map(({ place, ...rest }) => ({
      ...rest,
      line: place?.line ?? null,
      column: place?.column ?? null,
    })),
  };
}

function summary(
  { ok, articles, files, parsed, diagnostics }: BuildResult,
  out: string | undefined,
  seconds: string,
  shard: string | undefined,
): string {
  const counts = countsOf(diagnostics);
  const found = counts === '' ? '' : ` with ${counts}`;
  if (!ok)
    return out === undefined
      ? `Checked in ${seconds} s: ${counts}.`
      : `Not built: ${counts}. The site in ${shown(out)} is as it was.`;
  if (shard !== undefined)
    return `Compiled ${plural(parsed, 'file')} of part ${shard} in ${seconds} s${found}.`;
  const made = `${plural(articles, 'article')}, ${plural(files, 'file')}`;
  return out === undefined
    ? `Checked ${made} in ${seconds} s${found}.`
    : `Built ${made} in ${seconds} s${found}: ${shown(out)}`;
}

/** `1 error and 2 warnings`; empty when there is none. */
function countsOf(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(errors < diagnostics.length ? [plural(diagnostics.length - errors, 'warning')] : []),
  ].join(' and ');
}

const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

function shown(path: string): string {
  const here = `${process.cwd()}/`;
  return `${path.startsWith(here) ? path.slice(here.length) : path}/`;
}

function paint(diagnostic: Diagnostic): string {
  const line = formatDiagnostic(diagnostic);
  if (!process.stderr.isTTY || process.env.NO_COLOR) return line;
  const word = ` ${diagnostic.severity} `;
  return line.replace(word, styleText(diagnostic.severity === 'error' ? 'red' : 'yellow', word));
}

/** One line that is written over, on a terminal, once a build has taken a second. */
function showProgress(start: number): (stage: string, done: number, of: number) => void {
  if (!process.stderr.isTTY) return () => {};
  let next = start + 1000;
  return (stage, done, of) => {
    if (performance.now() < next) return;
    next = performance.now() + 100;
    process.stderr.write(`\r${stage} ${done} of ${of}\u001b[K${done === of ? '\r\u001b[K' : ''}`);
  };
}

async function runDev(values: Values): Promise<number> {
  if (values['base-path'] !== undefined && !isBasePath(values['base-path']))
    return refuse(notA.basePath(values['base-path']));
  const port = values.port === undefined ? undefined : parseNumber(values.port, 0, 65_535);
  if (values.port !== undefined && port === undefined) return refuse(notA.port(values.port));
  const now = values.now === undefined ? undefined : await parseClock(values.now);
  if (values.now !== undefined && now === undefined) return refuse(notA.moment(values.now));
  const { startDev } = await import('../serve/dev.ts');
  // A build that is under way is left; the next one clears up behind it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
  // A file that vanishes while it is sent, for example; writing goes on.
  process.on('uncaughtException', printFailure);
  const { address, close, closed, problem } = await startDev(
    {
      root: rootOf(values),
      packageRoot,
      basePath: values['base-path'],
      strict: values.strict ?? false,
      now,
      workers: availableParallelism(),
      port,
      createProgress: () => showProgress(performance.now()),
    },
    {
      built: printBuild,
      watchFailed: error =>
        complain(
          `Not all files can be watched (${error.message}). Start again after a change that is not seen.`,
        ),
    },
  );
  if (problem !== undefined) return refuse(problem, 1);
  process.once('exit', close);
  const taken = port !== undefined && port > 0 && new URL(address).port !== String(port);
  print(`${taken ? `Port ${port} is taken. ` : ''}Serving at ${address} — end with Ctrl+C`);
  if (values.open) await openBrowser(address);
  await closed;
  return 0;
}

/** Opens an address in the user's browser, or reports that this failed. */
async function openBrowser(address: string): Promise<void> {
  const fail = () => complain(`No browser could be opened. Open ${address} yourself.`);
  try {
    const { default: open } = await import('open');
    const program = await open(address);
    program.once('exit', code => {
      if (code !== 0) fail();
    });
  } catch {
    fail();
  }
}

function printBuild({ changed, milliseconds, outcome, reported, fixed }: DevBuild): void {
  const time =
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
  const [first, ...others] = changed;
  const files = first === undefined ? '' : others.length === 0 ? first : `${first} and ${others.length} more`;
  const cause = files === '' ? '' : ` (${printable(files)})`;
  for (const diagnostic of reported) process.stderr.write(`${paint(diagnostic)}\n`);
  for (const diagnostic of fixed) print(`Fixed: ${formatPlace(diagnostic)} ${diagnostic.ruleId}`);
  if (outcome instanceof Error) {
    printFailure(outcome);
    return;
  }
  const counts = countsOf(outcome.diagnostics);
  const found = counts === '' ? '' : ` with ${counts}`;
  if (outcome.ok) print(`Built ${plural(outcome.rendered, 'file')} in ${time}${found}${cause}`);
  else process.stderr.write(`Not built${cause}: ${counts}. The pages are as they were.\n`);
}

async function runServe(values: Values): Promise<number> {
  if (values['base-path'] !== undefined && !isBasePath(values['base-path']))
    return refuse(notA.basePath(values['base-path']));
  const port = values.port === undefined ? undefined : parseNumber(values.port, 0, 65_535);
  if (values.port !== undefined && port === undefined) return refuse(notA.port(values.port));
  const { serveFolder } = await import('../serve/static-server.ts');
  const { address, closed, problem } = await serveFolder({
    folder: outOf(values),
    root: rootOf(values),
    basePath: values['base-path'],
    port,
  });
  if (problem !== undefined) return refuse(problem, 1);
  process.stdout.write(`Serving ${shown(outOf(values))} at ${address} — end with Ctrl+C\n`);
  await closed;
  return 0;
}

async function runNew(values: Values, headline: string): Promise<number> {
  const { createArticle } = await import('./new-article.ts');
  const { path, problem } = createArticle({ root: rootOf(values), headline, now: Date.now() });
  if (problem !== undefined) return refuse(problem, 1);
  return print(`Made ${path}. It is a draft: write it, then remove the line 'draft: true'.`);
}

function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { argument, help }]) => `  ${[name, argument].filter(Boolean).join(' ').padEnd(18)}${help}`,
  );
  return [
    'broadsheet: news articles in Markdown as a static site',
    '',
    'Usage: broadsheet COMMAND [OPTIONS]',
    '',
    ...lines,
    '',
    "'broadsheet COMMAND --help' lists a command's options; --version prints the version.",
  ].join('\n');
}

function usageOf(name: string, command: Command): string {
  const lines = command.options.map(option => {
    const { value, help } = options[option] as { value?: string; help: string };
    return `  ${[`--${option}`, value].filter(Boolean).join(' ').padEnd(18)}${help}`;
  });
  return [
    `broadsheet ${[name, command.argument].filter(Boolean).join(' ')}: ${command.help}`,
    '',
    ...lines,
  ].join('\n');
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version;
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function refuse(reason: string, code = 2): number {
  complain(reason);
  return code;
}

/** What the disk refuses is told by its path. What else was not foreseen is no mistake of the newsroom's. */
function printFailure(error: Error): void {
  const { message, stack } = error;
  const { code, path } = error as NodeJS.ErrnoException;
  complain(
    path !== undefined && /^E[A-Z\d]+$/.test(code ?? '')
      ? `${path} cannot be used (${message.split(',')[0]}). Correct its permissions, or put in its place what belongs there.`
      : `This is a mistake of Broadsheet's own: ${message}. Please report it; BROADSHEET_DEBUG=1 prints where.`,
  );
  if (process.env.BROADSHEET_DEBUG) process.stderr.write(`${stack}\n`);
}

function complain(text: string): void {
  process.stderr.write(`broadsheet: ${withoutControls(text)}\n`);
}

// The stack of a mistake then tells of the sources, and not of the bundle.
if (process.env.BROADSHEET_DEBUG) process.setSourceMapsEnabled(true);

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    code => {
      process.exitCode = code;
    },
    (error: unknown) => {
      printFailure(error as Error);
      process.exitCode = 1;
    },
  );
}

#!/usr/bin/env node
/**
 * Entry point: parses the command line and runs a command. Exit codes: 0 for success, 1 if the site has
 * errors or the command failed, 2 if the command line is wrong. Each command loads only the modules that it
 * needs.
 */
import module from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageRoot } from '../base/package.ts';
import { didYouMean } from '../base/suggestions.ts';
import { exists, readText, realPath } from '../disk/files.ts';
import { restoreSite } from '../disk/staging.ts';
import { commands } from './commands.ts';
import { type Command, type OptionName, options, outOf, UsageError, type Values } from './options.ts';
import { print, printFailure, printProblem } from './reporter.ts';

// Caches compiled code, so that the next command starts faster. Node before 22.1 lacks this function.
(module as { enableCompileCache?: (folder: string) => unknown }).enableCompileCache?.(
  join(packageRoot, 'node_modules/.cache/code'),
);

/** Options that also have a name of one letter. */
const shortNames: Record<string, { short: string }> = { help: { short: 'h' }, version: { short: 'v' } };

/**
 * Parses the arguments and runs a command.
 * @returns the exit code
 * @throws UsageError if the command line is wrong
 */
async function main(args: string[]): Promise<number> {
  const { values, positionals, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type }]) => [name, { type, ...shortNames[name] }]),
    ),
  });
  const [name, ...rest] = positionals;
  if (values.version) return print(readVersion());
  if (values.help && name === undefined) return print(usage());
  if (name === undefined) throw new UsageError(`No command was given.\n\n${usage()}`);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command)
    throw new UsageError(
      `Unknown command '${name}'. ${didYouMean(name, Object.keys(commands), 'Check the spelling')}`,
    );
  if (values.help) return print(usageOf(name, command));
  for (const token of tokens) if (token.kind === 'option') checkOption(token, name, command);
  checkArguments(rest, name, command);
  const { root } = values as Values;
  if (root !== undefined && !exists(root))
    throw new UsageError(`The folder ${resolve(root)} does not exist. Correct the path after --root.`);
  if (hasOption(command, 'root')) restoreSite(outOf(values as Values));
  return command.run(values as Values, rest[0] ?? '');
}

const listFormat = new Intl.ListFormat('en-GB');

const hasOption = ({ options }: Command, name: string): boolean =>
  (options as readonly string[]).includes(name);

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

/**
 * Checks one option.
 * @throws UsageError if the command does not have it, or its value is missing or superfluous
 */
function checkOption(token: OptionToken, commandName: string, command: Command): void {
  const { rawName: flag, value } = token;
  if (!hasOption(command, token.name)) {
    const others = Object.keys(commands).filter(other => hasOption(commands[other]!, token.name));
    if (others.length > 0)
      throw new UsageError(
        `'${commandName}' has no option '${flag}'; ${listFormat.format(others.map(other => `'${other}'`))} ${others.length === 1 ? 'has' : 'have'} it. Remove the option, or use another command.`,
      );
    const known = command.options.map(option => `--${option}`);
    throw new UsageError(`Unknown option '${flag}' for '${commandName}'. ${didYouMean(flag, known)}`);
  }
  const option = optionOf(token.name as OptionName);
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`Option '${flag}' takes no value. Remove the value.`);
    return;
  }
  // If the value is missing, parseArgs uses the next option as the value.
  const isAbsent = value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'));
  if (isAbsent) throw new UsageError(`Option '${flag}' needs a value. Write ${flag} ${option.value}.`);
}

/** Checks the number of arguments. @throws UsageError if there are too many or too few */
function checkArguments(given: readonly string[], name: string, { argument }: Command): void {
  const most = argument === undefined ? 0 : 1;
  const least = argument?.startsWith('[') ? 0 : most;
  if (given.length < least)
    throw new UsageError(`'${name}' needs an argument. Write broadsheet ${name} ${argument}.`);
  if (given.length <= most) return;
  const what = argument?.replace(/\W/g, '').toLowerCase();
  const advice = what === undefined ? 'Remove it.' : `Put the ${what} in quotation marks.`;
  throw new UsageError(`Unexpected argument '${given[most]}'. ${advice}`);
}

const optionOf = (name: OptionName): { type: string; value?: string; help: string } => options[name];

function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { argument, help }]) => `  ${[name, argument].filter(Boolean).join(' ').padEnd(20)}${help}`,
  );
  return [
    'broadsheet: builds a news site from Markdown articles',
    '',
    'Usage: broadsheet COMMAND [OPTIONS]',
    '',
    ...lines,
    '',
    "Run 'broadsheet COMMAND --help' for a command's options, or 'broadsheet --version' for the version.",
  ].join('\n');
}

function usageOf(name: string, command: Command): string {
  const lines = command.options.map(option => {
    const { value, help } = optionOf(option);
    return `  ${[`--${option}`, value].filter(Boolean).join(' ').padEnd(20)}${help}`;
  });
  return [
    `broadsheet ${[name, command.argument].filter(Boolean).join(' ')}: ${command.help}`,
    '',
    ...lines,
  ].join('\n');
}

function readVersion(): string {
  return (JSON.parse(readText(join(packageRoot, 'package.json'))) as { version: string }).version;
}

/** Prints why the command failed. @returns the exit code */
function exitCodeOf(error: unknown): number {
  if (!(error instanceof UsageError)) {
    printFailure(error as Error);
    return 1;
  }
  printProblem(error.message);
  return 2;
}

// Makes stack traces refer to the sources instead of the bundle.
if (process.env.BROADSHEET_DEBUG) process.setSourceMapsEnabled(true);

if (process.argv[1] !== undefined && realPath(process.argv[1]) === fileURLToPath(import.meta.url))
  void main(process.argv.slice(2))
    .catch(exitCodeOf)
    .then(code => {
      process.exitCode = code;
    });

/** Formats and prints all output of the commands. */
import { styleText } from 'node:util';
import {
  formatDiagnostic,
  formatPlace,
  type Message,
  printable,
  withoutControls,
} from '../base/diagnostics.ts';
import { failureText } from '../base/failure.ts';
import type { BuildResult, UrlAnswer } from '../build/options.ts';
import type { DevBuild } from '../serve/dev.ts';
import type { FrontExplanation } from '../site/front-explanation.ts';
import { fileCountsText, redirectCountsText } from './host-limits.ts';

/** Prints a line to stdout. @returns exit code 0, for success */
export function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

/** Prints a problem to stderr. */
export function printProblem(text: string): void {
  process.stderr.write(`broadsheet: ${withoutControls(text)}\n`);
}

/** Prints why a command could not do its work. @returns the exit code */
export function printRefusal(reason: string): 1 {
  printProblem(reason);
  return 1;
}

/** Prints an exception: a file-system error with its path, or any other error as an internal error. */
export function printFailure(error: Error): void {
  printProblem(failureText(error));
  if (process.env.BROADSHEET_DEBUG) process.stderr.write(`${error.stack}\n`);
}

/** Options for printing the result of `build` and `check`. */
export interface BuildReport {
  /** Absolute path of the output folder; undefined for `check`. */
  out: string | undefined;
  /** Start of the command: a value of `performance.now()`, in milliseconds. */
  start: number;
  /** The `--shard` option as it was written: 2/8. */
  shard: string | undefined;
  quiet: boolean;
  /** Whether `--urls` is set. */
  checksUrls: boolean;
  /** Whether to print every message, instead of the first ten of each rule. */
  all: boolean;
  /** Whether the command builds again by itself when something changes. */
  repeats?: boolean;
}

/** Prints the messages to stderr, and then a summary. */
export function printResult(result: BuildResult, report: BuildReport): void {
  for (const line of report.all ? result.diagnostics.map(paint) : listMessages(result.diagnostics))
    process.stderr.write(`${line}\n`);
  if (!result.ok) {
    process.stderr.write(`${summaryOf(result, report)}\n`);
    if (report.checksUrls)
      process.stderr.write('The addresses were not checked, because the site has errors. Fix them first.\n');
    return;
  }
  const { urlAnswers, fileCounts, redirectCounts, front } = result;
  if (front) for (const line of explanationLines(front)) print(line);
  if (urlAnswers) for (const line of listAnswers(urlAnswers, report)) print(line);
  if (report.quiet) return;
  print(summaryOf(result, report));
  if (urlAnswers) print(answerCountsText(urlAnswers));
  if (fileCounts) for (const line of fileCountsText(fileCounts)) print(line);
  if (redirectCounts) for (const line of redirectCountsText(redirectCounts)) print(line);
  const next = nextChangeText(result);
  if (next !== undefined)
    print(`${next} ${report.repeats ? 'The site is then built again.' : 'Build again then.'}`);
}

/** Number of messages of one rule that are printed without `--all`. */
const shownPerRule = 10;

/** Number of messages above which they are grouped by rule. */
const groupedAbove = 200;

/**
 * Lists messages, errors first: at most ten of each rule and severity, and then how many are left out. Groups many
 * messages by rule, with all counts at the end.
 */
function listMessages(messages: readonly Message[]): string[] {
  const groups = new Map<string, Message[]>();
  const ordered = [...messages.filter(isError), ...messages.filter(message => !isError(message))];
  for (const message of ordered) {
    const key = `${message.severity} ${message.ruleId}`;
    const group = groups.get(key);
    if (group) group.push(message);
    else groups.set(key, [message]);
  }
  const all = [...groups];
  const restOf = ([key, group]: [string, Message[]]): string[] => {
    const more = group.length - shownPerRule;
    return more > 0 ? [`… and ${more.toLocaleString('en')} more: ${key}. --all prints them.`] : [];
  };
  if (messages.length > groupedAbove) {
    const counts = all.map(([key, group]) => `${group.length.toLocaleString('en').padStart(7)} ${key}`);
    return [
      ...all.flatMap(one => [...one[1].slice(0, shownPerRule).map(paint), ...restOf(one)]),
      'Messages by rule:',
      ...counts,
    ];
  }
  const shown = new Set(all.flatMap(([, group]) => group.slice(0, shownPerRule)));
  return [...ordered.filter(message => shown.has(message)).map(paint), ...all.flatMap(restOf)];
}

const isError = ({ severity }: Message): boolean => severity === 'error';

/** Prints a result as JSON to stdout. */
export function printJson(result: BuildResult): void {
  const { ok, articles, leftOut, files, parsed, rendered, diagnostics, urlAnswers, front } = result;
  const json = {
    ok,
    articles,
    leftOut,
    files,
    parsed,
    rendered,
    nextChange: nextChangeOf(result) ?? null,
    ...(urlAnswers && { urls: urlAnswers }),
    ...(front && { front }),
    diagnostics: diagnostics.map(({ place, ...rest }) => ({
      ...rest,
      line: place?.line ?? null,
      column: place?.column ?? null,
    })),
  };
  print(withoutControls(JSON.stringify(json, null, 2)));
}

/** Prints the result of a build by `dev`. */
export function printDevBuild(build: DevBuild): void {
  const { changed, milliseconds, outcome, reported, fixed, isNextNew } = build;
  for (const diagnostic of reported) process.stderr.write(`${paint(diagnostic)}\n`);
  for (const diagnostic of fixed) print(`Fixed: ${formatPlace(diagnostic)} ${diagnostic.ruleId}`);
  if (outcome instanceof Error) {
    printFailure(outcome);
    return;
  }
  const [first, ...others] = changed;
  const files = others.length === 0 ? first : `${first} and ${others.length} more`;
  const cause = files === undefined ? '' : ` (${printable(files)})`;
  if (!outcome.ok) {
    process.stderr.write(`Not built${cause}: ${countsOf(outcome.diagnostics)}. The pages are unchanged.\n`);
    return;
  }
  const time =
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
  print(`Built ${plural(outcome.rendered, 'file')} in ${time}${withCounts(outcome)}${cause}`);
  const next = isNextNew ? nextChangeText(outcome) : undefined;
  if (next !== undefined) print(`${next} The pages are then updated.`);
}

/** A line about the running command. */
export interface Progress {
  /** Shows how far a stage is: `done` of `of` items. */
  update(stage: string, done: number, of: number): void;
  /** Removes the line. Call it before printing anything else. */
  end(): void;
}

/** Milliseconds after which the progress line appears, and between two redraws. */
const progressTimes = { first: 1000, next: 100, idle: 500 };

/**
 * Creates a progress line. On a terminal, the line appears one second after the start and is updated in place, also
 * while one item takes long. Elsewhere, nothing is printed.
 * @param start a value of `performance.now()`
 */
export function createProgress(
  start: number,
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Progress {
  if (!terminal.isTTY) return { update() {}, end() {} };
  let next = start + progressTimes.first;
  let state = 'Starting';
  let current = { stage: '', since: start };
  let isShown = false;
  const draw = () => {
    const now = performance.now();
    if (now < next) return;
    next = now + progressTimes.next;
    isShown = true;
    terminal.write(`\r${state} (${Math.round((now - start) / 1000)} s)\u001b[K`);
  };
  // The timer must not keep the process alive after an exception.
  const timer = setInterval(draw, progressTimes.idle).unref();
  return {
    update(stage, done, of) {
      if (stage !== current.stage) current = { stage, since: performance.now() };
      state = `${stage} ${done.toLocaleString('en')} of ${of.toLocaleString('en')}${timeLeft(current.since, done, of)}`;
      draw();
    },
    end() {
      clearInterval(timer);
      if (isShown) terminal.write('\r\u001b[K');
    },
  };
}

/** Lists the stories of the front page by place. */
function explanationLines({ layout, reason, places }: FrontExplanation): string[] {
  return [
    `Front page: layout '${layout}'. ${reason}`,
    ...places.flatMap(({ place, stories }) => [
      `  ${place}`,
      ...stories.map(
        ({ source, title, prominence }) =>
          `    ${printable(`${source} ${title}`)}${prominence === 'normal' ? '' : ` (${prominence})`}`,
      ),
    ]),
  ];
}

/** Lists what the site returns for addresses, missing ones first: at most ten of each status. */
function listAnswers(answers: readonly UrlAnswer[], { all, quiet }: BuildReport): string[] {
  return ([404, 301, 200] as const).flatMap(status => {
    if (quiet && status !== 404) return [];
    const lines = answers
      .filter(answer => answer.status === status)
      .map(({ url, location }) => printable([status, url, ...(location ? ['→', location] : [])].join(' ')));
    const more = lines.length - shownPerRule;
    if (all || more <= 0) return lines;
    return [
      ...lines.slice(0, shownPerRule),
      `… and ${more.toLocaleString('en')} more: ${status}. --all prints them.`,
    ];
  });
}

function answerCountsText(answers: readonly UrlAnswer[]): string {
  const count = (status: UrlAnswer['status']) =>
    answers.filter(answer => answer.status === status).length.toLocaleString('en');
  const total = `${answers.length.toLocaleString('en')} ${answers.length === 1 ? 'address' : 'addresses'}`;
  return `${total}: ${count(200)} found (200), ${count(301)} redirected (301), ${count(404)} missing (404).`;
}

/** Estimates the time that a stage still needs, once it has taken five seconds. */
function timeLeft(since: number, done: number, of: number): string {
  const seconds = (performance.now() - since) / 1000;
  if (seconds < 5 || done === 0 || done >= of) return '';
  const left = (seconds / done) * (of - done);
  return left < 90 ? `, about ${Math.ceil(left)} s left` : `, about ${Math.ceil(left / 60)} min left`;
}

/** Path of a folder, with a slash at its end. It is relative if the folder is inside the current folder. */
export function shownFolder(path: string): string {
  const here = `${process.cwd()}/`;
  return `${path.startsWith(here) ? path.slice(here.length) : path}/`;
}

function summaryOf(result: BuildResult, { out, start, shard }: BuildReport): string {
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const { ok, articles, files, parsed, diagnostics } = result;
  if (!ok)
    return out === undefined
      ? `Checked in ${seconds} s: ${countsOf(diagnostics)}.`
      : `Not built: ${countsOf(diagnostics)}. ${shownFolder(out)} is unchanged.`;
  const found = withCounts(result);
  if (shard !== undefined)
    return `Compiled ${plural(parsed, 'file')} of part ${shard} in ${seconds} s${found}.`;
  const stories = plural(articles, 'article') + leftOutText(result);
  return out === undefined
    ? `Checked ${stories} in ${seconds} s${found}.`
    : `Built ${stories}, ${plural(files, 'file')} in ${seconds} s${found}: ${shownFolder(out)}`;
}

/** Time of the next change in UTC (`2026-03-01T06:00Z`); undefined if there is none. */
function nextChangeOf({ nextChange }: BuildResult): string | undefined {
  return nextChange === undefined
    ? undefined
    : new Date(nextChange).toISOString().replace(/:00\.000Z$|\.\d+Z$/, 'Z');
}

const nextKinds: Record<BuildResult['nextKind'], string> = {
  appears: 'The next story is due',
  expires: 'The next story expires',
  'lead-ends': 'The lead of the front page is due to change',
};

/** Says what changes next without an edit, and when; undefined if nothing does. */
export function nextChangeText(result: BuildResult): string | undefined {
  const next = nextChangeOf(result);
  return next === undefined ? undefined : `${nextKinds[result.nextKind]} at ${next}.`;
}

/** Names the articles that are not published: ` (2 drafts and 1 scheduled left out)`; empty if there are none. */
function leftOutText({ leftOut }: BuildResult): string {
  const { drafts, scheduled, expired } = leftOut;
  const parts = [
    ...(drafts > 0 ? [plural(drafts, 'draft')] : []),
    ...(scheduled > 0 ? [`${scheduled.toLocaleString('en')} scheduled`] : []),
    ...(expired > 0 ? [`${expired.toLocaleString('en')} expired`] : []),
  ];
  return parts.length === 0 ? '' : ` (${new Intl.ListFormat('en-GB').format(parts)} left out)`;
}

function withCounts({ diagnostics }: BuildResult): string {
  return diagnostics.length === 0 ? '' : ` with ${countsOf(diagnostics)}`;
}

/** Counts as text: `1 error and 2 warnings`; empty if there are none. */
function countsOf(diagnostics: readonly Message[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(errors < diagnostics.length ? [plural(diagnostics.length - errors, 'warning')] : []),
  ].join(' and ');
}

/** Count with its noun, in the plural if needed: `1 file`, `2,000 files`. */
export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

function paint(diagnostic: Message): string {
  const line = formatDiagnostic(diagnostic);
  if (!process.stderr.isTTY || process.env.NO_COLOR) return line;
  const word = ` ${diagnostic.severity} `;
  return line.replace(word, styleText(diagnostic.severity === 'error' ? 'red' : 'yellow', word));
}

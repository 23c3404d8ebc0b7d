/** `broadsheet dev`: builds, serves, watches, and builds again what changed. Nothing here prints; each build is told to the caller. */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { type Diagnostic, formatPlace, printable } from '../base/diagnostics.ts';
import { type BuildOptions, type BuildResult, build } from '../build/build.ts';
import { stylesOf } from '../build/theme.ts';
import { type Lock, LockedError, lockFolder } from '../disk/lock.ts';
import { devFolder } from '../disk/staging.ts';
import { createDevPages, type Problem } from './dev-pages.ts';
import { basePathOf, type Serving, startServer } from './static-server.ts';

export interface DevOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** As `build` takes it. */
  packageRoot: string;
  /** Instead of the path of `url` in site.yaml. */
  basePath: string | undefined;
  /** Warnings are errors. */
  strict: boolean;
  /** Build as if it were this moment, milliseconds of the epoch; without one each build has its own. */
  now: number | undefined;
  workers: number;
  /** Gives each build what it tells its progress to. */
  createProgress(): NonNullable<BuildOptions['progress']>;
  /** Where it is taken, the next that is free; without one 4173. */
  port: number | undefined;
}

/** One build, and how it differs from those before. */
export interface DevBuild {
  /** Files that changed, relative to the site; none at the first build, and when a story was due. */
  changed: string[];
  milliseconds: number;
  outcome: BuildResult | Error;
  /** Messages to tell: all errors, and the warnings that are new. */
  messages: Diagnostic[];
  /** Messages that were told and do not hold any more. */
  mended: Diagnostic[];
}

export interface DevEvents {
  built(build: DevBuild): void;
  /** The system cannot watch all files. */
  watchFailed(error: Error): void;
}

/** Long enough for the events of one save to come together. */
const debounce = 10;

/** A second write so soon after a first brings no event of its own; so the files are looked at again. */
const settleTime = 80;

/** A browser fetches a style sheet in this time, which a build would make it wait. */
const fetchTime = 50;

/** The longest that timers take. */
const longestWait = 2 ** 31 - 1;

export async function startDev(options: DevOptions, events: DevEvents): Promise<Serving> {
  const { root, packageRoot, now, port } = options;
  if (!existsSync(join(root, 'content')))
    return {
      problem: `There is no site in ${root}: it has no folder content/. Name the site's folder with --root.`,
    };
  const out = devFolder(root);
  let lock: Lock;
  try {
    lock = lockFolder(join(root, '.cache/server'));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    return {
      problem: `'broadsheet dev' serves this site already (${error.holder}). Use that one, or end it.`,
    };
  }

  let base: string | undefined;
  const pages = createDevPages({ folder: out, base: () => base ?? '/' });
  const told = createMemory();
  const changed = new Set<string>();
  const stamps = new Map<string, string>();
  let building = false;
  let ended = false;
  let pause: NodeJS.Timeout | undefined;
  let alarm: NodeJS.Timeout | undefined;

  const schedule = () => {
    if (building || ended) return;
    clearTimeout(pause);
    pause = setTimeout(rebuild, debounce);
  };
  const note = (path: string) => {
    changed.add(path);
    schedule();
  };
  const checkSettled = (paths: readonly string[]) => {
    for (const path of paths) if (stampOf(path) !== stamps.get(path)) note(path);
  };
  /** Builds again at the moment when a story appears or expires. */
  const waitFor = (moment: number) => {
    const wait = Math.min(moment - Date.now(), longestWait);
    alarm = setTimeout(() => (Date.now() < moment ? waitFor(moment) : schedule()), wait);
  };
  /** On a large site the browser has the style sheet long before all pages link to it. */
  const showStyles = async () => {
    try {
      const styles = await stylesOf(options);
      if (styles) pages.publishStyles(styles);
      await sleep(fetchTime);
    } catch {
      // The build tells what is wrong.
    }
  };
  const buildSite = async (paths: readonly string[]) => {
    if (paths.length > 0 && paths.every(path => path.endsWith('.css'))) await showStyles();
    const result = await build({
      root,
      packageRoot,
      out,
      basePath: options.basePath,
      drafts: true,
      linkStyles: true,
      // It is right when `dev` starts; an edit does not wait for it.
      keepSearch: paths.length > 0,
      strict: options.strict,
      now: now ?? Date.now(),
      workers: options.workers,
      progress: options.createProgress(),
    });
    // With an error the pages are those of before.
    if (result.ok || base === undefined) base = basePathOf(root, options.basePath) ?? base;
    return result;
  };
  const rebuild = async () => {
    building = true;
    clearTimeout(alarm);
    const paths = [...changed];
    changed.clear();
    for (const path of paths) stamps.set(path, stampOf(path));
    if (paths.length > 0) setTimeout(checkSettled, settleTime, paths);
    const start = performance.now();
    const outcome = await buildSite(paths).catch(toError);
    building = false;
    if (ended) return;
    pages.publish(problemsOf(outcome), 'ok' in outcome && outcome.ok);
    events.built({
      changed: paths.map(path => nameOf(path, [root, packageRoot])).sort(),
      milliseconds: performance.now() - start,
      outcome,
      ...told(outcome),
    });
    if (changed.size > 0) schedule();
    else if (now === undefined && 'nextChange' in outcome && outcome.nextChange !== undefined)
      waitFor(outcome.nextChange);
  };

  const watcher = watch([...new Set([root, packageRoot])], {
    ignoreInitial: true,
    ignored: path => !isWatched(path, root, packageRoot),
  });
  for (const event of ['add', 'change', 'unlink'] as const) watcher.on(event, note);
  watcher.on('error', error => events.watchFailed(toError(error)));
  await new Promise<void>(resolve => watcher.once('ready', resolve));
  await rebuild();

  const serving = await startServer(pages.handle, { port, orNext: true, base: base ?? '/' });
  const close = () => {
    ended = true;
    clearTimeout(pause);
    clearTimeout(alarm);
    pages.close();
    lock.release();
    void watcher.close();
    if (serving.problem === undefined) serving.close();
  };
  if (serving.problem !== undefined) close();
  return serving.problem === undefined ? { ...serving, close } : serving;
}

/** What a build is made from: these folders of the site and the package, but for hidden files; and what leads to them. */
function isWatched(path: string, root: string, packageRoot: string): boolean {
  return [
    { folder: root, parts: ['content', 'templates', 'public'] },
    { folder: packageRoot, parts: ['templates', 'public'] },
  ].some(({ folder, parts }) => {
    const [first, ...rest] = relative(folder, path).split(sep);
    return first === '' || (parts.includes(first!) && !rest.some(name => name.startsWith('.')));
  });
}

function nameOf(path: string, folders: readonly string[]): string {
  const names = folders.map(folder => relative(folder, path));
  return names.find(name => !name.startsWith('..') && !isAbsolute(name)) ?? path;
}

/** Changes with the file's bytes; empty when there is none. */
function stampOf(path: string): string {
  try {
    const { size, ino, mtimeMs } = statSync(path);
    return `${size}.${ino}.${mtimeMs}`;
  } catch {
    return '';
  }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function problemsOf(outcome: BuildResult | Error): Problem[] {
  if (outcome instanceof Error)
    return [
      {
        where: '',
        severity: 'error',
        ruleId: '',
        reason: `A mistake of Broadsheet's own: ${outcome.message}`,
      },
    ];
  const { diagnostics } = outcome;
  const errorsFirst = [
    ...diagnostics.filter(({ severity }) => severity === 'error'),
    ...diagnostics.filter(({ severity }) => severity === 'warning'),
  ];
  return errorsFirst.map(diagnostic => ({
    where: formatPlace(diagnostic),
    severity: diagnostic.severity,
    ruleId: diagnostic.ruleId,
    reason: printable(diagnostic.reason),
  }));
}

/**
 * What is new in a build's messages, and what is mended. A message that only moves to another line is the same one. A build with an
 * error may have ended before it came to all of them, so nothing counts as mended by it.
 */
function createMemory(): (outcome: BuildResult | Error) => Pick<DevBuild, 'messages' | 'mended'> {
  let open = new Map<string, Diagnostic>();
  return outcome => {
    if (outcome instanceof Error) return { messages: [], mended: [] };
    const { diagnostics, ok } = outcome;
    const found = new Map(
      diagnostics.map(diagnostic => {
        const { file, severity, ruleId, reason } = diagnostic;
        return [JSON.stringify([file, severity, ruleId, reason]), diagnostic];
      }),
    );
    const messages = diagnostics.filter(({ severity }) => severity === 'error');
    const fresh = [...found].filter(([key, { severity }]) => severity === 'warning' && !open.has(key));
    const mended = ok ? [...open].filter(([key]) => !found.has(key)) : [];
    open = new Map(ok ? found : [...open, ...found]);
    return {
      messages: [...messages, ...fresh.map(([, diagnostic]) => diagnostic)],
      mended: mended.map(([, diagnostic]) => diagnostic),
    };
  };
}

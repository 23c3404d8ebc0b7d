/**
 * `broadsheet dev`: builds, serves and watches a site, and builds it again after changes. Prints nothing: the
 * caller receives each build as an event.
 */
import { isAbsolute, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../build/build.ts';
import { createDeferredPictures, type DeferredPictures } from '../build/deferred-pictures.ts';
import type { BuildOptions, BuildResult } from '../build/options.ts';
import { readStyleSheet } from '../build/theme.ts';
import { exists } from '../disk/files.ts';
import { type Lock, LockedError, lockFolder } from '../disk/lock.ts';
import { devFolder } from '../disk/output-folder.ts';
import { restoreSite } from '../disk/staging.ts';
import { watchFolders } from '../disk/watch-folders.ts';
import { type BuildSchedule, createBuildSchedule } from './build-schedule.ts';
import { createDevPages, type DevPages } from './dev-pages.ts';
import { createMessageMemory, type MessageChanges } from './message-memory.ts';
import { problemsOf } from './problems.ts';
import { type Serving, startServer } from './static-server.ts';

export interface DevOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** Absolute path of the package's root folder, as in `BuildOptions`. */
  packageRoot: string;
  /** Replaces the path of `url` in site.yaml. */
  basePath: string | undefined;
  /** Whether warnings count as errors. */
  strict: boolean;
  /** Clock of the builds, in milliseconds since the epoch. By default, each build uses the current time. */
  now: number | undefined;
  /** Number of threads, as in `BuildOptions`. */
  workers: number;
  /** Creates the progress line of a build. */
  createProgress(): { update: NonNullable<BuildOptions['progress']>; end(): void };
  /** Port to listen on; 4173 by default. If it is in use, the next free port is used. */
  port: number | undefined;
}

/** A build, and how its messages differ from earlier ones. */
export interface DevBuild extends MessageChanges {
  /**
   * Changed files, relative to the site's or the package's folder; empty for the first build, and when a story
   * appears or expires.
   */
  changed: string[];
  milliseconds: number;
  outcome: BuildResult | Error;
  /** Whether the next change without an edit is another than after the last successful build. */
  isNextNew: boolean;
}

export interface DevEvents {
  built(build: DevBuild): void;
  /** Called if the system cannot watch all folders. `dev` then compares them every two seconds instead. */
  watchFailed(error: Error): void;
}

/**
 * Milliseconds that a browser needs to fetch a style sheet. Building at the same time would delay the
 * response.
 */
const fetchTime = 50;

/**
 * Starts `dev`. Resolves after the first build.
 * @returns the server, or the problem that prevents it
 */
export async function startDev(options: DevOptions, events: DevEvents): Promise<Serving> {
  const { root, packageRoot, port } = options;
  if (!exists(join(root, 'content')))
    return { problem: `${root} has no content/ folder. Set the site's folder with --root.` };
  const lock = lockServer(root);
  if (typeof lock === 'string') return { problem: lock };

  const out = devFolder(root);
  restoreSite(out);
  const site: Shown = { config: undefined };
  const pictures = createDeferredPictures(root);
  const pages = createDevPages({ folder: out, base: () => baseOf(site), pictures });
  const schedule = scheduleBuilds({ options, events, out, pages, site, pictures });
  const watch = watchFolders(
    [
      { root, folders: ['content', 'templates', 'public'] },
      ...(packageRoot === root ? [] : [{ root: packageRoot, folders: ['templates', 'public'] }]),
    ],
    { changed: paths => schedule.add(paths), failed: events.watchFailed },
  );
  await schedule.start();

  const serving = await startServer(pages.handle, { port, orNext: true, base: baseOf(site) });
  const close = () => {
    schedule.close();
    pictures.close();
    pages.close();
    watch.close();
    lock.release();
    if (serving.problem === undefined) serving.close();
  };
  if (serving.problem !== undefined) close();
  return serving.problem === undefined ? { ...serving, close } : serving;
}

/** Locks the site for one server. @returns the lock, or the problem if another process has it */
function lockServer(root: string): Lock | string {
  try {
    return lockFolder(join(root, '.cache/server'));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    return `'broadsheet dev' is already serving this site (${error.holder}). Use that server, or stop it. ${error.remedy}`;
  }
}

interface ScheduleInput {
  options: DevOptions;
  events: DevEvents;
  /** Absolute path of the folder that the site is built into. */
  out: string;
  pages: DevPages;
  pictures: DeferredPictures;
  /** Settings of the pages that `dev` serves. Each successful build updates them. */
  site: Shown;
}

/**
 * Settings of the pages that `dev` serves. `config` is undefined until a build has read a valid site.yaml.
 */
interface Shown {
  config: BuildResult['config'];
}

const baseOf = ({ config }: Shown): string => config?.basePath ?? '/';

function scheduleBuilds({ options, events, out, pages, site, pictures }: ScheduleInput): BuildSchedule {
  const { root, packageRoot, now } = options;
  const compareMessages = createMessageMemory();
  let announced: number | undefined;
  return createBuildSchedule(async changed => {
    const start = performance.now();
    if (changed.length > 0 && changed.every(path => path.endsWith('.css')))
      await showStyles(options, site, pages);
    const outcome = await buildSite(options, out, changed.length > 0, pictures).catch(toError);
    const isOk = 'ok' in outcome && outcome.ok;
    // After a failed build, `dev` still serves the last successful one, so keep that build's base path.
    if ('ok' in outcome && (isOk || !site.config)) site.config = outcome.config ?? site.config;
    pages.publish(problemsOf(outcome), isOk);
    const isNextNew = 'ok' in outcome && outcome.ok && outcome.nextChange !== announced;
    if (isNextNew) announced = outcome.nextChange;
    events.built({
      changed: changed.map(path => nameOf(path, [root, packageRoot])).sort(),
      milliseconds: performance.now() - start,
      outcome,
      isNextNew,
      ...compareMessages(outcome),
    });
    return now === undefined && 'nextChange' in outcome ? outcome.nextChange : undefined;
  });
}

/** Builds the site. @param isEdit whether files have changed since the last build */
function buildSite(
  options: DevOptions,
  out: string,
  isEdit: boolean,
  pictures: DeferredPictures,
): Promise<BuildResult> {
  const { root, packageRoot, basePath, strict, workers } = options;
  const progress = options.createProgress();
  return build({
    root,
    packageRoot,
    out,
    basePath,
    drafts: true,
    linkStyles: true,
    // The first build updates the search index. After an edit, rebuilding it would take longer than
    // everything else.
    keepSearch: isEdit,
    deferPicture: pictures.add,
    strict,
    allowRemovals: true,
    now: options.now ?? Date.now(),
    workers,
    progress: progress.update,
  }).finally(progress.end);
}

/**
 * Shows an edited style sheet immediately. On a large site, it takes much longer until all pages link to it.
 */
async function showStyles(options: DevOptions, { config }: Shown, pages: DevPages): Promise<void> {
  if (!config) return;
  try {
    pages.publishStyles(await readStyleSheet(options, config));
    await sleep(fetchTime);
  } catch {
    // The build reports the error.
  }
}

function nameOf(path: string, folders: readonly string[]): string {
  const names = folders.map(folder => relative(folder, path));
  return names.find(name => !name.startsWith('..') && !isAbsolute(name)) ?? path;
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

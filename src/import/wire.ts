/**
 * `broadsheet wire`: writes the items of news agencies as stories. Reads a folder once, or watches it.
 */
import { basename, dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listFiles } from '../disk/list-files.ts';
import { lockFolder } from '../disk/lock.ts';
import { watchFolders } from '../disk/watch-folders.ts';
import { checkExpiries } from './wire/expiries.ts';
import { createJob, type WireJob, type WireOptions } from './wire/job.ts';
import { createWireReport, type WireReport } from './wire/report.ts';
import { createSession, type WireSession } from './wire/session.ts';

/** Milliseconds between two looks at incomplete files. */
const retryInterval = 250;

/** Milliseconds between two checks whether the rights to pictures end. */
const expiryInterval = 3_600_000;

/**
 * Reads everything that is new in the folder.
 * @throws ImportError if the folder or the site does not exist
 * @throws LockedError if another process reads a wire into the site
 */
export async function runWire(options: WireOptions): Promise<WireReport> {
  const report = createWireReport();
  await withJob(options, report, async job => {
    const session = createSession(job);
    await session.read(filesIn(options.folder));
    await readPending(session);
    checkExpiries(job);
  });
  return report.finish();
}

async function withJob(
  options: WireOptions,
  report: WireJob['report'],
  run: (job: WireJob) => Promise<void>,
): Promise<void> {
  const job = createJob(options, report);
  const lock = lockFolder(join(options.root, '.cache/wire'));
  try {
    await run(job);
  } finally {
    lock.release();
    await job.converters.end();
  }
}

/** Files of the agency, relative to its folder, in the order of their names. */
const filesIn = (folder: string): string[] =>
  listFiles(dirname(folder), basename(folder), { onUnreadable() {} }).map(path =>
    path.slice(basename(folder).length + 1),
  );

async function readPending(session: WireSession): Promise<void> {
  while (session.pending() > 0) {
    await sleep(retryInterval);
    await session.retry();
  }
}

export interface WireEvents {
  /** Receives what happened since the last report, if anything did. */
  report(report: WireReport): void;
  /** Called if the system cannot watch the folder. It is then compared every two seconds instead. */
  watchFailed(error: Error): void;
  /** Receives an error that ends the reading of some files. */
  failed(error: Error): void;
}

/**
 * Reads everything that is new in the folder, and then what arrives.
 * @returns a function that stops watching
 * @throws ImportError if the folder or the site does not exist
 * @throws LockedError if another process reads a wire into the site
 */
export async function watchWire(options: WireOptions, events: WireEvents): Promise<() => void> {
  // Each report replaces the one before, so the job has a report that changes.
  let report = createWireReport();
  const job = createJob(options, report);
  const lock = lockFolder(join(options.root, '.cache/wire'));
  const session = createSession(job);
  const queue = new Set<string>(filesIn(options.folder));
  let isReading = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const deliver = () => {
    const finished = report.finish();
    report = createWireReport();
    job.report = report;
    const { findings, outcomes } = finished;
    if (findings.length > 0 || Object.values(outcomes).some(count => count > 0)) events.report(finished);
  };
  const readQueue = async (): Promise<void> => {
    if (isReading || isClosed) return;
    isReading = true;
    clearTimeout(timer);
    try {
      const names = [...queue];
      queue.clear();
      await session.read(names);
      await session.retry();
    } catch (error) {
      events.failed(error as Error);
    }
    deliver();
    isReading = false;
    if (queue.size > 0) void readQueue();
    else if (session.pending() > 0) timer = setTimeout(() => void readQueue(), retryInterval);
  };
  const check = () => {
    checkExpiries(job);
    deliver();
  };
  const watch = watchFolders([{ root: dirname(options.folder), folders: [basename(options.folder)] }], {
    changed(paths) {
      for (const path of paths) queue.add(relative(options.folder, path).split(sep).join('/'));
      void readQueue();
    },
    failed: events.watchFailed,
  });
  await readQueue();
  check();
  const expiries = setInterval(check, expiryInterval).unref();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    clearInterval(expiries);
    watch.close();
    lock.release();
    void job.converters.end();
  };
}

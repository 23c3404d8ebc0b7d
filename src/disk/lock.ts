/**
 * Locks: only one build at a time writes to a folder, and only one `dev` serves a site. Locks also work
 * between machines and containers that share a disk.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OutputError } from './output-error.ts';
import { type ProcessIdentity, stateOfProcess, thisProcess } from './process.ts';

export interface Lock {
  /**
   * Whether this process still has the lock. Another process takes it over only after `expiry` without a
   * heartbeat.
   */
  isHeld(): boolean;
  release(): void;
}

/**
 * Milliseconds between heartbeats. A heartbeat writes to the lock file, which updates its modification time.
 */
const heartbeat = 5_000;

/**
 * Milliseconds without a heartbeat after which a lock counts as dead if its process cannot be looked up
 * because it runs on another host or in another PID namespace. The value is high because a build can block
 * its event loop for many seconds, and a container can be paused.
 */
const expiry = 120_000;

/**
 * Thrown if another process holds a lock. The message names the process and its host, and says what to do.
 */
export class LockedError extends OutputError {
  override name = 'LockedError';
  /** Process and host that hold the lock, for messages. */
  readonly holder: string;
  /** Advice in case the process has ended or is not Broadsheet. */
  readonly remedy: string;

  constructor(folder: string, file: string, holder: Holder, advice: string) {
    const name = describeHolder(holder);
    const remedy = holder.isLocal
      ? `If that process is not Broadsheet, delete ${file}.`
      : `If it is no longer running, wait ${expiry / 60_000} minutes until its lock expires, or delete ${file}.`;
    super(`Another Broadsheet (${name}) is using ${folder}. ${advice} ${remedy}`);
    this.holder = name;
    this.remedy = remedy;
  }
}

interface Holder {
  /** Process that holds the lock; undefined if the lock file could not be read. */
  identity: ProcessIdentity | undefined;
  /** Whether the process runs on this machine, in this PID namespace. */
  isLocal: boolean;
}

const describeHolder = ({ identity }: Holder): string =>
  identity ? `process ${identity.pid} on ${identity.host}` : 'an unknown process';

/**
 * Takes the lock of a folder: the file `.<name>.lock` beside it. Takes over a dead lock: immediately if its
 * process ran in this PID namespace and has ended, otherwise after two minutes without a heartbeat. A timer
 * writes heartbeats until the lock is released, and does not keep the process alive.
 * @param folder absolute path; the folder need not exist
 * @param advice what the user can do if the lock is held
 * @throws LockedError if another process, or this one, holds the lock
 */
export function lockFolder(folder: string, advice = 'Wait until it ends.'): Lock {
  const file = lockFileOf(folder);
  mkdirSync(dirname(file), { recursive: true });
  const taken = takeLock(file);
  if ('release' in taken) return taken;
  throw new LockedError(folder, file, taken, advice);
}

const lockFileOf = (path: string): string => join(dirname(path), `.${basename(path)}.lock`);

function takeLock(file: string): Lock | Holder {
  const draft = createDraft(file);
  try {
    for (;;) {
      const descriptor = putInPlace(draft, file);
      if (descriptor !== undefined) {
        removeDrafts(file, draft);
        return keepAlive(file, descriptor, draft.text);
      }
      const holder = readHolder(file, draft.now);
      if (holder === 'absent') continue;
      if (holder !== 'dead') return holder;
      // Several processes may find the same dead lock. They check again and remove it one at a time, so that
      // no process removes a lock that was taken meanwhile.
      const guard = takeLock(lockFileOf(file));
      if (!('release' in guard)) return guard;
      try {
        if (readHolder(file, draft.now) === 'dead') rmSync(file, { force: true });
      } finally {
        guard.release();
      }
    }
  } finally {
    rmSync(draft.path, { force: true });
    if (!draft.isUsed) closeSync(draft.descriptor);
  }
}

/** A complete lock file under a temporary name. */
interface Draft {
  path: string;
  text: string;
  descriptor: number;
  /** Whether the lock now uses the descriptor, which must then stay open. */
  isUsed: boolean;
  /** Milliseconds since the epoch by the disk's clock, which also stamps the heartbeats of all machines. */
  now: number;
}

function createDraft(file: string): Draft {
  const path = `${file}-${randomBytes(6).toString('hex')}`;
  const text = JSON.stringify(thisProcess());
  const descriptor = createWith(text, path);
  return { path, text, descriptor, isUsed: false, now: fstatSync(descriptor).mtimeMs };
}

/**
 * Hard-links the draft under the lock's name, or creates the lock in place if there are no hard links.
 * @returns the lock's descriptor, or undefined if a lock already exists
 */
function putInPlace(draft: Draft, file: string): number | undefined {
  try {
    linkSync(draft.path, file);
  } catch (error) {
    const code = codeOf(error);
    // The file system has no hard links, so create the lock in place. Other processes can briefly see it
    // empty.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return createInPlace(draft.text, file);
    // NFS can report EEXIST for a link that it has just created, so compare the files.
    if (code !== 'EEXIST') throw error;
    if (!isSameFile(file, draft.descriptor)) return undefined;
  }
  draft.isUsed = true;
  return draft.descriptor;
}

function createInPlace(text: string, file: string): number | undefined {
  try {
    return createWith(text, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return undefined;
  }
}

/** Creates a new file with this text. @returns its open descriptor. @throws if the file exists */
function createWith(text: string, path: string): number {
  const descriptor = openSync(path, 'wx');
  try {
    writeSync(descriptor, text);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    rmSync(path, { force: true });
    throw error;
  }
}

function keepAlive(file: string, descriptor: number, text: string): Lock {
  const timer = setInterval(() => {
    try {
      // Writes through the descriptor, so that it cannot prolong the lock of a process that has taken over.
      writeSync(descriptor, text, 0);
    } catch {
      // Ignore the failure: a disk that is full now may have space at the next heartbeat.
    }
  }, heartbeat).unref();
  const isHeld = () => isSameFile(file, descriptor);
  return {
    isHeld,
    release() {
      clearInterval(timer);
      const isOwn = isHeld();
      closeSync(descriptor);
      if (isOwn) rmSync(file, { force: true });
    },
  };
}

function isSameFile(path: string, descriptor: number): boolean {
  const { ino, dev } = fstatSync(descriptor, { bigint: true });
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats !== undefined && stats.ino === ino && stats.dev === dev;
}

/**
 * Finds the holder of a lock.
 * @param now milliseconds since the epoch, by the disk's clock
 * @returns `absent` if there is no lock file, and `dead` if the lock may be taken over
 */
function readHolder(file: string, now: number): Holder | 'dead' | 'absent' {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (!stats) return 'absent';
  const identity = readIdentity(file);
  const state = identity ? stateOfProcess(identity) : 'unknown';
  if (state === 'ended' || (state === 'unknown' && now - stats.mtimeMs > expiry)) return 'dead';
  return { identity, isLocal: state === 'running' };
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    const identity = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
    return Number.isInteger(identity.pid) ? identity : undefined;
  } catch {
    return undefined;
  }
}

/** Removes drafts that killed processes left behind. */
function removeDrafts(file: string, own: Draft): void {
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(`${basename(file)}-`)) continue;
    const path = join(dirname(file), name);
    if (path !== own.path && readHolder(path, own.now) === 'dead') rmSync(path, { force: true });
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

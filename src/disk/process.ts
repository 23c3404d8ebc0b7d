/**
 * Identifies this process, and finds out whether another one is still running, even if both run in containers
 * that share a volume.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { hashOf } from '../base/hash.ts';

/** A process on some machine. Fields that the operating system does not provide are empty. */
export interface ProcessIdentity {
  host: string;
  /** Random id that Linux generates at each boot. */
  boot: string;
  /** PID namespace on Linux: a PID is unique only within its namespace. */
  namespace: string;
  pid: number;
  /** Start time on Linux, in clock ticks since boot. Distinguishes processes that had the same PID. */
  started: string;
}

/** Identity of this process. */
export function thisProcess(): ProcessIdentity {
  return {
    host: hostname(),
    boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    namespace: textOf(() => readlinkSync('/proc/self/ns/pid')),
    pid: process.pid,
    started: readStat('self')?.started ?? '',
  };
}

/**
 * Finds out whether a process is still running.
 * @returns `unknown` for a process of another host, boot or PID namespace, or if start times are not
 *   available
 */
export function stateOfProcess(identity: ProcessIdentity): 'running' | 'ended' | 'unknown' {
  const own = thisProcess();
  if (identity.host !== own.host || identity.boot !== own.boot || identity.namespace !== own.namespace)
    return 'unknown';
  if (identity.pid !== own.pid && !isAnotherRunning(identity.pid)) return 'ended';
  // In a container, /proc may belong to another PID namespace, where this PID means another process.
  const isOwnProc = textOf(() => readlinkSync('/proc/self')) === String(own.pid);
  const stat = identity.pid === own.pid ? readStat('self') : isOwnProc && readStat(identity.pid);
  if (!stat || identity.started === '') return 'unknown';
  return stat.started === identity.started && !stat.isZombie ? 'running' : 'ended';
}

/**
 * Name for a file that only this process writes, unique among all machines and containers that share a disk.
 * Identifies the process: `<machine>-<pid>-<random>`.
 */
export const newOwnerName = (): string =>
  `${machineName(thisProcess())}-${process.pid}-${randomBytes(6).toString('hex')}`;

/** Matches a name that `newOwnerName` creates. */
export const ownerName = /[\da-f]{8}-\d+-[\da-f]{12}/;

/**
 * Milliseconds after which an unfinished file of another machine or container counts as abandoned. No build
 * takes that long.
 */
const abandonedAfter = 24 * 3_600_000;

/**
 * Whether the process that began to write a file has ended.
 * @param owner owner name in the file's name
 * @param age milliseconds since the file last changed
 */
export function isAbandoned(owner: string, age: number): boolean {
  const [machine, pid] = owner.split('-') as [string, string];
  if (machine !== machineName(thisProcess())) return age > abandonedAfter;
  // A process builds one site at a time, so its own files belong to an earlier build.
  return !isAnotherRunning(Number(pid));
}

/** Eight hexadecimal digits that identify a boot of a host, and a PID namespace in it. */
const machineName = ({ host, boot, namespace }: ProcessIdentity): string =>
  hashOf([host, boot, namespace].join('\n'), 'hex').slice(0, 8);

/**
 * Whether a process other than this one has the PID in this PID namespace. A process that we may not signal
 * counts too.
 */
function isAnotherRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Reads /proc/<pid>/stat (proc_pid_stat(5)). @returns undefined if it cannot be read */
function readStat(pid: number | 'self'): { started: string; isZombie: boolean } | undefined {
  const text = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field, the program's name in parentheses, may contain spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return started === undefined ? undefined : { started, isZombie: state === 'Z' || state === 'X' };
}

function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

/** Which process this is, and whether another one still runs: also when both run in containers that share a volume. */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { hashOf } from '../base/hash.ts';

/** A process on some machine. Fields that the operating system does not provide are empty. */
export interface ProcessIdentity {
  host: string;
  /** Random id that Linux draws at each boot. */
  boot: string;
  /** PID namespace on Linux: a PID is unique only within one. */
  namespace: string;
  pid: number;
  /** Start time on Linux, in clock ticks since the boot: distinguishes a process from a later one with the same PID. */
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
 * Whether a process still runs.
 * @returns `unknown` for a process of another host, boot or PID namespace, and where start times are not available
 */
export function stateOfProcess(identity: ProcessIdentity): 'running' | 'ended' | 'unknown' {
  const own = thisProcess();
  if (identity.host !== own.host || identity.boot !== own.boot || identity.namespace !== own.namespace)
    return 'unknown';
  if (identity.pid !== own.pid && !isAnotherRunning(identity.pid)) return 'ended';
  // In a container /proc can be that of another PID namespace.
  const isOwnProc = textOf(() => readlinkSync('/proc/self')) === String(own.pid);
  const stat = identity.pid === own.pid ? readStat('self') : isOwnProc && readStat(identity.pid);
  if (!stat || identity.started === '') return 'unknown';
  return stat.started === identity.started && !stat.isZombie ? 'running' : 'ended';
}

/**
 * Name for a file that this process alone writes, unique among all machines and containers that share a disk. It says which process that is:
 * `<machine>-<pid>-<random>`.
 */
export const newOwnerName = (): string =>
  `${machineName(thisProcess())}-${process.pid}-${randomBytes(6).toString('hex')}`;

/** Pattern of an owner name. */
export const ownerName = /[\da-f]{8}-\d+-[\da-f]{12}/;

/** Milliseconds after which a file that another machine or container did not finish counts as abandoned. No build takes as long. */
const abandonedAfter = 24 * 3_600_000;

/**
 * Whether the process that began to write a file has ended.
 * @param owner its owner name
 * @param age milliseconds since the file changed last
 */
export function isAbandoned(owner: string, age: number): boolean {
  const [machine, pid] = owner.split('-') as [string, string];
  if (machine !== machineName(thisProcess())) return age > abandonedAfter;
  // A process builds one site at a time, so its own files are of an earlier build.
  return !isAnotherRunning(Number(pid));
}

/** Identifies a boot of a host, and in it a PID namespace. */
const machineName = ({ host, boot, namespace }: ProcessIdentity): string =>
  hashOf([host, boot, namespace].join('\n'), 'hex').slice(0, 8);

/** Whether a process other than this one has the PID, in this PID namespace. A process that we may not signal counts. */
function isAnotherRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Reads /proc/<pid>/stat (proc_pid_stat(5)). @returns undefined where it cannot be read */
function readStat(pid: number | 'self'): { started: string; isZombie: boolean } | undefined {
  const text = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field, the program's name in brackets, may contain spaces and brackets.
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

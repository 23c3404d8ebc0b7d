/** Which process this is, and whether another one still runs: also when both run in containers that share a volume. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process on some machine. Fields that the operating system does not provide are empty. */
export interface ProcessIdentity {
  host: string;
  /** Random id that Linux draws at each boot. */
  boot: string;
  /** PID namespace on Linux: a PID is unique only within one. */
  namespace: string;
  pid: number;
  /** Start time on Linux, in clock ticks since the boot: tells a process from a later one with the same PID. */
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

/** Whether a process other than this one has the PID, in this PID namespace. A process that we may not signal counts. */
export function isAnotherRunning(pid: number): boolean {
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

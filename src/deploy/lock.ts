/** The lock of a target: a file that keeps two deployments from running at once, also from different machines. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { DeployError, lockFile, type Target } from './target.ts';

interface Holder {
  id: string;
  host: string;
  pid: number;
  /** When the holder last showed that it is running, in milliseconds since the epoch. */
  beat: number;
}

/** Milliseconds between two signs of life. */
const heartbeat = 20_000;

/** Milliseconds without a sign of life after which a lock expires. */
const expiry = 120_000;

/**
 * Takes the lock of a target. Takes over the lock of a process that has ended.
 * @returns a function that releases the lock
 * @throws DeployError if another deployment is running
 */
export async function lockTarget(target: Target): Promise<() => Promise<void>> {
  const own: Holder = { id: randomUUID(), host: hostname(), pid: process.pid, beat: Date.now() };
  const text = () => JSON.stringify({ ...own, beat: Date.now() });
  while (!(await target.save(lockFile, text(), true))) {
    const holder = await holderOf(target);
    if (holder && isRunning(holder))
      throw new DeployError(
        `Another deployment to ${target.name} is running (process ${holder.pid} on ${holder.host}). Wait until it ends. If it has ended, wait two minutes until its lock expires.`,
      );
    await target.remove([lockFile]);
  }
  // A store without conditional writes lets two deployments take the lock. The one that wrote last has it.
  if ((await holderOf(target))?.id !== own.id)
    throw new DeployError(`Another deployment to ${target.name} has just started. Wait until it ends.`);
  const timer = setInterval(() => void target.save(lockFile, text()).catch(() => {}), heartbeat).unref();
  return async () => {
    clearInterval(timer);
    await target.remove([lockFile]);
  };
}

async function holderOf(target: Target): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse((await target.read(lockFile)) ?? '') as Holder;
    return Number.isInteger(holder.pid) && Number.isFinite(holder.beat) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isRunning({ host, pid, beat }: Holder): boolean {
  if (Date.now() - beat > expiry) return false;
  if (host !== hostname()) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

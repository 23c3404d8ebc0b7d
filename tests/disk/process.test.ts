import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { stateOfProcess, thisProcess } from '../../src/disk/process.ts';

const own = thisProcess();

test('a process of another host, boot or PID namespace is unknown', () => {
  for (const other of [{ host: 'elsewhere' }, { boot: 'other' }, { namespace: 'pid:[1]' }])
    expect(stateOfProcess({ ...own, ...other })).toBe('unknown');
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('this process is running, and an earlier process with its id has ended', () => {
    expect(stateOfProcess(own)).toBe('running');
    expect(stateOfProcess({ ...own, started: '1' })).toBe('ended');
  });

  test('another process counts as running until it is killed, and as ended even if its exit status has not been fetched', async () => {
    // The shell starts a child and is then replaced by a program that never waits for it, so the killed child
    // stays a zombie.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = Number(await new Promise(resolve => parent.stdout.once('data', resolve)));
    const statOf = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const child = { ...own, pid, started: statOf()[19]! };
    expect(stateOfProcess(child)).toBe('running');
    // Until it is replaced, the shell would wait for the child.
    await vi.waitFor(() => expect(readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n'));
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(statOf()[0]).toBe('Z'));
    expect(stateOfProcess(child)).toBe('ended');
  });
});

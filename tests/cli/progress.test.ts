/** The progress line of `build`, `check` and `dev`. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from '../../src/cli/reporter.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

function makeTerminal(isTTY = true) {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => written.push(text) > 0 };
}
const clear = '\r\u001b[K';

test('shows within two seconds that the command is running, even if it reports nothing', () => {
  const terminal = makeTerminal();
  const progress = createProgress(performance.now(), terminal);
  vi.advanceTimersByTime(900);
  expect(terminal.written).toEqual([]);
  vi.advanceTimersByTime(1100);
  expect(terminal.written.at(-1)).toBe('\rStarting (2 s)\u001b[K');
  progress.end();
});

test('is redrawn with the last known stage while one item takes long', () => {
  const terminal = makeTerminal();
  const progress = createProgress(performance.now(), terminal);
  progress.update('Reading', 2, 1200);
  vi.advanceTimersByTime(5000);
  expect(terminal.written.at(-1)).toBe('\rReading 2 of 1,200 (5 s)\u001b[K');
  progress.update('Rendering', 1, 3);
  vi.advanceTimersByTime(1000);
  expect(terminal.written.at(-1)).toBe('\rRendering 1 of 3 (6 s)\u001b[K');
  progress.end();
});

test('disappears at the end, and is not drawn again', () => {
  const terminal = makeTerminal();
  const progress = createProgress(performance.now(), terminal);
  vi.advanceTimersByTime(2000);
  progress.end();
  expect(terminal.written.at(-1)).toBe(clear);
  const { length } = terminal.written;
  vi.advanceTimersByTime(5000);
  expect(terminal.written.length).toBe(length);
});

test('writes nothing for a quick command, or outside a terminal', () => {
  const [quick, file] = [makeTerminal(), makeTerminal(false)];
  const progress = createProgress(performance.now(), quick);
  progress.update('Reading', 1, 2);
  progress.end();
  const silent = createProgress(performance.now(), file);
  silent.update('Reading', 1, 2);
  vi.advanceTimersByTime(5000);
  silent.end();
  expect([quick.written, file.written]).toEqual([[], []]);
});

/** What V8 has not collected yet. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes. Less is collected in V8's own time. */
const much = 400_000_000;

/** Has V8 collect what a stage has left, before the next one takes more: by itself it lets a heap grow to several times of what is in use. */
export function collectGarbage(): void {
  if (process.memoryUsage().heapUsed < much) return;
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** An engine in a worker thread: answers the requests of pool.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import type { Request, Response } from './pool.ts';

const engine: Engine = createEngine(workerData as EngineOptions);

parentPort!.on('message', async ({ id, method, input }: Request) => {
  const response: Response = { id };
  try {
    response.output = await (engine[method] as (input: unknown) => unknown)(input);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    response.error = { message, code };
  }
  parentPort!.postMessage(response);
  if (method === 'close') parentPort!.close();
});

/** An engine in a worker thread: answers the requests of threads.ts. */
import { parentPort } from 'node:worker_threads';
import { createEngine, type Engine } from './engine.ts';
import type { Request, Response } from './threads.ts';

let engine: Engine;

parentPort!.on('message', async ({ id, request }: { id: number; request: Request }) => {
  const response: Response = { id };
  try {
    if (request.method === 'open') engine = createEngine(request.input);
    else response.output = await (engine[request.method] as (input: unknown) => unknown)(request.input);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    response.error = { message, code };
  }
  parentPort!.postMessage(response);
  if (request.method === 'close') parentPort!.close();
});

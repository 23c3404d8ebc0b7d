/** Entry point of a worker thread: an engine that answers the requests that threads.ts defines. */
import { parentPort } from 'node:worker_threads';
import { createEngine, type Engine } from './engine.ts';
import type { Request, Response } from './threads.ts';

const port = parentPort!;

function answerRequests(): void {
  let engine: Engine;
  port.on('message', async ({ id, request }: { id: number; request: Request }) => {
    const response: Response = { id };
    try {
      if (request.method === 'open') engine = createEngine(request.input);
      else response.output = await (engine[request.method] as (input: unknown) => unknown)(request.input);
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      response.error = { message, code };
    }
    port.postMessage(response);
    if (request.method === 'close') port.close();
  });
}

answerRequests();

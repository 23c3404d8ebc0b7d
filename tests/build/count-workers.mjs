/** Preload script that prints the number of started threads to stderr when the process ends. */
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';

const { isMainThread, Worker } = workerThreads;
let started = 0;
workerThreads.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    started++;
  }
};
syncBuiltinESMExports();
if (isMainThread) process.on('exit', () => process.stderr.write(`${started} threads\n`));

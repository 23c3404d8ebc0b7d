/** Entry point of a thread that converts stories. */
import { parentPort, workerData } from 'node:worker_threads';
import { convertSafely } from './converters.ts';
import type { StoryContext, StoryTask } from './story.ts';

parentPort!.on('message', ({ task, files }: { task: StoryTask; files: Readonly<Record<string, string>> | undefined }) => {
  parentPort!.postMessage(convertSafely(task, workerData as StoryContext, files));
});

/** Entry point of a thread that converts stories. */
import { parentPort, workerData } from 'node:worker_threads';
import { convertSafely } from './converters.ts';
import type { MediaFile } from './media.ts';
import { prepareContext, type StoryContext, type StoryTask } from './story.ts';

const context = prepareContext(workerData as StoryContext);

parentPort!.on(
  'message',
  ({ task, files }: { task: StoryTask; files: Readonly<Record<string, MediaFile>> | undefined }) => {
    parentPort!.postMessage(convertSafely(task, context, files));
  },
);

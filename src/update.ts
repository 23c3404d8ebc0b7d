/** Makes an output folder what the plan says: what has the same input as before is kept, the rest is made, what is not planned any more is gone. */
import { join } from 'node:path';
import { type OutputRecord, outputSignatureOf } from './cache.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Rendered, RenderJob } from './engine.ts';
import { createStagedWriter, openStaging, type Staging, toOutputError } from './output.ts';
import type { OutputFile } from './render/page.ts';

/** One thing to make, with a hash of all that it is made from; an empty one is never the same as before. A `file` is ready, a `job` is for an engine. */
export type Making = { name: string; input: string } & ({ job: RenderJob } | { file: OutputFile });

export interface UpdateOptions {
  out: string | undefined;
  makings: readonly Making[];
  known: ReadonlyMap<string, OutputRecord>;
  render(jobs: readonly RenderJob[], staging: string | undefined): Promise<Rendered[]>;
}

export interface Update {
  files: number;
  made: number;
  /** Of a template; with one of them nothing was changed. */
  diagnostics: Diagnostic[];
  /** What the output folder now holds; nothing when it was not changed. */
  records: OutputRecord[] | undefined;
}

/** @throws OutputError, and the output is as it was */
export async function updateOutput({ out, makings, known, render }: UpdateOptions): Promise<Update> {
  const kept: OutputRecord[] = [];
  const jobs: RenderJob[] = [];
  const files: { making: Making; file: OutputFile }[] = [];
  const inputs = new Map<string, string>();
  for (const making of makings) {
    inputs.set(making.name, making.input);
    const record = known.get(making.name);
    if (out !== undefined && record && isKept(out, making, record)) kept.push(record);
    else if ('job' in making) jobs.push(making.job);
    else files.push({ making, file: making.file });
  }
  const made = jobs.length + files.length;
  if (out === undefined) {
    const rendered = await render(jobs, undefined);
    return {
      files: makings.length,
      made,
      diagnostics: rendered.flatMap(({ diagnostics }) => diagnostics),
      records: undefined,
    };
  }
  if (made === 0 && kept.length === known.size)
    return { files: countFiles(kept), made, diagnostics: [], records: undefined };

  let staging: Staging | undefined;
  try {
    staging = openStaging(out);
    const rendered = await render(jobs, staging.folder);
    const diagnostics = rendered.flatMap(({ diagnostics }) => diagnostics);
    if (diagnostics.length > 0) {
      staging.abandon();
      return { files: 0, made, diagnostics, records: undefined };
    }
    const write = createStagedWriter(staging.folder);
    const written = files.map(
      ({ making, file }): OutputRecord => ({ name: making.name, input: making.input, files: [write(file)] }),
    );
    for (const record of kept) for (const { path } of record.files) staging.keep(path);
    staging.commit();
    const fromJobs = rendered.map(
      ({ name, files }): OutputRecord => ({ name, input: inputs.get(name)!, files }),
    );
    const records = [...kept, ...fromJobs, ...written];
    return { files: countFiles(records), made, diagnostics: [], records };
  } catch (error) {
    staging?.abandon();
    throw toOutputError(out, error);
  }
}

/** Whether the output still has what the same input made. */
function isKept(out: string, { input }: Making, record: OutputRecord): boolean {
  return (
    input !== '' &&
    record.input === input &&
    record.files.every(({ path, signature }) => isIntact(join(out, path), signature))
  );
}

const countFiles = (records: readonly OutputRecord[]): number =>
  records.reduce((sum, { files }) => sum + files.length, 0);

function isIntact(path: string, signature: string): boolean {
  try {
    return outputSignatureOf(path) === signature;
  } catch {
    return false;
  }
}

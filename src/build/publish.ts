/** Makes an output folder what the plan says: what has the same input as before is kept, the rest is made, what is not planned any more is gone. */
import { setImmediate } from 'node:timers/promises';
import { mapAtOnce } from '../base/concurrency.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import {
  forgetSpare,
  type OutputPaths,
  type OutputRecord,
  prepareOutputIndex,
  readOutputIndex,
} from '../cache/output-index.ts';
import { createStagedWriter, openStaging, type Staging, toOutputError } from '../disk/staging.ts';
import type { OutputFile } from '../render/page.ts';
import type { Rendered, RenderJob } from './engine.ts';

/** One thing to make. */
export type Making = FileMaking | RenderMaking;

interface AnyMaking {
  name: string;
  /** Hash of all that it is made from; an empty one is never the same as before. */
  input: string;
}

/** What is made on this side. */
export interface FileMaking extends AnyMaking {
  make: () => OutputFile[] | Promise<OutputFile[]>;
  /** It is made when it is not there, and not again. */
  stays?: boolean | undefined;
}

/** What an engine makes: the job is asked for when it is to be done. */
export interface RenderMaking extends AnyMaking {
  job: () => Promise<RenderJob>;
}

export interface UpdateOptions {
  /** Absolute path of the output folder; nothing to make all and write none. */
  out: string | undefined;
  paths: OutputPaths | undefined;
  /** What the records depend on besides: the generator's code. */
  key: string;
  makings: readonly Making[];
  render(jobs: readonly RenderJob[], staging: string | undefined): Promise<Rendered[]>;
}

export interface Update {
  files: number;
  rendered: number;
  /** When the output was made, by the clock of its disk; 0 when it was not. */
  made: number;
  /** Of a template; with one of them nothing was changed. */
  diagnostics: Diagnostic[];
}

/** @throws OutputError, and the output is as it was */
export async function updateOutput(options: UpdateOptions): Promise<Update> {
  const { out, paths, makings } = options;
  if (out === undefined || paths === undefined) {
    const rendered = await options.render(await jobsOf(makings), undefined);
    const diagnostics = rendered.flatMap(({ diagnostics }) => diagnostics);
    return { files: makings.length, rendered: makings.length, made: 0, diagnostics };
  }
  let staging: Staging | undefined;
  try {
    const known = readOutputIndex(paths.index, options.key);
    const spare = readOutputIndex(paths.spareIndex, options.key);
    forgetSpare(paths);
    staging = openStaging(
      out,
      paths.spare,
      spare.made > 0
        ? { folder: paths.spare, files: filesOf(spare.records.values()), made: spare.made }
        : undefined,
    );
    const kept: OutputRecord[] = [];
    const stale: Making[] = [];
    for (const making of makings) {
      const record = known.records.get(making.name);
      const isSame =
        ('stays' in making && making.stays) || (making.input !== '' && record?.input === making.input);
      if (record && isSame && record.files.every(staging.has)) kept.push(record);
      else stale.push(making);
    }
    staging.keep(filesOf(kept));
    const { records, diagnostics } = await makeAll(stale, staging.folder, options);
    if (diagnostics.length > 0) {
      staging.abandon();
      return { files: 0, rendered: stale.length, made: 0, diagnostics };
    }
    const all = [...kept, ...records];
    const made = staging.seal();
    // All that a full disk can refuse is done before the present site is touched.
    const putIndex = prepareOutputIndex(paths, options.key, {
      records: new Map(all.map(record => [record.name, record])),
      made,
    });
    staging.commit();
    putIndex();
    return { files: filesOf(all).length, rendered: stale.length, made, diagnostics };
  } catch (error) {
    staging?.abandon();
    throw toOutputError(out, error);
  }
}

async function makeAll(
  stale: readonly Making[],
  folder: string,
  { render }: UpdateOptions,
): Promise<{ records: OutputRecord[]; diagnostics: Diagnostic[] }> {
  const inputs = new Map(stale.map(({ name, input }) => [name, input]));
  const rendering = render(
    // Neighbours in one folder one after the other: file systems make them in half the time.
    (await jobsOf(stale)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    folder,
  );
  // It is waited for below.
  rendering.catch(() => {});
  // Who renders has the first jobs before this thread begins with its own.
  await setImmediate();
  const write = createStagedWriter(folder);
  const makings = stale.flatMap(making => ('make' in making ? making : []));
  const making = mapAtOnce(makings, async ({ name, input, make }) => ({
    name,
    input,
    files: (await make()).map(write),
  }));
  // When one has failed the other still writes: the folder is nobody's until both have ended.
  await Promise.allSettled([rendering, making]);
  const rendered = await rendering;
  const records = rendered.map(
    ({ name, files }): OutputRecord => ({ name, input: inputs.get(name)!, files }),
  );
  return {
    records: [...records, ...(await making)],
    diagnostics: rendered.flatMap(({ diagnostics }) => diagnostics),
  };
}

const jobsOf = (makings: readonly Making[]): Promise<RenderJob[]> =>
  Promise.all(makings.flatMap(making => ('job' in making ? making.job() : [])));

const filesOf = (records: Iterable<OutputRecord>) => [...records].flatMap(({ files }) => files);

/**
 * The publish stage: runs tasks and replaces the output folder. Tasks with the same fingerprint as in the
 * last build keep their files. Files of tasks that are no longer planned are removed.
 */
import { setImmediate } from 'node:timers/promises';
import { mapAtOnce, settleAll } from '../base/concurrency.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import {
  forgetPrevious,
  type OutputPaths,
  type OutputRecord,
  outputPaths,
  prepareOutputIndex,
  readOutputIndex,
} from '../cache/output-index.ts';
import { readSource } from '../disk/content.ts';
import { lockFolder } from '../disk/lock.ts';
import { OutputError, toOutputError } from '../disk/output-error.ts';
import { refuseForeignFolder } from '../disk/output-folder.ts';
import { createStagedWriter } from '../disk/staged-writer.ts';
import { openStaging, type Staging } from '../disk/staging.ts';
import type { Rendered, RenderInput } from './engine.ts';
import { countFiles, countRedirects } from './file-counts.ts';
import { heaviestOf, isHeavy, stopped } from './guard.ts';
import { createFileMaker } from './make-files.ts';
import type { SitePlan } from './plan.ts';
import type { RenderJob } from './render-task.ts';
import type { Run, Stage } from './run.ts';
import { fingerprintOfTask, type OutputTask, type SavedTask } from './tasks.ts';
import { answerUrls } from './url-answers.ts';

/** Publish stage. It has no key, because each task has a fingerprint. */
export const publish: Stage<SitePlan, void> = {
  name: 'publish',
  async run(plan, run) {
    if (run.options.out === undefined) run.report(await checkPages(plan, run));
    else await publishTo(run.options.out, plan, run);
  },
};

const lockLost = (out: string): string =>
  `This build lost its lock on ${out}, because it was paused for more than two minutes or the lock file was deleted. Build again. This build has not changed the folder.`;

/** A task that must run, because its files cannot be kept. */
interface DueTask extends SavedTask {
  fingerprint: string;
  payload: string;
}

/** Renders every page without writing it. Counts the files if the options say so. @returns errors of templates */
async function checkPages(plan: SitePlan, run: Run, isFlawed = false): Promise<Diagnostic[]> {
  const due = loadPayloads(
    plan.tasks.filter(isRendering).map(task => ({ ...task, fingerprint: '' })),
    plan,
  )!;
  const rendered = await render(due, { staging: undefined, isFlawed }, plan, run);
  run.record({ rendered: due.length });
  const { countFiles: counts, urls } = run.options;
  if (counts)
    run.record({ fileCounts: await countFiles(plan, rendered), redirectCounts: countRedirects(plan) });
  if (urls) run.record({ urlAnswers: await answerUrls(urls, plan, rendered, run.site.config.basePath) });
  return firstOfEach(rendered.flatMap(({ diagnostics }) => diagnostics));
}

/**
 * Renders the pages of a site with errors, to find the errors in its own templates that appear only during rendering.
 * Other errors are not reported, because they may only follow from the known ones.
 */
export async function checkOwnTemplates(plan: SitePlan, run: Run): Promise<void> {
  const rendered = await checkPages(plan, run, true);
  run.report(rendered.filter(({ file }) => file.startsWith('templates/')));
}

/** Publishes to a folder. @throws OutputError; the existing site is then unchanged */
async function publishTo(out: string, plan: SitePlan, run: Run): Promise<void> {
  refuseForeignFolder(out, run.snapshot.root);
  const lock = lockFolder(out, 'Wait until it ends, or choose another folder with --out.');
  run.onEnd(lock.release);
  const paths = outputPaths(run.cacheFolder, out);
  const { codeHash } = run.snapshot;
  let staging: Staging | undefined;
  try {
    const known = readOutputIndex(paths.index, codeHash);
    if (!run.options.allowRemovals) refuseRemovals(plan, known.records);
    staging = openPrevious(out, paths, run);
    const ready = await findDue(plan, known.records, staging, run);
    if (!ready) return staging.abandon();
    const { kept, due } = ready;
    staging.keep(kept.flatMap(({ files }) => files));
    const { records, diagnostics } = await perform(due, staging.folder, ready.plan, run);
    run.report(firstOfEach(diagnostics));
    run.record({ rendered: due.length });
    // A picture that cannot be encoded has been reported.
    if (!run.isOk()) return staging.abandon();
    const all = [...kept, ...records];
    const writtenAt = staging.seal();
    // Everything that can fail on a full disk happens before the current site is changed.
    const putIndex = prepareOutputIndex(paths, codeHash, {
      records: new Map(all.map(record => [record.name, record])),
      writtenAt,
    });
    if (!lock.isHeld()) throw new OutputError(lockLost(out));
    staging.commit(pagesOfStories(all));
    putIndex();
    run.record({ files: all.reduce((sum, { files }) => sum + files.length, 0), writtenAt });
    ready.plan.prune();
  } catch (error) {
    staging?.abandon();
    throw toOutputError(out, error);
  }
}

/** Number of stories from which a site is protected against a build that removes most of them. */
const protectedSize = 10;

/**
 * Protects a site against losing its stories by mistake, for example because their folder was renamed. Moved
 * stories and those that only the clock removes do not count.
 * @param known records of the last build
 * @throws OutputError if this build would remove more than half of the stories
 */
function refuseRemovals({ tasks, facts }: SitePlan, known: ReadonlyMap<string, OutputRecord>): void {
  const published = [...known.values()].filter(({ story }) => story !== undefined);
  if (published.length < protectedSize) return;
  const paths = new Set(tasks.map(({ name }) => name));
  const stories = new Set([...tasks.map(storyOf), ...facts.waiting]);
  const removed = published.filter(({ name, story }) => !paths.has(name) && !stories.has(story));
  if (removed.length * 2 <= published.length) return;
  throw new OutputError(
    `This build would remove ${removed.length} of ${published.length} published stories, such as ${removed[0]!.story}. Restore their files. If you want to remove the stories, build with --allow-removals.`,
  );
}

/** Source of the story that a task renders; undefined if it renders none. */
const storyOf = ({ kind, sources: [source] }: SavedTask): string | undefined =>
  kind === 'page' && source?.startsWith('content/articles/') ? source : undefined;

/** Paths of the files of all stories. */
const pagesOfStories = (records: readonly OutputRecord[]): Set<string> =>
  new Set(records.flatMap(({ story, files }) => (story === undefined ? [] : files.map(({ path }) => path))));

function openPrevious(out: string, paths: OutputPaths, { snapshot, options }: Run): Staging {
  const { records, writtenAt } = readOutputIndex(paths.previousIndex, snapshot.codeHash);
  forgetPrevious(paths);
  const files = [...records.values()].flatMap(record => record.files);
  return openStaging(
    out,
    paths.previous,
    writtenAt > 0 ? { folder: paths.previous, files, writtenAt } : undefined,
    options.inPlace ?? false,
  );
}

interface Ready {
  plan: SitePlan;
  kept: OutputRecord[];
  due: DueTask[];
}

/**
 * Separates tasks whose files can be kept from due tasks, and loads the payloads of due tasks. If the saved
 * plan turns out to be damaged, plans the site again before anything is rendered.
 * @returns undefined if the site has an error after planning again
 */
async function findDue(
  plan: SitePlan,
  known: ReadonlyMap<string, OutputRecord>,
  staging: Staging,
  run: Run,
): Promise<Ready | undefined> {
  if (!plan.setup || !run.isOk()) return undefined;
  const kept: OutputRecord[] = [];
  const due: Omit<DueTask, 'payload'>[] = [];
  for (const task of plan.tasks) {
    const record = known.get(task.name);
    const fingerprint = fingerprintOfTask(task, plan.sourceOf);
    const isSame =
      (run.options.keepSearch && task.kind === 'search') ||
      (fingerprint !== '' && record?.fingerprint === fingerprint);
    if (record && isSame && record.files.every(staging.has)) kept.push(record);
    else due.push({ ...task, fingerprint });
  }
  const loaded = loadPayloads(due, plan);
  if (loaded) return { plan, kept, due: loaded };
  return findDue(await plan.again!(), known, staging, run);
}

/** Loads the payloads of tasks. @returns undefined if a payload is missing or damaged */
function loadPayloads(tasks: readonly Omit<DueTask, 'payload'>[], plan: SitePlan): DueTask[] | undefined {
  const loaded: DueTask[] = [];
  for (const task of tasks) {
    const payload = plan.payloadOf(task);
    if (payload === undefined) return undefined;
    loaded.push({ ...task, payload });
  }
  return loaded;
}

const isRendering = ({ kind }: SavedTask): boolean => kind === 'page' || kind === 'feeds';

/**
 * Runs tasks. The pool renders pages and feeds, in workers if there are many; this thread generates the other
 * files.
 */
async function perform(due: readonly DueTask[], folder: string, plan: SitePlan, run: Run) {
  const rendering = render(due.filter(isRendering), { staging: folder, isFlawed: false }, plan, run);
  // Awaited below; this avoids an unhandled rejection.
  rendering.catch(() => {});
  // Lets the workers receive their first jobs before this thread is busy.
  await setImmediate();
  const write = createStagedWriter(folder);
  const others = due.filter(task => !isRendering(task));
  const maker = createFileMaker(others, plan, run);
  const making = mapAtOnce(others, async ({ name, fingerprint, payload, sources }) => {
    run.options.signal?.throwIfAborted();
    const files = await maker.make(JSON.parse(payload) as OutputTask, sources, fingerprint);
    // The next build runs a task without files again, because its picture may be encoded by then.
    return { name, fingerprint: files.length === 0 ? '' : fingerprint, files: files.map(write) };
  });
  // Wait for both, even if one fails: the folder must not change while the other is still writing.
  await Promise.allSettled([rendering, making]);
  maker.close();
  const rendered = await rendering;
  const byName = new Map(due.map(task => [task.name, task]));
  const records = rendered.map(({ name, files }): OutputRecord => {
    const task = byName.get(name)!;
    return { name, fingerprint: task.fingerprint, files, story: storyOf(task) };
  });
  return {
    records: [...records, ...(await making)],
    diagnostics: rendered.flatMap(({ diagnostics }) => diagnostics),
  };
}

/**
 * Keeps the first diagnostic of each template error. An error may affect many pages, and its suggestions
 * depend on the kind of page.
 */
function firstOfEach(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { file, place, code, data } = diagnostic;
    const identity = JSON.stringify([file, place, code, data.name]);
    if (!first.has(identity)) first.set(identity, diagnostic);
  }
  return [...first.values()];
}

async function render(
  due: readonly DueTask[],
  how: Omit<RenderInput, 'setup'>,
  plan: SitePlan,
  run: Run,
): Promise<Rendered[]> {
  const jobs = due
    .map(
      ({ name, payload, sources }): RenderJob => ({
        name,
        task: payload,
        documents: sources.map(source => ({ source, place: plan.sourceOf(source)!.document! })),
      }),
    )
    // Sorted, because file systems create neighbouring files in sequence twice as fast.
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const heavy = jobs.filter(isHeavy);
  const light = heavy.length === 0 ? jobs : jobs.filter(job => !isHeavy(job));
  const input = { setup: plan.setup!.render, ...how };
  const workers = await run.pool.forJobs(light.length);
  const [rendered] = await settleAll([
    workers.render(input, light, done => run.progress('Rendering', done, jobs.length)),
    // Saves the plan once the workers have jobs, because saving keeps this thread busy.
    setImmediate().then(() => plan.save()),
  ]);
  // Closes the pool now, so that errors in writing the cache are reported before the site is replaced.
  await run.pool.close();
  return heavy.length === 0 ? rendered : [...rendered, ...(await renderHeavy(heavy, input, run))];
}

/** Renders pages and feeds with heavy documents, each within the limits of site.yaml. */
async function renderHeavy(
  jobs: readonly RenderJob[],
  input: RenderInput,
  { guard, snapshot, site: { config } }: Run,
): Promise<Rendered[]> {
  const results = await guard.render(input, jobs);
  return results.map((result, index) => {
    if (typeof result === 'object') return result;
    const job = jobs[index]!;
    const source = heaviestOf(job);
    const diagnostic = stopped(source, result, config.limits, readSource(snapshot, source).bytes);
    return { name: job.name, files: [], diagnostics: [diagnostic] };
  });
}

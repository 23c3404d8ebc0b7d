/**
 * The build: five stages in order, from a site's folders to its output. The build collects diagnostics and
 * returns them at its end. An error ends it before the output changes.
 */
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { installCommand, isInstalled } from '../base/optional-packages.ts';
import { ruleIds } from '../check/rules.ts';
import { type ReadConfig, readConfig } from '../config/config.ts';
import { outputs } from '../config/outputs.ts';
import { configPath } from '../config/paths.ts';
import { compileSettings } from '../config/settings.ts';
import { makeCacheFolder } from '../disk/cache-folder.ts';
import { readSiteYaml } from '../disk/content.ts';
import { type Snapshot, takeSnapshot } from '../disk/snapshot.ts';
import { unreadable, unreadPath } from '../disk/unreadable.ts';
import { compile, isOfShard } from './compile.ts';
import type { BuildOptions, BuildResult } from './options.ts';
import { planSite } from './plan.ts';
import { checkOwnTemplates, publish } from './publish.ts';
import { failedResult, type Run, runStages } from './run.ts';
import { hasPagefind } from './search-index.ts';
import { encodeShard } from './shard-pictures.ts';
import type { Thread } from './threads.ts';

/** Results and workers that the caller of a build already has. */
export interface Given {
  snapshot?: Snapshot;
  /** Workers that the caller started early, and terminates after the build. */
  threads?: readonly Thread[];
}

/**
 * Builds the site, or only checks it if `options` has no output folder.
 * @throws failures that concern neither a file nor the output: a bug in Broadsheet, or a cancelled build
 */
export async function build(options: BuildOptions, given: Given = {}): Promise<BuildResult> {
  const snapshot = given.snapshot ?? takeSnapshot(options);
  const { site, flawed, diagnostics } = readSettings(snapshot, options);
  const usable = site ?? flawed;
  if (!usable) return failedResult(diagnostics, options.strict);
  const input = { options, snapshot, site: usable, diagnostics, threads: given.threads ?? [] };
  const result = await runStages(input, async run => {
    if (!options.unsaved) makeCacheFolder(run.cacheFolder);
    const plan = await compileAndPlan(run);
    if (!plan) return;
    if (run.isOk()) await run.stage(publish, plan);
    else if (plan.setup?.render.templates.isStrict) await checkOwnTemplates(plan, run);
  });
  return site ? result : { ...result, config: undefined };
}

/**
 * Runs the stages before publishing, in a separate function: the entries of a large site take much memory,
 * and go out of scope here, before pages are rendered.
 */
async function compileAndPlan(run: Run) {
  const { options, snapshot, site } = run;
  const records = await run.stage(compile, { snapshot, settings: compileSettings(site.config) });
  if (!records) return undefined;
  const { shard } = options;
  if (shard) {
    const own = records.filter(({ path }) => isOfShard(path, shard));
    if (run.isOk()) await encodeShard(own, run);
    return undefined;
  }
  // Runs the stages collect, enrich and plan, whose results are saved together.
  return run.stage(planSite, { options, snapshot, site, records });
}

function readSettings(snapshot: Snapshot, { basePath, searchProgram }: BuildOptions): ReadConfig {
  const { site, flawed, diagnostics } = readSiteConfig(snapshot, basePath);
  const all = [...snapshot.diagnostics, ...diagnostics];
  if (!site?.config.outputs.search || (searchProgram ?? hasPagefind()))
    return { site, flawed, diagnostics: all };
  const withoutSearch = {
    ...site,
    config: { ...site.config, outputs: { ...site.config.outputs, search: false } },
  };
  return { site: withoutSearch, flawed, diagnostics: [...all, searchAbsent()] };
}

function readSiteConfig(snapshot: Snapshot, basePath: string | undefined): ReadConfig {
  try {
    return readConfig({ bytes: readSiteYaml(snapshot), basePath, ruleIds });
  } catch (error) {
    if (unreadPath(error) === undefined) throw error;
    return { site: undefined, flawed: undefined, diagnostics: [unreadable(configPath, error)] };
  }
}

const searchAbsent = (): Diagnostic =>
  isInstalled(outputs.search.needs)
    ? createDiagnostic(configPath, 'warning', 'search-program/platform', undefined)
    : createDiagnostic(configPath, 'warning', 'search-program/absent', undefined, {
        command: installCommand(outputs.search.needs),
      });

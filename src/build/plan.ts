/**
 * The plan stage: turns a site and its media into the tasks that write it. The results of `collect`, `enrich`
 * and `plan` are saved together as one plan. The next build reuses the plan unless an input of these stages has
 * changed. Text-only edits do not change these inputs.
 */
import { earliest, isBetween } from '../base/dates.ts';
import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { outputPaths } from '../cache/output-index.ts';
import { readPlan, savePlan } from '../cache/plan.ts';
import type { CompiledSource, SourceRecord } from '../cache/source-index.ts';
import { checkSite } from '../check/rules.ts';
import type { SiteConfig } from '../config/config.ts';
import { configPath } from '../config/paths.ts';
import { navigationOf, type PlanSettings, planSettings } from '../config/settings.ts';
import type { Snapshot } from '../disk/snapshot.ts';
import { type RedirectRule, rulesOf } from '../emit/redirect-rules.ts';
import { planSitemaps } from '../emit/sitemaps.ts';
import type { TextEditionInput } from '../render/context.ts';
import { explainFront } from '../site/front-explanation.ts';
import { menuPath, withoutAbsent } from '../site/menus.ts';
import type { Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import { planPages } from '../site/plan.ts';
import { hasTextEdition } from '../site/text-edition.ts';
import { createPageFinder } from '../site/urls.ts';
import { type Collected, type CollectInput, collect, collectKey } from './collect.ts';
import { type Enriched, type EnrichKey, enrich, enrichKey, type Media } from './enrich.ts';
import type { BuildOptions, BuildResult } from './options.ts';
import type { RenderSetup } from './render-task.ts';
import type { Run, Stage } from './run.ts';
import { type PlannedTask, planTasks, type SavedTask } from './tasks.ts';

export interface PlanInput {
  options: BuildOptions;
  snapshot: Snapshot;
  site: SiteConfig;
  /** Records in the order of their paths. */
  records: readonly SourceRecord[];
}

/** Data that all tasks share. */
export interface Setup {
  render: RenderSetup;
  cardStyles: string;
}

/** Facts about a planned site, for the build's result. */
interface PlanFacts {
  diagnostics: Diagnostic[];
  articles: number;
  leftOut: BuildResult['leftOut'];
  expired: string[];
  /** Sources of the scheduled and expired stories. */
  waiting: string[];
  nextChange: number | undefined;
  nextKind: BuildResult['nextKind'];
  validUntil: number | undefined;
}

/** All files that a build writes, as tasks. */
export interface SitePlan {
  facts: PlanFacts;
  /**
   * Data that all tasks share; undefined if the site has an error, unless it has templates of its own, which can be
   * checked all the same.
   */
  setup: Setup | undefined;
  tasks: readonly SavedTask[];
  /** Redirects as rules; undefined unless the check answers for addresses. */
  rules?: readonly RedirectRule[] | undefined;
  /** Loads a task's payload. @returns undefined if the saved plan is damaged */
  payloadOf(task: SavedTask): string | undefined;
  /** Finds the part of a source's record that publishing needs. */
  sourceOf(path: string): CompiledSource | undefined;
  /**
   * Plans the site again, in case a payload is damaged. Undefined if the plan is in memory, where payloads
   * cannot be damaged.
   */
  again?: () => Promise<SitePlan>;
  /** Saves the plan for the next build. It takes a moment, so call it while workers render. */
  save(): Promise<void>;
  /** Removes unused artifacts from the media store. Call it after the site is published. */
  prune(): void;
}

interface SavedHead {
  facts: PlanFacts;
  /** Clock of the build that planned the site, in milliseconds since the epoch. */
  now: number;
  /** Hashes of the files that have diagnostics. If a file has changed, the saved positions may be wrong. */
  reported: Record<string, string>;
  setup: Setup;
}

/** Runs collect, enrich and plan, which share one saved result. */
export const planSite: Stage<PlanInput, SitePlan> = {
  name: 'plan',
  key(input) {
    const enrichedFrom = enrichKey(enrichInput(input));
    return enrichedFrom && hashOf(collectKey(collectInput(input)) + enrichedFrom);
  },
  reuse: reusePlan,
  run: planAnew,
};

const collectInput = ({ options, snapshot, site, records }: PlanInput): CollectInput => ({
  records,
  settings: planSettings(site.config),
  assets: snapshot.content.assets,
  publicFiles: [...snapshot.publicFiles.keys()],
  now: options.now,
  drafts: options.drafts,
});

const enrichInput = ({ options, snapshot, site }: Omit<PlanInput, 'records'>): EnrichKey => ({
  snapshot,
  settings: planSettings(site.config),
  linkStyles: options.linkStyles ?? false,
  publishes: options.out !== undefined,
});

const planPath = ({ options }: Pick<PlanInput, 'options'>, { cacheFolder }: Run): string | undefined =>
  options.out === undefined ? undefined : outputPaths(cacheFolder, options.out).plan;

function reusePlan(key: string, input: PlanInput, run: Run): SitePlan | undefined {
  const path = planPath(input, run);
  const saved = path === undefined ? undefined : readPlan<SavedHead, SavedTask>(path, key);
  if (!saved) return undefined;
  if (!isValid(saved.head, input)) {
    saved.close();
    return undefined;
  }
  run.onEnd(saved.close);
  const sources = sourcesOf(input);
  const { facts, setup } = saved.head;
  reportFacts(facts, run);
  return {
    facts,
    setup,
    tasks: saved.tasks,
    payloadOf: saved.payloadOf,
    sourceOf: source => sources.get(source),
    again: () => planAnew(input, run, key),
    save: async () => {},
    prune: () => {},
  };
}

function isValid(
  { now: then, facts: { validUntil }, reported }: SavedHead,
  { options: { now }, site, records }: PlanInput,
): boolean {
  if (!isBetween(now, then, validUntil)) return false;
  if (Object.hasOwn(reported, configPath) && reported[configPath] !== site.hash) return false;
  return records.every(({ path, hash }) => !Object.hasOwn(reported, path) || reported[path] === hash);
}

/** Planning input without the records, whose entries take much memory and are not needed after `collect`. */
interface PlanContext extends Omit<PlanInput, 'records'> {
  key: string | undefined;
  sources: ReadonlyMap<string, CompiledSource>;
}

/** Plans the site. The function is not async, because an async function's frame would retain the records. */
function planAnew(input: PlanInput, run: Run, key: string | undefined): Promise<SitePlan> {
  run.record({ planned: true });
  const { options, snapshot, site: config } = input;
  const context: PlanContext = { options, snapshot, site: config, key, sources: sourcesOf(input) };
  return run.stage(collect, collectInput(input)).then(collected => planCollected(collected, context, run));
}

async function planCollected(collected: Collected, context: PlanContext, run: Run): Promise<SitePlan> {
  const { site } = collected;
  const enriched = await run.stage(enrich, { ...enrichInput(context), site, now: context.options.now });
  const { facts, isSound, setup, tasks, rules } = planTasksOf(collected, enriched, context, run);
  reportFacts(facts, run);
  const path = planPath(context, run);
  const { kept } = enriched;
  const { key, sources } = context;
  const reported = reportedFiles(facts.diagnostics, context);
  const { now } = context.options;
  return {
    facts,
    setup,
    tasks,
    rules,
    payloadOf: task => (task as PlannedTask).payload,
    sourceOf: source => sources.get(source),
    async save() {
      if (isSound && setup && kept && path !== undefined && key !== undefined)
        await savePlan(path, key, run.buildName, { facts, now, reported, setup } satisfies SavedHead, tasks);
    },
    prune: () => kept && run.media.store().prune(kept.sources, kept.keys),
  };
}

function planTasksOf(
  { site, anytime }: Collected,
  { media: enriched, maps, diagnostics, until }: Enriched,
  input: PlanContext,
  run: Run,
) {
  const { snapshot, options } = input;
  const { placeOf } = input.site;
  const planned = (of: Site) => ({
    site: of,
    ...planPages(of, maps.pictures, maps.cardPaths, maps.recordings, placeOf),
  });
  const now = planned(site);
  if (options.explain === 'front') run.record({ front: explainFront(site, maps.pictures) });
  const all = anytime === site ? now : planned(anytime);
  const { pages, redirects } = now;
  const facts: PlanFacts = {
    diagnostics: [...diagnostics, ...all.diagnostics, ...checkSite(now, all, placeOf)],
    articles: site.articles.length,
    ...leftOutOf(site, options),
    nextChange: site.nextChange,
    nextKind: nextKindOf(site),
    validUntil: site.nextChange,
  };
  const isSound = run.isOk(facts.diagnostics);
  if (!enriched || !(isSound || enriched.theme.templates.isStrict))
    return { facts, isSound, setup: undefined, tasks: [] as PlannedTask[], rules: undefined };
  const media = withoutAbsentMenus(enriched, pages);
  const sitemaps = planSitemaps(site, pages, options.now);
  const textEdition = textEditionOf(media, site.config, pages);
  const contextHash = hashContext(media, textEdition, snapshot.codeHash);
  const { tasks, teasers } = planTasks({
    snapshot,
    site,
    pages,
    redirects,
    media,
    sitemaps: sitemaps.data,
    contextHash,
  });
  const setup: Setup = {
    render: {
      context: media.context,
      textEdition,
      templates: media.theme.templates,
      teasers: JSON.stringify(Object.fromEntries(teasers)),
    },
    cardStyles: media.cardStyles,
  };
  const validUntil = earliest(earliest(site.nextChange, sitemaps.validUntil), until);
  const rules = options.urls && rulesOf(redirects, site.config);
  return { facts: { ...facts, validUntil }, isSound, setup, tasks, rules };
}

function nextKindOf({ nextChange, withheld, front }: Site): BuildResult['nextKind'] {
  if ([...withheld.values()].some(({ meta }) => Date.parse(meta.published) === nextChange)) return 'appears';
  return front.until === nextChange ? 'lead-ends' : 'expires';
}

/** Counts the stories that are not published at the moment. */
function leftOutOf(
  { withheld, expired }: Site,
  { drafts: withDrafts }: BuildOptions,
): Pick<PlanFacts, 'leftOut' | 'expired' | 'waiting'> {
  const waiting = [...withheld.values()].filter(({ meta }) => withDrafts || !meta.draft);
  const drafts = withheld.size - waiting.length;
  const leftOut = { drafts, scheduled: waiting.length - expired.size, expired: expired.size };
  return {
    leftOut,
    expired: waiting.filter(({ source }) => expired.has(source)).map(({ path }) => path),
    waiting: waiting.map(({ source }) => source),
  };
}

/** Removes menu entries whose pages do not exist at the moment. */
function withoutAbsentMenus(media: Media, pages: readonly Page[]): Media {
  const findPage = createPageFinder(pages);
  const config = withoutAbsent(media.context.config, path => findPage(path) !== undefined);
  return { ...media, context: { ...media.context, config } };
}

/** Hash of the data that all pages are rendered with. */
function hashContext(
  { context, theme }: Media,
  textEdition: TextEditionInput | undefined,
  codeHash: string,
): string {
  const json = JSON.stringify([context, textEdition, [...theme.templates.files]], (_, value) =>
    value instanceof Map ? [...value] : value,
  );
  return hashOf(codeHash + json);
}

function textEditionOf(
  { theme: { textStyles } }: Media,
  config: PlanSettings,
  pages: readonly Page[],
): TextEditionInput | undefined {
  return textStyles && { stylesPath: `/${textStyles.path}`, menu: textMenu(config, pages) };
}

/** Paths in the site's menus that lead to pages of the text edition. */
function textMenu(config: PlanSettings, pages: readonly Page[]): string[] {
  const urls = [
    ...[...navigationOf(config), ...config.footer].map(({ url }) => url),
    ...Object.values(config.policies),
  ];
  const paths = new Set(urls.map(menuPath));
  return pages
    .filter(page => hasTextEdition(page, config))
    .flatMap(({ path }) => [path, path.replace(/\/$/, '')])
    .filter(path => paths.has(path));
}

function reportFacts({ diagnostics, waiting: _, ...facts }: PlanFacts, run: Run): void {
  run.report(diagnostics);
  run.record(facts);
}

function reportedFiles(diagnostics: readonly Diagnostic[], { sources, site }: PlanContext) {
  const hashOfFile = (file: string) => (file === configPath ? site.hash : sources.get(file)?.hash);
  return Object.fromEntries(
    diagnostics.flatMap(({ file }) => {
      const hash = hashOfFile(file);
      return hash === undefined ? [] : [[file, hash]];
    }),
  );
}

/** Records by path, without their entries. */
function sourcesOf({ records }: PlanInput): ReadonlyMap<string, CompiledSource> {
  return new Map(
    records.map(({ path, hash, reads, textHash, document }) => [
      path,
      { path, hash, reads, textHash, document },
    ]),
  );
}

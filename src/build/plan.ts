/** The stages between the sources' records and the output: the site, what it shows, and all that is to be made. What the last build planned holds while all that it depends on is the same. */

import type { Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { openPictureStore, type PictureStore } from '../cache/media.ts';
import { readPlan, type SavedPlan, savePlan } from '../cache/plan.ts';
import type { SourceRecord } from '../cache/source-index.ts';
import { checkPictures, checkRecordings, checkSite } from '../check/rules.ts';
import type { Config } from '../config/config.ts';
import { fingerprintOf, type SiteInputs } from '../disk/snapshot.ts';
import { planSitemaps } from '../emit/sitemaps.ts';
import { noCards, planCards } from '../media/cards.ts';
import { pictureMakings, readPictures } from '../media/pictures.ts';
import { readRecordings } from '../media/recordings.ts';
import { createRenderContext } from '../render/context.ts';
import { createTemplates } from '../render/templates.ts';
import { collectSite } from '../site/collect.ts';
import type { Site } from '../site/model.ts';
import { planPages } from '../site/plan.ts';
import type { BuildOptions } from './build.ts';
import { located, takeEntries } from './compile.ts';
import { createCompiler } from './compile-source.ts';
import { createDocumentReader } from './documents.ts';
import type { RenderSetup } from './engine.ts';
import type { FileMaking, Making, RenderMaking } from './publish.ts';
import { planSearch, type SearchBase, searchInput } from './search-index.ts';
import {
  copyOf,
  emitFiles,
  type PlannedTask,
  pictureFilesOf,
  planTasks,
  ready,
  renderMaking,
  textMenu,
  textOf,
  withoutOwn,
} from './tasks.ts';
import { contextOf, readLook } from './theme.ts';

export interface PlanInput {
  options: Pick<BuildOptions, 'root' | 'out' | 'now' | 'drafts' | 'linkStyles' | 'keepSearch'> & {
    progress: NonNullable<BuildOptions['progress']>;
  };
  inputs: SiteInputs;
  config: Config;
  cacheFolder: string;
  /** Hash of the generator's code and the configuration. */
  cacheKey: string;
  /** In the order of their paths. */
  records: readonly SourceRecord[];
  /** Whether the site has no error with these messages besides those of its sources. */
  isOk: (diagnostics: readonly Diagnostic[]) => boolean;
}

/** What a plan says of the site. */
interface PlanFacts {
  diagnostics: Diagnostic[];
  articles: number;
  /** When the next story appears or expires, milliseconds of the epoch. */
  nextChange: number | undefined;
  /** Whether that change is a story that appears. */
  nextAppears: boolean;
  /** Until when the same input makes the same site, milliseconds of the epoch; nothing when for ever. */
  validUntil: number | undefined;
}

export interface OutputPlan extends PlanFacts {
  /** Absent when the site has an error. */
  output: { makings: Making[]; setup: Omit<RenderSetup, 'staging'> } | undefined;
  /** Writes down what was planned, for the next build. While workers render: it takes a moment. */
  save(): Promise<void>;
  /** When all is made: forgets what the cache has of pictures that nothing shows any more. */
  prune(): void;
  close(): Promise<void>;
}

/** A making in a saved plan, without how it is made. */
type SavedItem = Omit<PlannedTask, 'text'> | SavedFile | (SavedFile & SearchBase);
type SavedFile = Omit<FileMaking, 'make' | 'stays'>;

interface SavedHead extends PlanFacts {
  /** The clock of the build. */
  now: number;
  /** Hashes of the sources that the messages are about: a place in one that was changed is another. */
  told: Record<string, string>;
  setup: Omit<RenderSetup, 'staging'>;
}

/** @param path absolute path of the plan in the cache; nothing to plan anew and keep nothing */
export async function planOutput(
  input: PlanInput,
  path: string | undefined,
  buildName: string,
): Promise<OutputPlan> {
  const key = path === undefined ? undefined : planKey(input);
  if (path === undefined || key === undefined) return makePlan(input, undefined);
  const saved = readPlan<SavedHead, SavedItem>(path, key);
  if (saved && holds(saved.head, input)) return takeUp(saved, input);
  saved?.close();
  return makePlan(input, (head, items) => savePlan(path, key, buildName, head, items));
}

/** Of all that a plan depends on but the clock; nothing when a file was changed so lately that it may change again unseen. */
function planKey({ options, inputs, cacheKey, records }: PlanInput): string | undefined {
  const sources = new Set(inputs.content.markdown);
  const signatures = new Map([...inputs.signatures].filter(([path]) => !sources.has(path)));
  const { drafts, linkStyles } = options;
  const entries = records.map(({ path, entry }) => `${path} ${entry?.hash}`);
  return fingerprintOf({ ...inputs, signatures }, [cacheKey, drafts, linkStyles, hashOf(entries.join('\n'))]);
}

function holds(
  { now: then, validUntil, told }: SavedHead,
  { options: { now }, records }: PlanInput,
): boolean {
  if (now < then || (validUntil !== undefined && now >= validUntil)) return false;
  return records.every(({ path, hash }) => !Object.hasOwn(told, path) || told[path] === hash);
}

/** The plan as it was saved. What was lost of it, or is not in the output as it should be, is planned again when it is asked for. */
function takeUp(saved: SavedPlan<SavedHead, SavedItem>, input: PlanInput): OutputPlan {
  const { setup, now: _, told: __, ...facts } = saved.head;
  const { options } = input;
  const records = recordsByPath(input.records);
  let again: Promise<OutputPlan> | undefined;
  let byName: Promise<Map<string, Making>> | undefined;
  const planAgain = async (name: string): Promise<Making> => {
    again ??= makePlan(input, undefined);
    byName ??= again.then(({ output }) => new Map(output!.makings.map(making => [making.name, making])));
    return (await byName).get(name)!;
  };
  const makings = saved.items.map((item): Making => {
    if ('sources' in item) {
      const text = async () =>
        saved.textOf(item) ?? (await ((await planAgain(item.name)) as RenderMaking).job()).task;
      return renderMaking(item, text, records);
    }
    const make = async () => ((await planAgain(item.name)) as FileMaking).make();
    if (!('stories' in item)) return { ...item, make };
    return {
      ...item,
      input: searchInput(item, source => records.get(source)?.textHash),
      stays: options.keepSearch,
      make,
    };
  });
  return {
    ...facts,
    // A source that was changed may have an error of its own.
    output: input.isOk(facts.diagnostics) ? { makings, setup } : undefined,
    save: async () => {},
    prune: () => {},
    close: async () => {
      saved.close();
      await (await again)?.close();
    },
  };
}

const recordsByPath = (records: readonly SourceRecord[]): Map<string, SourceRecord> =>
  new Map(records.map(record => [record.path, record]));

type SavePlan = (head: SavedHead, items: (SavedItem & { text?: string })[]) => Promise<void>;

/** @param save keeps the plan */
async function makePlan(input: PlanInput, save: SavePlan | undefined): Promise<OutputPlan> {
  const { now } = input.options;
  const store = openPictureStore(input.cacheFolder, input.inputs.codeHash);
  const { facts, told, planned } = await planWith(store, input).catch(error => {
    store.save();
    throw error;
  });
  // What stays until all is made holds none of what a large site is planned from.
  return {
    ...facts,
    output: planned,
    save: async () => {
      if (!planned?.isLasting) return;
      const files = planned.files.map(({ make: _, stays: __, ...file }) => file);
      await save?.({ ...facts, now, told, setup: planned.setup }, [...planned.tasks, ...files]);
    },
    prune: () => planned && store.prune(planned.pictureFiles, planned.pictureKeys),
    close: async () => {
      store.save();
      await planned?.search?.close();
    },
  };
}

async function planWith(store: PictureStore, input: PlanInput) {
  const { options, inputs, config, cacheKey, records } = input;
  const { root, out, now, drafts, progress } = options;
  const site = collectSite({
    config,
    ...takeEntries(records),
    assets: inputs.content.assets,
    publicFiles: [...inputs.publicFiles.keys()],
    now,
    drafts,
  });
  const pictureFiles = pictureFilesOf(inputs, root);
  const pictures = await readPictures(site, pictureFiles, store, (done, of) =>
    progress('Looking at pictures', done, of),
  );
  const recordings = await readRecordings(site, pictureFiles, store);
  const lookDiagnostics: Diagnostic[] = [];
  const look = await readLook(inputs, root, site, lookDiagnostics);
  const isInline = config.look.styles === 'inline' && !options.linkStyles;
  const context = look && contextOf(site, look, pictures.maps, isInline);
  const cards =
    look && context && config.outputs.cards
      ? await planCards({
          site,
          pictures: pictures.maps,
          context: createRenderContext(context, createTemplates(look.templates)),
          templateFiles: look.templates.files,
          store,
          made: out !== undefined,
          progress: (done, of) => progress('Making cards', done, of),
        })
      : noCards;
  const { pages, diagnostics: planDiagnostics } = planPages(
    site,
    pictures.maps,
    cards.paths,
    recordings.maps,
  );
  const diagnostics = [
    ...lookDiagnostics,
    ...[...planDiagnostics, ...checkSite(site, pages)].map(diagnostic => located(diagnostic, root)),
    ...checkPictures(pictures.uses),
    ...checkRecordings(recordings.uses),
    ...pictures.diagnostics,
    ...cards.diagnostics,
  ];
  const facts: PlanFacts = {
    diagnostics,
    articles: site.articles.length,
    nextChange: site.nextChange,
    nextAppears: [...site.withheld.values()].some(
      ({ meta }) => Date.parse(meta.published) === site.nextChange,
    ),
    validUntil: site.nextChange,
  };
  const byPath = recordsByPath(records);
  const told = Object.fromEntries(
    diagnostics.flatMap(({ file }) => (byPath.has(file) ? [[file, byPath.get(file)!.hash]] : [])),
  );
  if (!input.isOk(diagnostics) || !look || !context) return { facts, told, planned: undefined };

  const sitemaps = planSitemaps(site, pages, now);
  facts.validUntil = earliest(site.nextChange, sitemaps.validUntil);
  const text = look.textStyles && {
    stylesPath: `/${look.textStyles.path}`,
    menu: textMenu(config, pages),
  };
  const contextHash = hashOf(
    cacheKey +
      JSON.stringify([context, text, [...look.templates.files]], (_, value) =>
        value instanceof Map ? [...value] : value,
      ),
  );
  const { tasks, teasers } = planTasks(site, pages, contextHash);
  const search = config.outputs.search ? searchOf(site, byPath, input) : undefined;
  const setup: Omit<RenderSetup, 'staging'> = {
    context,
    text,
    templates: look.templates,
    teasers: JSON.stringify(Object.fromEntries(teasers)),
  };
  const files: FileMaking[] = [
    ...pages.flatMap(page => (page.kind === 'copy' ? [copyOf(page, inputs, root)] : [])),
    ...pictureMakings(pictures, pictureFiles, store, done =>
      progress('Making pictures', done, pictures.recipes.length),
    ),
    ...cards.makings,
    ...withoutOwn(site.publicFiles, [
      // Each by itself: a style sheet that changes leaves the scripts as they were written.
      ...[
        look.styles.file,
        ...(look.textStyles ? [look.textStyles] : []),
        ...Object.values(look.scripts),
      ].map(file => ready([file])),
      ready(look.styles.assets),
      ...(config.outputs.sitemaps ? [sitemaps.making] : []),
      ready(emitFiles(site, pages, isInline ? [look.styles.file.text, look.styles.story] : [])),
    ]),
    ...(search?.makings ?? []).map(making => ({ ...making, stays: options.keepSearch })),
  ];
  return {
    facts,
    told,
    planned: {
      makings: [...tasks.map(task => renderMaking(task, textOf(task), byPath)), ...files],
      tasks,
      files,
      setup,
      search,
      pictureFiles: new Set([...pictures.sources, ...recordings.sources]),
      pictureKeys: new Set([...pictures.keys, ...cards.keys]),
      // That cards cannot be drawn is of the machine, which may be mended.
      isLasting: cards.diagnostics.length === 0,
    },
  };
}

function searchOf(site: Site, records: ReadonlyMap<string, SourceRecord>, input: PlanInput) {
  const { options, inputs, config, cacheFolder } = input;
  const texts = new Map(
    site.articles.map(({ source }) => {
      const { document, textHash } = records.get(source)!;
      return [source, { place: document!, hash: textHash }];
    }),
  );
  const documents = createDocumentReader(options.root, cacheFolder, createCompiler(config));
  let done = 0;
  const { makings, close } = planSearch({
    site,
    cacheFolder,
    key: inputs.codeHash,
    drafts: options.drafts,
    documentOf: source => documents.read({ source, place: texts.get(source)!.place }),
    textHashOf: source => texts.get(source)!.hash,
    progress: () => options.progress('Indexing', ++done, texts.size),
  });
  return {
    makings,
    close: async () => {
      documents.close();
      await close();
    },
  };
}

const earliest = (...moments: readonly (number | undefined)[]): number | undefined =>
  moments.reduce((least, moment) =>
    least === undefined || (moment !== undefined && moment < least) ? moment : least,
  );

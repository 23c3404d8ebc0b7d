/** The stages in their order. All messages are collected, then reported; errors end the build before anything is written. */
import { cacheFolderOf, makeCacheFolder } from './cache/folder.ts';
import { hashOf } from './cache/hash.ts';
import { outputPaths } from './cache/outputs.ts';
import type { DocumentPlace } from './cache/packs.ts';
import {
  createSourceIndexWriter,
  newBuildName,
  readSourceIndex,
  removeLeftovers,
  removePacks,
  type SourceIndexWriter,
  type SourceRecord,
  writeShardRecords,
} from './cache/sources.ts';
import { checkPictures, checkRecordings, checkSite, ruleIds } from './check/rules.ts';
import { createCompiler } from './compile.ts';
import { type Config, configPath, readConfig } from './config.ts';
import { type Diagnostic, settleDiagnostics } from './diagnostics.ts';
import { createDocumentReader } from './documents.ts';
import { planSitemaps } from './emit/sitemaps.ts';
import type { RenderSetup } from './engine.ts';
import { readInputs, type SiteInputs } from './inputs.ts';
import { lockOutput } from './lock.ts';
import { copyOf, emitFiles, pictureFilesOf, ready, renderMakings, textMenu, withoutOwn } from './makings.ts';
import { noCards, planCards } from './media/cards.ts';
import { pictureMakings, readPictures } from './media/pictures.ts';
import { readRecordings } from './media/recordings.ts';
import { openPictureStore } from './media/store.ts';
import { OutputError, refuseForeignFolder, toOutputError } from './output.ts';
import { createLazyPool } from './pool.ts';
import { contextOf, readLook } from './read-look.ts';
import { createRenderContext } from './render/context.ts';
import { hasPagefind, planSearch } from './search.ts';
import { collectSite } from './site/collect.ts';
import type { Site } from './site/model.ts';
import { planPages } from './site/plan.ts';
import { readAhead, readSiteYaml, unreadable, unreadPath } from './source.ts';
import { entriesByKind, findStale, isOfShard, located, unreadInput } from './stale.ts';
import { type Making, updateOutput } from './update.ts';

export interface BuildOptions {
  /** Absolute path of the site's folder. */
  root: string;
  /** Absolute path of the package's own folder, whose templates and public files serve where the site has none. */
  packageRoot: string;
  /** Absolute path of the output folder; nothing to check alone. */
  out: string | undefined;
  /** Instead of the path of `url` in site.yaml. */
  basePath?: string | undefined;
  drafts: boolean;
  /** Warnings are errors. */
  strict: boolean;
  /** The build's one clock, milliseconds of the epoch. */
  now: number;
  /** How many worker threads a large site gets; 0, the default, is none. */
  workers?: number;
  /** Compile the sources of one part of `of` into the cache, and make no pages. Counted from 1. */
  shard?: { part: number; of: number } | undefined;
  /** Take every source from the caches of the shards; one that is in none of them is an error. */
  merge?: boolean;
  /** Pages link to the style sheet, whatever site.yaml says: for who exchanges it. */
  linkStyles?: boolean;
  /** Leaves a search index that there is as it is: making it anew takes longer than all else that a changed word makes new. */
  keepSearch?: boolean;
  /** Whether the program that makes the search index is here; without it the package is looked for. */
  searchProgram?: boolean;
  /** Told how far the build is, now and then. */
  progress?: (stage: string, done: number, of: number) => void;
}

export interface BuildResult {
  /** In the order of file, line and column. */
  diagnostics: Diagnostic[];
  /** Whether there was no error; only then is the output written. */
  ok: boolean;
  articles: number;
  /** Files of the site. */
  files: number;
  /** Sources that were parsed, pages and files that were made; the others are as the cache and the output have them. */
  parsed: number;
  rendered: number;
  /** When the next story appears or expires, milliseconds of the epoch. */
  nextChange: number | undefined;
  /** Whether that change is a story that appears. */
  nextAppears: boolean;
  /** When the output was made, by the clock of its disk; 0 when it was not. */
  made: number;
  /** Until when the same input makes the same site, milliseconds of the epoch; nothing when for ever. */
  validUntil: number | undefined;
}

/** @param inputs what the folders hold, if the caller has looked already */
export async function build(
  options: BuildOptions,
  inputs: SiteInputs = readInputs(options.root, options.packageRoot),
): Promise<BuildResult> {
  const { root, out, now, progress = () => {} } = options;
  const { content, began, codeHash } = inputs;
  const diagnostics: Diagnostic[] = [];
  const counts = {
    articles: 0,
    files: 0,
    parsed: 0,
    rendered: 0,
    made: 0,
    nextChange: undefined as number | undefined,
    nextAppears: false,
    validUntil: undefined as number | undefined,
  };
  let rules: Config['rules'] = {};
  const result = (): BuildResult => {
    const settled = settleDiagnostics(diagnostics, rules, options.strict);
    return { diagnostics: settled, ok: settled.every(({ severity }) => severity !== 'error'), ...counts };
  };

  diagnostics.push(...content.diagnostics);
  const { config, diagnostics: configDiagnostics } = readSiteConfig(options);
  diagnostics.push(...configDiagnostics);
  if (!config) return result();
  rules = config.rules;
  if (config.outputs.search && !(options.searchProgram ?? hasPagefind())) {
    config.outputs.search = false;
    diagnostics.push(searchAbsent);
  }

  const cacheFolder = cacheFolderOf(root);
  const cacheKey = hashOf(codeHash + JSON.stringify(config));
  const buildName = newBuildName();
  const pool = createLazyPool(options.workers ?? 0, buildName, { root, cacheFolder, config, began });
  let unlock = () => {};
  let index: SourceIndexWriter | undefined;
  let saved = false;
  let savePictures = () => {};
  let closeSearch = async () => {};

  /** Every source as a record, of the cache or compiled now; nothing when the build ends here. */
  const compileSources = async (): Promise<SourceRecord[] | undefined> => {
    const known = readSourceIndex(cacheFolder, cacheKey);
    const fresh = findStale(inputs, known.records, root);
    const stale = fresh.stale.filter(path => !options.shard || isOfShard(path, options.shard));
    counts.parsed = stale.length;
    if (options.merge && stale.length > 0) {
      for (const file of stale) {
        diagnostics.push({
          file,
          place: undefined,
          severity: 'error',
          ruleId: 'shard-missing',
          reason:
            'No shard has compiled this file. Run every shard on these same files, and bring all their .cache/ folders together.',
        });
      }
      return undefined;
    }
    const sized = await pool.sized(stale.length);
    if (!options.shard)
      index = createSourceIndexWriter(
        cacheFolder,
        cacheKey,
        known,
        [...fresh.records.values()],
        stale.length,
      );
    let compiledCount = 0;
    const [compiled] = await Promise.all([
      sized.compile(
        stale.map(path => ({ path, signature: inputs.signatures.get(path)! })),
        (done, latest) => {
          compiledCount = done;
          index?.add(latest);
          progress('Reading', done, stale.length);
        },
      ),
      sized.isElsewhere && readAhead(root, stale, () => compiledCount),
    ]);
    await sized.seal();
    for (const record of compiled) fresh.records.set(record.path, record);
    const records = content.markdown.flatMap(path => fresh.records.get(path) ?? []);
    for (const record of records) diagnostics.push(...record.diagnostics);
    if (options.shard) {
      await pool.close();
      writeShardRecords(
        cacheFolder,
        cacheKey,
        `${options.shard.part}-of-${options.shard.of}`,
        records.filter(({ path }) => isOfShard(path, options.shard!)),
      );
      saved = true;
      return undefined;
    }
    index?.finish();
    saved = true;
    removeLeftovers(cacheFolder, records);
    return records;
  };

  /** What to make of them; nothing when there is an error. */
  const planOutput = async (records: readonly SourceRecord[]) => {
    const { publicFiles } = inputs;
    const site = collectSite({
      config,
      ...entriesByKind(records),
      assets: content.assets,
      publicFiles: [...publicFiles.keys()],
      now,
      drafts: options.drafts,
    });
    counts.articles = site.articles.length;
    counts.nextChange = site.nextChange;
    counts.nextAppears = [...site.withheld.values()].some(
      ({ meta }) => Date.parse(meta.published) === site.nextChange,
    );
    const store = openPictureStore(cacheFolder, codeHash);
    savePictures = () => store.save();
    const pictureFiles = pictureFilesOf(inputs, root);
    const pictures = await readPictures(site, pictureFiles, store, (done, of) =>
      progress('Looking at pictures', done, of),
    );
    const recordings = await readRecordings(site, pictureFiles, store);
    const look = await readLook(inputs, site, diagnostics);
    const isInline = config.look.styles === 'inline' && !options.linkStyles;
    const context = look && contextOf(site, look, pictures.maps, isInline);
    const cards =
      look && context && config.outputs.cards
        ? await planCards({
            site,
            pictures: pictures.maps,
            context: createRenderContext(context, look.templates),
            templateFiles: look.files,
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
    diagnostics.push(
      ...[...planDiagnostics, ...checkSite(site, pages)].map(diagnostic => located(diagnostic, root)),
      ...checkPictures(pictures.uses),
      ...checkRecordings(recordings.uses),
      ...pictures.diagnostics,
      ...cards.diagnostics,
    );
    if (!result().ok || !look || !context) return undefined;

    const text = look.textStyles && {
      stylesPath: `/${look.textStyles.path}`,
      menu: textMenu(config, pages),
    };
    const contextHash = hashOf(
      cacheKey +
        JSON.stringify([context, text, [...look.files]], (_, value) =>
          value instanceof Map ? [...value] : value,
        ),
    );
    const sitemaps = planSitemaps(site, pages, now);
    counts.validUntil = earliest(site.nextChange, sitemaps.validUntil);
    const bySource = new Map(records.map(record => [record.path, record]));
    const search = config.outputs.search ? searchOf(site, bySource) : undefined;
    if (search) closeSearch = search.close;
    const rendered = renderMakings(site, pages, bySource, contextHash);
    const setup: Omit<RenderSetup, 'staging'> = {
      context,
      text,
      templateFiles: look.files,
      teasers: rendered.teasers,
    };
    const makings: Making[] = [
      ...rendered.makings,
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
    const sources = new Set([...pictures.sources, ...recordings.sources]);
    const keys = new Set([...pictures.keys, ...cards.keys]);
    return { makings, setup, prunePictures: () => store.prune(sources, keys) };
  };

  const searchOf = (site: Site, bySource: ReadonlyMap<string, SourceRecord>) => {
    const places = new Map(
      site.articles.map(({ source }) => [source, bySource.get(source)!.document as DocumentPlace]),
    );
    const documents = createDocumentReader(root, cacheFolder, createCompiler(config));
    let done = 0;
    const { makings, close } = planSearch({
      site,
      cacheFolder,
      key: codeHash,
      drafts: options.drafts,
      documentOf: source => documents.read({ source, place: places.get(source)! }),
      progress: () => progress('Indexing', ++done, places.size),
    });
    return {
      makings,
      close: async () => {
        documents.close();
        await close();
      },
    };
  };

  try {
    makeCacheFolder(cacheFolder);
    // What a large site's pages are not made from is let go before they are made.
    const planned = await compileSources().then(records => records && planOutput(records));
    if (!planned) return result();
    if (out !== undefined) {
      refuseForeignFolder(out, root);
      unlock = lockOutput(out);
    }
    const { makings, setup, prunePictures } = planned;
    const update = await updateOutput({
      out,
      paths: out === undefined ? undefined : outputPaths(cacheFolder, out),
      key: codeHash,
      makings,
      render: async (jobs, staging) => {
        const sized = await pool.sized(jobs.length);
        await sized.setUp({ ...setup, staging });
        const rendered = await sized.render(jobs, done => progress('Rendering', done, jobs.length));
        // What the cache could not take is told before the site is replaced.
        await pool.close();
        return rendered;
      },
    });
    diagnostics.push(...update.diagnostics);
    counts.files = update.files;
    counts.rendered = update.rendered;
    counts.made = update.made;
    prunePictures();
  } catch (error) {
    const cause = error instanceof OutputError && error.cause ? error.cause : error;
    const unread = unreadInput(cause, inputs, root);
    const file = out ?? cacheFolder;
    const told = toOutputError(file, error);
    if (unread !== undefined) diagnostics.push(unreadable(unread, cause));
    else if (!(told instanceof OutputError)) throw told;
    else
      diagnostics.push({ file, place: undefined, severity: 'error', ruleId: 'output', reason: told.message });
  } finally {
    await pool.close().catch(() => {});
    await closeSearch().catch(() => {});
    savePictures();
    unlock();
    index?.abandon();
    if (!saved) removePacks(cacheFolder, buildName);
  }
  return result();
}

const searchAbsent: Diagnostic = {
  file: configPath,
  place: undefined,
  severity: 'warning',
  ruleId: 'search-program',
  reason:
    "The program that makes the search index (Pagefind) is not installed for this machine: the site has no search. Install Broadsheet's packages again, or write 'outputs: {search: false}'.",
};

const earliest = (...moments: readonly (number | undefined)[]): number | undefined =>
  moments.reduce((least, moment) =>
    least === undefined || (moment !== undefined && moment < least) ? moment : least,
  );

function readSiteConfig({ root, basePath }: BuildOptions): ReturnType<typeof readConfig> {
  try {
    return readConfig({ bytes: readSiteYaml(root), basePath, ruleIds });
  } catch (error) {
    if (unreadPath(error) === undefined) throw error;
    return { config: undefined, diagnostics: [unreadable(configPath, error)] };
  }
}

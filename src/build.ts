/** The stages in their order. All messages are collected, then reported; errors end the build before anything is written. */
import { join, relative, sep } from 'node:path';
import { placeOfKey } from './article/locate.ts';
import {
  cacheFolderOf,
  type DocumentPlace,
  type FileRead,
  hashOf,
  makeCacheFolder,
  newBuildName,
  outputPaths,
  readSourceIndex,
  removeLeftovers,
  removePacks,
  type SourceRecord,
  updateSourceIndex,
  writeShardRecords,
} from './cache.ts';
import { checkPictures, checkRecordings, checkSite, ruleIds } from './check/rules.ts';
import { createCompiler } from './compile.ts';
import { type Config, configPath, readConfig } from './config.ts';
import { type Diagnostic, settleDiagnostics } from './diagnostics.ts';
import { createDocumentReader } from './documents.ts';
import { emitArticleSchema } from './emit/article-json.ts';
import { feedLimit } from './emit/feeds.ts';
import { emitHostFiles, emitRedirects } from './emit/host-files.ts';
import { emitRobots } from './emit/robots.ts';
import { emitScripts } from './emit/scripts.ts';
import { planSitemaps } from './emit/sitemaps.ts';
import { emitStyles, emitTextStyles, type Styles } from './emit/styles.ts';
import type { RenderJob, RenderSetup } from './engine.ts';
import { readInputs, type SiteInputs } from './inputs.ts';
import { lockOutput } from './lock.ts';
import { noCards, planCards } from './media/cards.ts';
import { type PictureFiles, pictureMakings, readPictures } from './media/pictures.ts';
import { readRecordings } from './media/recordings.ts';
import { openPictureStore } from './media/store.ts';
import { OutputError, refuseForeignFolder, toOutputError } from './output.ts';
import { createPool, type Pool } from './pool.ts';
import { type ContextInput, createRenderContext } from './render/context.ts';
import { navigationOf } from './render/frame.ts';
import { documentSource, type OutputFile } from './render/page.ts';
import { readStrings, type Strings } from './render/strings.ts';
import { createTemplates, TemplateError, type Templates } from './render/templates.ts';
import { hasPagefind, planSearch } from './search.ts';
import { collectSite } from './site/collect.ts';
import type { Entry, FlawedEntry, Site } from './site/model.ts';
import type { PictureShape } from './site/pictures.ts';
import { type ArticlePage, hasFeeds, type Page, type PictureMaps, planPages } from './site/plan.ts';
import { hasTextEdition } from './site/text-edition.ts';
import { urlOf } from './site/urls.ts';
import {
  overlayFiles,
  readBeside,
  readSiteYaml,
  readSource,
  readTemplateAsset,
  readTemplateFiles,
  unreadable,
  unreadPath,
} from './source.ts';
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

/** Smaller jobs end before a worker has started. */
const workerThreshold = 400;

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
    const compiled = await (await pool.sized(stale.length)).compile(stale, done =>
      progress('Reading', done, stale.length),
    );
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
    updateSourceIndex(cacheFolder, cacheKey, known, records);
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

    const setup: Omit<RenderSetup, 'staging'> = {
      context,
      text: look.textStyles && {
        stylesPath: `/${look.textStyles.path}`,
        menu: textMenu(config, pages),
      },
      templateFiles: look.files,
    };
    const contextHash = hashOf(
      cacheKey +
        JSON.stringify([setup.context, setup.text, [...look.files]], (_, value) =>
          value instanceof Map ? [...value] : value,
        ),
    );
    const sitemaps = planSitemaps(site, pages, now);
    counts.validUntil = earliest(site.nextChange, sitemaps.validUntil);
    const bySource = new Map(records.map(record => [record.path, record]));
    const search = config.outputs.search ? searchOf(site, bySource) : undefined;
    if (search) closeSearch = search.close;
    const makings: Making[] = [
      ...renderJobs(site, pages, bySource, contextHash),
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

/** The records that still hold, and the paths of the files that have none: new, changed, or lost. */
function findStale(
  { content, signatures }: SiteInputs,
  known: ReadonlyMap<string, readonly SourceRecord[]>,
  root: string,
) {
  const records = new Map<string, SourceRecord>();
  const stale: string[] = [];
  const holds = (read: FileRead): boolean => {
    const signature = signatures.get(read.path) ?? 'absent';
    if (signature !== '' && signature === read.signature) return true;
    const found = read.hash === '' ? undefined : readBeside(root, read.path);
    return found !== undefined && 'bytes' in found && hashOf(found.bytes) === read.hash;
  };
  for (const path of content.markdown) {
    const candidates = (known.get(path) ?? []).filter(({ reads }) => reads.every(holds));
    const signature = signatures.get(path)!;
    const record =
      candidates.find(record => signature !== '' && record.signature === signature) ??
      findByHash(candidates, path, root);
    if (record) records.set(path, record.signature === signature ? record : { ...record, signature });
    else stale.push(path);
  }
  return { records, stale };
}

function findByHash(candidates: readonly SourceRecord[], path: string, root: string) {
  if (candidates.length === 0) return undefined;
  const bytes = bytesOf(root, path);
  const hash = bytes && hashOf(bytes);
  return candidates.find(record => record.hash === hash);
}

/** Nothing for a file that cannot be read: it is told when it is compiled. */
function bytesOf(root: string, path: string): Uint8Array | undefined {
  try {
    return readSource(root, path).bytes;
  } catch {
    return undefined;
  }
}

/** The file of the site, by its path from the site's root, that the disk did not let be read. */
function unreadInput(error: unknown, { signatures }: SiteInputs, root: string): string | undefined {
  const path = unreadPath(error);
  if (path === undefined) return undefined;
  const own = relative(root, path).replaceAll(sep, '/');
  return signatures.has(own) || signatures.has(path) ? own : undefined;
}

function isOfShard(path: string, { part, of }: { part: number; of: number }): boolean {
  return Number.parseInt(Buffer.from(hashOf(path)).toString('hex').slice(0, 8), 16) % of === part - 1;
}

function entriesByKind(records: readonly SourceRecord[]) {
  type Known = Entry | FlawedEntry;
  const of = <Kind extends Known['kind']>(kind: Kind) =>
    records.flatMap(({ entry }) => (entry?.kind === kind ? [entry as Extract<Known, { kind: Kind }>] : []));
  return { articles: of('article'), pages: of('page'), authors: of('author'), flawed: of('flawed') };
}

function located({ key, ...diagnostic }: Diagnostic, root: string): Diagnostic {
  if (key === undefined) return diagnostic;
  const { file } = diagnostic;
  const bytes = file === configPath ? readSiteYaml(root) : readSource(root, file).bytes;
  return { ...diagnostic, place: bytes && placeOfKey({ path: file, bytes }, key) };
}

interface Look {
  /** Texts by path below templates/. */
  files: ReadonlyMap<string, string>;
  strings: Strings;
  templates: Templates;
  styles: Styles;
  /** Of the text edition, where there is one. */
  textStyles: OutputFile | undefined;
  /** By the kind of page that each is for. */
  scripts: Record<string, OutputFile>;
}

/** Nothing when one of its files is wrong. */
async function readLook(
  { templateFiles }: SiteInputs,
  { config, articles }: Site,
  diagnostics: Diagnostic[],
): Promise<Look | undefined> {
  const files = readTemplateFiles(templateFiles);
  const { strings, diagnostics: stringDiagnostics } = readStrings(files);
  diagnostics.push(...stringDiagnostics);
  try {
    const languages = [config.lang, ...new Set(articles.map(({ lang }) => lang))];
    const styles = await readStyles(templateFiles, files, config, languages);
    return {
      files,
      strings,
      templates: createTemplates(files),
      styles,
      textStyles: config.outputs.text ? emitTextStyles(files) : undefined,
      scripts: emitScripts(files, config.outputs),
    };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    diagnostics.push(error.toDiagnostic());
    return undefined;
  }
}

function contextOf(
  site: Site,
  { strings, styles, scripts }: Look,
  maps: PictureMaps,
  isInline: boolean,
): ContextInput {
  const { config, authors, lists } = site;
  return {
    config,
    authors: [...authors.values()],
    portraits: portraitsOf(site, maps),
    listPaths: lists.filter(({ kind }) => kind === 'topic' || kind === 'author').map(({ path }) => path),
    languages: lists.filter(({ kind }) => kind === 'language').map(({ id }) => id),
    strings,
    styles: {
      path: `/${styles.file.path}`,
      inline: isInline ? { story: styles.story, other: styles.file.text } : undefined,
      faces: styles.faces,
    },
    scriptPaths: Object.fromEntries(Object.entries(scripts).map(([kind, { path }]) => [kind, `/${path}`])),
  };
}

const readStyles = (
  templateFiles: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
  config: Config,
  languages: readonly string[] | undefined,
) =>
  emitStyles({
    files,
    look: config.look,
    languages,
    asset: path => readTemplateAsset(templateFiles, path),
    urlOf: path => urlOf(path, config),
  });

/**
 * The style sheet alone, ahead of a build, with the typefaces of all scripts.
 * @throws TemplateError; nothing while site.yaml has errors
 */
export async function stylesOf({
  root,
  packageRoot,
  basePath,
}: Pick<BuildOptions, 'root' | 'packageRoot' | 'basePath'>) {
  const { config } = readConfig({ bytes: readSiteYaml(root), basePath, ruleIds });
  if (!config) return undefined;
  const templateFiles = overlayFiles(packageRoot, root, 'templates');
  return (await readStyles(templateFiles, readTemplateFiles(templateFiles), config, undefined)).file;
}

function portraitsOf({ authors }: Site, maps: PictureMaps): Record<string, PictureShape> {
  const portraits: Record<string, PictureShape> = {};
  for (const { id, source, meta } of authors.values()) {
    const picture = meta.picture === undefined ? undefined : maps.get(source)?.[meta.picture];
    if (picture) portraits[id] = picture;
  }
  return portraits;
}

/** The addresses of the menus that lead to pages of the text edition. */
function textMenu(config: Config, pages: readonly Page[]): string[] {
  const urls = new Set([
    ...[...navigationOf(config), ...config.footer].map(({ url }) => url),
    ...Object.values(config.policies),
  ]);
  return pages
    .filter(page => hasTextEdition(page, config))
    .flatMap(({ path }) => [path, path.replace(/\/$/, '')])
    .filter(path => urls.has(path));
}

/** What workers make: pages, and the feeds of each list; with a hash of all that each is made from. */
function renderJobs(
  site: Site,
  pages: readonly Page[],
  bySource: ReadonlyMap<string, SourceRecord>,
  contextHash: string,
): Making[] {
  const refOf = (source: string) => ({ source, place: bySource.get(source)!.document as DocumentPlace });
  const hashOfSource = (source: string | undefined) => {
    if (source === undefined) return '';
    const { hash, reads } = bySource.get(source)!;
    return hash + reads.map(read => read.hash).join('');
  };
  const makings: Making[] = [];
  const articlePages = new Map<string, Page & ArticlePage>();
  for (const page of pages) {
    if (page.kind === 'copy') continue;
    if (page.kind === 'article') articlePages.set(page.path, page);
    const source = documentSource(page);
    const job: RenderJob = {
      kind: 'page',
      name: page.path,
      page,
      document: source === undefined ? undefined : refOf(source),
    };
    makings.push({
      name: page.path,
      input: hashOf(contextHash + hashOfSource(source) + JSON.stringify(page)),
      job,
    });
  }
  if (!site.config.outputs.feeds) return makings;
  const inputs = new Map<string, string>();
  for (const { articles, ...list } of site.lists.filter(hasFeeds)) {
    const newest = articles.slice(0, feedLimit);
    const stories = newest.map(entry => {
      const { links, pictures, recordings } = articlePages.get(entry.path)!;
      return { entry, links, pictures, recordings, document: refOf(entry.source) };
    });
    const storyInputs = stories.map(({ entry, links, pictures, recordings }) => {
      const { path, source, modified } = entry;
      const input =
        inputs.get(path) ??
        hashOf(hashOfSource(source) + JSON.stringify([path, modified, links, pictures, recordings]));
      inputs.set(path, input);
      return input;
    });
    const name = `${list.path}feed.xml`;
    makings.push({
      name,
      input: hashOf(contextHash + JSON.stringify(list) + storyInputs.join()),
      job: { kind: 'feeds', name, list, stories },
    });
  }
  return makings;
}

/** Pictures by their paths from the site's root: those of public/ may be the package's. */
function pictureFilesOf({ signatures, publicFiles }: SiteInputs, root: string): PictureFiles {
  const publicFile = (source: string) =>
    source.startsWith('public/') ? publicFiles.get(source.slice('public/'.length)) : undefined;
  return {
    absolute: source => publicFile(source) ?? join(root, source),
    signature: source => signatures.get(publicFile(source) ?? source) ?? '',
  };
}

function copyOf(page: Page, { signatures, publicFiles }: SiteInputs, root: string): Making {
  const { source } = page;
  const isPublic = source.startsWith('public/');
  const copyFrom = isPublic ? publicFiles.get(source.slice('public/'.length))! : join(root, source);
  const signature = signatures.get(isPublic ? copyFrom : source)!;
  return {
    name: page.path,
    input: signature === '' ? '' : `${copyFrom} ${signature}`,
    make: () => [{ path: page.path.slice(1), copyFrom }],
  };
}

/** What is made of the site as a whole, in little time: it is made at every build and written when it differs. */
function emitFiles(site: Site, pages: readonly Page[], inlineStyles: readonly string[]): OutputFile[] {
  const { config } = site;
  const { outputs } = config;
  return [
    ...(outputs.articleJson ? [emitArticleSchema(config)] : []),
    ...(outputs.robots ? [emitRobots(config)] : []),
    ...(outputs.redirects ? [emitRedirects(pages, config)] : []),
    ...(outputs.hostFiles ? emitHostFiles(config, inlineStyles) : []),
  ];
}

const ready = (files: OutputFile[]) => ({
  name: files.map(({ path }) => path).join(),
  input: hashOf(JSON.stringify(files)),
  make: () => files,
});

/** A file of the owner's own public/ takes the place of a made one. */
function withoutOwn(
  own: ReadonlySet<string>,
  makings: readonly { name: string; input: string; make: () => OutputFile[] | Promise<OutputFile[]> }[],
): Making[] {
  const names = hashOf([...own].join('\n'));
  return makings.map(({ name, input, make }) => ({
    name,
    input: input + names,
    make: async () => (await make()).filter(({ path }) => !own.has(path)),
  }));
}

/** Starts threads when the first large job comes, none before. */
function createLazyPool(workers: number, buildName: string, options: Parameters<typeof createPool>[0]) {
  let inline: Pool | undefined;
  let threads: Pool | undefined;
  return {
    async sized(jobs: number): Promise<Pool> {
      if (workers > 0 && (threads || jobs >= workerThreshold)) {
        threads ??= createPool(options, buildName, workers);
        return threads;
      }
      inline ??= createPool(options, `${buildName}-inline`, 0);
      return inline;
    },
    async close(): Promise<void> {
      await Promise.all([inline?.close(), threads?.close()]);
      inline = undefined;
      threads = undefined;
    },
  };
}

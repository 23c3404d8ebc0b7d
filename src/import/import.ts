/**
 * Imports the archive of another system. It runs in this order: survey the archive, plan the new site, convert and
 * write each story, write everything else, report.
 */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createTimeZone, dateTimeAt, type TimeZone } from '../base/dates.ts';
import { hashOf } from '../base/hash.ts';
import type { Config } from '../config/config.ts';
import {
  appendText,
  copyWhole,
  exists,
  isFile,
  isFolder,
  readText,
  sizeOf,
  writeWhole,
} from '../disk/files.ts';
import { authorFile } from './authors.ts';
import { type Converters, startConverters } from './converters.ts';
import { readMoment } from './dates.ts';
import { createDownloader, type Downloader } from './download.ts';
import { existingConfig } from './existing-config.ts';
import { ImportError } from './import-error.ts';
import { type Ledger, type LedgerEntry, openLedger, stateOf } from './ledger.ts';
import { pictureName } from './media.ts';
import { findDuplicates, mediaFolders } from './media-folders.ts';
import type { ImportedItem, ImportedMedia, ImportedStory, ImportSource, Reader } from './model.ts';
import type { ImportOptions, ImportReport, StoryOutcome } from './options.ts';
import { type PlannedStory, plannedStory, planSite, type SitePlan } from './plan-site.ts';
import { planMenu, planRedirects, planTermRedirects, readRedirects } from './redirects.ts';
import { createReport, type ReportBuilder, type StoryDetails, statsOf } from './report.ts';
import { type ComparedTexts, pageLimits, reportPage } from './report-page.ts';
import { type ImportSettings, readImportSettings } from './settings.ts';
import { extendSiteYaml, newSiteYaml, type SiteMenuItem, type SiteRedirect } from './site-file.ts';
import { openSource, readerOf } from './source.ts';
import { libraryKey, type StoryContext, type StoryResult, type StoryTask } from './story.ts';
import { type Survey, surveyArchive } from './survey.ts';
import { createTable } from './table.ts';

/**
 * V8 flag for all threads: old objects are collected when the heap has grown by a third, because an archive leaves much
 * garbage. Otherwise an import needs a quarter more memory.
 */
const heapGrowth = '--heap-growing-percent=30';

/** Version of the conversion. A new one converts every story again that nobody has edited. */
const version = 1;

/** Everything that the steps of an import share. */
interface Import {
  options: ImportOptions;
  source: ImportSource;
  reader: Reader;
  settings: ImportSettings;
  survey: Survey;
  plan: SitePlan;
  menu: SiteMenuItem[];
  redirects: SiteRedirect[];
  ledger: Ledger;
  report: ReportBuilder;
  context: StoryContext;
  zone: TimeZone;
  converters: Converters;
  downloader: Downloader | undefined;
  /** Texts of the stories with the greatest losses. */
  texts: Map<string, ComparedTexts & { lost: number }>;
}

/**
 * Imports an archive.
 * @returns the report, which is also written to the site's folder, unless this is a dry run
 * @throws ImportError if nothing can be imported
 */
export async function importArchive(options: ImportOptions): Promise<ImportReport> {
  setFlagsFromString(heapGrowth);
  const source = openSource(options.source);
  const reader = readerOf(source, options.from);
  const settings = readImportSettings(
    options.mapping ?? join(options.into, 'import.yaml'),
    options.mapping !== undefined,
  );
  const oldRedirects = readOptionFiles(options);
  const config = existingConfig(options.into);
  const readerOptions = {
    types: options.types ?? [],
    comments: options.comments !== undefined,
    publishFrom: options.publishFrom ?? [],
    settings,
  };
  const survey = await surveyArchive(reader.read(source, readerOptions));
  if (options.url !== undefined) survey.site = { ...survey.site, url: options.url };
  for (const { file, reason } of source.unreadable) survey.problems.push({ place: { file }, reason });
  if (survey.stories.length === 0)
    throw new ImportError(
      `${source.path} contains no stories or pages that ${reader.label} can import.${firstProblem(survey)}`,
    );
  const ledger = openLedger(options.into, options.dryRun ?? false);
  const plan = planSite(survey, {
    timeZone: options.timeZone ?? config?.timeZone,
    lang: config?.lang,
    permalink: config?.permalink ?? settings.permalink,
    desks: settings.desks,
    knownDesks: config?.desks ?? [],
    knownTopics: config?.topics ?? [],
    knownPaths: new Map([...ledger.entries].map(([id, { path }]) => [id, path])),
    now: dateTimeAt(options.now, options.timeZone ?? 'UTC'),
    since: options.since,
    limit: options.limit,
    publishMembers: options.publishMembers ?? false,
  });
  const zone = createTimeZone(plan.timeZone);
  const redirects = planRedirects(survey, plan, { reader: reader.name, old: oldRedirects });
  const menu = planMenu(survey, plan);
  // From here on, the plan has everything that is needed of the stories.
  survey.stories = [];
  const context = contextOf(source, survey, plan, settings, options);
  const job: Import = {
    options,
    source,
    reader,
    settings,
    survey,
    plan,
    menu,
    redirects,
    ledger,
    report: createReport(source.path, reader.label),
    context,
    zone,
    converters: startConverters(context, options.workers),
    downloader: options.download ? createDownloader(options) : undefined,
    texts: new Map(),
  };
  try {
    await convertAll(job, readerOptions);
  } finally {
    await job.converters.end();
  }
  return finish(job, config);
}

/** Reads the files that options name. @throws ImportError if one does not exist, before anything is imported */
function readOptionFiles({ uploads, redirects = [] }: ImportOptions): SiteRedirect[] {
  if (uploads !== undefined && !isFolder(uploads))
    throw new ImportError(`${uploads} is not a folder. Correct the path after --uploads.`);
  return redirects.flatMap(path => {
    if (!isFile(path)) throw new ImportError(`${path} is not a file. Correct the path after --redirects.`);
    return readRedirects(path);
  });
}

const firstProblem = ({ problems: [first] }: Survey): string =>
  first
    ? ` ${first.place.file}${first.place.line === undefined ? '' : `:${first.place.line}`}: ${first.reason}`
    : '';

function contextOf(
  source: ImportSource,
  survey: Survey,
  plan: SitePlan,
  settings: ImportSettings,
  options: ImportOptions,
): StoryContext {
  const { site, library } = survey;
  const origins = site.url && URL.canParse(site.url) ? [new URL(site.url).origin] : [];
  const folders = [...mediaFolders(source, options.uploads), ...siteFolder(source, site.url)];
  return {
    lang: plan.lang,
    timeZone: plan.timeZone,
    media: { origins, folders, downloads: {}, duplicates: findDuplicates(folders) },
    library: createTable([...library].map(([id, media]) => [id, JSON.stringify(media)])),
    libraryByAddress: createTable([...library.values()].map(({ id, src }) => [libraryKey(src), id])),
    attached: createTable(attachedPictures(library.values())),
    snippets: Object.fromEntries(survey.snippets),
    mapping: settings.tags,
    keepUnknown: options.keepUnknown ?? false,
    origins,
    places: plan.places,
    sourceRoot: source.isFolder ? source.path : undefined,
  };
}

/** The folder of a built site whose address has a path. */
function siteFolder(
  { path, isFolder }: ImportSource,
  url: string | undefined,
): StoryContext['media']['folders'] {
  const prefix = url !== undefined && URL.canParse(url) ? new URL(url).pathname.replace(/\/*$/, '/') : '/';
  return isFolder && prefix !== '/' ? [{ prefix, folder: path }] : [];
}

/** Ids of the pictures of each story. Only galleries without a list of ids need them. */
function attachedPictures(library: Iterable<ImportedMedia>): [string, string][] {
  const attached = new Map<string, string[]>();
  for (const { id, parent, src } of library)
    if (parent !== undefined && pictureName.test(libraryKey(src)))
      attached.set(parent, [...(attached.get(parent) ?? []), id]);
  return [...attached].map(([story, ids]) => [story, ids.join(' ')]);
}

/** Second pass over the archive: converts and writes the stories. */
async function convertAll(job: Import, readerOptions: Parameters<Reader['read']>[1]): Promise<void> {
  const running = new Set<Promise<void>>();
  const waiting = new Set(job.plan.selected);
  let done = 0;
  if (job.options.comments !== undefined && !job.options.dryRun) writeWhole(job.options.comments, '');
  for await (const item of job.reader.read(job.source, readerOptions)) {
    if (item.kind === 'comment' && job.options.comments !== undefined) writeComment(job, item);
    // Only the first story with an id is imported.
    if (item.kind !== 'story' || !waiting.delete(item.story.id)) continue;
    job.options.signal?.throwIfAborted();
    const work = importStory(job, item.story).finally(() => {
      running.delete(work);
      job.options.progress?.('Importing', ++done, job.plan.selected.size);
    });
    running.add(work);
    if (running.size >= job.converters.capacity) await Promise.race(running);
  }
  await Promise.all(running);
}

async function importStory(job: Import, story: ImportedStory): Promise<void> {
  const { ledger, plan, survey, options } = job;
  const planned = plannedStory(plan, story.id);
  const separate = survey.corrections.get(story.id) ?? [];
  const { isPublic } = planned;
  const state = !isPublic && story.state === 'published' ? 'scheduled' : story.state;
  const full = { ...story, lang: planned.lang, corrections: [...(story.corrections ?? []), ...separate] };
  const entry = ledger.entries.get(story.id);
  const { place } = story;
  const end = (outcome: StoryOutcome, details: Omit<StoryDetails, 'path' | 'isDraft'>) =>
    job.report.addStory({ ...story, state }, outcome, {
      path: planned.path,
      isDraft: !isPublic,
      ...details,
    });
  // A page cannot be a draft, so a private one is not imported.
  if (story.kind === 'page' && !isPublic) {
    const what = `page: ${state}`;
    survey.leftOut.set(what, {
      count: (survey.leftOut.get(what)?.count ?? 0) + 1,
      example: story.title,
      place,
    });
    return;
  }
  const task = taskOf(full, planned, isPublic, job);
  // The line of a story differs in each export.
  const source = { ...task, story: { ...full, place: place.file } };
  const fingerprint = hashOf(JSON.stringify([version, source, settingsKey(job)]));
  const kept = entry && keptOutcome(job, entry, fingerprint);
  if (kept) return end(kept, { stats: entry.stats });
  const converted = await convertWithDownloads(job, task);
  if ('problem' in converted) {
    survey.problems.push({ place, reason: converted.problem });
    return end('failed', { problem: converted.problem });
  }
  const file = join(options.into, planned.path);
  if (!entry && exists(file)) {
    // An import that was killed may have written the file, but not its entry in the ledger.
    if (readText(file) !== converted.text) return end('existing', {});
    addToLedger(job, converted, fingerprint);
    return end('unchanged', { stats: statsOf(converted) });
  }
  writeStory(job, converted, fingerprint);
  const isSame = entry?.written === hashOf(converted.text);
  end(isSame ? 'unchanged' : entry ? 'updated' : 'written', { result: converted });
}

/** Hash of what the conversion of every story reads besides the story. */
const settingsKey = ({ settings, context, options }: Import): unknown => [
  settings.tags,
  context.lang,
  context.timeZone,
  context.media.folders,
  options.keepUnknown,
  options.download,
];

function keptOutcome(
  { options }: Import,
  entry: LedgerEntry,
  fingerprint: string,
): 'unchanged' | 'edited' | 'removed' | undefined {
  const state = stateOf(options.into, entry);
  if (state !== 'untouched') return state;
  return entry.source === fingerprint ? 'unchanged' : undefined;
}

function taskOf(
  story: ImportedStory,
  planned: PlannedStory,
  isPublic: boolean,
  { zone, options: { now } }: Import,
): StoryTask {
  const isDated = [story.published, story.updated].some(date => readMoment(date, zone) !== undefined);
  const { path, slug, desk, topics, authors, aliases, translationOf } = planned;
  return {
    story,
    path,
    desk,
    topics,
    authors,
    aliases,
    slug,
    translationOf,
    // Only the day, and only if it is needed, so that another import gives the same file.
    fallbackDate: isDated ? '' : `${dateTimeAt(now, zone.name).slice(0, 10)}T00:00:00Z`,
    isDraft: !isPublic,
  };
}

async function convertWithDownloads({ converters, downloader }: Import, task: StoryTask) {
  const first = await converters.convert(task);
  if (!downloader || 'problem' in first || first.missing.length === 0) return first;
  const files = await downloader.fetchAll(first.missing);
  return Object.keys(files).length === 0 ? first : converters.convert(task, files);
}

function writeStory(job: Import, result: StoryResult, source: string): void {
  const { options, texts } = job;
  const { path, text, files, difference } = result;
  if (!options.dryRun) {
    for (const { from, to } of files) {
      const target = join(options.into, to);
      if (typeof from !== 'string') writeWhole(target, from);
      else if (sizeOf(target) !== sizeOf(from)) copyWhole(from, target);
    }
    writeWhole(join(options.into, path), text);
  }
  addToLedger(job, result, source);
  if (difference.lost.length === 0) return;
  texts.set(path, {
    lost: difference.lost.length,
    source: result.sourceText.slice(0, pageLimits.characters),
    result: text.slice(0, pageLimits.characters),
  });
  if (texts.size > pageLimits.stories * 2) {
    const least = [...texts].toSorted((a, b) => a[1].lost - b[1].lost).slice(0, pageLimits.stories);
    for (const [key] of least) texts.delete(key);
  }
}

function addToLedger({ ledger }: Import, result: StoryResult, source: string): void {
  const { id, path, text } = result;
  ledger.add({ id, path, source, written: hashOf(text), stats: statsOf(result) });
}

/** Adds a comment to the side file for comments. */
function writeComment({ options, plan }: Import, comment: Extract<ImportedItem, { kind: 'comment' }>): void {
  if (options.dryRun || !plan.selected.has(comment.story)) return;
  const { story, author, date, text } = comment;
  appendText(options.comments!, `${JSON.stringify({ story, author, date, text })}\n`);
}

/** Writes authors, site.yaml and the report. */
function finish(job: Import, config: Config | undefined): ImportReport {
  const { survey, plan, menu, redirects, options, source, texts } = job;
  for (const [address, reason] of job.downloader?.failures ?? [])
    survey.problems.push({
      place: { file: address },
      reason: `The file could not be downloaded: ${reason}.`,
    });
  const report = job.report.finish(survey, plan);
  if (options.dryRun) return report;
  const write = (path: string, text: string) => writeWhole(join(options.into, path), text);
  for (const [key, id] of plan.authors) {
    const path = `content/authors/${id}.md`;
    const author = survey.authors.get(key)!;
    // The old site had no public page about an author without public stories.
    if (!exists(join(options.into, path)))
      write(path, authorFile(plan.shownAuthors.has(id) ? author : { ...author, urls: [] }, id));
  }
  const sitePath = join(options.into, 'content/site.yaml');
  if (!config) write('content/site.yaml', newSiteYaml({ survey, plan, menu, redirects }));
  else {
    const before = readText(sitePath);
    const after = extendSiteYaml(before, {
      plan,
      redirects: [...redirects, ...planTermRedirects(plan, config)],
    });
    if (after !== before) write('content/site.yaml', after);
  }
  write('import-report.json', `${JSON.stringify({ ...report, source: source.path }, null, 2)}\n`);
  write('import-report.html', reportPage(report, texts));
  return report;
}

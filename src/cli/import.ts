/** The command `broadsheet import`. */
import { resolve } from 'node:path';
import { printImport } from './import-reporter.ts';
import { type Command, integerOf, momentOf, namesOf, UsageError, type Values, workersOf } from './options.ts';
import { createProgress, printRefusal } from './reporter.ts';

export const importCommand: Command = {
  help: 'Import an export of WordPress, Ghost or Substack, a folder of Hugo or similar, Word files or HTML pages',
  argument: 'SOURCE',
  options: [
    'into',
    'from',
    'mapping',
    'uploads',
    'redirects',
    'url',
    'time-zone',
    'types',
    'since',
    'limit',
    'dry-run',
    'keep-unknown',
    'publish-members',
    'publish-from',
    'download',
    'allow-private-addresses',
    'comments',
    'json',
    'quiet',
    'workers',
  ],
  run: runImport,
};

const absolute = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : resolve(path);

async function runImport(values: Values, source: string): Promise<number> {
  const start = performance.now();
  const into = resolve(values.into ?? '.');
  const options = {
    source: resolve(source),
    into,
    from: values.from,
    mapping: absolute(values.mapping),
    uploads: absolute(values.uploads),
    redirects: values.redirects === undefined ? [] : [resolve(values.redirects)],
    url: urlOf(values),
    timeZone: await timeZoneOf(values),
    types: values.types?.split(',').map(type => type.trim()) ?? [],
    since: await momentOf('since', values.since),
    limit: integerOf('limit', values.limit),
    dryRun: values['dry-run'] ?? false,
    keepUnknown: values['keep-unknown'] ?? false,
    publishMembers: values['publish-members'] ?? false,
    publishFrom: namesOf(values['publish-from']),
    download: values.download ?? false,
    allowPrivateAddresses: values['allow-private-addresses'] ?? false,
    comments: absolute(values.comments),
    now: Date.now(),
    workers: workersOf(values),
  };
  const progress = createProgress(start);
  const { importArchive } = await import('../import/import.ts');
  const { ImportError } = await import('../import/import-error.ts');
  try {
    const report = await importArchive({ ...options, progress: progress.update }).finally(progress.end);
    printImport(report, {
      into,
      start,
      isDryRun: options.dryRun,
      isJson: values.json ?? false,
      isQuiet: values.quiet ?? false,
    });
    return report.outcomes.failed > 0 || report.problems.some(({ isLoss }) => isLoss) ? 1 : 0;
  } catch (error) {
    if (error instanceof ImportError) return printRefusal(error.message);
    throw error;
  }
}

/** Reads `--url`. @throws UsageError if it is not a web address */
function urlOf({ url }: Values): string | undefined {
  if (url === undefined || (/^https?:\/\//i.test(url) && URL.canParse(url))) return url;
  throw new UsageError(
    `'${url}' is not the address of a site. Write, for example, --url https://old.example.`,
  );
}

/** Reads `--time-zone`. @throws UsageError if the zone is unknown */
async function timeZoneOf({ 'time-zone': zone }: Values): Promise<string | undefined> {
  if (zone === undefined) return undefined;
  const { isTimeZone, suggestTimeZone } = await import('../base/dates.ts');
  if (isTimeZone(zone)) return zone;
  const meant = suggestTimeZone(zone);
  throw new UsageError(
    `'${zone}' is not a time zone. Write ${meant === undefined ? 'a name such as Europe/Berlin' : `--time-zone ${meant}`}.`,
  );
}

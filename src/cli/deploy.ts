/** The command `broadsheet deploy`. */
import { join } from 'node:path';
import { lastResult } from '../build/build-if-changed.ts';
import type { BuildResult } from '../build/options.ts';
import { type Config, readConfig } from '../config/config.ts';
import type { DeployResult } from '../deploy/deploy.ts';
import { indexNowService, sendPings } from '../deploy/pings.ts';
import { cacheFolderOf } from '../disk/cache-folder.ts';
import { readSiteYaml } from '../disk/content.ts';
import { exists, writeWhole } from '../disk/files.ts';
import { commitTimeOf } from '../disk/git.ts';
import { steps } from '../disk/write-order.ts';
import { type Command, integerOf, outOf, rootOf, UsageError, type Values } from './options.ts';
import { createProgress, nextChangeText, plural, print, printProblem, printRefusal } from './reporter.ts';

export const deployCommand: Command = {
  help: 'Send the built site to its host',
  options: ['root', 'out', 'to', 'dry-run', 'rollback', 'force', 'max-deletes', 'json', 'quiet'],
  run: runDeploy,
};

/** Settings of the site; undefined if site.yaml is missing or has errors. */
export const configOf = (root: string): Config | undefined =>
  readConfig({ bytes: readSiteYaml({ root }), ruleIds: [] }).site?.config;

/** The target of `--to` or site.yaml. @throws UsageError if neither names one */
export function targetAddress({ to }: Values, { deploy }: Config): string {
  const address = to ?? deploy.to;
  if (address !== undefined) return address;
  throw new UsageError(
    "The target is missing. Write, for example, --to /srv/www, --to user@host:/srv/www or --to s3://bucket, or set 'deploy: {to: …}' in content/site.yaml.",
  );
}

/** Key of IndexNow, in site.yaml or in the environment. */
const indexNowKey = ({ deploy }: Config): string | undefined => deploy.indexNow ?? process.env.INDEXNOW_KEY;

/** Sends the built site, and prints a receipt. @returns the exit code */
export async function runDeploy(values: Values): Promise<number> {
  const root = rootOf(values);
  const config = configOf(root);
  if (!config)
    return printRefusal(
      `content/site.yaml in ${root} is missing or has errors. Run 'broadsheet check' for details.`,
    );
  const to = targetAddress(values, config);
  const key = indexNowKey(config);
  if (key !== undefined && !exists(join(outOf(values), `${key}.txt`)))
    return printRefusal(
      `IndexNow needs the file /${key}.txt on your site. Create public/${key}.txt with the text ${key}, and build again.`,
    );
  const { deploySite } = await import('../deploy/deploy.ts');
  const { openTarget } = await import('../deploy/open-target.ts');
  const { DeployError } = await import('../deploy/target.ts');
  const start = performance.now();
  const progress = createProgress(start);
  try {
    const last = lastResult(root, outOf(values));
    const result = await deploySite({
      root,
      out: outOf(values),
      target: await openTarget(to, process.env, {
        out: outOf(values),
        // Paths on the command line start from the current folder, those in site.yaml from the site's.
        base: values.to === undefined ? root : process.cwd(),
      }),
      desks: config.desks.map(({ id }) => id),
      rollback: values.rollback ?? false,
      dryRun: values['dry-run'] ?? false,
      force: values.force ?? false,
      maxDeletes: integerOf('max-deletes', values['max-deletes']),
      expired: (last?.expired ?? []).map(path => path.slice(1, -1)),
      progress: (done, all) => progress.update('Sent', done, all),
    });
    progress.end();
    await report(result, { values, config, to, start, last });
    return 0;
  } catch (error) {
    progress.end();
    if (error instanceof DeployError || (error as Error).name === 'LockedError')
      return printRefusal((error as Error).message);
    throw error;
  }
}

interface Receipt {
  values: Values;
  config: Config;
  to: string;
  /** Start of the command: a value of `performance.now()`, in milliseconds. */
  start: number;
  last: BuildResult | undefined;
}

/** Notifies services, writes the list of changed addresses, and prints what was done. */
async function report(result: DeployResult, { values, config, to, start, last }: Receipt): Promise<void> {
  const isDryRun = values['dry-run'] ?? false;
  const site = config.origin + config.basePath;
  const sent = steps.flatMap(step => result.uploads[step].map(({ path }) => path));
  const urls = [...sent, ...result.removals].map(path => urlOf(path, site));
  const stories = result.changedStories.map(path => urlOf(path, site));
  const list = join(cacheFolderOf(rootOf(values)), 'deployments', 'changed.json');
  if (!isDryRun) {
    writeWhole(list, `${JSON.stringify({ urls, stories }, null, 1)}\n`);
    const feeds = result.uploads.feeds
      .map(({ path }) => path)
      .filter(path => /(?:feed|atom)\.\w+$/.test(path));
    const problems = await sendPings({
      site,
      stories: values.rollback ? [] : stories,
      feeds: feeds.map(path => urlOf(path, site)),
      indexNow: indexNowKey(config),
      indexNowService: process.env.INDEXNOW_URL ?? indexNowService,
      webSub: config.deploy.webSub,
    });
    for (const problem of problems) printProblem(problem);
  }
  const counts = {
    added: result.added.size,
    changed: sent.length - result.added.size,
    removed: result.removals.length,
  };
  if (values.json) {
    print(JSON.stringify({ to, dryRun: isDryRun, ...counts, unchanged: result.unchanged, urls, stories }));
    return;
  }
  if (isDryRun) for (const line of planLines(result)) print(line);
  if (values.quiet) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const facts = [
    `${plural(counts.added, 'new file')}`,
    `${counts.changed.toLocaleString('en')} changed`,
    `${counts.removed.toLocaleString('en')} removed`,
    `${result.unchanged.toLocaleString('en')} unchanged`,
  ].join(', ');
  print(
    `${isDryRun ? 'Would deploy' : values.rollback ? 'Restored' : 'Deployed'} to ${to} in ${seconds} s: ${facts}.`,
  );
  if (result.foreign > 0) print(`Left ${plural(result.foreign, 'other file')} at the target unchanged.`);
  if (isDryRun) return;
  const commit = commitTimeOf(rootOf(values));
  if (commit !== undefined && sent.length > 0 && !values.rollback)
    print(`The last commit was ${ageText(Date.now() - commit)} ago.`);
  const next = last && nextChangeText(last);
  if (next !== undefined) print(`${next} Build and deploy again then.`);
  if (urls.length > 0) print(`Changed addresses, for the caches of a CDN: ${list}`);
}

/** Web address of a file of the site. */
const urlOf = (path: string, site: string): string =>
  site +
  path
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/');

/** Lists the files of a plan, in the order of the deployment. */
function planLines({ uploads, added, removals, conflicts }: DeployResult): string[] {
  return [
    ...steps.flatMap(step =>
      uploads[step].map(
        ({ path }) =>
          `${added.has(path) ? 'add' : 'change'} ${path}${conflicts.includes(path) ? ' (changed by someone else)' : ''}`,
      ),
    ),
    ...removals.map(path => `remove ${path}`),
  ];
}

function ageText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return plural(minutes, 'minute');
  return minutes < 2880
    ? plural(Math.round(minutes / 60), 'hour')
    : plural(Math.round(minutes / 1440), 'day');
}

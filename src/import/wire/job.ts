/** State that all steps of the wire share. */
import { join } from 'node:path';
import { createTimeZone, type TimeZone } from '../../base/dates.ts';
import { exists, readText } from '../../disk/files.ts';
import { type Converters, startConverters } from '../converters.ts';
import { createDownloader, type Downloader } from '../download.ts';
import { existingConfig } from '../existing-config.ts';
import { ImportError } from '../import-error.ts';
import { createTable } from '../table.ts';
import type { WireItem } from './item.ts';
import { openWireLedger, type WireLedger } from './ledger.ts';
import { createMapping, type MappedSubjects } from './mapping.ts';
import type { WireReportBuilder } from './report.ts';
import { isDraft } from './withdraw.ts';

export interface WireOptions {
  /** Absolute path of the agency's folder. */
  folder: string;
  /** Absolute path of the site. */
  root: string;
  /** Providers whose items are published without an editor, besides those of site.yaml. */
  publishFrom?: readonly string[];
  /** Whether to download pictures that are not in the folder. */
  download?: boolean;
  allowPrivateAddresses?: boolean;
  /** Clock, in milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds without a change after which an incomplete file is reported. */
  patience?: number;
}

export interface WireJob {
  options: WireOptions;
  lang: string;
  zone: TimeZone;
  publishFrom: readonly string[];
  map: (item: WireItem) => MappedSubjects;
  ledger: WireLedger;
  converters: Converters;
  downloader: Downloader | undefined;
  report: WireReportBuilder;
}

/** Reads the site's settings and the ledger. @throws ImportError if the site has no valid site.yaml */
export function createJob(options: WireOptions, report: WireReportBuilder): WireJob {
  const { root, folder } = options;
  if (!exists(folder)) throw new ImportError(`The folder ${folder} does not exist. Correct the path.`);
  const config = existingConfig(root);
  if (!config)
    throw new ImportError(
      `${join(root, 'content/site.yaml')} does not exist. Run 'broadsheet init' first, or set the site's folder with --root.`,
    );
  if (config.desks.length === 0)
    throw new ImportError(
      `${join(root, 'content/site.yaml')} has no desks, and every story needs one. Add 'desks'.`,
    );
  const { lang, timeZone, wire } = config;
  const converters = startConverters(
    {
      lang,
      timeZone,
      media: { origins: [], folders: [], downloads: {}, duplicates: {} },
      library: createTable([]),
      libraryByAddress: createTable([]),
      attached: createTable([]),
      snippets: {},
      mapping: {},
      keepUnknown: false,
      origins: [],
      places: createTable([]),
      sourceRoot: undefined,
    },
    1,
  );
  return {
    options,
    lang,
    zone: createTimeZone(timeZone),
    publishFrom: [...wire.publishFrom, ...(options.publishFrom ?? [])],
    map: createMapping(config),
    ledger: openWireLedger(root),
    converters,
    downloader: options.download
      ? createDownloader({ into: root, allowPrivateAddresses: options.allowPrivateAddresses ?? false })
      : undefined,
    report,
  };
}

/** Text of a file of the site; undefined if it does not exist. */
export function textOf({ options }: WireJob, path: string): string | undefined {
  const file = join(options.root, path);
  return exists(file) ? readText(file) : undefined;
}

/** Whether a file of the site would be published. One that cannot be read counts, so that nobody overlooks it. */
export function isPublished(job: WireJob, path: string): boolean {
  const text = textOf(job, path);
  return text !== undefined && isDraft(text) !== true;
}

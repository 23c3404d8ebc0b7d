/** Prints the result of an import. */
import { join, relative } from 'node:path';
import { exists } from '../disk/files.ts';
import type { Count, ImportReport, StoryOutcome } from '../import/options.ts';
import { plural, print } from './reporter.ts';

interface ImportPrint {
  /** Absolute path of the new site. */
  into: string;
  /** Start of the command: a value of `performance.now()`, in milliseconds. */
  start: number;
  isDryRun: boolean;
  isJson: boolean;
  isQuiet: boolean;
}

/** Number of lines of each list that are printed. The report has all of them. */
const shown = 10;

const outcomeWords: Record<StoryOutcome, string> = {
  written: 'new',
  updated: 'updated',
  unchanged: 'unchanged',
  edited: 'unchanged, because the newsroom edited them',
  removed: 'not written again, because the newsroom removed them',
  existing: 'unchanged, because the site already has a file with this name',
  failed: 'not imported',
};

/** Prints the report: everything as JSON, or problems, counts and what to do next. */
export function printImport(
  report: ImportReport,
  { into, start, isDryRun, isJson, isQuiet }: ImportPrint,
): void {
  if (isJson) {
    print(JSON.stringify(report, null, 2));
    return;
  }
  for (const line of problemLines(report)) process.stderr.write(`${line}\n`);
  if (isQuiet) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(`${isDryRun ? 'Would import' : 'Imported'} from ${report.reader} in ${seconds} s:`);
  for (const [outcome, count] of Object.entries(report.outcomes) as [StoryOutcome, number][])
    if (count > 0) print(`${number(count)}  ${outcomeWords[outcome]}`);
  const drafts = Object.entries(report.drafts).map(
    ([state, count]) => `${count.toLocaleString('en')} ${state}`,
  );
  if (drafts.length > 0) print(`  Drafts, because they were not public: ${drafts.join(', ')}`);
  print('');
  print(`            ${['in', 'kept', 'changed', 'lost'].map(word => word.padStart(11)).join('')}`);
  for (const [name, counts] of Object.entries(report.counts)) print(row(name, counts));
  print('');
  for (const line of adviceLines(report, into)) print(line);
  if (isDryRun) return;
  const folder = relative(process.cwd(), into) || '.';
  print(
    `The report is in ${join(folder, 'import-report.html')}. Next, run 'npx broadsheet dev${folder === '.' ? '' : ` --root ${folder}`}'.`,
  );
}

/** Advice on losses and choices that the table does not explain. */
function adviceLines(
  { missingMedia, findings, oldPermalink, counts, stories, problems }: ImportReport,
  into: string,
): string[] {
  const countOf = (kind: string) => findings.find(finding => finding.kind === kind)?.count ?? 0;
  const undescribed = countOf('picture-description');
  const left = stories.filter(({ outcome }) => /^(?:edited|removed|existing)$/.test(outcome));
  const losses = problems.filter(({ isLoss }) => isLoss).length;
  return [
    ...(losses > 0
      ? [
          `Because of ${plural(losses, 'problem')} with the source, something is missing: see the messages above.`,
        ]
      : []),
    ...(missingMedia.length > 0
      ? [
          `Pictures and recordings not found: ${missingMedia.length.toLocaleString('en')}. Stories link to the old site instead. Name their folder with --uploads, or fetch them with --download.`,
        ]
      : []),
    ...(undescribed > 0
      ? [
          `Pictures without a description: ${undescribed.toLocaleString('en')}. In a new site.yaml, 'rules: {image-alt: warning}' accepts that; an existing one reports errors without it.`,
        ]
      : []),
    ...(oldPermalink !== undefined && counts.urls.changed > counts.urls.kept
      ? [
          `Most addresses change, and the old ones redirect. To keep them, set 'permalink: ${oldPermalink}' in site.yaml.`,
        ]
      : []),
    ...left.slice(0, shown).map(({ path, outcome }) => `${path}: ${outcomeWords[outcome]}`),
    ...rest(left.length, 'files that were not changed'),
    ...(exists(join(into, 'package.json'))
      ? []
      : [
          `The folder has no package.json. 'npx broadsheet init ${relative(process.cwd(), into) || '.'}' adds what a site needs besides its content.`,
        ]),
  ];
}

const number = (value: number): string => value.toLocaleString('en').padStart(11);

const row = (name: string, { in: all, kept, changed, lost }: Count): string =>
  `  ${name.padEnd(10)}${[all, kept, changed, lost].map(number).join('')}`;

function problemLines({ problems, tags, leftOut }: ImportReport): string[] {
  const unknown = tags.filter(({ outcome }) => outcome === 'unknown');
  return [
    ...problems
      .slice(0, shown)
      .map(({ file, line, reason }) => `${line === undefined ? file : `${file}:${line}`} ${reason}`),
    ...rest(problems.length, 'problems'),
    ...unknown
      .slice(0, shown)
      .map(
        ({ name, count, example }) =>
          `Unknown template tag '${name}' (${count.toLocaleString('en')}): ${example}. Say in import.yaml what it becomes, for example 'tags: {${name}: remove}'.`,
      ),
    ...rest(unknown.length, 'unknown template tags'),
    ...leftOut
      .slice(0, shown)
      .map(
        ({ what, count, example }) =>
          `Not imported: ${count.toLocaleString('en')} of ${what}, for example “${example}”.`,
      ),
  ];
}

const rest = (count: number, what: string): string[] =>
  count > shown
    ? [`… and ${(count - shown).toLocaleString('en')} more ${what}, which the report lists.`]
    : [];

/** Prints what happened to the items of news agencies. */
import { assertUnreachable, printable } from '../base/diagnostics.ts';
import {
  type HeldFile,
  isUrgent,
  type WireFinding,
  type WireOutcome,
  type WireReport,
} from '../import/wire/report.ts';
import { print } from './reporter.ts';

const outcomeWords: Record<WireOutcome, string> = {
  new: 'new drafts',
  published: 'published without an editor',
  updated: 'replaced by a new version',
  beside: 'new versions beside stories that the newsroom edited or published',
  unchanged: 'unchanged',
  older: 'older than what the site has',
  removed: 'not written again, because the newsroom removed them',
  withdrawn: 'withdrawn by the agency',
  picture: 'pictures for stories',
  other: 'recordings and data, which are not imported',
};

/** Number of stories and subjects that are printed. */
const shown = 10;

/**
 * Prints a report. What an editor has to do at once comes first.
 * @returns whether there is such a thing
 */
export function printWire(
  report: WireReport,
  { isJson, isQuiet }: { isJson: boolean; isQuiet: boolean },
): boolean {
  const { findings, outcomes, unmapped, written } = report;
  const urgent = findings.filter(isUrgent);
  if (isJson) {
    print(JSON.stringify(report));
    return urgent.length > 0;
  }
  for (const finding of [...urgent, ...findings.filter(finding => !isUrgent(finding))])
    process.stderr.write(`${printable(textOf(finding))}\n`);
  if (isQuiet) return urgent.length > 0;
  for (const { path, title } of written.slice(0, shown)) print(printable(`${path}: ${title}`));
  if (written.length > shown) print(`… and ${(written.length - shown).toLocaleString('en')} more stories`);
  const counts = (Object.entries(outcomes) as [WireOutcome, number][]).filter(([, count]) => count > 0);
  for (const [outcome, count] of counts)
    print(`${count.toLocaleString('en').padStart(7)}  ${outcomeWords[outcome]}`);
  if (counts.length === 0) print('Nothing new.');
  if (unmapped.length > 0) {
    const names = unmapped.slice(0, shown).map(({ subject, count }) => `${subject} (${count})`);
    const more = unmapped.length > shown ? ` and ${unmapped.length - shown} more` : '';
    print(
      printable(
        `Subjects without a desk or a topic: ${names.join(', ')}${more}. Map them with 'wire' in site.yaml.`,
      ),
    );
  }
  return urgent.length > 0;
}

const heldText = (files: readonly HeldFile[]): string =>
  files.map(({ path, wasPublished }) => (wasPublished ? `${path} (was published)` : path)).join(', ');

function textOf(finding: WireFinding): string {
  switch (finding.kind) {
    case 'withdrawn':
      return withdrawnText(finding);
    case 'withdrawal-unmatched':
      return `WITHDRAWAL WITHOUT A STORY: ${finding.provider} writes “${finding.title}” (${finding.reason}) in ${finding.source}, but does not say which item it means. Find the story, and take it down. ${finding.candidates.length === 0 ? 'No story of this provider has similar words.' : `It may be: ${finding.candidates.join(', ')}.`}`;
    case 'picture-withdrawn':
      return `PICTURE WITHDRAWN by ${finding.provider}: ${finding.picture}.${actions(finding.held, finding.failed)}`;
    case 'update-beside':
      return updateText(finding);
    case 'corrected':
      return `CORRECTED by ${finding.provider}: “${finding.title}”, which is published. ${finding.path} has the new text. Add what was wrong to its 'corrections'.${saysText(finding.correction)}`;
    case 'picture-expired':
      return finding.isOver
        ? `RIGHTS ENDED: the picture ${finding.picture} may not be shown since ${finding.expires}. Remove it from ${finding.paths.join(', ')}.`
        : `The rights to the picture ${finding.picture} end at ${finding.expires}. Remove it before from ${finding.paths.join(', ')}.`;
    case 'embargo-unknown':
      return `${finding.path} is under embargo until further notice. It is a draft. Ask ${finding.provider} before you publish it.`;
    case 'problem':
      return `${finding.line === undefined ? finding.file : `${finding.file}:${finding.line}`} ${finding.reason} Ask the agency for the file again.`;
    default:
      return assertUnreachable(finding);
  }
}

function withdrawnText({
  title,
  provider,
  reason,
  removed,
  held,
  failed,
}: Extract<WireFinding, { kind: 'withdrawn' }>): string {
  const gone = removed.length === 0 ? '' : ` Removed: ${removed.join(', ')}.`;
  return `WITHDRAWN by ${provider}: “${title}”. Reason: ${reason.replace(/\.$/, '')}.${gone}${actions(held, failed)}`;
}

/** Reports changes to published and edited stories, and what an editor has to do next. */
function actions(held: readonly HeldFile[], failed: readonly string[]): string {
  const isOnline = held.some(({ wasPublished }) => wasPublished);
  return [
    held.length === 0 ? '' : ` Now a draft: ${heldText(held)}.`,
    isOnline ? " Run 'broadsheet build' and deploy now, because it stays online until then." : '',
    failed.length === 0
      ? ''
      : ` COULD NOT BE CHANGED: ${failed.join(', ')}. Take it down yourself, then build and deploy.`,
  ].join('');
}

function updateText({
  title,
  provider,
  path,
  update,
  wasPublished,
  isCorrection,
  correction,
}: Extract<WireFinding, { kind: 'update-beside' }>): string {
  const what = isCorrection ? 'CORRECTION' : 'New version';
  const state = wasPublished ? 'is published' : 'was edited';
  return `${what} by ${provider}: “${title}”. ${path} ${state}, so it stays unchanged. Compare it with the new version, ${update}.${saysText(correction)}`;
}

const saysText = (text: string | undefined): string =>
  text === undefined ? '' : ` The agency says: ${text.replace(/\.$/, '')}.`;

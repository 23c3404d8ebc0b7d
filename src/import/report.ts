/** Collects what happened to each story, and counts it. */
import { compareText } from '../base/diagnostics.ts';
import { detached } from './detached.ts';
import type { Finding } from './html/context.ts';
import { parseHtml } from './html/convert.ts';
import { plainOf } from './html/tree.ts';
import type { StoryStats } from './ledger.ts';
import type { ImportedStory, StoryState } from './model.ts';
import type { Count, ImportReport, StoryOutcome, StoryReport } from './options.ts';
import type { SitePlan } from './plan-site.ts';
import type { StoryResult } from './story.ts';
import type { Survey } from './survey.ts';
import type { TagUse } from './tags/mapping.ts';

/** Largest number of stories, addresses and words that the report lists. */
const listed = { stories: 5_000, urls: 10_000, words: 200 };

export type ReportedStory = Pick<ImportedStory, 'id' | 'title' | 'kind' | 'place' | 'state'>;

export interface ReportBuilder {
  addStory(story: ReportedStory, outcome: StoryOutcome, details: StoryDetails): void;
  finish(survey: Survey, plan: SitePlan): ImportReport;
}

export interface StoryDetails {
  path: string;
  result?: StoryResult | undefined;
  stats?: StoryStats | undefined;
  problem?: string | undefined;
  isDraft: boolean;
}

/** Numbers of a result, as the ledger keeps them. */
export const statsOf = ({ difference, counts }: StoryResult): StoryStats => ({
  words: difference.words,
  lost: difference.lost.length,
  added: difference.added.length,
  replaced: difference.replaced,
  pictures: counts.pictures,
  picturesKept: counts.picturesKept,
  credits: counts.credits,
  creditsKept: counts.creditsKept,
});

const noCount = (): Count => ({ in: 0, kept: 0, changed: 0, lost: 0 });

/** Creates an empty report. */
export function createReport(source: string, reader: string): ReportBuilder {
  const counts: ImportReport['counts'] = {
    stories: noCount(),
    pages: noCount(),
    words: noCount(),
    pictures: noCount(),
    credits: noCount(),
    authors: noCount(),
    urls: noCount(),
  };
  const outcomes: ImportReport['outcomes'] = {
    written: 0,
    updated: 0,
    unchanged: 0,
    edited: 0,
    removed: 0,
    existing: 0,
    failed: 0,
  };
  const drafts: Partial<Record<StoryState, number>> = {};
  const tags = new Map<string, TagUse & { count: number }>();
  const findings = new Map<string, Finding & { count: number }>();
  const missing = new Set<string>();
  const stories: StoryReport[] = [];
  return {
    addStory(imported, outcome, { path, result, stats, problem, isDraft }) {
      outcomes[outcome]++;
      count(counts[imported.kind === 'page' ? 'pages' : 'stories'], outcome);
      if (isDraft && imported.kind === 'story') drafts[imported.state] = (drafts[imported.state] ?? 0) + 1;
      const numbers = result ? statsOf(result) : stats;
      if (numbers) addNumbers(counts, numbers);
      for (const tag of result?.tags ?? []) addTo(tags, `${tag.name} ${tag.outcome}`, tag);
      for (const finding of result?.findings ?? []) addTo(findings, finding.kind, finding);
      for (const address of result?.missing ?? []) missing.add(address);
      const story = storyReport(imported, outcome, path, result, problem);
      if (isWorthListing(story)) stories.push(detached(story));
      if (stories.length > listed.stories * 2) stories.splice(0, stories.length, ...worst(stories));
    },
    finish(survey, plan) {
      const { named, planned } = plan.authorCounts;
      counts.authors = { in: named, kept: planned, changed: 0, lost: named - planned };
      const { all, redirected } = plan.urls;
      const lost = plan.lostUrls.length;
      counts.urls = { in: all, kept: all - redirected - lost, changed: redirected, lost };
      return {
        source,
        reader,
        counts,
        outcomes,
        drafts: Object.fromEntries(Object.entries(drafts).toSorted(([a], [b]) => compareText(a, b))),
        tags: byCount(tags),
        findings: byCount(findings),
        leftOut: [...survey.leftOut].map(([what, { count, example, place }]) => ({
          what,
          count,
          example,
          ...place,
        })),
        problems: survey.problems.map(({ place, reason, isRemark }) => ({
          ...place,
          reason,
          isLoss: !isRemark,
        })),
        ...(plan.oldPermalink !== undefined && { oldPermalink: plan.oldPermalink }),
        lostUrls: plan.lostUrls.slice(0, listed.urls),
        missingMedia: [...missing].slice(0, listed.urls),
        stories: worst(stories),
      };
    },
  };
}

/** The stories with the greatest losses. */
const worst = (stories: readonly StoryReport[]): StoryReport[] =>
  stories
    .toSorted((a, b) => b.lostCount - a.lostCount || b.findings.length - a.findings.length)
    .slice(0, listed.stories);

function count(counter: Count, outcome: StoryOutcome): void {
  counter.in++;
  if (outcome === 'failed' || outcome === 'existing') counter.lost++;
  else counter.kept++;
}

function addNumbers(counts: ImportReport['counts'], numbers: StoryStats): void {
  const { words, pictures, credits } = counts;
  words.in += numbers.words;
  words.lost += numbers.lost;
  words.changed += numbers.replaced;
  words.kept += numbers.words - numbers.lost - numbers.replaced;
  pictures.in += numbers.pictures;
  const kept = Math.min(numbers.pictures, numbers.picturesKept);
  pictures.kept += kept;
  // Without its file, a picture is a link to the old site.
  pictures.lost += numbers.pictures - kept;
  // The credit of a picture without a file is in the text.
  credits.in += numbers.credits;
  credits.kept += Math.min(numbers.credits, numbers.creditsKept);
  credits.changed += Math.max(0, numbers.credits - numbers.creditsKept);
}

function addTo<Item extends { example: string }>(
  map: Map<string, Item & { count: number }>,
  key: string,
  item: Item,
): void {
  const known = map.get(key);
  if (known) known.count++;
  else map.set(key, { ...item, count: 1 });
}

const byCount = <Item extends { count: number }>(map: ReadonlyMap<string, Item>): Item[] =>
  [...map.values()].toSorted((a, b) => b.count - a.count);

function storyReport(
  { id, title, place, state }: ReportedStory,
  outcome: StoryOutcome,
  path: string,
  result: StoryResult | undefined,
  problem: string | undefined,
): StoryReport {
  const { words = 0, lost = [], added = [], replaced = 0 } = result?.difference ?? {};
  return {
    id,
    title: plainOf(parseHtml(title)),
    path,
    place,
    outcome,
    state,
    words,
    lost: lost.slice(0, listed.words),
    lostCount: lost.length,
    added: added.slice(0, listed.words),
    replaced,
    findings: mergeFindings(result?.findings ?? []),
    missing: (result?.missing ?? []).slice(0, listed.words),
    ...(problem !== undefined && { problem }),
  };
}

/** One finding of each kind and example. */
function mergeFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map(finding => [`${finding.kind} ${finding.example}`, finding]));
  return [...seen.values()].slice(0, 50);
}

const isWorthListing = ({ lostCount, findings, missing, outcome }: StoryReport): boolean =>
  lostCount > 0 ||
  findings.length > 0 ||
  missing.length > 0 ||
  /^(?:edited|removed|existing|failed)$/.test(outcome);

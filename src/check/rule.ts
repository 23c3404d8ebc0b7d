/**
 * Types and helpers for editorial rules. A rule is one file in this folder and two lines in rules.ts: its
 * import and its entry in a table.
 */
import type { ArticleMeta } from '../article/keys.ts';
import type { ContentDocument } from '../article/model.ts';
import type { Catalog, DataArguments, Place, Prose, Severity } from '../base/diagnostics.ts';
import type { Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import type { PictureUse } from '../site/picture-links.ts';
import type { RecordingUse } from '../site/recordings.ts';
import type { Redirect } from '../site/redirects.ts';

/**
 * Location of a problem: a place in the file, or the dotted path of a key in front matter or site.yaml;
 * undefined if the location is unknown.
 */
export type At = Place | string | undefined;

interface RuleBase {
  /** Stable kebab-case id, printed with every message and used as a key in site.yaml's `rules`. */
  id: string;
  /** Severity, unless site.yaml sets another. */
  severity: Severity;
  /** Set to true if rendering relies on this rule. site.yaml then cannot turn the rule off. */
  required?: true;
}

/**
 * A document as its rules see it. `meta` is undefined for pages and authors. If an article's front matter has
 * invalid values, `meta` lacks their keys.
 */
export type CheckedDocument = ContentDocument<Partial<ArticleMeta> | undefined>;

/** A rule as rules.ts runs it. `Where` lists the arguments of a report that locate the problem. */
export interface Rule<Subject extends unknown[], Where extends unknown[]> extends RuleBase {
  /** The rule's messages by code: its id, or its id, a slash and the variant. */
  messages: Catalog;
  check(subject: Subject, report: (where: Where, code: string, data: Record<string, unknown>) => void): void;
}

/** A rule about one document, created by `documentRule`. */
export type DocumentRule = Rule<[document: CheckedDocument], [at: At]>;
/** A rule about the whole site, created by `siteRule`. */
export type SiteRule = Rule<[site: Site, pages: readonly Page[]], [file: string, at: At]>;
/** A site, its pages and its redirects. */
export interface PlannedSite {
  site: Site;
  pages: readonly Page[];
  redirects: readonly Redirect[];
}
/**
 * A rule about what exists at the build's clock, created by `presenceRule`. Time alone can trigger it, so it is
 * a warning, even with `--strict`.
 */
export type PresenceRule = Rule<[site: PlannedSite, anytime: PlannedSite], [file: string, at: At]>;
/** A rule about pictures, created by `pictureRule`. */
export type PictureRule = Rule<[use: PictureUse], []>;
/** A rule about videos and audio, created by `recordingRule`. */
export type RecordingRule = Rule<[use: RecordingUse], []>;

/**
 * Arguments of a rule's report: the place; the variant, if the rule has several messages; and the message's
 * data, if it has any.
 */
type RuleReport<Where extends unknown[], One extends Prose, Many extends Catalog> = [Many] extends [never]
  ? (...args: [...Where, ...DataArguments<One>]) => void
  : <Variant extends keyof Many>(
      ...args: [...Where, variant: Variant, ...DataArguments<Many[Variant]>]
    ) => void;

/** A rule as its file defines it: one `message`, or several `messages` by variant. */
type RuleSource<
  Subject extends unknown[],
  Where extends unknown[],
  One extends Prose,
  Many extends Catalog,
> = RuleBase & {
  message?: One;
  messages?: Many;
  check(...args: [...Subject, report: RuleReport<Where, One, Many>]): void;
};

/** Creates a helper that defines rules. @param places number of report arguments that locate the problem */
function ruleHelper<Subject extends unknown[], Where extends unknown[]>(places: Where['length']) {
  return <One extends Prose = never, Many extends Catalog = never>({
    message,
    messages = {} as Many,
    check,
    ...base
  }: RuleSource<Subject, Where, One, Many>): Rule<Subject, Where> => ({
    ...base,
    messages:
      message === undefined
        ? Object.fromEntries(Object.entries(messages).map(([name, text]) => [`${base.id}/${name}`, text]))
        : { [base.id]: message },
    check(subject, report) {
      const reportArguments = (...args: unknown[]) => {
        const where = args.slice(0, places) as Where;
        const rest = args.slice(places);
        const code = message === undefined ? `${base.id}/${rest.shift()}` : base.id;
        report(where, code, (rest[0] ?? {}) as Record<string, unknown>);
      };
      check(...subject, reportArguments as RuleReport<Where, One, Many>);
    },
  });
}

/** Defines a rule about one article, page or author. */
export const documentRule = ruleHelper<[document: CheckedDocument], [at: At]>(1);

/**
 * Defines a rule about the whole site: its documents in relation to each other, and site.yaml. It gets the site
 * as collected for any time, so its errors do not depend on the clock.
 */
export const siteRule = ruleHelper<[site: Site, pages: readonly Page[]], [file: string, at: At]>(2);

/** Defines a rule that compares the site at the build's clock with the site as collected for any time. */
export const presenceRule = ruleHelper<[site: PlannedSite, anytime: PlannedSite], [file: string, at: At]>(2);

/** Defines a rule about a picture in a document, and about the metadata in its file. */
export const pictureRule = ruleHelper<[use: PictureUse], []>(0);

/** Defines a rule about a video or audio file that a document shows or links to. */
export const recordingRule = ruleHelper<[use: RecordingUse], []>(0);

/** Position at which a node begins in its file; undefined if the node has no position. */
export function startOf(node: { position?: { start: Place } | undefined }): Place | undefined {
  return node.position?.start;
}

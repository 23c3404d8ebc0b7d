/** What an editorial rule is. A rule is one file in this folder and two lines in rules.ts: its import and its place in a table. */
import type { ArticleMeta } from '../article/keys.ts';
import type { ContentDocument } from '../article/model.ts';
import type { Catalog, DataArguments, Place, Prose, Severity } from '../base/diagnostics.ts';
import type { Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import type { PictureUse } from '../site/picture-links.ts';
import type { RecordingUse } from '../site/recordings.ts';

/** A place in a file, or the dotted path of a key in its front matter. */
export type At = Place | string | undefined;

interface RuleBase {
  /** Stable, kebab-case: printed with every message, and the key in site.yaml's `rules`. */
  id: string;
  /** Unless site.yaml says otherwise. */
  severity: Severity;
  /** Where the rule is broken no page can be made, so site.yaml cannot turn it off. */
  required?: true;
}

/** A rule as it is run. `Where` is what a report needs besides the subject to name a place. */
export interface Rule<Subject extends unknown[], Where extends unknown[]> extends RuleBase {
  /** The rule's messages by code: its id, or its id, a slash and the variant. */
  messages: Catalog;
  check(subject: Subject, report: (where: Where, code: string, data: Record<string, unknown>) => void): void;
}

/** A rule about one document: `documentRule` makes it. */
export type DocumentRule = Rule<[document: ContentDocument<ArticleMeta | undefined>], [at: At]>;
/** A rule about the whole site: `siteRule` makes it. */
export type SiteRule = Rule<[site: Site, pages: readonly Page[]], [file: string, at: At]>;
/** A rule about pictures: `pictureRule` makes it. */
export type PictureRule = Rule<[use: PictureUse], []>;
/** A rule about videos and sound: `recordingRule` makes it. */
export type RecordingRule = Rule<[use: RecordingUse], []>;

/** How a rule's check reports: the place, the variant if the rule has several messages, the message's data if it takes any. */
type RuleReport<Where extends unknown[], One extends Prose, Many extends Catalog> = [Many] extends [never]
  ? (...args: [...Where, ...DataArguments<One>]) => void
  : <Variant extends keyof Many>(
      ...args: [...Where, variant: Variant, ...DataArguments<Many[Variant]>]
    ) => void;

/** A rule as its file has it: one `message`, or several `messages` by variant. */
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

/** @param places how many arguments of a report name its place */
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

/** A rule about one article, page or author. `meta` is undefined for pages and authors, and if the front matter is wrong. */
export const documentRule = ruleHelper<[document: ContentDocument<ArticleMeta | undefined>], [at: At]>(1);

/** A rule about what articles say of each other and of the site. */
export const siteRule = ruleHelper<[site: Site, pages: readonly Page[]], [file: string, at: At]>(2);

/** A rule about a picture where a document shows it, and about what its file says of itself. */
export const pictureRule = ruleHelper<[use: PictureUse], []>(0);

/** A rule about a video or sound where a document shows it or links to it. */
export const recordingRule = ruleHelper<[use: RecordingUse], []>(0);

/** Where a node begins in its file. */
export function startOf(node: { position?: { start: Place } | undefined }): Place | undefined {
  return node.position?.start;
}

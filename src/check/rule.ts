/** What an editorial rule is. A rule is one file in this folder and one line in rules.ts. */
import type { ArticleMeta, ContentDocument } from '../article/model.ts';
import type { Place, Severity } from '../base/diagnostics.ts';
import type { Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import type { PictureUse } from '../site/picture-links.ts';
import type { RecordingUse } from '../site/recordings.ts';

interface RuleBase {
  /** Stable, kebab-case: printed with every message, and the key in site.yaml's `rules`. */
  id: string;
  /** Unless site.yaml says otherwise. */
  severity: Severity;
  /** No page could be made where it is broken: site.yaml cannot turn it off. */
  required?: true;
}

/** Looks at one article or page, and reports a place in it or the dotted path of a key of its front matter. `meta` is absent for a page, and where the front matter is wrong. */
export interface DocumentRule extends RuleBase {
  check(
    document: ContentDocument<ArticleMeta | undefined>,
    report: (at: Place | string | undefined, reason: string) => void,
  ): void;
}

/** Looks at what articles say of each other and of the site, and reports as a document's rule does. */
export interface SiteRule extends RuleBase {
  check(
    site: Site,
    pages: readonly Page[],
    report: (file: string, at: Place | string | undefined, reason: string) => void,
  ): void;
}

/** Looks at a picture where a document shows it, and at what the file says of itself. */
export interface PictureRule extends RuleBase {
  check(use: PictureUse, report: (reason: string) => void): void;
}

/** Looks at a video or sound where a document shows it or links to it. */
export interface RecordingRule extends RuleBase {
  check(use: RecordingUse, report: (reason: string) => void): void;
}

/** Where a node begins in its file. */
export function startOf(node: { position?: { start: Place } | undefined }): Place | undefined {
  return node.position?.start;
}

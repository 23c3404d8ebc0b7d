/** The editorial rules, and the ways to run them. */
import type { ArticleMeta, ContentDocument } from '../article/model.ts';
import { type Diagnostic, reportTo } from '../base/diagnostics.ts';
import type { PlaceOf } from '../base/yaml.ts';
import { configPath } from '../config/paths.ts';
import type { Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import type { PictureUse } from '../site/picture-links.ts';
import type { RecordingUse } from '../site/recordings.ts';
import { articleReferences } from './article-references.ts';
import { creditConflict } from './credit-conflict.ts';
import { dateOrder } from './date-order.ts';
import { headingDuplicate } from './heading-duplicate.ts';
import { headingLevel } from './heading-level.ts';
import { headlineLength } from './headline-length.ts';
import { imageAlt } from './image-alt.ts';
import { imageCredit } from './image-credit.ts';
import { keyFigureText } from './key-figure-text.ts';
import { linkExpired } from './link-expired.ts';
import { linkFile } from './link-file.ts';
import { linkTarget } from './link-target.ts';
import { lookFile } from './look-file.ts';
import { navigationTarget } from './navigation-target.ts';
import { pictureFile } from './picture-file.ts';
import { pictureOption } from './picture-option.ts';
import { pictureUnsafe } from './picture-unsafe.ts';
import { quoteAttribution } from './quote-attribution.ts';
import { recordingUnreadable } from './recording-unreadable.ts';
import type { DocumentRule, PictureRule, RecordingRule, SiteRule } from './rule.ts';
import { sectionEmpty } from './section-empty.ts';
import { videoCaptions } from './video-captions.ts';

const documentRules: readonly DocumentRule[] = [
  dateOrder,
  headingDuplicate,
  headingLevel,
  headlineLength,
  keyFigureText,
  quoteAttribution,
  sectionEmpty,
  videoCaptions,
];

const siteRules: readonly SiteRule[] = [
  ...articleReferences,
  linkExpired,
  linkFile,
  linkTarget,
  lookFile,
  navigationTarget,
  pictureFile,
];

const pictureRules: readonly PictureRule[] = [
  creditConflict,
  imageAlt,
  imageCredit,
  pictureOption,
  pictureUnsafe,
];

const recordingRules: readonly RecordingRule[] = [recordingUnreadable];

/** The ids that site.yaml's `rules` may set. */
export const ruleIds: readonly string[] = [...documentRules, ...siteRules, ...pictureRules, ...recordingRules]
  .filter(rule => !rule.required)
  .map(rule => rule.id);

export function checkDocument(
  document: ContentDocument<ArticleMeta | undefined>,
  placeOf: PlaceOf,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = reportTo(diagnostics, document.path);
  for (const rule of documentRules) {
    rule.check(document, (at, reason) =>
      report(rule.severity, rule.id, typeof at === 'string' ? placeOf(at) : at, reason),
    );
  }
  return diagnostics;
}

/** @param placeOfSetting where a value of site.yaml is */
export function checkSite(site: Site, pages: readonly Page[], placeOfSetting: PlaceOf): Diagnostic[] {
  const keyPlace = (file: string, key: string) =>
    file === configPath
      ? placeOfSetting(key)
      : (site.entries.get(file) ?? site.withheld.get(file))?.keyPlaces[key];
  const diagnostics: Diagnostic[] = [];
  for (const rule of siteRules) {
    const { id: ruleId, severity } = rule;
    rule.check(site, pages, (file, at, reason) => {
      const place = typeof at === 'string' ? keyPlace(file, at) : at;
      diagnostics.push({ file, place, severity, ruleId, reason });
    });
  }
  return diagnostics;
}

export function checkPictures(uses: readonly PictureUse[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const use of uses) {
    for (const rule of pictureRules) {
      const report = reportTo(diagnostics, use.from.source);
      rule.check(use, reason => report(rule.severity, rule.id, use.link.place, reason));
    }
  }
  return diagnostics;
}

export function checkRecordings(uses: readonly RecordingUse[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const use of uses) {
    for (const rule of recordingRules) {
      const report = reportTo(diagnostics, use.from.source);
      rule.check(use, reason => report(rule.severity, rule.id, use.place, reason));
    }
  }
  return diagnostics;
}

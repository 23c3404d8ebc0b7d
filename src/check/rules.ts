/** Lists the editorial rules and runs them. */
import { placeOfKey } from '../article/key-places.ts';
import type { Catalog, Diagnostic, Place } from '../base/diagnostics.ts';
import type { PlaceOf } from '../base/yaml.ts';
import { configPath } from '../config/paths.ts';
import type { PictureUse } from '../site/picture-links.ts';
import type { RecordingUse } from '../site/recordings.ts';
import { articleEmpty } from './article-empty.ts';
import { authorUnknown } from './author-unknown.ts';
import { chapterUnknown } from './chapter-unknown.ts';
import { contentFormat } from './content-format.ts';
import { creditConflict } from './credit-conflict.ts';
import { dateOrder } from './date-order.ts';
import { deskUnknown } from './desk-unknown.ts';
import { headingDuplicate } from './heading-duplicate.ts';
import { headingLevel } from './heading-level.ts';
import { headlineLength } from './headline-length.ts';
import { imageAlt } from './image-alt.ts';
import { imageCredit } from './image-credit.ts';
import { keyFigureText } from './key-figure-text.ts';
import { leadExpired } from './lead-expired.ts';
import { linkAbsent } from './link-absent.ts';
import { linkAddress } from './link-address.ts';
import { linkExpired } from './link-expired.ts';
import { linkFile } from './link-file.ts';
import { linkTarget } from './link-target.ts';
import { navigationAbsent } from './navigation-absent.ts';
import { navigationTarget } from './navigation-target.ts';
import { pictureFile } from './picture-file.ts';
import { pictureInline } from './picture-inline.ts';
import { pictureOption } from './picture-option.ts';
import { pictureUnsafe } from './picture-unsafe.ts';
import { placeholderText } from './placeholder-text.ts';
import { quoteAttribution } from './quote-attribution.ts';
import { recordingUnreadable } from './recording-unreadable.ts';
import { redirectAbsent } from './redirect-absent.ts';
import { redirectCover } from './redirect-cover.ts';
import { relatedUnknown } from './related-unknown.ts';
import type {
  At,
  CheckedDocument,
  DocumentRule,
  PictureRule,
  PlannedSite,
  PresenceRule,
  RecordingRule,
  Rule,
  SiteRule,
} from './rule.ts';
import { sectionEmpty } from './section-empty.ts';
import { stepsFigure } from './steps-figure.ts';
import { storyDuplicate } from './story-duplicate.ts';
import { themeFile } from './theme-file.ts';
import { topicUnknown } from './topic-unknown.ts';
import { translationOriginal } from './translation-original.ts';
import { videoCaptions } from './video-captions.ts';

const documentRules: readonly DocumentRule[] = [
  articleEmpty,
  dateOrder,
  headingDuplicate,
  headingLevel,
  headlineLength,
  keyFigureText,
  pictureInline,
  placeholderText,
  quoteAttribution,
  sectionEmpty,
  stepsFigure,
  videoCaptions,
];

const siteRules: readonly SiteRule[] = [
  authorUnknown,
  chapterUnknown,
  contentFormat,
  deskUnknown,
  linkAddress,
  linkFile,
  linkTarget,
  navigationTarget,
  pictureFile,
  redirectCover,
  relatedUnknown,
  storyDuplicate,
  themeFile,
  topicUnknown,
  translationOriginal,
];

/** Rules that time alone can trigger. `--strict` does not turn their warnings into errors. */
const presenceRules: readonly PresenceRule[] = [
  leadExpired,
  linkAbsent,
  linkExpired,
  navigationAbsent,
  redirectAbsent,
];

const pictureRules: readonly PictureRule[] = [
  creditConflict,
  imageAlt,
  imageCredit,
  pictureOption,
  pictureUnsafe,
];

const recordingRules: readonly RecordingRule[] = [recordingUnreadable];

/** Every rule of this folder. */
export const allRules = [
  ...documentRules,
  ...siteRules,
  ...presenceRules,
  ...pictureRules,
  ...recordingRules,
];

/** Rule ids that `rules` in site.yaml may set. */
export const ruleIds: readonly string[] = allRules.filter(rule => !rule.required).map(rule => rule.id);

/** Messages of all rules, by code. */
export const ruleMessages: Catalog = Object.assign({}, ...allRules.map(rule => rule.messages));

/** Runs the rules about one document. @param placeOf finds the places of its front-matter keys */
export function checkDocument(document: CheckedDocument, placeOf: PlaceOf): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const { severity, check } of documentRules) {
    check([document], ([at], code, data) => {
      const place = placeIn(typeof at === 'string' ? placeOf(at) : at);
      diagnostics.push({ file: document.path, place, severity, code, data });
    });
  }
  return diagnostics;
}

/**
 * Runs the rules about the whole site.
 * @param now the site at the build's clock
 * @param anytime the site as collected for any time, on which errors depend
 * @param placeOfSetting finds the places of site.yaml's keys
 */
export function checkSite(now: PlannedSite, anytime: PlannedSite, placeOfSetting: PlaceOf): Diagnostic[] {
  const { site, pages } = anytime;
  const placeOfKeyIn = (file: string, key: string) => {
    if (file === configPath) return placeOfSetting(key);
    const entry = site.entries.get(file) ?? site.withheld.get(file) ?? site.flawed.get(file);
    return entry && placeOfKey(entry.keyPlaces, key);
  };
  const diagnostics: Diagnostic[] = [];
  const reportAs =
    (kind: Pick<Diagnostic, 'severity' | 'timed'>) =>
    ([file, at]: [file: string, at: At], code: string, data: Record<string, unknown>) => {
      const place = placeIn(typeof at === 'string' ? placeOfKeyIn(file, at) : at);
      diagnostics.push({ file, place, ...kind, code, data });
    };
  for (const { severity, check } of siteRules) check([site, pages], reportAs({ severity }));
  for (const { severity, check } of presenceRules) check([now, anytime], reportAs({ severity, timed: true }));
  return diagnostics;
}

/** Runs the rules about pictures. */
export function checkPictures(uses: readonly PictureUse[]): Diagnostic[] {
  return checkUses(pictureRules, uses, ({ link }) => link.place);
}

/** Runs the rules about videos and audio. */
export function checkRecordings(uses: readonly RecordingUse[]): Diagnostic[] {
  return checkUses(recordingRules, uses, ({ place }) => place);
}

function checkUses<Use extends { from: { source: string } }>(
  rules: readonly Rule<[use: Use], []>[],
  uses: readonly Use[],
  placeOf: (use: Use) => Place | undefined,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const use of uses) {
    for (const { severity, check } of rules) {
      check([use], (_, code, data) => {
        diagnostics.push({ file: use.from.source, place: placeIn(placeOf(use)), severity, code, data });
      });
    }
  }
  return diagnostics;
}

/** Keeps only the line and the column, because a parser's position also has an offset. */
const placeIn = (place: Place | undefined): Place | undefined =>
  place && { line: place.line, column: place.column };

/** Words with which agencies withdraw and correct items in headlines and messages to editors. */

/** Matches the end of the words before a headline: `KILL: …`, `CORRECTED-…`, or the end of the headline. */
const end = '(?![\\p{L}\\p{N}])\\s*(?:[:–—/,(-]|$)';

const before =
  '^[^\\p{L}\\p{N}]*(?:(?:MANDATORY|BULLETIN|URGENT|ATTENTION|ADVISORY|STORY|PHOTO|PICTURE|TEXT|ACHTUNG|EILMELDUNG|EDS)[^\\p{L}\\p{N}]+)*';

/** Only words in capitals count, because a headline can also be about a withdrawal. */
const killHeadline = new RegExp(
  `${before}(?:KILL(?:ED)?|WITHDRAWN|WITHDRAWAL|ELIMINATION|CANCELL?ED|ZURÜCKGEZOGEN|RÜCKZUG|STORNO|ANNUL(?:É|ÉE|E|EE|ATION)|ANULAD[AO]|ANULACI[OÓ]N|RETIRAD[AO])${end}`,
  'u',
);
const killAttention =
  /^\P{L}*(?:attention|achtung|advisory|note to editors|editors)\P{L}+.{0,60}\b(?:withdrawn|withdraws|withdrawal|killed|kill|zurückgezogen|annulée?|anulad[ao])\P{L}*$/iu;

const killNote =
  /^\P{L}*(?:eds?\P{L}+)?(?:mandatory )?kill\b(?!\s+(?:off|ing|zone|switch))|\bmandatory kill\b|\b(?:story|item|report|article|picture|photo|text) (?:is|has been|was) (?:hereby )?(?:withdrawn|killed|retracted)\b|\b(?:meldung|bericht|bild|text) (?:ist|wird|wurde) (?:hiermit )?zurückgezogen\b/iu;

const correctionHeadline = new RegExp(
  `${before}(?:CORRECT(?:ED|ION|S)?|CORR|CLARIFICATION|CLARIFIES|BERICHTIGUNG|BERICHTIGT|KORREKTUR|CORRECTIF|RECTIFICATI(?:F|ON)|CORRECCI[OÓ]N|RECTIFICACI[OÓ]N)${end}`,
  'u',
);
const correctionNotes = [
  /\b(?:CORRECTS?|CORRECTION|CLARIFIES)\b/,
  /^\P{L}*(?:eds?\P{L}+)?(?:corrects?|correction|corrected|clarifies|clarification|berichtigt|berichtigung|korrigiert|korrektur|corrige|rectifie|corrección|rectifica)(?!\p{L})/iu,
];

/** Signals of NewsML-G2 and message types of NITF, without their scheme. */
const killSignal = /^(?:kill|killed|withdraw|withdrawn|withdrawal|cancel|cancell?ed|retraction)$/i;
const correctionSignal = /^(?:correction|corrected|correct|clarification)$/i;

/** State of an item, by its own account. */
export interface Announcement {
  title: string;
  edNote: string | undefined;
  /** Signals and message types. */
  signals: readonly string[];
}

/** Why an item is withdrawn; undefined if it is not. */
export function withdrawalIn({ title, edNote = '', signals }: Announcement): string | undefined {
  const signal = signals.find(name => killSignal.test(localPart(name)));
  if (signal !== undefined) return edNote || `Signal ${signal}`;
  if (killHeadline.test(title) || killAttention.test(title)) return edNote || title;
  // A note can also say that an earlier version is withdrawn and this one replaces it.
  return killNote.test(edNote) && !/replac|substitut|supersed|ersetz/i.test(edNote) ? edNote : undefined;
}

/** Whether an item corrects an earlier version. */
export const isCorrectionIn = ({ title, edNote = '', signals }: Announcement): boolean =>
  signals.some(name => correctionSignal.test(localPart(name))) ||
  correctionHeadline.test(title) ||
  correctionNotes.some(pattern => pattern.test(edNote));

const localPart = (name: string): string => name.split(/[:/]/).at(-1)!;

/**
 * Messages about the newsroom's files: what is wrong, where, and what to do.
 * The field names are those of vfile-message; a diagnostic is plain JSON, so that it can be
 * cached and posted between threads.
 */

/** A position in a file. Line and column are 1-based; a column counts UTF-16 code units. */
export interface Place {
  line: number;
  column: number;
}

export type Severity = 'error' | 'warning';

export interface Diagnostic {
  /** Path relative to the site's root, with forward slashes. */
  file: string;
  place: Place | undefined;
  /** Instead, the dotted path of a key of the front matter or of site.yaml; where it stands is looked up before the message is told. */
  key?: string | undefined;
  severity: Severity;
  /** The rule's id: stable, kebab-case, the name that site.yaml's `rules` uses. */
  ruleId: string;
  /** What is wrong. What to do. */
  reason: string;
}

/** How site.yaml may set a rule. */
export type RuleSetting = 'off' | Severity;

/** Takes one message about the file at hand. */
export type Report = (severity: Severity, ruleId: string, place: Place | undefined, reason: string) => void;

/** A `Report` for one file that appends to `list`. */
export function reportTo(list: Diagnostic[], file: string): Report {
  return (severity, ruleId, place, reason) => {
    list.push({ file, place: place && { line: place.line, column: place.column }, severity, ruleId, reason });
  };
}

/**
 * Warnings that reading a file gives, outside the editorial rules in check/. They can be set in
 * site.yaml like those; errors of reading cannot.
 */
export const readingRules = ['date-zone', 'html-dropped', 'body-heading-one', 'look-contrast'] as const;

/**
 * Applies the site's rule settings and `--strict`, and puts the messages in the order of file, line and column.
 * Two messages that say the same of the same place are one.
 */
export function settleDiagnostics(
  diagnostics: readonly Diagnostic[],
  rules: Readonly<Record<string, RuleSetting>>,
  strict: boolean,
): Diagnostic[] {
  const settled = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const setting = Object.hasOwn(rules, diagnostic.ruleId) ? rules[diagnostic.ruleId] : undefined;
    if (setting === 'off') continue;
    const severity = strict ? 'error' : (setting ?? diagnostic.severity);
    settled.set(formatDiagnostic(diagnostic), { ...diagnostic, severity });
  }
  return [...settled.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.reason, b.reason),
  );
}

/** `file:line:column severity rule-id What is wrong. What to do.`, on one line. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { severity, ruleId, reason } = diagnostic;
  return `${formatPlace(diagnostic)} ${severity} ${ruleId} ${printable(reason)}`;
}

/** `file:line:column`. */
export function formatPlace({ file, place }: Diagnostic): string {
  return place ? `${printable(file)}:${place.line}:${place.column}` : printable(file);
}

/** Content is untrusted: control characters (terminal escapes, new lines, bidi overrides) never reach the terminal. */
export function printable(text: string): string {
  return withoutControls(text.replace(/\s+/g, ' ')).trim();
}

/** The same, for text of several lines and for JSON. */
export function withoutControls(text: string): string {
  return text.replace(
    /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Order by code unit: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** For the end of a switch over a union: a new kind that is not handled does not compile. */
export function assertUnreachable(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`);
}

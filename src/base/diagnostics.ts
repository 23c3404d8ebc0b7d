/**
 * Diagnostics: problems in the newsroom's files, each a code, a position and data. Their prose is generated
 * once, at the end of a build, from message catalogs (`messages.ts` in each folder, and the rules in check/).
 * No code parses prose.
 */

/** A position in a file. Line and column are 1-based; a column counts UTF-16 code units. */
export interface Place {
  line: number;
  column: number;
}

/** An error stops a build; a warning does not. */
export type Severity = 'error' | 'warning';

/** A message: fixed text, or a function of the diagnostic's data. It says what is wrong, and then what to do. */
export type Prose = string | ((data: never) => string);

/** Messages by code. */
export type Catalog = Readonly<Record<string, Prose>>;

/**
 * The messages of all folders, by code. Each folder's catalog extends this interface
 * (`declare module`), so a report with an unknown code or the wrong data does not compile.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the catalogs extend it
export interface Messages {}

/** A rule id (`front-matter-date`), or a rule id, a slash and a variant (`chart-number/thousands`). */
export type Code = keyof Messages;

/** Arguments of a message: its data, or an empty list if the message is fixed text. */
export type DataArguments<Message> = Message extends (data: infer Data) => string ? [data: Data] : [];

/** A diagnostic is plain JSON, so the cache can store it and workers can send it. */
export interface Diagnostic {
  /** Path relative to the site's root, with forward slashes. */
  file: string;
  place: Place | undefined;
  /** Path of the document that uses `file` as its data, if the reader needs to look there too. */
  usedBy?: string | undefined;
  severity: Severity;
  /** Whether time alone can cause the problem, so that `--strict` leaves the warning a warning. */
  timed?: true;
  /** Identifies the message. `ruleOf` returns its rule id. */
  code: string;
  /** Details for the message: plain JSON, typed by the code. */
  data: Readonly<Record<string, unknown>>;
}

/** A diagnostic with its prose, as shown by the terminal, `--json` and `dev`. */
export interface Message extends Diagnostic {
  /** Stable kebab-case name, which `rules` in site.yaml uses. */
  ruleId: string;
  /** Text that says what is wrong, then what to do. */
  reason: string;
}

/** The rule id of a code: the part before the slash. */
export function ruleOf(code: string): string {
  return code.split('/', 1)[0]!;
}

/** Setting of a rule in site.yaml. */
export type RuleSetting = 'off' | Severity;

/** Reports a diagnostic about one file. Messages of fixed text take no data. */
export type Report = <Own extends Code>(
  severity: Severity,
  code: Own,
  place: Place | undefined,
  ...data: DataArguments<Messages[Own]>
) => void;

/** Creates a diagnostic. The compiler checks that the code exists and that the data match it. */
export function createDiagnostic<Own extends Code>(
  file: string,
  severity: Severity,
  code: Own,
  place: Place | undefined,
  ...[data]: DataArguments<Messages[Own]>
): Diagnostic {
  return {
    file,
    place: place && { line: place.line, column: place.column },
    severity,
    code,
    data: (data ?? {}) as Diagnostic['data'],
  };
}

/**
 * Creates a `Report` about one file, which appends diagnostics to `list`.
 * @param usedBy path of the document that uses the file as its data
 */
export function reportTo(list: Diagnostic[], file: string, usedBy?: string): Report {
  return (severity, code, place, ...data) => {
    const diagnostic = createDiagnostic(file, severity, code, place, ...data);
    list.push(usedBy === undefined ? diagnostic : { ...diagnostic, usedBy });
  };
}

/**
 * Rules outside check/ whose severity site.yaml can change, with their usual severity. All other errors from reading
 * files always remain errors.
 */
export const readingRules = {
  'body-heading-one': 'warning',
  'date-zone': 'warning',
  'front-matter-markup': 'warning',
  'html-dropped': 'warning',
  'markdown-leftover': 'error',
  'quote-format': 'warning',
  'style-property': 'warning',
  'template-blocked': 'warning',
  'template-leftover': 'warning',
  'template-unused': 'warning',
  'text-encoding': 'warning',
  'theme-contrast': 'warning',
} as const satisfies Record<string, Severity>;

/**
 * Applies the site's rule settings and `--strict`. Merges diagnostics with the same file, place, code and
 * data.
 * @param strict whether to turn warnings into errors, except those that time alone can cause
 */
export function settleDiagnostics(
  diagnostics: readonly Diagnostic[],
  rules: Readonly<Record<string, RuleSetting>>,
  strict: boolean,
): Diagnostic[] {
  const settled = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { file, place, usedBy, code, data } = diagnostic;
    const ruleId = ruleOf(code);
    const setting = Object.hasOwn(rules, ruleId) ? rules[ruleId] : undefined;
    if (setting === 'off') continue;
    const severity = strict && !diagnostic.timed ? 'error' : (setting ?? diagnostic.severity);
    const identity = JSON.stringify([file, place?.line, place?.column, usedBy, code, data]);
    settled.set(identity, { ...diagnostic, severity });
  }
  return [...settled.values()];
}

/** Whether any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** Orders messages by file, line, column, rule id and text. */
export function sortMessages(messages: readonly Message[]): Message[] {
  return messages.toSorted(
    (a, b) =>
      compareText(a.file, b.file) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.reason, b.reason),
  );
}

/** Formats a message as one line: `file:line:column severity rule-id What is wrong. What to do.` */
export function formatDiagnostic(message: Message): string {
  const { severity, ruleId, reason } = message;
  return `${formatPlace(message)} ${severity} ${ruleId} ${printable(reason)}`;
}

/** Formats a place as `file:line:column`, or as only the file if the place is unknown. */
export function formatPlace({ file, place }: Pick<Diagnostic, 'file' | 'place'>): string {
  return place ? `${printable(file)}:${place.line}:${place.column}` : printable(file);
}

/**
 * Turns text into one line without control characters. Content is untrusted: terminal escapes, line breaks
 * and bidi controls must not reach the terminal.
 */
export function printable(text: string): string {
  return withoutControls(text.replace(/\s+/g, ' ')).trim();
}

/** Escapes control characters and bidi controls, but not line breaks, for multi-line text and JSON. */
export function withoutControls(text: string): string {
  return text.replace(
    /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Compares texts by UTF-16 code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Marks the end of a switch over a union, so that a kind without a case does not compile.
 * @throws Error if called
 */
export function assertUnreachable(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`);
}

/**
 * Reads hand-written YAML and checks it against a schema. Every diagnostic has the position of its problem.
 * Front matter, site.yaml, fenced blocks and the templates' strings all use this reader.
 */
import { location } from 'vfile-location';
import type { Document } from 'yaml';
import type * as z from 'zod';
import type { Code, DataArguments, Place, Report } from './diagnostics.ts';
import { lazyPackage } from './lazy-package.ts';
import { join, readPlainYaml } from './plain-yaml.ts';
import { isTextListAt, keysAt, requiredKeysAt } from './schema-keys.ts';
import { type Suggestion, type Synonyms, suggest } from './suggestions.ts';
import { explainCommas } from './yaml-commas.ts';
import { uncoverText } from './yaml-comments.ts';
import type { YamlEndings, YamlPrefix } from './yaml-messages.ts';
import { createExplainer, type YamlExplainer, type YamlMistake } from './yaml-mistakes.ts';

/**
 * `jitless` disables zod's code generation, which costs a small site more time than it saves a large one.
 * `reportInput` adds the value to each issue, so that `readYaml` can report empty values as such.
 */
const parsing = { jitless: true, reportInput: true };

/** Full parser, for YAML that the fast reader rejects or that does not fit its schema. */
const parser = lazyPackage<typeof import('yaml')>('yaml');

/** YAML text and its position in a file. */
export interface YamlText {
  text: string;
  /** Place of the text's first character in the file. */
  origin: Place;
  /** Returns the number of columns before a line (the first is 0), for example in an indented fenced block. */
  indentOf?: (line: number) => number;
}

/** A value that fits its schema, and the places of its parts. */
export interface CheckedYaml<T> {
  value: T;
  placeOf: PlaceOf;
  /** Places of all values and keys, by the paths that `placeOf` accepts. */
  places: () => Places;
}

/** YAML of which some values may not fit their schema, which is reported. */
export interface PartlyCheckedYaml<T> extends Omit<CheckedYaml<T>, 'value'> {
  /** Undefined if a value is invalid. */
  value: T | undefined;
  /** Values of the top-level keys that are valid. */
  valid: Partial<T>;
}

/** Places by dotted path. */
export type Places = Readonly<Record<string, Place>>;
/**
 * Finds the place of a value by its dotted path (`keyFigures.0.value`), or of its key
 * (`keyFigures.0.value:key`). Returns undefined if the YAML does not contain it.
 */
export type PlaceOf = (path: string) => Place | undefined;

/**
 * Parses YAML 1.2 (core schema, without custom types) and checks it. Dates and numbers stay text, exactly as
 * written: `3.50`. js-yaml reads ordinary YAML that fits the schema. The package `yaml` reads everything else:
 * it takes ten times as long, but knows the place of every problem. Unknown keys are reported and dropped.
 * @param prefix prefix of the diagnostics' rule ids
 * @param synonyms keys by the names that other software uses for them, for suggestions
 * @returns undefined if the syntax or a value is invalid, which is reported
 */
export function readYaml<Schema extends z.ZodType>(
  text: YamlText,
  schema: Schema,
  prefix: YamlPrefix,
  report: Report,
  synonyms?: Synonyms,
): CheckedYaml<z.output<Schema>> | undefined {
  const yaml = readAll(text, schema, prefix, report, synonyms);
  return yaml?.value === undefined ? undefined : { ...yaml, value: yaml.value };
}

/**
 * Reads YAML like `readYaml`, but also returns the values that are valid if others are not.
 * @returns undefined if the syntax is invalid, which is reported
 */
export function readPartlyValidYaml<Schema extends z.ZodObject>(
  text: YamlText,
  schema: Schema,
  prefix: YamlPrefix,
  report: Report,
  synonyms?: Synonyms,
): PartlyCheckedYaml<z.output<Schema>> | undefined {
  const yaml = readAll(text, schema, prefix, report, synonyms);
  if (!yaml) return undefined;
  const { value, data, ...rest } = yaml;
  return { ...rest, value, valid: value ?? validValues(schema, data) };
}

/**
 * Checks each value on its own, also within maps. Leaves out the invalid ones, and fills in the defaults of absent
 * keys.
 */
function validValues<Schema extends z.ZodObject>(schema: Schema, data: unknown): Partial<z.output<Schema>> {
  const valid: Record<string, unknown> = {};
  for (const [key, own] of Object.entries(schema.shape)) {
    const written = Object.hasOwn(Object(data), key) ? Object(data)[key] : undefined;
    const result = parseValid(own as z.ZodType, written);
    if (result.success) valid[key] = result.data;
  }
  return valid as Partial<z.output<Schema>>;
}

/** Parses a value. If that fails and the value is a map, parses it without its invalid entries. */
function parseValid(schema: z.ZodType, written: unknown): z.ZodSafeParseResult<unknown> {
  const result = schema.safeParse(written, parsing);
  if (result.success || typeof written !== 'object' || written === null) return result;
  const invalid = new Set(result.error.issues.map(({ path }) => path[0]));
  const rest = Object.entries(written).filter(([key]) => !invalid.has(key));
  return schema.safeParse(Array.isArray(written) ? written : Object.fromEntries(rest), parsing);
}

/** YAML as either reader returns it: `data` is the whole text, and `value` is undefined if it does not fit. */
interface ReadYaml<T> extends Omit<CheckedYaml<T>, 'value'> {
  value: T | undefined;
  data: unknown;
}

function readAll<Schema extends z.ZodType>(
  text: YamlText,
  schema: Schema,
  prefix: YamlPrefix,
  report: Report,
  synonyms: Synonyms | undefined,
): ReadYaml<z.output<Schema>> | undefined {
  const yaml = withoutReturns(text.text);
  const plain = readPlainYaml(yaml);
  const result = plain && schema.safeParse(plain.data, parsing);
  if (!plain || !result?.success) return readAnyYaml(text, schema, prefix, report, synonyms);
  let known: { offsets: Readonly<Record<string, number>>; at: (offset: number) => Place } | undefined;
  const positions = () => {
    known ??= { offsets: plain.offsets(), at: createPlacer(yaml, text) };
    return known;
  };
  const placeOf = (path: string) => {
    const { offsets, at } = positions();
    const offset = offsets[path];
    return offset === undefined ? undefined : at(offset);
  };
  const places = () => placesOf(positions().offsets, positions().at);
  return { value: result.data, data: plain.data, placeOf, places };
}

/** Converts offsets in a YAML text to places in its file. */
function createPlacer(yaml: string, { origin, indentOf = () => 0 }: YamlText): (offset: number) => Place {
  const index = location(yaml);
  return offset => {
    const { line, column } = index.toPoint(offset)!;
    return {
      line: line - 1 + origin.line,
      column: column + (line === 1 ? origin.column - 1 : indentOf(line - 1)),
    };
  };
}

const placesOf = (offsets: Readonly<Record<string, number>>, at: (offset: number) => Place): Places => {
  const places: Record<string, Place> = Object.create(null);
  for (const path in offsets) places[path] = at(offsets[path]!);
  return places;
};

/** Reports an error by the ending of its code, such as `value/empty`. */
type YamlReport = <Ending extends keyof YamlEndings>(
  ending: Ending,
  place: Place | undefined,
  ...data: DataArguments<YamlEndings[Ending]>
) => void;

/** Adds a prefix to the endings of codes. The catalog has every ending for each prefix, with the same data. */
function reportUnder(prefix: YamlPrefix, report: Report): YamlReport {
  const reportAny = report as (severity: 'error', code: string, place?: Place, data?: unknown) => void;
  return (ending, place, data?) => reportAny('error', `${prefix}-${ending}` satisfies Code, place, data);
}

const withoutReturns = (text: string): string => text.replace(/\r(?=\n|$)/g, '');

/** Options of `yaml`. `logLevel` suppresses warnings about non-string keys, which are reported as unknown keys. */
const quiet = { prettyErrors: false, uniqueKeys: true, merge: false, logLevel: 'error' } as const;

/** Number of problems after which commas in maps are no longer explained. */
const problemLimit = 50;

function readAnyYaml<Schema extends z.ZodType>(
  text: YamlText,
  schema: Schema,
  prefix: YamlPrefix,
  reportAny: Report,
  synonyms: Synonyms | undefined,
): ReadYaml<z.output<Schema>> | undefined {
  const { Lexer, parseDocument } = parser();
  const report = reportUnder(prefix, reportAny);
  const written = withoutReturns(text.text);
  const { yaml, mistakes } = uncoverText(written, () => new Lexer());
  const document = parseDocument(yaml, quiet);
  const at = createPlacer(yaml, text);
  const block: Place = { line: text.origin.line, column: (text.indentOf?.(0) ?? 0) + 1 };
  // The parser is recursive, and reports a stack overflow as if it were a syntax error. Report the nesting
  // instead.
  if (document.errors.some(({ message }) => /call stack/i.test(message))) {
    report('yaml/nesting', block);
    return undefined;
  }
  const explainer = createExplainer(yaml, {
    isValid: line => parseDocument(line, quiet).errors.length === 0,
    isTextList: key => isTextListAt(schema, [key]),
    isKey: key => keysAt(schema, []).includes(key),
  });
  const covered = new Set(mistakes.map(({ offset }) => at(offset).line));
  const isNotCovered = ({ offset }: YamlMistake) => !covered.has(at(offset).line);
  const errors = explainer.errors(document.errors).filter(isNotCovered);
  const { places, nulls, problems } = walkNodes(document, {
    yaml,
    at,
    explainer,
    isData: prefix === 'chart',
  });
  // The errors come first, and explain the problem better than what else is reported at their places.
  const all = [...[...mistakes, ...errors].map(problemOf), ...problems];
  const reported = new Set<number>();
  for (const { offset, tell } of all) {
    if (!reported.has(offset)) tell(report, at(offset));
    reported.add(offset);
  }
  if (all.length > 0) return undefined;

  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    report('yaml/aliases', block);
    return undefined;
  }
  let result = schema.safeParse(data, parsing);
  const issues = result.error?.issues ?? [];
  const unknown = issues.filter(issue => issue.code === 'unrecognized_keys');
  const renamed = new Set<string>();
  const context = { schema, places, nulls, renamed, origin: block, report, synonyms };
  for (const issue of [...unknown, ...issues.filter(issue => issue.code !== 'unrecognized_keys')])
    reportIssue(issue, context);
  for (const { path, keys } of unknown) removeKeys(data, path, keys);
  if (unknown.length > 0) result = schema.safeParse(data, parsing);
  return { value: result.data, data, placeOf: path => places[path], places: () => places };
}

/** A problem that the parser does not report as an error, and how to report it at its place. */
interface Problem {
  offset: number;
  tell: (report: YamlReport, place: Place) => void;
}

const problemOf = ({ ending, offset, data }: YamlMistake): Problem => ({
  offset,
  tell: (report, place) => report(ending, place, ...([data] as never)),
});

/** What `walkNodes` needs to know about a text. */
interface WalkedText {
  yaml: string;
  at: (offset: number) => Place;
  explainer: YamlExplainer;
  /** Whether the numbers of the text are data. */
  isData: boolean;
}

/** Finds the places of all values and keys, the words that mean an empty value, and problems of single nodes. */
function walkNodes(
  document: Document,
  { yaml, at, explainer, isData }: WalkedText,
): { places: Record<string, Place>; nulls: Map<string, string>; problems: Problem[] } {
  const { isAlias, isCollection, isMap, isPair, isScalar } = parser();
  const places: Record<string, Place> = Object.create(null);
  const anchors = new Set<string>();
  const nulls = new Map<string, string>();
  const problems: Problem[] = document.warnings.map(({ pos, message }) => ({
    offset: pos[0],
    tell: (report, place) => report('yaml/tag', place, { message }),
  }));
  const placeNode = (node: unknown, path: string): void => {
    const { range, anchor } = (node ?? {}) as { range?: [number, number, number]; anchor?: string };
    if (range) places[path] ??= at(range[0]);
    if (anchor !== undefined) anchors.add(anchor);
    if (isScalar(node)) {
      if (typeof node.value === 'number' && node.source !== undefined) node.value = node.source;
      if (node.value === null && node.source) nulls.set(path, node.source);
    } else if (isCollection(node)) {
      if (isMap(node) && document.errors.length === 0 && problems.length < problemLimit)
        problems.push(...explainCommas(node, yaml, isData).map(problemOf));
      for (const [index, item] of node.items.entries()) {
        if (!isPair(item)) {
          placeNode(item, join(path, String(index)));
          continue;
        }
        if (isAlias(item.key)) placeNode(item.key, path);
        if (!isScalar(item.key)) continue;
        if (item.key.anchor !== undefined) anchors.add(item.key.anchor);
        const own = join(path, String(item.key.value));
        const mistake = explainer.key(own, item.key.range?.[0] ?? 0);
        if (mistake) problems.push(problemOf(mistake));
        // Place of the key, for diagnostics about the key and for missing values.
        if (item.key.range) places[`${own}:key`] ??= at(item.key.range[0]);
        placeNode(item.value, own);
        if (item.key.range) places[own] ??= at(item.key.range[0]);
      }
    } else if (isAlias(node) && !anchors.has(node.source)) {
      problems.push({
        offset: range?.[0] ?? 0,
        tell: (report, place) => report('yaml/anchor', place, { name: node.source }),
      });
    }
  };
  placeNode(document.contents, '');
  return { places, nulls, problems };
}

function removeKeys(data: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  let owner = Object(data);
  for (const step of path) owner = Object.hasOwn(owner, step) ? owner[step] : {};
  for (const key of keys) delete owner[key];
}

interface IssueContext {
  schema: z.ZodType;
  places: Record<string, Place>;
  /** Words that YAML reads as an empty value, such as `Null`, by path. */
  nulls: ReadonlyMap<string, string>;
  /** Paths of keys that an unknown key was probably meant as. They are not also reported as missing. */
  renamed: Set<string>;
  /** Place of the YAML text. */
  origin: Place;
  report: YamlReport;
  synonyms: Synonyms | undefined;
}

function reportIssue(issue: z.core.$ZodIssue, context: IssueContext): void {
  const { schema, places, renamed, origin, report, synonyms } = context;
  const isPresent = issue.input !== null && issue.input !== undefined;
  const types = issue.code === 'invalid_union' && isPresent ? typesOf(issue.errors) : undefined;
  if (issue.code === 'invalid_union' && !types) {
    const inner = mostTelling(issue.errors);
    for (const one of inner) reportIssue({ ...one, path: [...issue.path, ...one.path] }, context);
    return;
  }
  const path = issue.path.map(String);
  const dotted = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    for (const key of issue.keys) {
      const place = places[`${join(dotted, key)}:key`] ?? places[dotted] ?? origin;
      const suggestion = suggest(key, known, synonyms);
      const meant = meantBy(suggestion);
      if (meant !== undefined) renamed.add(join(dotted, meant));
      report('unknown-key', place, { key, suggestion });
    }
    return;
  }
  const place = nearestPlace(places, path) ?? (path.length === 0 ? places[''] : undefined) ?? origin;
  if (issue.code === 'invalid_type' && !(dotted in places) && renamed.has(dotted)) return;
  if (issue.code === 'invalid_type' && !(dotted in places))
    report('missing', place, { key: dotted, expected: issue.expected });
  else if (types) report('value/types', place, { key: dotted, types: [...new Set(types)] });
  else reportValue(issue, place, dotted, context);
}

const meantBy = (suggestion: Suggestion): string | undefined =>
  'ours' in suggestion ? suggestion.ours : 'nearest' in suggestion ? suggestion.nearest : undefined;

function reportValue(issue: z.core.$ZodIssue, place: Place, key: string, context: IssueContext): void {
  const { nulls, report } = context;
  const word = nulls.get(key);
  if (issue.code === 'invalid_type' && issue.input === null && word !== undefined)
    report('value/null', place, { key, word });
  else if (issue.code === 'invalid_type' && issue.input === null) report('value/empty', place, { key });
  else if (issue.code === 'invalid_type') reportType(issue, place, key, context);
  else if (issue.code === 'invalid_value')
    report('value/choice', place, { key, choices: issue.values.map(String) });
  else if (issue.code === 'too_small') report('value/empty', place, { key });
  else {
    // All other checks in our schemas replace zod's message with the name of a problem (see `problem`).
    const params = issue.code === 'custom' ? issue.params : undefined;
    report(`value/${issue.message}` as 'value/empty', place, { key, ...params });
  }
}

function reportType(
  { input, expected, path }: z.core.$ZodIssueInvalidType,
  place: Place,
  key: string,
  { schema, places, report }: IssueContext,
): void {
  const isList = expected === 'array' && typeof input === 'string';
  const item = isList ? /^-([^\s-]\S*)/.exec(input)?.[1] : undefined;
  if (item === undefined)
    report('value/type', place, { key, expected, keys: requiredKeysAt(schema, path.map(String)) });
  else if (places[`${key}:key`]?.line === place.line && isTextListAt(schema, path.map(String)))
    report('yaml/list', place, { line: `${path.map(String).at(-1)}: [${item}]` });
  else report('yaml/dash', place, { line: `- ${item}` });
}

/**
 * Issues of the union member that the author probably meant: the first member whose outermost type fits, or the
 * first of all members if none fits.
 */
function mostTelling(errors: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  return errors.find(issues => issues.every(isInside)) ?? errors[0] ?? [];
}

/**
 * Types that the members of a union accept.
 * @returns undefined if the type of the value is not the problem
 */
function typesOf(errors: readonly (readonly z.core.$ZodIssue[])[]): string[] | undefined {
  const types: string[] = [];
  for (const [issue, ...more] of errors) {
    if (!issue || issue.path.length > 0 || more.length > 0) return undefined;
    const own = issue.code === 'invalid_union' ? typesOf(issue.errors) : undefined;
    if (own) types.push(...own);
    else if (issue.code === 'invalid_type') types.push(issue.expected);
    else return undefined;
  }
  return types;
}

/** Whether an issue is about a part of the value, so that the value's own type fits. */
function isInside(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0 || issue.code === 'unrecognized_keys') return true;
  return issue.code === 'invalid_union' && issue.errors.some(issues => issues.every(isInside));
}

function nearestPlace(places: Record<string, Place>, path: string[]): Place | undefined {
  for (let length = path.length; length > 0; length--) {
    const place = places[path.slice(0, length).join('.')];
    if (place) return place;
  }
  return undefined;
}

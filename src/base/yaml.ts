/**
 * YAML written by hand, checked against a schema, with messages that stand where the mistake is.
 * One reader for front matter, site.yaml, fenced blocks and the templates' strings.
 */
import { FAILSAFE_SCHEMA, load, Type } from 'js-yaml';
import * as z from 'zod';
import type { Place, Report } from './diagnostics.ts';
import { lazyPackage } from './lazy-package.ts';
import { didYouMean } from './suggestions.ts';

// To write and compile code for each schema takes a small site longer than it saves a large one.
z.config({ jitless: true });

/** For what the faster reader leaves, and for places. */
const parser = lazyPackage<typeof import('yaml')>('yaml');

export interface YamlText {
  text: string;
  /** Where its first character stands in the file. */
  origin: Place;
  /** Columns that stand before every further line: a fenced block in a box is indented. */
  indent?: number;
}

export interface CheckedYaml<T> {
  value: T;
  /** Where a value stands, by its dotted path: `keyFigures.0.value`; its key, by `keyFigures.0.value:key`. */
  placeOf: PlaceOf;
  /** All of them. */
  places: () => Places;
}

export type Places = Readonly<Record<string, Place>>;
export type PlaceOf = (path: string) => Place | undefined;

/**
 * Parses YAML 1.2 (core schema: no custom types, dates stay text) and checks it. Numbers are text as it was written: `3.50` stays that.
 * js-yaml reads what is right, `yaml`, in ten times the time, what is wrong: it knows where everything stands.
 * @param ruleId the rule its messages go under: `front-matter`, `site-config`, …
 * @returns nothing when a value is wrong or missing, and the messages say which. A key that is not known is told and left out.
 */
export function readYaml<Schema extends z.ZodType>(
  text: YamlText,
  schema: Schema,
  ruleId: string,
  report: Report,
): CheckedYaml<z.output<Schema>> | undefined {
  const data = readPlainYaml(withoutReturns(text.text));
  const plain = data === undefined ? undefined : schema.safeParse(data);
  if (!plain?.success) return readAnyYaml(text, schema, ruleId, report);
  let known: Places | undefined;
  const places = () => (known ??= readAnyYaml(text, z.unknown(), ruleId, () => {})?.places() ?? {});
  return { value: plain.data, placeOf: path => places()[path], places };
}

const withoutReturns = (text: string): string => text.replace(/\r(?=\n|$)/g, '');

/** Of YAML's core schema; dates and numbers stay text. */
const nullType = new Type('tag:yaml.org,2002:null', {
  kind: 'scalar',
  resolve: (text: string | null) => text === null || /^(?:~|null|Null|NULL|)$/.test(text),
  construct: () => null,
});
const boolType = new Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (text: string | null) => text !== null && /^(?:true|True|TRUE|false|False|FALSE)$/.test(text),
  construct: (text: string) => text.toLowerCase() === 'true',
});
const plainSchema = FAILSAFE_SCHEMA.extend({ implicit: [nullType, boolType] });

/** What the two parsers take differently, or one of them for an error (tests/article/yaml.test.ts). */
const unusual = new RegExp(
  [
    /\t|__proto__|^---|^\.\.\./, // tabs, document marks
    /^[\s-]*\?|^\s*-[ ]*(?:-\s|-?$|#)/, // explicit keys, empty items, lists in a list's line
    /(?:^|[,[{\]}]|[:-]\s)\s*[&*!%@`|>]/, // anchors, aliases, tags, directives, blocks of text
    /(?:^[ ]*(?:-[ ]+)*|[,{[][ ]*)(?:[-+]?[.\d]|[~"']|null\b|true\b|false\b)[^\n,]*:/, // keys that are no text
    /^[ ]*(?:-[ ]+)*(?:[^"'[{\n:]*:[ ]+)?[[{](?:[^\n]*[,{[])?(?:[ ]*[-+]?[.\d][^\n]*\}|\s*(?:~|null)?\s*[,}]|[^:,}\n]*\})/, // keys without a value
    /^[ ]*(?:-[ ]+)*(?:[^"'[{\n:]*:[ ]+)?(?:"(?:[^"\\\n]|\\.)*$|'(?:[^'\n]|'')*$|[[{](?:[^\n]*[^\]}\n])?$)/, // quotations, lists and maps over several lines
  ]
    .map(({ source }) => source)
    .join('|'),
  'im',
);

/** What js-yaml makes of it; nothing when it is unusual, or wrong. */
export function readPlainYaml(text: string): unknown {
  if (unusual.test(text)) return undefined;
  try {
    return load(text, { schema: plainSchema }) ?? {};
  } catch {
    return undefined;
  }
}

function readAnyYaml<Schema extends z.ZodType>(
  { text, origin, indent = 0 }: YamlText,
  schema: Schema,
  ruleId: string,
  report: Report,
): CheckedYaml<z.output<Schema>> | undefined {
  const { isAlias, isCollection, isPair, isScalar, parseDocument } = parser();
  const yaml = withoutReturns(text);
  const document = parseDocument(yaml, {
    prettyErrors: false,
    uniqueKeys: true,
    merge: false,
    // A key that is no text is told as one that is not known.
    logLevel: 'error',
  });
  const lineStarts = [0, ...[...yaml.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const at = (offset: number): Place => {
    const line = lineStarts.findLastIndex(start => start <= offset);
    return {
      line: line + origin.line,
      column: offset - lineStarts[line]! + 1 + (line === 0 ? origin.column - 1 : indent),
    };
  };
  const block: Place = { line: origin.line, column: indent + 1 };
  const problems = [
    ...document.errors.map(({ pos, message }) => ({ offset: pos[0], message, remedy: 'Correct the YAML.' })),
    ...document.warnings.map(({ pos, message }) => ({
      offset: pos[0],
      message,
      remedy: 'Write plain YAML, without tags.',
    })),
  ];
  const places: Record<string, Place> = Object.create(null);
  const anchors = new Set<string>();
  const placeNode = (node: unknown, path: string): void => {
    const { range, anchor } = (node ?? {}) as { range?: [number, number, number]; anchor?: string };
    if (range) places[path] ??= at(range[0]);
    if (anchor !== undefined) anchors.add(anchor);
    if (isScalar(node)) {
      if (typeof node.value === 'number' && node.source !== undefined) node.value = node.source;
    } else if (isCollection(node)) {
      for (const [index, item] of node.items.entries()) {
        if (!isPair(item)) {
          placeNode(item, join(path, String(index)));
          continue;
        }
        if (isAlias(item.key)) placeNode(item.key, path);
        if (!isScalar(item.key)) continue;
        if (item.key.anchor !== undefined) anchors.add(item.key.anchor);
        const own = join(path, String(item.key.value));
        // A key's own place, for messages about the key itself, and for a value that is absent.
        if (item.key.range) places[`${own}:key`] ??= at(item.key.range[0]);
        placeNode(item.value, own);
        if (item.key.range) places[own] ??= at(item.key.range[0]);
      }
    } else if (isAlias(node) && !anchors.has(node.source)) {
      problems.push({
        offset: range?.[0] ?? 0,
        message: `Aliased anchor not found: ${node.source}`,
        remedy: 'Correct the YAML.',
      });
    }
  };
  placeNode(document.contents, '');
  for (const { offset, message, remedy } of problems)
    report('error', `${ruleId}-yaml`, at(offset), `${sentence(message)} ${remedy}`);
  if (problems.length > 0) return undefined;

  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    report(
      'error',
      `${ruleId}-yaml`,
      block,
      'Its YAML aliases expand too far. Write the values out instead of repeating anchors.',
    );
    return undefined;
  }
  let result = schema.safeParse(data);
  const issues = result.error?.issues ?? [];
  for (const issue of issues) reportIssue(issue, schema, places, block, ruleId, report);
  if (issues.length > 0 && issues.every(issue => issue.code === 'unrecognized_keys')) {
    for (const { path, keys } of issues) removeKeys(data, path, keys);
    result = schema.safeParse(data);
  }
  if (!result.success) return undefined;
  return { value: result.data, placeOf: path => places[path], places: () => places };
}

function removeKeys(data: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  let owner = Object(data);
  for (const step of path) owner = Object.hasOwn(owner, step) ? owner[step] : {};
  for (const key of keys) delete owner[key];
}

const join = (parent: string, key: string) => (parent === '' ? key : `${parent}.${key}`);

function reportIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  places: Record<string, Place>,
  origin: Place,
  ruleId: string,
  report: Report,
): void {
  if (issue.code === 'invalid_union') {
    const inner = mostTelling(issue.errors);
    for (const one of inner)
      reportIssue({ ...one, path: [...issue.path, ...one.path] }, schema, places, origin, ruleId, report);
    return;
  }
  const path = issue.path.map(String);
  const dotted = path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    for (const key of issue.keys) {
      const place = places[`${join(dotted, key)}:key`] ?? places[dotted] ?? origin;
      report(
        'error',
        `${ruleId}-unknown-key`,
        place,
        `The key '${key}' is not known here. ${didYouMean(key, known)}`,
      );
    }
    return;
  }
  const place = nearestPlace(places, path) ?? (path.length === 0 ? places[''] : undefined) ?? origin;
  const missing = issue.code === 'invalid_type' && !(dotted in places);
  if (missing) {
    report('error', `${ruleId}-missing`, place, `'${dotted}' is missing. Add it${expected(issue)}.`);
  } else {
    report('error', `${ruleId}-value`, place, `'${dotted || 'This block'}' ${explain(issue)}`);
  }
}

/** Of the forms that a value may have, the one that it was meant to have: the first that fits on the outside, else the first. */
function mostTelling(errors: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  return errors.find(issues => issues.every(({ path }) => path.length > 0)) ?? errors[0] ?? [];
}

const expected = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_type' && issue.expected !== 'string'
    ? ` (${typeNames[issue.expected] ?? issue.expected})`
    : '';

const typeNames: Record<string, string> = {
  object: 'a map of keys and values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is not ${typeNames[issue.expected] ?? issue.expected}. Write ${typeNames[issue.expected] ?? issue.expected}; put text in quotation marks where YAML takes it for something else.`;
    case 'invalid_value':
      return `is not one of ${issue.values.map(String).join(', ')}. Write one of them.`;
    case 'too_small':
      return 'is empty. Write it, or leave the key out.';
    default:
      return issue.message;
  }
}

function nearestPlace(places: Record<string, Place>, path: string[]): Place | undefined {
  for (let length = path.length; length > 0; length--) {
    const place = places[path.slice(0, length).join('.')];
    if (place) return place;
  }
  return undefined;
}

/** The keys that the schema knows at a path, for 'did you mean'. */
function keysAt(schema: unknown, path: string[]): string[] {
  const inner = unwrap(schema);
  if (!inner || !('def' in inner)) return [];
  const def = inner.def as {
    shape?: Record<string, unknown>;
    element?: unknown;
    valueType?: unknown;
    options?: unknown[];
  };
  if (def.options) return def.options.flatMap(option => keysAt(option, path));
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(def.shape ?? {});
  return keysAt(def.shape?.[step] ?? def.element ?? def.valueType, rest);
}

/** The schema inside of optional, default and pipe wrappers. */
function unwrap(schema: unknown): z.ZodType | undefined {
  let current = schema;
  while (current instanceof z.ZodType) {
    const def = current.def as { innerType?: unknown; in?: unknown };
    const next = def.innerType ?? def.in;
    if (next === undefined) return current;
    current = next;
  }
  return undefined;
}

/** The parser's message as one sentence on one line. */
function sentence(message: string): string {
  const line = message.split('\n')[0]!.trim().replace(/[:.]$/, '');
  return `${line}.`;
}

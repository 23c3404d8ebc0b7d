/** Messages about YAML syntax and values, shared by every kind of YAML that `readYaml` reads. */
import type { Catalog, Code, DataArguments, Messages } from './diagnostics.ts';
import { type Suggestion, suggestionText } from './suggestions.ts';

/** Names of schema types, in words that authors know. */
const typeNames: Record<string, string> = {
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};
const typeName = (type: string): string => typeNames[type] ?? type;

const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const listFormat = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinal = (number: number): string =>
  `${number}${{ one: 'st', two: 'nd', few: 'rd' }[ordinals.select(number) as string] ?? 'th'}`;

/** An index of a list, and not a key such as a year. */
const isIndex = (step: string): boolean => /^\d{1,3}$/.test(step);

/** Names a key by its dotted path, and counts the items of lists from 1: `'url' in the 4th item of 'navigation'`. */
export function keyName(key: string): string {
  const steps = key.split('.');
  const at = steps.findLastIndex((step, index) => index > 0 && isIndex(step));
  if (at < 0) return `'${key}'`;
  const item = `the ${ordinal(Number(steps[at]) + 1)} item of ${keyName(steps.slice(0, at).join('.'))}`;
  return at === steps.length - 1 ? item : `'${steps.slice(at + 1).join('.')}' in ${item}`;
}

/** Ends of the messages about values of the wrong type, by the expected type. */
const typeTexts: Record<string, string> = {
  object: "is not a map of keys and values. Write it as 'key: value' pairs.",
  record: "is not a map of keys and values. Write it as 'key: value' pairs.",
  array:
    "is not a list. Write it in brackets, such as [first, second], or one item per line with '- ' before each.",
  string:
    "is not text. Write text, and put it in quotation marks if it begins with '#' or '[', or is true or false.",
  boolean: 'is neither true nor false. Write true or false, without quotation marks.',
};

/** Ends of the messages about values that should be maps with these keys, or lists of such maps. */
function mapsText(expected: string, key: string, keys: readonly string[]): string | undefined {
  const [first, ...others] = keys.map(name => `'${name}: …'`);
  if (first === undefined) return undefined;
  const below = others.length === 0 ? '' : `, with ${conjunction.format(others)} below`;
  const item = `'- ${first.slice(1)}${below}`;
  if (expected === 'array') return `is not a list. Write it as a list: ${item}.`;
  if (expected !== 'object') return undefined;
  const isItem = isIndex(key.split('.').at(-1) ?? '');
  return `is not a map of keys and values. Write ${isItem ? item : conjunction.format([first, ...others])}.`;
}

/** Quotes a choice that is not a word, such as `","`. */
const choiceText = (choice: string): string => (/^\w/.test(choice) ? choice : JSON.stringify(choice));

/** Data of a message about a key: its dotted path. An empty path means the whole YAML text. */
export interface Key {
  key: string;
}

/** Data of a message about a line: the line as it should be, shortened. */
export interface Corrected {
  line: string;
}
/** Data of a message about an indentation: the right number of spaces, and the line without its indentation. */
export interface Indented extends Corrected {
  spaces: number;
}

const spacesText = (count: number): string => `${count} ${count === 1 ? 'space' : 'spaces'}`;
const indentText = (spaces: number, line: string): string =>
  spaces === 0
    ? `Write '${line}' at the beginning of the line.`
    : `Write ${spacesText(spaces)} before '${line}'.`;

/** Messages, by the part of their code after the prefix. */
const endings = {
  'yaml/syntax': ({ message }: { message: string }) => syntaxText(message),
  'yaml/colon': ({ line }: Corrected) =>
    `The value contains a colon, so YAML reads it as another key. Write ${line}.`,
  'yaml/comment': ({ hidden, line }: Corrected & { hidden: string }) =>
    `YAML reads '${hidden}' as a comment, so the text would be lost. Write ${line}. If it is a comment, write a space after '#'.`,
  'yaml/comma': ({ line }: Corrected) =>
    `The value contains a comma, which separates keys in {…}. Write ${line}.`,
  'yaml/no-value': ({ key }: Key) => `'${key}' is in {…}, but has no value. Write '${key}: …', or remove it.`,
  'yaml/curly': ({ line }: Corrected) =>
    `The value is in curly quotation marks, which have no meaning in YAML. Write ${line}.`,
  'yaml/around': ({ line }: Corrected) =>
    `The value continues after its closing quotation mark or bracket. Write ${line}.`,
  'yaml/start': ({ start, line }: Corrected & { start: string }) =>
    `The value begins with '${start}', which has a meaning in YAML. Write ${line}.`,
  'yaml/unclosed': ({ line }: Corrected) => `The quotation mark is not closed. Write ${line}.`,
  'yaml/no-space': ({ line }: Corrected) => `There is no space after the colon. Write ${line}.`,
  'yaml/dash': ({ line }: Corrected) => `There is no space after the dash. Write ${line}.`,
  'yaml/list': ({ line }: Corrected) =>
    `The value begins with a dash. Write ${line}, or begin the list on the next line.`,
  'yaml/continued': ({ spaces }: { spaces: number }) =>
    `The line continues the value above, but is not indented. Write both in one line, or write ${spacesText(spaces)} before this line.`,
  'yaml/tab': ({ spaces, line }: Indented) =>
    `The line is indented with a tab, which YAML does not allow. ${indentText(spaces, line)}`,
  'yaml/indentation': ({ written, spaces, line }: Indented & { written: number }) =>
    `The line is indented by ${spacesText(written)}, unlike the lines that it belongs to. ${indentText(spaces, line)}`,
  'yaml/space': ({ line }: Corrected) =>
    `There is a non-breaking space after the colon, where YAML needs an ordinary one. Write ${line}.`,
  'yaml/space-indentation': ({ spaces, line }: Indented) =>
    `The line is indented with non-breaking spaces, which YAML does not allow. ${indentText(spaces, line)}`,
  'yaml/nesting': 'Lists and maps are nested too deeply. Remove some levels.',
  'yaml/tag': ({ message }: { message: string }) =>
    `${sentence(message)} Write plain YAML, without tags or directives.`,
  'yaml/anchor': ({ name }: { name: string }) =>
    `The alias '*${name}' has no anchor '&${name}' above it. Add the anchor, or put the text in quotation marks.`,
  'yaml/aliases': 'The YAML aliases expand to too much data. Write the values out instead of using aliases.',
  'unknown-key': ({ key, suggestion }: Key & { suggestion: Suggestion }) =>
    `Unknown key '${key}'. ${suggestionText(suggestion)}`,
  missing: ({ key, expected }: Key & { expected: string | undefined }) =>
    `The key ${keyName(key)} is missing. Add it${expected === undefined || expected === 'string' ? '' : ` as ${typeName(expected)}`}.`,
  'value/type': ({ key, expected, keys }: Key & { expected: string; keys: string[] }) =>
    valueText(
      key,
      mapsText(expected, key, keys) ??
        typeTexts[expected] ??
        `is not ${typeName(expected)}. Write ${typeName(expected)}.`,
    ),
  'value/types': ({ key, types }: Key & { types: string[] }) =>
    valueText(key, `has the wrong type. Write ${listFormat.format(types.map(typeName))}.`),
  'value/choice': ({ key, choices }: Key & { choices: string[] }) =>
    valueText(
      key,
      `is not one of the allowed values. Use one of these: ${choices.map(choiceText).join(', ')}.`,
    ),
  'value/null': ({ key, word }: Key & { word: string }) =>
    valueText(key, `is '${word}', which YAML reads as an empty value. Put it in quotation marks: "${word}".`),
  'value/empty': ({ key }: Key) =>
    valueText(key, 'is empty. Fill it in, or remove the key if it is optional.'),
};

/** Messages for the kind of YAML that reports under a prefix, such as `front-matter` or `chart`. */
export type YamlCatalog<Prefix extends string> = {
  [Ending in keyof typeof endings as `${Prefix}-${Ending}`]: (typeof endings)[Ending];
};
/** The messages of `readYaml`, by the ending of their code. */
export type YamlEndings = typeof endings;

/**
 * Creates the messages for one kind of YAML, for the catalog of the folder that reads it.
 * @param prefix prefix of the rule ids, as passed to `readYaml`
 */
export function yamlMessages<Prefix extends string>(prefix: Prefix): YamlCatalog<Prefix> {
  return prefixed(`${prefix}-`, endings) as YamlCatalog<Prefix>;
}

/** Adds a prefix to every code of a catalog. */
export function prefixed<Prefix extends string, Own extends Catalog>(
  prefix: Prefix,
  catalog: Own,
): { [Ending in keyof Own & string as `${Prefix}${Ending}`]: Own[Ending] } {
  return Object.fromEntries(
    Object.entries(catalog).map(([ending, message]) => [prefix + ending, message]),
  ) as never;
}

/** Prefixes that `readYaml` accepts: every prefix that has messages in a catalog. */
export type YamlPrefix = PrefixOf<Code>;
type PrefixOf<Own> = Own extends `${infer Prefix}-yaml/syntax` ? Prefix : never;

/** Problems that a schema can name with `problem`: `<prefix>-value/<problem>` is a code. */
type Problem = ProblemOf<Code>;
type ProblemOf<Own> = Own extends `${string}-value/${infer Name}` ? Name : never;
type ParamsOf<Name extends Problem> =
  DataArguments<Messages[Extract<Code, `${string}-value/${Name}`>]> extends [infer Data]
    ? Omit<Data, 'key'>
    : never;

/**
 * Creates the options of a zod check. If the check fails, `readYaml` reports the code `<prefix>-value/<name>`.
 * @param given the message's data, except `key`; only `refine` and custom issues accept them
 */
export function problem<Name extends Problem>(
  name: Name,
  ...given: keyof ParamsOf<Name> extends never ? [] : [params: ParamsOf<Name>]
): { error: Name; params?: Record<string, unknown> } {
  const [params] = given;
  return params === undefined ? { error: name } : { error: name, params: params as Record<string, unknown> };
}

/**
 * Composes a message about a value.
 * @param key dotted path of the value; empty for the whole YAML text
 * @param rest predicate that says what is wrong, then what to do
 */
export function valueText(key: string, rest: string): string {
  if (key === '') return `This YAML ${rest}`;
  const name = keyName(key);
  return `${name.startsWith('the ') ? name.replace('the', 'The') : `The value of ${name}`} ${rest}`;
}

/** Creates a message about a value that needs no data except its key. */
export function badValue(rest: string): (data: Key) => string {
  return ({ key }) => valueText(key, rest);
}

/** Messages for values that several kinds of YAML share. */
export const commonProblems = {
  alias: badValue(
    "is not a valid alias. Write a path such as '/old/address/' or '/?p=123', without spaces, '..' or the characters # * : and \\.",
  ),
  'web-address': badValue('is not a valid web address. Write it in full: https://example.org/.'),
  translations: badValue("is empty. Write a text, or one for each language: '{en: Letters, de: Briefe}'."),
  language: ({ key, meant }: Key & { meant: string | undefined }) =>
    valueText(
      key,
      `is not the tag of a known language. ${meant === undefined ? "Use a tag such as 'en', 'he' or 'pt-BR'." : `Did you mean '${meant}'?`}`,
    ),
};

/** Messages about common syntax errors, by the beginning of the parser's message. */
const syntaxTexts: Record<string, string> = {
  'Nested mappings are not allowed':
    'The value contains a colon, so YAML reads it as another key. Put the value in quotation marks, or correct the indentation.',
  'Map keys must be unique': 'The same key appears twice. Remove or rename one of them.',
  'Missing closing':
    'A quotation mark is not closed. Close it, and indent any lines that continue the value.',
  'Implicit map keys need to be followed by': "The line is not a key with a value. Write it as 'key: value'.",
  'Implicit keys need to be on a single line':
    "YAML reads several lines as one key. Correct their indentation, or add the missing ':'.",
  'All mapping items must start at the same column':
    'The keys are not indented in the same way. Indent them by the same number of spaces.',
  'All sequence items must start at the same column':
    'The items of the list are not indented in the same way. Indent them by the same number of spaces.',
  'A block sequence may not be used as an implicit map key':
    'The items of the list are not indented in the same way. Indent them by the same number of spaces.',
  'Flow sequence in block collection':
    "The list is not closed with ']', or its lines are not indented. Add ']', or indent the lines.",
  'Flow map in block collection':
    "The map is not closed with '}', or its lines are not indented. Add '}', or indent the lines.",
  'Sequence item without - indicator':
    "The line neither belongs to an item of the list above nor begins with '- '. Correct its indentation.",
  'Block collections are not allowed within flow collections':
    "A ',', ']' or '}' is missing in the list or map in brackets. Add it.",
  'Unexpected block-seq-ind on same line with key':
    "The value begins with '- '. Put text in quotation marks, or begin a list on the next line.",
  'Unexpected scalar at node end':
    'There is more text after the end of the value. Put the whole value in quotation marks.',
  'Tabs are not allowed as indentation': 'Tabs are not allowed as indentation. Use spaces instead.',
  'Plain value cannot start with':
    'The value begins with a character that has a meaning in YAML. Put the value in straight quotation marks.',
  'Source contains multiple documents':
    "The YAML contains a second document. Remove the line '---' or '...' that begins it.",
};

/** Replaces a parser's message about a common syntax error. Adds advice to any other message. */
function syntaxText(message: string): string {
  const start = Object.keys(syntaxTexts).find(start => message.startsWith(start));
  return start === undefined ? `${sentence(message)} Fix the YAML.` : syntaxTexts[start]!;
}

/** Formats a parser's message as one sentence on one line. */
function sentence(message: string): string {
  const line = message.split('\n')[0]!.trim().replace(/[:.]$/, '');
  return `${line}.`;
}

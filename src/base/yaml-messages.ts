/** Messages about YAML syntax and values, shared by every kind of YAML that `readYaml` reads. */
import type { Catalog, Code, DataArguments, Messages } from './diagnostics.ts';
import { type Suggestion, suggestionText } from './suggestions.ts';

/** Names of schema types, in words that authors know. */
const typeNames: Record<string, string> = {
  object: 'a map of keys and values',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};
const typeName = (type: string): string => typeNames[type] ?? type;

/** Data of a message about a key: its dotted path, which is empty for the whole block. */
export interface Key {
  key: string;
}

/** Messages by the part of their code after the prefix. */
const endings = {
  'yaml/syntax': ({ message }: { message: string }) => `${sentence(message)} Correct the YAML.`,
  'yaml/nesting': 'Lists and maps are nested too deeply. Flatten them.',
  'yaml/tag': ({ message }: { message: string }) => `${sentence(message)} Write plain YAML, without tags.`,
  'yaml/anchor': ({ name }: { name: string }) => `Aliased anchor not found: ${name}. Correct the YAML.`,
  'yaml/aliases': 'Its YAML aliases expand too far. Write the values out instead of repeating anchors.',
  'unknown-key': ({ key, suggestion }: Key & { suggestion: Suggestion }) =>
    `The key '${key}' is not known here. ${suggestionText(suggestion)}`,
  missing: ({ key, expected }: Key & { expected: string | undefined }) =>
    `'${key}' is missing. Add it${expected === undefined || expected === 'string' ? '' : ` (${typeName(expected)})`}.`,
  'value/type': ({ key, expected }: Key & { expected: string }) =>
    valueText(
      key,
      `is not ${typeName(expected)}. Write ${typeName(expected)}; put text in quotation marks where YAML takes it for something else.`,
    ),
  'value/choice': ({ key, choices }: Key & { choices: string[] }) =>
    valueText(key, `is not one of ${choices.join(', ')}. Write one of them.`),
  'value/empty': ({ key }: Key) => valueText(key, 'is empty. Write it, or leave the key out.'),
};

/** Messages for the kind of YAML that reports under a prefix, such as `front-matter` or `chart`. */
export type YamlCatalog<Prefix extends string> = {
  [Ending in keyof typeof endings as `${Prefix}-${Ending}`]: (typeof endings)[Ending];
};
/** The messages of `readYaml`, by the ending of their code. */
export type YamlEndings = typeof endings;

/**
 * Messages for one kind of YAML, for the catalog of the folder that reads it.
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

/** Prefixes that `readYaml` accepts: those with messages in a catalog. */
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
 * Options for a zod check: the name of a problem, which `readYaml` reports under the code
 * `<prefix>-value/<name>`.
 * @param params the message's data, besides `key`; only `refine` and custom issues accept them
 */
export function problem<Name extends Problem>(
  name: Name,
  ...[params]: keyof ParamsOf<Name> extends never ? [] : [params: ParamsOf<Name>]
): { error: Name; params?: Record<string, unknown> } {
  return params === undefined ? { error: name } : { error: name, params: params as Record<string, unknown> };
}

/** Message about a value: its dotted path, then what is wrong. */
export function valueText(key: string, rest: string): string {
  return `'${key || 'This block'}' ${rest}`;
}

/** Creates a message about a value that needs no data except its key. */
export function badValue(rest: string): (data: Key) => string {
  return ({ key }) => valueText(key, rest);
}

/** Messages for values that several kinds of YAML share. */
export const commonProblems = {
  'web-address': badValue('is not a web address. Write it in full, with https://.'),
  language: badValue("is not a language tag. Write one such as 'en', 'he' or 'pt-BR'."),
};

/** Formats a parser's message as one sentence on one line. */
function sentence(message: string): string {
  const line = message.split('\n')[0]!.trim().replace(/[:.]$/, '');
  return `${line}.`;
}

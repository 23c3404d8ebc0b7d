/** Looks up what a zod schema allows at a path, for suggestions and advice. */
import * as z from 'zod';

interface Definition {
  shape?: Record<string, unknown>;
  element?: unknown;
  valueType?: unknown;
  keyType?: unknown;
  options?: unknown[];
}

function definitionOf(schema: unknown): Definition | undefined {
  const inner = unwrap(schema);
  return inner && 'def' in inner ? (inner.def as Definition) : undefined;
}

/** Definitions that a schema has at a path: several if it contains a union. */
function definitionsAt(schema: unknown, path: readonly string[]): Definition[] {
  const def = definitionOf(schema);
  if (!def) return [];
  if (def.options) return def.options.flatMap(option => definitionsAt(option, path));
  const [step, ...rest] = path;
  if (step === undefined) return [def];
  return definitionsAt(def.shape?.[step] ?? def.element ?? def.valueType, rest);
}

/** Keys that the schema allows at a path. */
export function keysAt(schema: unknown, path: readonly string[]): string[] {
  return definitionsAt(schema, path).flatMap(({ keyType, shape = {} }) =>
    keyType instanceof z.ZodEnum ? keyType.options.map(String) : Object.keys(shape),
  );
}

/** Keys that a map at a path must have, or each map in a list there. */
export function requiredKeysAt(schema: unknown, path: readonly string[]): string[] {
  const own = definitionsAt(schema, path);
  const shape = [...own, ...own.flatMap(({ element }) => definitionsAt(element, []))].find(
    def => def.shape !== undefined,
  )?.shape;
  return Object.entries(shape ?? {}).flatMap(([key, schema]) =>
    schema instanceof z.ZodType && !schema.safeParse(undefined).success ? [key] : [],
  );
}

/** Whether the schema allows a list of texts at a path. */
export function isTextListAt(schema: unknown, path: readonly string[]): boolean {
  return definitionsAt(schema, path).some(({ element }) => unwrap(element) instanceof z.ZodString);
}

/** Returns a schema without its optional, default and pipe wrappers; undefined if `schema` is not a schema. */
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

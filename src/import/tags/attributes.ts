/** Reads the attributes of template tags. Every function takes time in proportion to the length of its text. */

/** Largest number of characters between two quotation marks. */
const quoteLimit = 4_000;

/**
 * Offset of the quotation mark that ends a quotation; -1 if it does not end.
 * @param at offset of the mark that begins it
 */
export function quoteEnd(text: string, at: number): number {
  const mark = text[at];
  for (let end = at + 1; end < text.length && end - at <= quoteLimit; end++) {
    if (text[end] === '\\' && mark !== '`') end++;
    else if (text[end] === mark) return end;
  }
  return -1;
}

/** Whether a character opens or closes a quoted value. */
export const isQuote = (character: string | undefined): boolean =>
  character === '"' || character === "'" || character === '`';

/**
 * Reads attributes: `name="value"`, `name: value`, `name={value}` and positional values, whose names are their
 * positions from `0`.
 */
export function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null);
  const reader = createReader(text.slice(0, 20_000));
  let position = 0;
  for (let found = reader.next(); found; found = reader.next())
    attributes[found.name ?? String(position++)] = found.value;
  return { ...attributes };
}

interface Attribute {
  name: string | undefined;
  value: string;
}

function createReader(text: string) {
  let at = 0;
  /** Marks that nothing ends from here on. Looking for their ends again and again would be slow. */
  const unclosed = new Set<string>();
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const quoted = (): string | undefined => {
    const mark = text[at]!;
    if (!isQuote(mark) || unclosed.has(mark)) return undefined;
    const end = quoteEnd(text, at);
    if (end < 0) {
      unclosed.add(mark);
      return undefined;
    }
    const value = text.slice(at + 1, end);
    at = end + 1;
    return mark === '`' ? value : value.replace(/\\(["'\\])/g, '$1');
  };
  const value = (): string | undefined =>
    quoted() ?? between('“', '”') ?? between('”', '”') ?? inBraces() ?? (take(/[^\s,"'{}()]+/y) || undefined);
  const between = (open: string, close: string): string | undefined => {
    const end = text[at] === open && !unclosed.has(open) ? text.indexOf(close, at + 1) : -1;
    if (end < 0) {
      if (text[at] === open) unclosed.add(open);
      return undefined;
    }
    const inner = text.slice(at + 1, end);
    at = end + 1;
    return inner;
  };
  const inBraces = (): string | undefined => {
    const inner = between('{', '}');
    return inner?.trim().replace(/^"|"$/g, '').trim();
  };
  const next = (): Attribute | undefined => {
    for (;;) {
      take(/[\s,=()]+/y);
      if (at >= text.length) return undefined;
      const positional = quoted();
      if (positional !== undefined) return { name: undefined, value: positional };
      const start = at;
      const name = take(/[\w:@.-]+/y);
      // In `name: value`, this function reads the colon as part of the name.
      const isColon = /[^:]:$/.test(name) && /[\s"'“{`]/.test(text[at] ?? '');
      const separator = isColon ? ':' : take(/\s*=\s*/y);
      if (name !== '' && separator !== '') {
        take(/\s+/y);
        const own = value();
        if (own !== undefined) return { name: isColon ? name.slice(0, -1) : name, value: own };
        continue;
      }
      at = start;
      const word = take(/[^\s,"'=()]+/y);
      if (word !== '') return { name: undefined, value: word };
      // A quotation mark that nothing ends.
      at++;
    }
  };
  return { next };
}

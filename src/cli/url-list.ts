/** Reads lists of addresses. */

/** Characters by the names that XML predefines. */
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Parses a list of addresses: one per line, without empty lines and those that begin with `#`; or a sitemap.
 * @param text content of the file
 */
export function parseUrlList(text: string): string[] {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (!trimmed.startsWith('<'))
    return trimmed
      .split(/\r?\n/)
      .map(line => line.trim())
      .filter(line => line !== '' && !line.startsWith('#'));
  return [...trimmed.matchAll(/<loc>\s*(?:<!\[CDATA\[)?([^<\]]*)/g)].map(([, url = '']) =>
    url.trim().replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (reference, decimal, hex, name) => {
      if (name !== undefined) return entities[name] ?? reference;
      const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
    }),
  );
}

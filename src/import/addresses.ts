/** Old addresses, in the form in which aliases are written. */
/**
 * Path and query of an old address, without scheme, host and fragment.
 * @returns undefined if the text is not an address
 */
export function addressPath(url: string): string | undefined {
  const text = url.trim();
  const path = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? rest(text) : text;
  if (path === undefined || path === '') return undefined;
  const rooted = `/${path.replace(/^\/+/, '')}`;
  return readable(rooted.replace(/#.*$/s, ''));
}

function rest(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Writes letters that are percent-encoded as letters, and encodes spaces. */
function readable(path: string): string {
  let decoded = path;
  try {
    decoded = decodeURI(path);
  } catch {
    // The address contains a per-cent sign of its own.
  }
  return decoded.replace(/\s/g, '%20').normalize('NFC');
}

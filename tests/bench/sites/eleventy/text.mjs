/** Derives facts about an article's text. */

const countWords = html =>
  html
    .replace(/<[^>]+>/g, ' ')
    .split(/\s+/)
    .filter(Boolean).length;

/**
 * Splits the text before its first heading, and returns its headings for the contents, the word count, and
 * the reading time in minutes.
 */
export function readText(html) {
  const at = html.indexOf('<h2 ');
  const words = countWords(html);
  const contents = [];
  for (const [, level, id, text] of html.matchAll(/<h([23]) id="([^"]+)"[^>]*>(.*?)<\/h\1>/g)) {
    const heading = { id, text, children: [] };
    (level === '3' && contents.length > 0 ? contents.at(-1).children : contents).push(heading);
  }
  return {
    opening: at === -1 ? html : html.slice(0, at),
    rest: at === -1 ? '' : html.slice(at),
    contents,
    words,
    minutes: Math.max(1, Math.round(words / 230)),
  };
}

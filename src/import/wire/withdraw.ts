/** Takes a story out of the next build by changing only its front matter. */
import { isMap, parseDocument } from 'yaml';

const frontMatter = /^(\ufeff?---[^\S\n]*\n)([\s\S]*?)^---[^\S\n]*\r?$/m;

/** Front matter of a file; undefined if it has none at its beginning. */
function yamlOf(text: string): { before: string; yaml: string } | undefined {
  const match = frontMatter.exec(text);
  return match?.index === 0 ? { before: match[1]!, yaml: match[2]! } : undefined;
}

/** Whether a file is a draft; undefined if its front matter cannot be read. */
export function isDraft(text: string): boolean | undefined {
  const yaml = yamlOf(text)?.yaml;
  if (yaml === undefined) return undefined;
  const document = parseDocument(yaml, { logLevel: 'silent', schema: 'core' });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  return document.get('draft') === true;
}

/**
 * Makes a story a draft, and adds a comment. Everything else stays.
 * @param comment one line
 * @returns undefined if the front matter cannot be changed safely
 */
export function withdraw(text: string, comment: string): string | undefined {
  const parts = yamlOf(text);
  if (!parts) return undefined;
  const { before, yaml } = parts;
  const end = before.endsWith('\r\n') ? '\r\n' : '\n';
  const written = /^(draft[^\S\n]*:[^\S\n]*)([^\s#]*)/m;
  const changed = written.test(yaml)
    ? yaml.replace(written, '$1true')
    : `${yaml}${yaml === '' || yaml.endsWith('\n') ? '' : end}draft: true${end}`;
  const note = `# ${comment}${end}`;
  const result =
    before + (changed.startsWith(note) ? '' : note) + changed + text.slice(before.length + yaml.length);
  return isDraft(result) === true ? result : undefined;
}

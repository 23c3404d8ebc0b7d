/** The licences of the packages whose code or fonts lib/ contains. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceFile = /^(licen[cs]e|copying|ofl|notice|unlicense)\b/i;
/** Licences that also require saying where the source code is. */
const reciprocal = /\b(MPL|EPL|LGPL)\b/;

/**
 * Generates the text of lib/licenses.txt: for each package, its name, version, licence and home, and the text of
 * its licence. Packages with the same text share it.
 * @param {string[]} files paths of bundled files, relative to `root`
 * @param {string} root absolute path of the repository
 * @throws Error if a package does not say what its licence is
 */
export function licencesOf(files, root) {
  const folders = new Set(files.flatMap(file => packageFolders(file, root).at(-1) ?? []));
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { heading, text } = licenceOf(join(root, folder));
    byText.set(text, [...(byText.get(text) ?? []), heading]);
  }
  const parts = [...byText].map(([text, headings]) => `${headings.join('\n')}\n\n${text}`);
  return `The files in this folder contain code and fonts of the following packages.\n\n${parts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

/** Folders of the packages that contain a file, outermost first. Some packages contain others without their package.json. */
function packageFolders(file, root) {
  const ends = [...file.matchAll(/(?<=(?:^|\/)node_modules\/(?:@[^/]+\/)?[^@/][^/]*)(?=\/)/g)];
  return ends
    .map(({ index }) => file.slice(0, index))
    .filter(folder => existsSync(join(root, folder, 'package.json')));
}

function licenceOf(folder) {
  const { name, version, license, licenses, author, homepage, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const id = license?.type ?? license ?? licenses?.map(({ type }) => type).join(' OR ');
  if (!id) throw new Error(`${folder}/package.json names no licence. Do not bundle this package.`);
  const home = addressOf(repository?.url ?? repository) ?? homepage;
  if (reciprocal.test(id) && !home) throw new Error(`${folder}/package.json does not say where its source code is.`);
  const texts = readdirSync(folder)
    .filter(file => licenceFile.test(file))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  const owner = author?.name ?? author?.replace?.(/\s*[<(].*/, '');
  return {
    heading: `${name} ${version} (${id.replace(/^\((.*)\)$/, '$1')})${home ? `, ${home}` : ''}`,
    text: texts.join('\n\n') || `Licence: ${id}${owner ? `. Copyright ${owner}.` : '.'}`,
  };
}

/** Converts a repository as package.json names it to a web address: `github:a/b` or `git+ssh://git@github.com/a/b.git`. */
function addressOf(repository) {
  if (typeof repository !== 'string') return undefined;
  const path = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(repository)?.[1];
  if (path) return `https://github.com/${path}`;
  return repository.replace(/^git\+/, '').replace(/^(?:ssh|git|http):\/\/(?:git@)?/, 'https://').replace(/\.git$/, '');
}

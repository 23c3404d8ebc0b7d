/** The declaration files of the library, without those that its users do not need. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

const imports = /(?<=(?:\bfrom|\bimport|\bimport\() ?)(['"])([^'"]+)\1/g;

/**
 * Copies a declaration file, and all that it imports. Declarations of bundled packages are copied too, so that
 * these packages need not be installed.
 * @param {string} entry absolute path of the declaration file
 * @param {string} to absolute path of the new folder, which is replaced
 * @param {Record<string, string>} bundled absolute paths of the declarations of packages, by name
 */
export function copyTypes(entry, to, bundled) {
  rmSync(to, { recursive: true, force: true });
  const roots = [{ folder: dirname(entry), to: '' }];
  for (const [name, file] of Object.entries(bundled)) roots.push({ folder: dirname(file), to: `${name}/` });
  const targetOf = file => {
    const root = roots.find(({ folder }) => file.startsWith(folder + sep));
    return root.to + relative(root.folder, file).replaceAll(sep, '/');
  };
  const copied = new Set();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (copied.has(file)) continue;
    copied.add(file);
    const target = targetOf(file);
    const text = readFileSync(file, 'utf8').replace(imports, (all, quote, name) => {
      const imported = name.startsWith('.')
        ? join(dirname(file), name.replace(/(?:\.d)?\.([cm]?)[jt]s$/, '.d.$1ts'))
        : bundled[name];
      if (imported === undefined) return all;
      waiting.push(imported);
      const path = posix.relative(posix.dirname(target), targetOf(imported)).replace(/\.d\.([cm]?)ts$/, '.$1js');
      return quote + (path.startsWith('.') ? path : `./${path}`) + quote;
    });
    mkdirSync(dirname(join(to, target)), { recursive: true });
    writeFileSync(join(to, target), text);
  }
}

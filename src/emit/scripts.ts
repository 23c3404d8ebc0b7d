/** Scripts of the pages, one per kind of page, with hashed names. */
import { nameHashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { Outputs } from '../config/outputs.ts';

const pattern = /^scripts\/(\w+)\.js$/;

/**
 * Emits the scripts by kind of page, except empty ones. Kinds without their own script use `page`.
 * @param files texts by path below templates/
 */
export function emitScripts(
  files: ReadonlyMap<string, string>,
  { search }: Outputs,
): Record<string, OutputFile> {
  const scripts: Record<string, OutputFile> = {};
  for (const [path, text] of files) {
    const name = pattern.exec(path)?.[1];
    if (name === undefined || text.trim() === '' || (name === 'search' && !search)) continue;
    scripts[name] = { path: `assets/${name}.${nameHashOf(text)}.js`, text };
  }
  return scripts;
}

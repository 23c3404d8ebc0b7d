/** The pages' scripts, one a kind of page, named by their content. */
import { nameHashOf } from '../base/hash.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { Outputs } from '../config/outputs.ts';

const pattern = /^scripts\/(\w+)\.js$/;

/**
 * @param files texts by path below templates/; an empty script is none
 * @returns by the kind of page, `page` for those that have none of their own
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

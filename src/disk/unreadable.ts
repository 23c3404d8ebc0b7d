/** Diagnostics for files that cannot be read. */
import { accessSync, constants } from 'node:fs';
import { relative, sep } from 'node:path';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';

/**
 * Creates the diagnostic for a file that cannot be read.
 * @param file absolute path, or path relative to the site's root
 */
export function unreadable(file: string, error: unknown): Diagnostic {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return createDiagnostic(file, 'error', 'file-unreadable/absent', undefined);
  // Node's message continues with the system call and the path, which the diagnostic does not repeat.
  const [cause = ''] = (error as Error).message.split(',');
  return createDiagnostic(file, 'error', 'file-unreadable', undefined, { cause });
}

/** Path of the file that could not be read, from a file-system error; undefined if reading did not fail. */
export function unreadPath(error: unknown): string | undefined {
  const { path, syscall } = error as NodeJS.ErrnoException;
  if (path === undefined || syscall === undefined) return undefined;
  // A copyfile error does not say which of its two paths failed, so test the source.
  if (syscall !== 'copyfile') return path;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch {
    return path;
  }
}

/**
 * Path, relative to the site's root, of the input that could not be read.
 * @param inputs paths of all inputs, relative to the root or absolute
 * @returns undefined if the error does not say that reading an input failed
 */
export function unreadInput(
  error: unknown,
  inputs: { has(path: string): boolean },
  root: string,
): string | undefined {
  const path = unreadPath(error);
  if (path === undefined) return undefined;
  const own = relative(root, path).replaceAll(sep, '/');
  return inputs.has(own) || inputs.has(path) ? own : undefined;
}

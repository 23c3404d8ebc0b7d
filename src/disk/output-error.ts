/** Failures to write the output, in words for the newsroom. */

/** The output cannot be written. The message says why and what to do; the existing site is unchanged. */
export class OutputError extends Error {
  override name = 'OutputError';
}

const permissions = "Correct the folder's permissions";

/** What to do about a file-system error, by its code. */
const remedies: Record<string, string> = {
  ENOSPC:
    "Free space on the disk, or, where it has some, delete files: it can hold only so many ('df -i' tells)",
  EDQUOT: 'Free space in your quota',
  EACCES: permissions,
  EPERM: permissions,
  EROFS: 'Build in a folder that can be written',
};

/** Turns a file-system error into an OutputError; returns any other error unchanged. */
export function toOutputError(out: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof OutputError) return error;
  if (code === 'ERR_WORKER')
    return new OutputError(`${message}. Build again; the site in ${out} is as it was.`);
  if (!/^E[A-Z\d]+$/.test(code ?? '')) return error as Error;
  return new OutputError(
    `${out} cannot be written (${message}). ${remedies[code!] ?? 'Mend that'}, then build again; the site there is as it was.`,
    { cause: error },
  );
}

/** Output errors, worded for the newsroom. */

/**
 * Thrown if the output cannot be written. The message says why and what to do; the existing site is
 * unchanged.
 */
export class OutputError extends Error {
  override name = 'OutputError';
}

const permissions = "Fix the folder's permissions";

/** Remedy for a file-system error, by error code. */
const remedies: Record<string, string> = {
  ENOSPC: "Free up disk space, or delete files if 'df -i' shows that no inodes are free",
  EDQUOT: 'Free up space in your quota',
  EACCES: permissions,
  EPERM: permissions,
  EROFS: 'Choose a writable folder',
};

/**
 * Turns an error of the file system or of a build worker into an OutputError; returns any other error
 * unchanged.
 * @param out path of the output folder, for the message
 */
export function toOutputError(out: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof OutputError) return error;
  if (String(code).startsWith('ERR_WORKER'))
    return new OutputError(`${message}. Build again. The site in ${out} is unchanged.`);
  if (!/^E[A-Z\d]+$/.test(code ?? '')) return error as Error;
  return new OutputError(
    `${out} cannot be written (${message}). ${remedies[code!] ?? 'Fix this problem'}, then build again. The existing site is unchanged.`,
    { cause: error },
  );
}

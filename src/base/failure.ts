/** Describes exceptions that stop a command or a build. */

/** Describes an exception: a file-system error with its path, any other exception as an internal error. */
export function failureText({ message, code, path }: NodeJS.ErrnoException): string {
  if (path !== undefined && /^E[A-Z\d]+$/.test(code ?? ''))
    return `${path} cannot be used (${message.split(',')[0]}). ${code === 'ENOENT' ? 'Restore it, or correct the link to it.' : 'Fix its permissions, or replace it with the right kind of file.'}`;
  return `Internal error (a bug in Broadsheet): ${message.replace(/\.$/, '')}. Please report it. Set BROADSHEET_DEBUG=1 to print the stack trace.`;
}

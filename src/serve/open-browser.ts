/** Opens an address in the user's browser, by the system's own program for that. */
import { spawn } from 'node:child_process';

/** The address is an argument, and no shell reads it. */
const programs: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** @param failed is called when no browser could be opened */
export function openBrowser(address: string, failed: () => void): void {
  const [program, ...args] = programs[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.once('error', failed);
  child.once('exit', code => {
    if (code !== 0) failed();
  });
  child.unref();
}

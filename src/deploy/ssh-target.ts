/**
 * A folder of another machine as the target of a deployment, through the programs ssh and rsync. The other machine needs a
 * POSIX shell, rsync and md5sum.
 */
import { spawn } from 'node:child_process';
import { DeployError, type Target } from './target.ts';

/** Creates the target. @param address `user@host:path` or `host:path` */
export function sshTarget(address: string): Target {
  const colon = address.indexOf(':');
  const [host, folder] = [address.slice(0, colon), address.slice(colon + 1) || '.'];
  /** Runs a command of the shell in the folder. @returns its output */
  const remote = (command: string, input?: string) =>
    runProgram(
      'ssh',
      ['-o', 'BatchMode=yes', '--', host, `cd ${quoted(folder)} && ${command}`],
      address,
      input,
    );
  return {
    name: address,
    async list() {
      const output = await remote("find . -type f -exec md5sum '{}' +");
      return new Map(output.split('\n').flatMap(readSum));
    },
    async write(from, files) {
      const paths = files.map(({ path }) => `${path}\0`).join('');
      const options = [
        '-rt',
        '--files-from=-',
        '--from0',
        '--chmod=D755,F644',
        '-e',
        'ssh -o BatchMode=yes',
        '--',
      ];
      if (files.length > 0)
        await runProgram(
          'rsync',
          [...options, `${from}/`, `${host}:${folder.replace(/\/*$/, '/')}`],
          address,
          paths,
        );
      return new Map(files.map(({ path, hash }) => [path, hash]));
    },
    async remove(paths) {
      const list = paths.map(path => `./${path}\0`).join('');
      if (paths.length > 0) await remote('xargs -0 rm -f && find . -mindepth 1 -type d -empty -delete', list);
    },
    async read(path) {
      const text = await remote(`if [ -f ${quoted(path)} ]; then cat ${quoted(path)}; else echo absent; fi`);
      return text === 'absent\n' ? undefined : text;
    },
    async save(path, text, isNew = false) {
      const [file, draft] = [quoted(path), quoted(`${path}.${process.pid}.tmp`)];
      // A link fails if the file exists, so only one deployment succeeds.
      const end = isNew
        ? `{ ln ${draft} ${file} && echo saved; rm -f ${draft}; }`
        : `mv ${draft} ${file} && echo saved`;
      return (await remote(`cat > ${draft} && ${end} 2>&1 || true`, text)).includes('saved');
    },
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Reads a line of md5sum, which begins with a backslash if it escapes the name of the file. */
function readSum(line: string): [path: string, tag: string][] {
  const [, escaped, tag, path] = /^(\\?)([\da-f]{32}) [ *]\.\/(.+)$/.exec(line) ?? [];
  if (tag === undefined || path === undefined) return [];
  return [
    [escaped ? path.replace(/\\([\\n])/g, (_, character) => (character === 'n' ? '\n' : '\\')) : path, tag],
  ];
}

/** Runs a program of this machine. @returns its output. @throws DeployError if it is absent or fails */
function runProgram(program: string, args: string[], address: string, input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [output, complaint] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      complaint += text;
    });
    child.once('error', () =>
      reject(new DeployError(`The program ${program} is not installed. Install it to deploy to ${address}.`)),
    );
    child.once('close', code => {
      if (code === 0) return resolve(output);
      const reason = complaint.trim().split('\n').at(-1) || `${program} ended with code ${code}`;
      reject(
        new DeployError(`${address} cannot be used (${reason}). Check the address, the key and the folder.`),
      );
    });
    // A program that ends early closes its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

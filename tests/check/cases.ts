/** Plain-text fixtures, described in fixtures/README.md, as test cases. */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Case {
  /** File name of the fixture without its extension: a rule id. */
  ruleId: string;
  title: string;
  files: Record<string, Uint8Array>;
  /** Targets of symbolic links, by path. */
  links: Record<string, string>;
  expected: string[];
  strict: boolean;
  drafts: boolean;
  merge: boolean;
  /** Whether the library that draws cards is available. */
  cards: boolean;
  /** Whether Pagefind is missing, or has no binary for the machine. */
  withoutPagefind: boolean;
  /** Whether to remove the folder content/, with the default site.yaml. */
  withoutContent: boolean;
  /** Packages that cannot be loaded. */
  absentPackages: string[];
}

const folder = new URL('fixtures/', import.meta.url);

export function readCases(): Case[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .sort()
    .flatMap(name => parseCases(name.slice(0, -4), readFileSync(new URL(name, folder), 'utf8')));
}

export function parseCases(ruleId: string, text: string): Case[] {
  const lines = text.split('\n');
  const cases: Case[] = [];
  const until = (from: number, title: string): number => {
    const end = lines.indexOf('.', from);
    if (end < 0) throw new Error(`${ruleId}.txt: the case '${title}' has no closing line '.'`);
    return end;
  };
  for (let at = lines.indexOf('.'); at >= 0; at = lines.indexOf('.', at + 1)) {
    const title = lines[at - 1]!.trim();
    const input = until(at + 1, title);
    const output = until(input + 1, title);
    cases.push({
      ruleId,
      title,
      ...parseFiles(lines.slice(at + 1, input)),
      expected: lines.slice(input + 1, output).filter(line => line !== ''),
      strict: title.includes('--strict'),
      drafts: title.includes('--drafts'),
      merge: title.includes('--merge'),
      cards: !/--no-cards|without @takumi/.test(title),
      withoutContent: title.includes('without content/'),
      withoutPagefind: /without Pagefind/i.test(title),
      absentPackages: [...title.matchAll(/without (satteri|hast-util-raw|pagefind|@takumi-rs\/core)/g)].map(
        ([, name]) => name!,
      ),
    });
    at = output;
  }
  return cases;
}

function parseFiles(lines: string[]): Pick<Case, 'files' | 'links'> {
  const files: Record<string, Uint8Array> = {};
  const links: Record<string, string> = {};
  let path = 'content/articles/2025/x.md';
  let open: string[] | undefined = lines[0]?.startsWith('=== ') ? undefined : [];
  const close = () => {
    if (open) files[path] = decodeBytes(open.map(line => `${line}\n`).join(''));
  };
  for (const line of lines) {
    const header = /^=== (\S+)(?: -> (\S+))?$/.exec(line);
    if (!header) {
      open?.push(line);
      continue;
    }
    close();
    path = header[1]!;
    open = header[2] === undefined ? [] : undefined;
    if (header[2] !== undefined) links[path] = header[2];
  }
  close();
  return { files, links };
}

/** Encodes as UTF-8, with the bytes that `⟦…⟧` specifies. A line that ends in `⟦⟧` has no line break. */
function decodeBytes(text: string): Uint8Array {
  const parts = text
    .replaceAll('⟦⟧\n', '')
    .split(/⟦([\da-f\s]+(?:\*\d+)?)⟧/)
    .map((part, index) => {
      if (index % 2 === 0) return Buffer.from(part);
      const [hex = '', times = '1'] = part.split('*');
      const once = Buffer.from(hex.replace(/\s/g, ''), 'hex');
      return Buffer.alloc(once.length * Number(times), once);
    });
  return Buffer.concat(parts);
}

export function writeLinks(root: string, links: Record<string, string>): void {
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    rmSync(join(root, path), { force: true });
    symlinkSync(target, join(root, path));
  }
}

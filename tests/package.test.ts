/** package.json agrees with the code: what the bundles load is installed with them. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { outputs } from '../src/config/outputs.ts';
import { chapterPaths, readDocument } from './helpers/manual.ts';
import { packageRoot } from './helpers/site.ts';

type Versions = Record<string, string>;
const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  dependencies: Versions;
  peerDependencies: Versions;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
  devDependencies: Versions;
};
const { dependencies, peerDependencies, peerDependenciesMeta, devDependencies } = manifest;

/** Packages that the bundles import or require, without those of Node.js. */
async function loadedPackages(): Promise<Set<string>> {
  const files = readdirSync(join(packageRoot, 'lib'), { recursive: true, encoding: 'utf8' });
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    entryPoints: files.filter(file => /^(lazy\/)?[^/]+\.c?js$/.test(file)).map(file => `lib/${file}`),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const names = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !isBuiltin(path) && !path.startsWith('#'))
    .map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)![0]);
  return new Set(names);
}

describe('the bundles', () => {
  test('load only packages that are installed with them, and all of those', async () => {
    const loaded = await loadedPackages();
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    expect([...loaded].filter(name => !declared.includes(name))).toEqual([]);
    // The public types import the first two. The code of satteri is bundled, and finds its binaries through the
    // package.
    expect(declared.filter(name => !loaded.has(name))).toEqual(['@types/hast', '@types/mdast', 'satteri']);
  });

  test('come with the licences of the packages in them', () => {
    const text = readFileSync(join(packageRoot, 'lib/licenses.txt'), 'utf8');
    const named = [...text.matchAll(/^(@?[\w./-]+) \d\S* \(/gm)].map(([, name]) => name!);
    expect(named).toEqual(expect.arrayContaining(['mediabunny', 'unified', 'micromark', 'sirv', 'zod']));
    expect(named).toContain('@fontsource-variable/source-serif-4');
    expect(text).toContain('SIL OPEN FONT LICENSE');
    expect(named).not.toContain('vitest');
  });
});

test('packages that an output needs are optional peers, and the repository has the version that messages name', () => {
  const needed = Object.values(outputs).flatMap(output => ('needs' in output ? [output.needs] : []));
  expect(needed.map(({ name }) => name).sort()).toEqual(Object.keys(peerDependencies).sort());
  for (const { name, version } of needed) {
    expect(peerDependencies[name], name).toBe(`^${version}`);
    expect(peerDependenciesMeta[name], name).toEqual({ optional: true });
    expect(devDependencies[name], name).toBe(version);
  }
});

test('the documents name the versions that our tests use', () => {
  const documents = ['README.md', 'CHANGELOG.md', ...chapterPaths].map(readDocument).join('\n');
  for (const name of Object.keys(peerDependencies)) {
    const named = [...documents.matchAll(new RegExp(`\\b${name.replace('@', '')}@(\\d[\\d.]*\\d)`, 'g'))];
    expect(named.length, name).toBeGreaterThan(0);
    expect([...new Set(named.map(([, version]) => version))], name).toEqual([devDependencies[name]]);
  }
});

/**
 * Bundles the compiled program, with the packages that it uses, into lib/ and the page scripts into
 * lib/scripts/. Loading hundreds of modules would take longer than a small build, and installing them longer
 * than everything else.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from './licenses.mjs';
import { copyTypes } from './types.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const lib = join(root, 'lib');
const packageFile = name => fileURLToPath(import.meta.resolve(name));

/**
 * Packages that are loaded from node_modules: those that package.json declares to its users, because they have
 * binaries. All others are bundled, and are devDependencies. The code of `satteri` is bundled, and loads its
 * binary from node_modules.
 */
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter(name => name !== 'satteri');

const target = 'node20.19';
const common = { absWorkingDir: root, bundle: true, format: 'esm', logLevel: 'warning', metafile: true };
// Halves the amount of code to read and parse. Names are kept, for profiles.
const tight = { minifySyntax: true, minifyWhitespace: true };

/**
 * satteri finds its binary relative to its own location. This plugin resolves that location when the bundle
 * is loaded.
 */
const satteri = {
  name: 'satteri',
  setup({ onLoad }) {
    onLoad({ filter: /satteri[\\/]index\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('createRequire(import.meta.url)'))
        throw new Error(`${path} finds its binary in a way that this plugin does not know`);
      const contents = `
        import { createRequire as requireFrom } from 'node:module';
        import { pathToFileURL } from 'node:url';
        const ownUrl = new URL('../index.js', pathToFileURL(requireFrom(__filename).resolve('satteri'))).href;
        ${text.replaceAll('import.meta.url', 'ownUrl')}`;
      return { contents };
    });
  },
};

// The key is written at the end, so an incomplete bundle has no key.
rmSync(join(lib, 'key'), { force: true });

// With splitting, each `import()` starts a separate file, so that a command loads only what it needs.
const node = await build({
  ...common,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', worker: 'src/build/worker.ts', 'import-worker': 'src/import/worker.ts' },
  ...tight,
  sourcemap: true,
  outdir: 'lib',
  platform: 'node',
  target,
  splitting: true,
  external,
  // gray-matter uses our own YAML reader. Without this alias, it would bundle another version of js-yaml,
  // with a JavaScript parser.
  alias: { 'js-yaml': packageFile('js-yaml') },
  banner: {
    js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
  },
});
// Bundles that src/base/lazy-package.ts loads on demand, by name. They are CommonJS, which can be loaded
// synchronously.
const lazy = await build({
  ...common,
  ...tight,
  entryPoints: [
    ...['hast-util-raw', 'remark-gfm', 'remark-parse', 'temporal-polyfill', 'yaml'].map(name => ({
      in: packageFile(name),
      out: name,
    })),
    { in: packageFile('csv-parse/sync'), out: 'csv-parse' },
    { in: 'src/charts/d3-parts.ts', out: 'd3' },
    { in: 'src/article/satteri.ts', out: 'satteri' },
  ],
  outdir: 'lib/lazy',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  platform: 'node',
  target,
  plugins: [satteri],
});
const client = await build({
  ...common,
  entryPoints: ['src/serve/dev-client.ts'],
  outdir: 'lib',
  target: 'es2022',
});
const scripts = await build({
  ...common,
  entryPoints: ['page', 'article', 'search'].map(name => `templates/scripts/${name}.ts`),
  outdir: 'lib/scripts',
  target: 'es2022',
  minify: true,
});

// The fonts of link preview cards.
const fontList = await build({
  ...common,
  entryPoints: ['src/media/fonts.ts'],
  platform: 'node',
  target,
  write: false,
  outdir: 'lib',
});
const { fonts } = await import(
  `data:text/javascript;base64,${Buffer.from(fontList.outputFiles[0].contents).toString('base64')}`
);
rmSync(join(lib, 'fonts'), { recursive: true, force: true });
mkdirSync(join(lib, 'fonts'));
const fontFiles = fonts.map(({ module }) => packageFile(module));
for (const file of fontFiles) copyFileSync(file, join(lib, 'fonts', basename(file)));

const bundled = [node, lazy, client, scripts].flatMap(({ metafile }) =>
  Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter(file => inputs[file].bytesInOutput > 0),
  ),
);
const copied = fontFiles.map(file => relative(root, file).replaceAll(sep, '/'));
writeFileSync(join(lib, 'licenses.txt'), licencesOf([...bundled, ...copied], root));

// The declarations that `tsc` has generated. Only the tests bundle without them.
const types = join(root, 'node_modules/.cache/types/index.d.ts');
if (existsSync(types))
  copyTypes(types, join(lib, 'types'), { zod: join(root, 'node_modules/zod/index.d.ts') });

// The JSON Schemas, to which new sites refer for code editors.
mkdirSync(join(lib, 'schema'), { recursive: true });
for (const [name, ...args] of [['story'], ['site', 'site']])
  writeFileSync(
    join(lib, `schema/${name}.json`),
    execFileSync(process.execPath, [join(lib, 'cli.js'), 'schema', ...args]),
  );

// The names of chunks change with their content, so remove the old ones.
const made = new Set([node, client].flatMap(({ metafile }) => Object.keys(metafile.outputs)));
for (const name of readdirSync(lib))
  if (/\.js(\.map)?$/.test(name) && !made.has(`lib/${name}`)) rmSync(join(lib, name), { force: true });

// Hash of all the code that runs. Otherwise src/base/hash.ts would have to read it at every build.
const key = createHash('sha256');
for (const name of readdirSync(lib, { recursive: true }).sort())
  if (/\.c?js$/.test(name)) key.update(name).update(readFileSync(join(lib, name)));
writeFileSync(join(lib, 'key'), key.digest('base64url'));

/** Bundles the compiled program into lib/ and the pages' scripts into lib/scripts/: hundreds of modules would take longer to load than a small build takes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const lib = join(root, 'lib');
const packageFile = name => fileURLToPath(import.meta.resolve(name));

/** Packages with binaries or data of their own, and large ones that few sites need. They are loaded from node_modules. */
const external = Object.keys(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies,
).filter(name => /^(lightningcss|sharp|@takumi-rs\/.*|exifreader|mediabunny|pagefind)$/.test(name));

const target = 'node20.19';
const common = { absWorkingDir: root, bundle: true, format: 'esm', logLevel: 'warning', metafile: true };
// Half as much to read and to parse. Names stay as they are, for profiles.
const tight = { minifySyntax: true, minifyWhitespace: true };

/** satteri finds its binary from its own place: that place is looked up when the bundle is loaded. */
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

// Written at the end: a bundle that was not finished has none.
rmSync(join(lib, 'key'), { force: true });

// What a command does not load it does not read: each `import()` begins a file of its own.
const node = await build({
  ...common,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', worker: 'src/build/worker.ts' },
  ...tight,
  sourcemap: true,
  outdir: 'lib',
  platform: 'node',
  target,
  splitting: true,
  external,
  // gray-matter, which is given our own reader of YAML, would bring another version, and that a parser of JavaScript.
  alias: { 'js-yaml': packageFile('js-yaml') },
  banner: {
    js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
  },
});
// By their names: src/base/lazy-package.ts loads them when it is asked to. CommonJS, since that can be done without waiting.
await build({
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
await build({
  ...common,
  entryPoints: ['page', 'article', 'search'].map(name => `templates/scripts/${name}.ts`),
  outdir: 'lib/scripts',
  target: 'es2022',
  minify: true,
});

// Names of parts change with what is in them.
const made = new Set([node, client].flatMap(({ metafile }) => Object.keys(metafile.outputs)));
for (const name of readdirSync(lib))
  if (/\.js(\.map)?$/.test(name) && !made.has(`lib/${name}`)) rmSync(join(lib, name), { force: true });

// Of all that runs: src/base/hash.ts would read as much at every build.
const key = createHash('sha256');
for (const name of readdirSync(lib, { recursive: true }).sort())
  if (/\.c?js$/.test(name)) key.update(name).update(readFileSync(join(lib, name)));
writeFileSync(join(lib, 'key'), key.digest('base64url'));

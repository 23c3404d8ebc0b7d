/** Files of a new site besides its content: package.json, .gitignore, settings of editors, and the host's file. */
import type { OptionalPackage } from '../base/optional-packages.ts';
import { type OutputName, outputs } from '../config/outputs.ts';
import type { Answers } from './answers.ts';
import { hostOf } from './hosts.ts';
import { asciiSlug } from './names.ts';

/** Packages that outputs need. */
export const packagesOf = (names: readonly OutputName[]): OptionalPackage[] =>
  names.flatMap(name => {
    const output = outputs[name];
    return 'needs' in output ? [output.needs] : [];
  });

/**
 * Generates package.json.
 * @param spec version or source of Broadsheet
 */
export function packageJson({ name, outputs }: Answers, spec: string): string {
  const id = asciiSlug(name);
  const dependencies = Object.fromEntries(
    [{ name: 'broadsheet', version: spec }, ...packagesOf(outputs)]
      .map(({ name, version }): [string, string] => [name, version])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const scripts = Object.fromEntries(
    ['dev', 'build', 'check', 'serve'].map(command => [command, `broadsheet ${command}`]),
  );
  const manifest = {
    ...(id !== '' && { name: id }),
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts,
    dependencies,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Composes the command that installs what an existing package.json lacks.
 * @param text content of package.json
 * @returns undefined if it lacks nothing
 */
export function missingPackages(
  text: string,
  names: readonly OutputName[],
  spec: string,
): string | undefined {
  const { dependencies, devDependencies } = JSON.parse(text) as Record<
    'dependencies' | 'devDependencies',
    object | undefined
  >;
  const has = ({ name }: OptionalPackage) => name in { ...dependencies, ...devDependencies };
  // npm installs a path as `npm install file:../x.tgz`, without a name.
  const own = { name: 'broadsheet', version: spec };
  const specs = [own, ...packagesOf(names)]
    .filter(one => !has(one))
    .map(one => (one === own && spec.includes(':') ? spec : `${one.name}@${one.version}`));
  return specs.length === 0 ? undefined : `npm install ${specs.join(' ')}`;
}

const gitignore = 'node_modules/\ndist/\n.cache/\n';

/** Schemas of the installed Broadsheet, so that they fit its version. */
const vscodeSettings = {
  'yaml.schemas': {
    './node_modules/broadsheet/lib/schema/site.json': 'content/site.yaml',
    './node_modules/broadsheet/lib/schema/story.json': 'content/articles/**/*.md',
  },
  'files.exclude': { '.cache': true },
  'search.exclude': { dist: true, '.cache': true },
  '[markdown]': { 'editor.wordWrap': 'on' },
};

const vscodeExtensions = { recommendations: ['redhat.vscode-yaml'] };

/**
 * Generates every file besides content/ and package.json.
 * @param readHostFile reads a file of starter/hosts/
 * @returns texts by path relative to the site's root
 */
export function projectFiles(
  { host }: Pick<Answers, 'host'>,
  readHostFile: (name: string) => string,
): Map<string, string> {
  const { file } = hostOf(host);
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['.gitignore', gitignore],
    ['.vscode/settings.json', json(vscodeSettings)],
    ['.vscode/extensions.json', json(vscodeExtensions)],
    ...(file ? [[file.path, readHostFile(file.starter)] as const] : []),
  ]);
}

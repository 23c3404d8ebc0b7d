/** The editorial rule that CONTRIBUTING.md adds step by step. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { packageRoot, temporaryFolder } from './helpers/site.ts';

const example = { id: 'headline-capitals', name: 'headlineCapitals' };

/** Compiler errors in some files of a package, with the package's own settings. */
function compileErrors(root: string, paths: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    paths.map(path => join(root, path)),
    { ...options, incremental: false },
  );
  return paths
    .map(path => program.getSourceFile(join(root, path))!)
    .flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('the rule that CONTRIBUTING.md adds compiles, and its fixture passes', { timeout: 180_000 }, () => {
  const markdown = readFileSync(join(packageRoot, 'CONTRIBUTING.md'), 'utf8');
  const blocks = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
    kind,
    text: text!,
  }));
  const fixture = blocks.find(({ text }) => text.includes(` ${example.id} `))!.text;
  const rule = blocks.find(({ kind, text }) => kind === 'ts' && text.includes(`id: '${example.id}'`))!.text;
  const line = blocks.find(({ kind, text }) => kind === 'ts' && text.includes(`./${example.id}.ts`))!.text;
  const command = blocks.find(({ kind, text }) => kind === 'sh' && text.includes(`-t ${example.id}`))!.text;

  const root = temporaryFolder();
  for (const path of ['src', 'templates', 'public', 'tests/helpers', 'tests/check', 'tests/vitest.config.ts'])
    cpSync(join(packageRoot, path), join(root, path), { recursive: true });
  for (const path of ['package.json', 'tsconfig.json', 'esbuild.config.mjs', 'licenses.mjs', 'types.mjs'])
    cpSync(join(packageRoot, path), join(root, path));
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'lib'));
  writeFileSync(join(root, `src/check/${example.id}.ts`), rule);
  writeFileSync(join(root, `tests/check/fixtures/${example.id}.txt`), fixture);
  const list = join(root, 'src/check/rules.ts');
  const rules = readFileSync(list, 'utf8');
  writeFileSync(
    list,
    rules
      .replace(/^import /m, `${line}import `)
      .replace(/const documentRules.*\[\n/, `$&  ${example.name},\n`),
  );
  expect(compileErrors(root, [`src/check/${example.id}.ts`, 'src/check/rules.ts'])).toEqual([]);

  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST_SET)/.test(name)),
  );
  const [npx, ...args] = command.trim().split('\n')[0]!.split(' ');
  expect(npx).toBe('npx');
  const report = execFileSync('npx', [...args, '--reporter=json'], {
    cwd: root,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const { success, numPassedTests } = JSON.parse(report) as { success: boolean; numPassedTests: number };
  expect({ success, numPassedTests }).toEqual({ success: true, numPassedTests: 2 });
});

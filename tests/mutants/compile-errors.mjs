/** Type errors of mutants: a bug that does not compile needs no test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Prepares to check mutants.
 * @param {string} root the checkout
 * @returns a function that takes a mutant and returns the type errors in its file
 */
export function compileErrors(root) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const changed = new Map();
  let version = 0;
  const service = ts.createLanguageService({
    getScriptFileNames: () => fileNames,
    getScriptVersion: name => changed.get(name)?.version ?? '0',
    getScriptSnapshot(name) {
      const text = changed.get(name)?.text ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  return ({ file, start, end, replacement }) => {
    const name = join(root, file);
    const text = readFileSync(name, 'utf8');
    const isMutated = text.slice(0, start) + replacement + text.slice(end);
    changed.set(name, { text: isMutated, version: String(++version) });
    const errors = [...service.getSyntacticDiagnostics(name), ...service.getSemanticDiagnostics(name)];
    changed.set(name, { text, version: String(++version) });
    return errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  };
}

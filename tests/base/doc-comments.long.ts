import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('every exported function has a doc comment', () => {
  const program = createProgram();
  const checker = program.getTypeChecker();
  const undocumented = program
    .getSourceFiles()
    .filter(({ fileName }) => pathOf(fileName).startsWith('src/'))
    .flatMap(file =>
      exportedFunctions(file, checker)
        .filter(({ declarations }) => !declarations.some(hasDescription))
        .map(({ name }) => `${pathOf(file.fileName)}: ${name}`),
    );

  expect(undocumented).toEqual([]);
}, 60_000);

interface ExportedFunction {
  name: string;
  /** Declarations in the file; several if the function is overloaded. */
  declarations: ts.Declaration[];
}

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames, { ...options, noEmit: true });
}

/** Finds functions, and constants with a callable type, that the file itself declares. */
function exportedFunctions(file: ts.SourceFile, checker: ts.TypeChecker): ExportedFunction[] {
  const module = checker.getSymbolAtLocation(file);
  if (!module) return [];
  return checker.getExportsOfModule(module).flatMap(symbol => {
    const declarations = (symbol.declarations ?? []).filter(
      declaration =>
        declaration.getSourceFile() === file &&
        (ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration)),
    );
    const isFunction = declarations.some(
      declaration => checker.getTypeAtLocation(declaration).getCallSignatures().length > 0,
    );
    return isFunction ? [{ name: symbol.name, declarations }] : [];
  });
}

/** Whether a doc comment has text before its first tag. */
function hasDescription(declaration: ts.Declaration): boolean {
  return ts
    .getJSDocCommentsAndTags(declaration)
    .some(doc => ts.isJSDoc(doc) && (ts.getTextOfJSDocComment(doc.comment) ?? '').trim() !== '');
}

function pathOf(fileName: string): string {
  return relative(root, fileName).split(sep).join('/');
}

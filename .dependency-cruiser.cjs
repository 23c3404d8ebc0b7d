/** Enforces the folder table in src/README.md. `npm run rules` and `npm test` check it. */

/**
 * Folders of src/, in the order of the table in src/README.md. Each may import only the folders before it.
 */
const folders = [
  'base',
  'article',
  'config',
  'charts',
  'site',
  'check',
  'render',
  'emit',
  'disk',
  'media',
  'cache',
  'build',
  'import',
  'create',
  'serve',
  'deploy',
  'cli',
];

const pathOf = folder => `^src/${folder}/`;

/** The library's entry, which re-exports. Apart from programs, only the command line may import it. */
const entry = '^src/index\\.ts$';

module.exports = {
  forbidden: [
    ...folders.map((folder, index) => ({
      name: `${folder}-imports`,
      severity: 'error',
      from: { path: pathOf(folder) },
      to: {
        path: '^src/',
        pathNot: [...folders.slice(0, index + 1).map(pathOf), ...(folder === 'cli' ? [entry] : [])],
      },
    })),
    {
      name: 'known-folders',
      comment: 'Every file of src/ is in a folder of the table, or the entry of the library.',
      severity: 'error',
      from: { path: '^src/', pathNot: [entry, ...folders.map(pathOf)] },
      to: {},
    },
    {
      name: 'no-cycle-of-files',
      comment: 'Type imports count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/base/package\\.ts$'] },
      to: {},
    },
    {
      name: 'file-system-in-disk',
      severity: 'error',
      from: { path: '^src/', pathNot: pathOf('disk') },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'declared',
      comment: 'Bundled packages are devDependencies. tests/package.test.ts checks what the bundles load.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer', 'type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    // src/create/ has a package.json of its own, for create-broadsheet.
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

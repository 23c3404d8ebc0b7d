/** Who may import whom in src/: the table of src/README.md, held by `npm test`. */
const folder = name => `^src/${name}/`;
const file = name => `^src/${name}\\.ts$`;
const shared = ['diagnostics', 'did-you-mean', 'yaml', 'dates', 'on-demand'].map(file);
const ends = ['source', 'output', 'media/store', 'lock', 'cli', 'serve', 'dev', 'dev-pages', 'new-article']
  .map(file)
  .concat(folder('cache'));
const mayImport = (from, to) => ({
  name: `${from.replace(/[^a-z]/g, '')}-imports`,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...shared, ...to] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$'] }, to: {} },
    mayImport(folder('article'), []),
    mayImport(folder('site'), [folder('article'), file('config')]),
    mayImport(folder('check'), [folder('article'), folder('site'), file('config')]),
    mayImport(folder('media/chart'), [folder('article'), file('config')]),
    mayImport(folder('render'), [folder('article'), folder('site'), folder('media/chart'), file('config')]),
    mayImport(folder('emit'), [
      folder('article'),
      folder('site'),
      folder('media/chart'),
      folder('render'),
      file('config'),
      file('look'),
    ]),
    {
      name: 'shared-import-nothing',
      severity: 'error',
      from: { path: shared },
      to: { path: '^src/', pathNot: shared },
    },
    {
      name: 'disk-at-the-ends',
      severity: 'error',
      from: { path: '^src/', pathNot: ends },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'declared',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    // The bundler is no part of the program.
    exclude: '^src/bundle\\.mjs$',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

/**
 * Bugs that would do readers or newsrooms real harm, as changes to the code. Tests must catch every one.
 *
 * `tests` names the test files that run first, if they are not in the folder of the changed file.
 *
 * @type {{ harm: string; file: string; find: string; replace: string; tests?: string[] }[]}
 */
export const named = [
  {
    harm: 'A drawing loads a file from another host',
    file: 'src/media/svg-styles.ts',
    find: String.raw`url\((?!\s*(?:#`,
    replace: String.raw`urx\((?!\s*(?:#`,
  },
  {
    harm: 'Other sites may show ours in a frame',
    file: 'src/emit/host-files.ts',
    find: `    'frame-ancestors': ["'none'"],\n`,
    replace: '',
  },
  {
    harm: 'The server listens on all addresses of the machine',
    file: 'src/serve/static-server.ts',
    find: "server.listen(candidate, '127.0.0.1', () => {",
    replace: "server.listen(candidate, '0.0.0.0', () => {",
  },
  {
    harm: "'dev' keeps its lock after it has ended",
    file: 'src/serve/dev.ts',
    find: '    lock.release();\n',
    replace: '',
  },
  {
    harm: 'A line is drawn through a gap as if the value were 0',
    file: 'src/charts/line.ts',
    find: '.defined(row => row.y[series] !== null)',
    replace: '.defined(() => true)',
  },
  {
    harm: 'An empty cell is read as 0',
    file: 'src/article/chart-rows.ts',
    find: "if (cell.text === '') return null;",
    replace: "if (cell.text === '') return 0;",
  },
  {
    harm: 'Negative values are stacked on positive ones',
    file: 'src/charts/stack.ts',
    find: 'const from = value < 0 ? below : above;',
    replace: 'const from = above;',
  },
  {
    harm: 'Rows with dates in any order are drawn in that order',
    file: 'src/charts/axis.ts',
    find: 'return [...rows].sort((a, b) => axisValue(a.x, kind) - axisValue(b.x, kind));',
    replace: 'return rows;',
  },
  {
    harm: 'The label of a negative bar is drawn over its bar',
    file: 'src/charts/bar.ts',
    find: 'const isNegative = value !== null && value < 0;',
    replace: 'const isNegative = false;',
  },
  {
    harm: 'ninjs.json names the wrong role of a source',
    file: 'src/emit/ninjs.ts',
    find: "role: firstReport ? 'first report' : 'source',",
    replace: "role: firstReport ? 'source' : 'first report',",
  },
  {
    harm: 'ninjs.json names the wrong role of a standfirst',
    file: 'src/emit/ninjs.ts',
    find: "descriptions: [{ role: 'summary',",
    replace: "descriptions: [{ role: 'caption',",
  },
  {
    harm: 'A published story links to one under embargo',
    file: 'src/check/link-target.ts',
    find: "if (problem === 'withheld' && site.withheld.has(from.source)) return undefined;",
    replace: "if (problem === 'withheld') return undefined;",
  },
  {
    harm: 'A permalink with :lang has the language twice',
    file: 'src/config/permalinks.ts',
    find: "lang === siteLang || pattern.includes(':lang') ? path",
    replace: 'lang === siteLang ? path',
    tests: ['tests/site/addresses.test.ts'],
  },
  {
    harm: 'A crop ignores the focus point',
    file: 'src/media/derivatives.ts',
    find: 'const picture = focus\n',
    replace: 'const picture = false\n',
  },
  {
    harm: 'A slug is not in normal form C',
    file: 'src/article/meta.ts',
    find: ".normalize('NFC'));",
    replace: ');',
    tests: ['tests/site/addresses.test.ts'],
  },
  {
    harm: 'The news sitemap keeps old stories when a saved plan is reused',
    file: 'src/emit/sitemaps.ts',
    find: 'validUntil: oldest === undefined ? undefined : Date.parse(oldest) + newsAge,',
    replace: 'validUntil: undefined,',
    tests: ['tests/build/plan.test.ts'],
  },
  {
    harm: 'A number with a minus sign (U+2212) is rejected',
    file: 'src/article/chart-numbers.ts',
    find: String.raw`^[-+\u2212]?(?:`,
    replace: '^[-+]?(?:',
  },
  {
    harm: 'A number with a minus sign (U+2212) is read as not a number',
    file: 'src/article/chart-numbers.ts',
    find: String.raw`.replace('\u2212', '-')`,
    replace: '',
  },
  {
    harm: 'A line has two values for one date',
    file: 'src/article/chart-rows.ts',
    find: "if ((isAxis || kind === 'date') && seen.has(row.x)) {",
    replace: 'if (false) {',
  },
  {
    harm: 'Values separated by tabs are one column',
    file: 'src/article/csv.ts',
    find: String.raw`[',', ';', '\t']`,
    replace: "[',', ';']",
  },
  {
    harm: 'A key figure with a non-breaking space is reported as missing from the text',
    file: 'src/check/key-figure-text.ts',
    find: String.raw`[.,\u00a0\u202f]`,
    replace: '[.,]',
  },
];

/**
 * What a build publishes besides its pages. An output is one entry here: its name is its switch in site.yaml, and its file names are
 * reserved for it. emit/outputs.ts has the function that makes each file, and does not compile while one is missing.
 */

/** What an output publishes. */
export interface OutputDeclaration {
  /** What it is, for the manual. */
  about: string;
  /** Names of files beside each story's page. */
  story?: readonly string[];
  /** Names of files at the address of each list that has feeds. */
  list?: readonly string[];
  /** Paths of files from the site's root. A file of the site's own public/ takes the place of one. */
  site?: readonly string[];
  /** Paths from the site's root of files that a task of its own makes. A file of public/ takes the place of one. */
  task?: readonly string[];
  /** A folder below the site's root that no page may use. */
  folder?: string;
}

export const outputs = {
  cards: { about: 'Link preview pictures for stories without pictures' },
  feeds: {
    about: 'RSS, Atom and JSON feeds for the site and for each desk, topic, author and language',
    list: ['feed.xml', 'atom.xml', 'feed.json'],
  },
  sitemaps: {
    about: 'The sitemap and the news sitemap',
    task: ['/sitemap.xml', '/news-sitemap.xml'],
  },
  robots: { about: 'robots.txt', site: ['/robots.txt'] },
  articleJson: {
    about: 'Each story as JSON data, and the JSON Schema of this data',
    story: ['article.json'],
    site: ['/schema/article.v1.json'],
  },
  ninjs: { about: 'Each story as IPTC ninjs 3.1', story: ['ninjs.json'] },
  redirects: { about: 'Redirects from former addresses, as pages and in _redirects', site: ['/_redirects'] },
  hostFiles: { about: 'Configuration files for static hosts', site: ['/.nojekyll', '/_headers'] },
  text: { about: 'A text-only edition of every page, below /text/' },
  search: { about: 'The search page and its index', folder: 'pagefind' },
} as const satisfies Record<string, OutputDeclaration>;

export type OutputName = keyof typeof outputs;

/** Which outputs a site has. */
export type Outputs = Record<OutputName, boolean>;

export const outputNames = Object.keys(outputs) as OutputName[];

/** The declarations of the outputs that a site has. */
export const enabledOutputs = (enabled: Outputs): OutputDeclaration[] =>
  outputNames.filter(name => enabled[name]).map(name => outputs[name]);

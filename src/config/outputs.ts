/**
 * Files that a build publishes besides its pages. Each entry is an output: its name is the key under
 * `outputs` in site.yaml that disables it, and pages cannot have its file names. emit/outputs.ts has a
 * function for each file, and does not compile while one is missing.
 */
import type { OptionalPackage } from '../base/optional-packages.ts';

export interface OutputDeclaration {
  /** Short description for the manual. */
  about: string;
  /** Whether the output is off unless site.yaml turns it on. */
  isOff?: boolean;
  /** Package that the output needs, and that a site installs beside Broadsheet. A test compares it with package.json. */
  needs?: OptionalPackage;
  /** Names of files beside each story's page. */
  story?: readonly string[];
  /** Names of files at the address of each list that has feeds. */
  list?: readonly string[];
  /** Files of the whole site, as paths from its root. Files in the site's public/ replace them. */
  site?: readonly string[];
  /** Like `site`, but a separate build task writes these files. */
  task?: readonly string[];
  /** Folder below the site's root that no page may use. */
  folder?: string;
}

export const outputs = {
  cards: {
    about: 'Link preview pictures for stories without pictures',
    needs: { name: '@takumi-rs/core', version: '2.16.3' },
  },
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
    isOff: true,
    story: ['article.json'],
    site: ['/schema/article.v1.json'],
  },
  ninjs: { about: 'Each story as IPTC ninjs 3.1', isOff: true, story: ['ninjs.json'] },
  redirects: { about: 'Redirects from former addresses, in _redirects', site: ['/_redirects'] },
  redirectPages: { about: 'Pages at former addresses, which redirect readers on every host' },
  serverRules: {
    about: 'Redirects from former addresses, as configuration for nginx, Caddy and Apache',
    isOff: true,
    site: ['/redirects.nginx.conf', '/redirects.caddy', '/.htaccess'],
  },
  hostFiles: { about: 'Configuration files for static hosts', site: ['/.nojekyll', '/_headers'] },
  text: { about: 'A text-only edition of every page, below /text/' },
  search: {
    about: 'The search page and its index',
    needs: { name: 'pagefind', version: '1.6.0' },
    folder: 'pagefind',
  },
} as const satisfies Record<string, OutputDeclaration>;

export type OutputName = keyof typeof outputs;

/** Whether each output is enabled. */
export type Outputs = Record<OutputName, boolean>;

export const outputNames = Object.keys(outputs) as OutputName[];

/** Declarations of the outputs that a site has enabled. */
export const enabledOutputs = (enabled: Outputs): OutputDeclaration[] =>
  outputNames.filter(name => enabled[name]).map(name => outputs[name]);

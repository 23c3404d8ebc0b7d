/** Web hosts that `broadsheet init` knows, with the file that each needs. */

interface HostDeclaration {
  /** Name for the question. */
  name: string;
  /** File of the site, and its text in starter/hosts/; undefined if the host needs none. */
  file?: { path: string; starter: string };
  /** Steps to take at the host once the site is in a repository there. */
  note?: string;
}

const buildSettings =
  "Set the build command to 'npx --no broadsheet build' and the output folder to 'dist' in the settings of the project.";

export const hosts = {
  'github-pages': {
    name: 'GitHub Pages',
    file: { path: '.github/workflows/publish.yml', starter: 'github-pages.yml' },
    note: "In the settings of the repository, set 'Pages', 'Source' to 'GitHub Actions'.",
  },
  'gitlab-pages': {
    name: 'GitLab Pages',
    file: { path: '.gitlab-ci.yml', starter: 'gitlab-pages.yml' },
    note: "Create a pipeline schedule, such as '*/15 * * * *', so that scheduled stories appear on time.",
  },
  netlify: {
    name: 'Netlify',
    file: { path: 'netlify.toml', starter: 'netlify.toml' },
    note: 'Create a build hook and call it every 15 minutes, so that scheduled stories appear on time.',
  },
  cloudflare: {
    name: 'Cloudflare Pages',
    file: { path: '.node-version', starter: 'node-version' },
    note: buildSettings,
  },
  none: { name: 'Another host, or none yet' },
} as const satisfies Record<string, HostDeclaration>;

export type HostName = keyof typeof hosts;

export const hostNames = Object.keys(hosts) as HostName[];

/** Workflow file and instructions for a host. */
export const hostOf = (name: HostName): HostDeclaration => hosts[name];

/** The three generators: how to start each, where it writes, and what to move aside for a cold build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const cli = join(here, '../../lib/cli.js');
const eleventy = join(here, 'node_modules/@11ty/eleventy');

/**
 * @typedef {{ name: string, title: string, out: string, caches: string[], command: string[], numberedPages: (stories: number) => number,
 *   version: () => string | undefined }} Generator
 * `command` runs in the site's folder; `out` and `caches` are relative to it. `numberedPages` returns how
 * many pages a list with that many stories has besides its first. `version` returns undefined if the
 * generator is not installed.
 */

const perPage = 24;
const versionIn = file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined);

/** @type {Generator[]} */
export const generators = [
  {
    name: 'broadsheet',
    title: 'Broadsheet',
    out: 'dist',
    caches: ['.cache'],
    command: [process.execPath, cli, 'build', '--root', '.', '--out', 'dist'],
    // The first page has 24 to 47 stories, so that the other pages never change.
    numberedPages: stories => Math.max(0, Math.floor(stories / perPage) - 1),
    version: () => (existsSync(cli) ? versionIn(join(here, '../../package.json')) : undefined),
  },
  {
    name: 'hugo',
    title: 'Hugo',
    out: 'public',
    caches: ['resources', '.hugo_build.lock'],
    command: ['hugo'],
    numberedPages: stories => Math.ceil(stories / perPage) - 1,
    version: () =>
      /v(\d+\.\d+\.\d+)/.exec(spawnSync('hugo', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1],
  },
  {
    name: 'eleventy',
    title: 'Eleventy',
    out: '_site',
    caches: ['.cache'],
    command: [process.execPath, join(eleventy, 'cmd.cjs'), '--quiet'],
    numberedPages: stories => Math.ceil(stories / perPage) - 1,
    version: () => versionIn(join(eleventy, 'package.json')),
  },
];

/** Moves everything that a build has written to the trash. @param {Generator} generator */
export function setAside({ out, caches }, site, trash) {
  for (const path of [out, ...caches]) trash.put(join(site, path));
}

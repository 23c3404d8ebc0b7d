/** The command `broadsheet check`: a build without output. */
import { runBuild } from './build.ts';
import type { Command } from './options.ts';

export const checkCommand: Command = {
  help: 'Check the site without writing pages',
  options: [
    'root',
    'base-path',
    'drafts',
    'strict',
    'files',
    'urls',
    'explain',
    'all',
    'json',
    'quiet',
    'now',
    'workers',
  ],
  run: values => runBuild(values, undefined),
};

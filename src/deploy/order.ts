/** What the path of a file says about it, for deployments, which do not know how the site was planned. */
import { isLanguageTag } from '../base/languages.ts';
import { type Step, stepOf } from '../disk/write-order.ts';

const overviews: ReadonlySet<string> = new Set([
  'topics',
  'authors',
  'archive',
  'feeds',
  'corrections',
  'search',
]);

/** Creates a function that finds the step of a file. @param desks ids of the site's desks, whose pages are lists */
export const createStepOf =
  (desks: ReadonlySet<string>) =>
  (path: string): Step =>
    stepOf(path, page => isList(page, desks));

function isList(path: string, desks: ReadonlySet<string>): boolean {
  const folders = path
    .replace(/^text\//, '')
    .split('/')
    .slice(0, -1);
  const [first] = folders;
  if (first === undefined) return path.endsWith('index.html');
  if (overviews.has(first) || folders.at(-2) === 'page') return true;
  return folders.length === 1 && (desks.has(first) || isLanguageTag(first));
}

/** Whether the name of a file changes with its content, so that browsers may keep the file for good. */
export const isNamedByContent = (path: string): boolean => path.startsWith('assets/');

/** Writes a new site. */
import { join } from 'node:path';
import { packageRoot } from '../base/package.ts';
import { configPath } from '../config/paths.ts';
import { createFile, exists, readText } from '../disk/files.ts';
import type { Answers } from './answers.ts';
import { contentFiles } from './content-files.ts';
import type { NamedDesk } from './names.ts';
import { ownSpec } from './own-package.ts';
import { missingPackages, packageJson, projectFiles } from './project-files.ts';
import { readStarter, readStarterFile, type Starter } from './texts.ts';

export interface Created {
  /** Paths of the new files, relative to the site's root. */
  written: string[];
  /** Paths of existing files, which are unchanged. */
  kept: string[];
  /** Whether the folder already had a site, whose content is unchanged. */
  hadSite: boolean;
  /** Desks whose ids differ from their names, because Broadsheet uses the addresses itself. */
  renamed: NamedDesk[];
  /** Further languages of which there are no texts, so that they begin empty. */
  withoutTexts: string[];
  /** Command that installs the packages; undefined if the existing package.json lacks none. */
  install: string | undefined;
  /** Command that starts the development server. */
  start: string;
}

/**
 * Writes the files of a new site. Never overwrites a file. If the folder already has a site, its content
 * does not change.
 * @param root absolute path of the site's folder, which is created if it does not exist
 * @param now current time in milliseconds since the epoch
 */
export function createSite(root: string, answers: Answers, now: number): Created {
  const spec = ownSpec(packageRoot, root);
  const hadSite = exists(join(root, configPath));
  const { content, renamed, withoutTexts } = hadSite
    ? { content: new Map<string, string>(), renamed: [], withoutTexts: [] }
    : newContent(answers, now);
  const manifest = join(root, 'package.json');
  const hasManifest = exists(manifest);
  const install = hasManifest ? missingPackages(readText(manifest), answers.outputs, spec) : 'npm install';
  // If a write fails, the site can be created again, because site.yaml is written last.
  const files = new Map([
    ['package.json', packageJson(answers, spec)],
    ...projectFiles(answers, name => readStarterFile(packageRoot, `hosts/${name}`)),
    ...content,
  ]);
  const paths = [...files.keys()];
  const kept = paths.filter(path => exists(join(root, path)));
  const written = paths.filter(path => !kept.includes(path));
  for (const path of written) createFile(join(root, path), files.get(path)!);
  return {
    written,
    kept: hadSite ? [configPath, ...kept] : kept,
    hadSite,
    renamed,
    withoutTexts,
    install,
    start: hasManifest ? 'npx broadsheet dev' : 'npm run dev',
  };
}

function newContent(answers: Answers, now: number) {
  const [siteLanguage, ...others] = answers.languages;
  const starter = readStarter(packageRoot, siteLanguage!);
  const translations = new Map<string, Starter>();
  const withoutTexts: string[] = [];
  for (const tag of others) {
    const texts = readStarter(packageRoot, tag);
    if (new Intl.Locale(tag).language !== texts.lang) withoutTexts.push(tag);
    else if (texts.lang !== starter.lang) translations.set(tag, texts);
  }
  const drawing = readStarterFile(packageRoot, 'sheet.svg');
  const { files, renamed } = contentFiles({ answers, starter, translations, drawing, now });
  return { content: files, renamed, withoutTexts };
}

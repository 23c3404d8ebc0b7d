/** A small site for tests of deployments, and what they check. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type DeployOptions, type DeployResult, deploySite } from '../../src/deploy/deploy.ts';
import { folderTarget } from '../../src/deploy/folder-target.ts';
import type { Target } from '../../src/deploy/target.ts';
import { type Files, publicationYaml, story } from '../helpers/publication.ts';
import { buildSite, makeSite, readFolder, temporaryFolder, writeFiles } from '../helpers/site.ts';

export const storyFile = (name: string): string => `content/articles/2025/${name}.md`;

/** Files of a site with three stories and their authors' pages. */
export const siteFiles: Files = {
  'content/site.yaml': publicationYaml,
  'public/logo.png': 'not a picture',
  'content/authors/ada.md': '---\nname: Ada Tester\n---\n\nText.\n',
  ...Object.fromEntries(
    ['one', 'two', 'three'].map(name => [
      storyFile(name),
      story({ title: `Story ${name}`, authors: ['ada'] }, `The text of story ${name}.`),
    ]),
  ),
};

export interface Newsroom {
  root: string;
  out: string;
  /** Absolute path of the folder that the site is deployed to. */
  www: string;
  edit(files: Files): Promise<void>;
  build(now?: number): Promise<void>;
  deploy(options?: Partial<DeployOptions>): Promise<DeployResult>;
}

/** Makes a site, builds it, and makes an empty folder to deploy to. */
export async function openNewsroom(files: Files = siteFiles): Promise<Newsroom> {
  const root = makeSite(files);
  const [out, www] = [join(root, 'dist'), temporaryFolder()];
  const build = async (now?: number) => {
    const { ok } = await buildSite(root, { allowRemovals: true, ...(now !== undefined && { now }) });
    expect(ok).toBe(true);
  };
  await build();
  return {
    root,
    out,
    www,
    build,
    async edit(changed) {
      writeFiles(root, changed);
      await build();
    },
    deploy: options =>
      deploySite({
        root,
        out,
        target: folderTarget(www),
        desks: ['world', 'politics'],
        rollback: false,
        dryRun: false,
        force: false,
        maxDeletes: undefined,
        expired: [],
        ...options,
      }),
  };
}

/** A target that reports every change, and can fail after a number of them. */
export function watched(target: Target, changed: (change: string) => void): Target {
  return {
    ...target,
    async write(folder, files) {
      const tags = new Map<string, string>();
      for (const file of files) {
        changed(`write ${file.path}`);
        for (const [path, tag] of await target.write(folder, [file])) tags.set(path, tag);
      }
      return tags;
    },
    async remove(paths) {
      for (const path of paths) {
        changed(`remove ${path}`);
        await target.remove([path]);
      }
    },
  };
}

/** Files of a deployed site, without the record of deployments. */
export function deployed(www: string): Record<string, string> {
  const { '.broadsheet-deploy.json': _, ...files } = readFolder(www);
  return files;
}

/** Files of a built site, as a deployment should write them. */
export function built(out: string): Record<string, string> {
  const { '.broadsheet': _, ...files } = readFolder(out);
  return files;
}

/** Damages a file of the target, as another program would. */
export const overwrite = (www: string, path: string): void =>
  writeFileSync(join(www, path), 'Changed by someone else.');

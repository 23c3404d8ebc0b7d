/** Chooses the kind of target by how its address is written. */
import { relative, resolve, sep } from 'node:path';
import { folderTarget } from './folder-target.ts';
import type { S3Environment } from './s3-target.ts';
import { sshTarget } from './ssh-target.ts';
import { DeployError, type Target } from './target.ts';

/**
 * Opens the target of a deployment.
 * @param address a folder, `user@host:path`, or `s3://bucket/prefix`
 * @param environment variables with the credentials of stores
 * @param site absolute path of the built site, and of the folder that relative targets start from
 * @throws DeployError if credentials are missing, or if the target is the built site itself
 */
export async function openTarget(
  address: string,
  environment: S3Environment,
  site: { out: string; base: string },
): Promise<Target> {
  if (/^s3:\/\//i.test(address)) {
    const { s3Target } = await import('./s3-target.ts');
    return s3Target(address, environment);
  }
  // A single letter before the colon is a drive of Windows.
  if (/^[^\s/\\:]{2,}:/.test(address)) return sshTarget(address);
  const folder = resolve(site.base, address);
  if (contains(folder, site.out) || contains(site.out, folder))
    throw new DeployError(
      `The target ${folder} contains the built site, or is inside it. Choose another folder.`,
    );
  return folderTarget(folder);
}

const contains = (outer: string, inner: string): boolean => {
  const path = relative(outer, inner);
  return path === '' || (path.split(sep)[0] !== '..' && !/^([a-z]:)?[\\/]/i.test(path));
};

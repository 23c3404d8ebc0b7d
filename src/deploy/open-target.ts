/** Chooses the kind of target by how its address is written. */
import { resolve } from 'node:path';
import { folderTarget } from './folder-target.ts';
import type { S3Environment } from './s3-target.ts';
import { sshTarget } from './ssh-target.ts';
import type { Target } from './target.ts';

/**
 * Opens the target of a deployment.
 * @param address a folder, `user@host:path`, or `s3://bucket/prefix`
 * @param environment variables with the credentials of stores
 * @throws DeployError if credentials are missing
 */
export async function openTarget(address: string, environment: S3Environment): Promise<Target> {
  if (/^s3:\/\//i.test(address)) {
    const { s3Target } = await import('./s3-target.ts');
    return s3Target(address, environment);
  }
  // A single letter before the colon is a drive of Windows.
  if (/^[^\s/\\:]{2,}:/.test(address)) return sshTarget(address);
  return folderTarget(resolve(address));
}

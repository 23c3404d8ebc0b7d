/** Builds a publication of the gallery into a temporary folder, and serves it on this machine. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { serveFolder } from '../../src/serve/static-server.ts';
import { buildSite, writeFiles } from '../helpers/site.ts';
import { galleryNow } from './sites.ts';

export interface ServedGallery extends AsyncDisposable {
  address: string;
  /** Whether a page exists. */
  has(path: string): boolean;
  /** Paths of all stories, in the order of their files. */
  stories(): string[];
}

/** Builds a site. @returns its folder; @throws if the build has errors */
export async function buildGallerySite(
  files: Record<string, string | Uint8Array>,
  now = galleryNow,
): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'broadsheet-gallery-'));
  writeFiles(root, files);
  const built = await buildSite(root, { now });
  if (!built.ok) throw new Error(built.diagnostics.map(formatDiagnostic).join('\n'));
  return root;
}

/** Serves a site until it is disposed of, and then deletes it. */
export async function serveGallery(root: string): Promise<ServedGallery> {
  const out = join(root, 'dist');
  const serving = await serveFolder({ folder: out, root, basePath: undefined, port: 0 });
  if (serving.problem !== undefined) throw new Error(serving.problem);
  return {
    address: serving.address.replace(/\/$/, ''),
    has: path => existsSync(join(out, path, 'index.html')),
    stories: () =>
      readdirSync(out, { recursive: true, encoding: 'utf8' })
        .filter(path => /\/\d{4}\/\d{2}\/[^/]+\/index\.html$/.test(path) && !path.startsWith('text/'))
        .map(path => `/${path.replace(/index\.html$/, '')}`)
        .sort(),
    async [Symbol.asyncDispose]() {
      serving.close();
      await serving.closed;
      rmSync(root, { recursive: true, force: true });
    },
  };
}

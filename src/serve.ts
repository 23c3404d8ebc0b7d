/** dist/ over HTTP on this machine alone, as a static host would serve it. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { normalizeBasePath, readConfig } from './config.ts';
import { readSiteYaml } from './source.ts';

export interface ServeOptions {
  folder: string;
  root: string;
  /** Instead of the path of `url` in site.yaml. */
  basePath: string | undefined;
  /** Without one: 4173, or the next that is free. */
  port: number | undefined;
}

export type Serving =
  | { address: string; closed: Promise<void>; close: () => void; problem?: undefined }
  | { problem: string; address?: undefined; closed?: undefined };

export async function serveFolder({ folder, root, basePath, port }: ServeOptions): Promise<Serving> {
  if (!existsSync(join(folder, 'index.html')))
    return { problem: `There is no site in ${folder}. Build it first: broadsheet build.` };
  const { config } = readConfig({ bytes: readSiteYaml(root), ruleIds: [] });
  const base = basePath === undefined ? (config?.basePath ?? '/') : normalizeBasePath(basePath);
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
  const server = createServer((request, response) => {
    const notFound = () => {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : readFileSync(join(folder, '404.html')));
    };
    const url = request.url ?? '/';
    if (!url.startsWith(base) || /\/\.(?!well-known\/)/.test(url)) return notFound();
    request.url = url.slice(base.length - 1);
    files(request, response, notFound);
  });
  const problem = await listen(server, port);
  if (problem !== undefined) return { problem };
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${taken}${base}`,
    closed: new Promise(resolve => server.once('close', resolve)),
    close: () => server.close(),
  };
}

async function listen(server: Server, port: number | undefined): Promise<string | undefined> {
  const first = port ?? 4173;
  for (let candidate = first; ; candidate++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>(resolve => {
      server.once('error', resolve);
      server.listen(candidate, '127.0.0.1', () => {
        server.removeListener('error', resolve);
        resolve(undefined);
      });
    });
    if (!error) return undefined;
    if (error.code !== 'EADDRINUSE' || port !== undefined || candidate > first + 50) {
      return `Port ${candidate} cannot be used (${error.message}). Name another with --port.`;
    }
  }
}

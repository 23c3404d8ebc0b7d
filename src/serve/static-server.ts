/** A built site over HTTP on this machine alone, as a static host would serve it. `serve` and `dev` share this server. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import sirv from 'sirv';
import { normalizeBasePath, readConfig } from '../config/config.ts';
import { readSiteYaml } from '../disk/content.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

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
  | { problem: string; address?: undefined; closed?: undefined; close?: undefined };

export async function serveFolder({ folder, root, basePath, port }: ServeOptions): Promise<Serving> {
  if (!existsSync(join(folder, 'index.html')))
    return { problem: `There is no site in ${folder}. Build it first: broadsheet build.` };
  const base = basePathOf(root, basePath) ?? '/';
  return startServer(createSiteHandler({ folder, base: () => base }), {
    port,
    orNext: port === undefined,
    base,
  });
}

/** The path that the site's addresses begin with; nothing while site.yaml has errors or cannot be read. */
export function basePathOf(root: string, basePath: string | undefined): string | undefined {
  if (basePath !== undefined) return normalizeBasePath(basePath);
  try {
    return readConfig({ bytes: readSiteYaml({ root }), ruleIds: [] }).site?.config.basePath;
  } catch {
    return undefined;
  }
}

export interface SiteFiles {
  /** Absolute path. */
  folder: string;
  base: () => string;
  /** What becomes of a page's HTML on its way out; without it pages go out as they are. */
  dress?: (html: string) => string;
}

/** Files of the folder below the base path, and its 404.html for all else. */
export function createSiteHandler({ folder, base, dress }: SiteFiles): Handler {
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
  return (request, response) => {
    const send = (status: number, html: string) => {
      response.writeHead(status, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      });
      response.end(request.method === 'HEAD' ? undefined : (dress?.(html) ?? html));
    };
    const notFound = () => send(404, notFoundPage(folder));
    const path = pathBelow(base(), request.url ?? '/');
    if (path === undefined) return notFound();
    const page = dress && readPage(folder, path);
    if (page !== undefined) return send(200, page);
    request.url = path;
    if (!isRange(request.headers.range)) delete request.headers.range;
    files(request, response, notFound);
  };
}

/** Whether a range is one that sirv takes for what it is; without it the whole file is an answer too (RFC 9110, 14.2). */
function isRange(range = ''): boolean {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  return first !== undefined && (last === '' || Number(last) >= Math.max(1, Number(first)));
}

/** The HTML that the handler answers an address with, before it is dressed. */
export function pageAt({ folder, base }: SiteFiles, url: string): string {
  const path = pathBelow(base(), url);
  return (path && readPage(folder, path)) ?? notFoundPage(folder);
}

/** The address without the base path; nothing when it is outside, or of a hidden file. */
function pathBelow(base: string, url: string): string | undefined {
  return !url.startsWith(base) || /\/(?:\.|%2e)(?!well-known\/)/i.test(url)
    ? undefined
    : url.slice(base.length - 1);
}

/** The page that a static host finds for a path: `/x/`, `/x` and `/x.html`. */
function readPage(folder: string, path: string): string | undefined {
  try {
    const name = decodeURI(path.replace(/[?#].*$/s, '')).replace(/\/$/, '');
    const names = [...(name.endsWith('.html') ? [name] : []), `${name}.html`, `${name}/index.html`];
    const file = names
      .map(candidate => join(folder, candidate))
      .find(candidate => candidate.startsWith(folder + sep) && isFile(candidate));
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function notFoundPage(folder: string): string {
  const file = join(folder, '404.html');
  return isFile(file)
    ? readFileSync(file, 'utf8')
    : '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n<title>Not found</title>\n<body>\n<p>There is no page here.</p>\n</body>\n</html>\n';
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

export interface ListenOptions {
  /** Without one: 4173. */
  port: number | undefined;
  /** Whether the next that is free will do where that one is taken. */
  orNext: boolean;
  /** The base path, for the address. */
  base: string;
}

export async function startServer(handle: Handler, options: ListenOptions): Promise<Serving> {
  const server = createServer((request, response) => {
    if (isOwnName(request.headers.host)) return handle(request, response);
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('This server answers to the names 127.0.0.1 and localhost alone.\n');
  });
  const problem = await listen(server, options);
  if (problem !== undefined) return { problem };
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${options.base}`,
    closed: new Promise(resolve => server.once('close', resolve)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Another site's page can have its name lead to this machine (DNS rebinding), but then its name is what the browser asks for. */
function isOwnName(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

async function listen(server: Server, { port, orNext }: ListenOptions): Promise<string | undefined> {
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
    if (error.code !== 'EADDRINUSE' || !orNext || candidate === 65_535 || candidate > first + 50) {
      return `Port ${candidate} cannot be used (${error.message}). Name another with --port.`;
    }
  }
}

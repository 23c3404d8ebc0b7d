/**
 * Serves a built site as a static host would, but only on this machine. `serve` and `dev` share this server.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import sirv from 'sirv';
import { normalizeBasePath, readConfig } from '../config/config.ts';
import { readSiteYaml } from '../disk/content.ts';
import { exists, isFile, readText } from '../disk/files.ts';
import { createSiteRedirects, type RedirectAnswer } from './redirects.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ServeOptions {
  /** Absolute path of the built site. */
  folder: string;
  /** Absolute path of the site's folder, which contains content/. */
  root: string;
  /** Replaces the path of `url` in site.yaml. */
  basePath: string | undefined;
  /** Port to listen on; by default 4173, or the next free port. */
  port: number | undefined;
}

/** A running server, or the problem that prevents it. */
export type Serving =
  | { address: string; closed: Promise<void>; close: () => void; problem?: undefined }
  | { problem: string; address?: undefined; closed?: undefined; close?: undefined };

/**
 * Serves a built site.
 * @returns the server, or the problem that prevents it
 */
export async function serveFolder({ folder, root, basePath, port }: ServeOptions): Promise<Serving> {
  if (!exists(join(folder, 'index.html')))
    return { problem: `There is no built site in ${folder}. Run 'broadsheet build' first.` };
  const base = basePathOf(root, basePath) ?? '/';
  return startServer(createSiteHandler({ folder, base: () => base }), {
    port,
    orNext: port === undefined,
    base,
  });
}

/** Base path of the site. @returns undefined if site.yaml has errors or cannot be read */
function basePathOf(root: string, basePath: string | undefined): string | undefined {
  if (basePath !== undefined) return normalizeBasePath(basePath);
  try {
    return readConfig({ bytes: readSiteYaml({ root }), ruleIds: [] }).site?.config.basePath;
  } catch {
    return undefined;
  }
}

export interface SiteFiles {
  /** Absolute path of the built site. */
  folder: string;
  /** Returns the current base path. */
  base: () => string;
  /** Changes the HTML of each page before it is sent. */
  transformHtml?: (html: string) => string;
}

/**
 * Serves the folder's files below the base path, and its 404.html for all other paths. Applies the redirects of
 * _redirects.
 */
export function createSiteHandler({ folder, base, transformHtml }: SiteFiles): Handler {
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
  const redirects = createSiteRedirects(folder);
  return (request, response) => {
    const redirect = ({ status, location }: RedirectAnswer) => {
      // Browsers would keep permanent redirects of this address, also for other sites that are served here later.
      response.writeHead(status, { location, 'cache-control': 'no-store' });
      response.end();
    };
    const send = (status: number, html: string) => {
      response.writeHead(status, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      });
      response.end(request.method === 'HEAD' ? undefined : (transformHtml?.(html) ?? html));
    };
    const url = request.url ?? '/';
    const notFound = () => {
      const below = redirects.below(url);
      if (below) redirect(below);
      else send(404, notFoundPage(folder));
    };
    const exact = redirects.exact(url);
    if (exact) return redirect(exact);
    const path = pathBelow(base(), url);
    if (path === undefined) return notFound();
    const page = transformHtml && readPage(folder, path);
    if (page !== undefined) return send(200, page);
    request.url = path;
    if (!isRange(request.headers.range)) delete request.headers.range;
    files(request, response, notFound);
  };
}

/**
 * Whether sirv interprets a Range header correctly. The handler ignores other Range headers, because the
 * whole file is a valid response too (RFC 9110, 14.2).
 */
function isRange(range = ''): boolean {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  return first !== undefined && (last === '' || Number(last) >= Math.max(1, Number(first)));
}

/** HTML that the handler sends for a URL, before `transformHtml`. */
export function pageAt({ folder, base }: SiteFiles, url: string): string {
  const path = pathBelow(base(), url);
  return (path && readPage(folder, path)) ?? notFoundPage(folder);
}

/**
 * Removes the base path from a URL.
 * @returns undefined if the URL is outside the base path or leads to a hidden file
 */
function pathBelow(base: string, url: string): string | undefined {
  return !url.startsWith(base) || /\/(?:\.|%2e)(?!well-known\/)/i.test(url)
    ? undefined
    : url.slice(base.length - 1);
}

/** Reads the page that a static host finds for a path: `/x/`, `/x` or `/x.html`. @returns undefined if none */
function readPage(folder: string, path: string): string | undefined {
  try {
    const name = decodeURI(path.replace(/[?#].*$/s, '')).replace(/\/$/, '');
    const names = [...(name.endsWith('.html') ? [name] : []), `${name}.html`, `${name}/index.html`];
    const file = names
      .map(candidate => join(folder, candidate))
      .find(candidate => candidate.startsWith(folder + sep) && isFile(candidate));
    return file === undefined ? undefined : readText(file);
  } catch {
    return undefined;
  }
}

function notFoundPage(folder: string): string {
  const file = join(folder, '404.html');
  return isFile(file)
    ? readText(file)
    : '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n<title>Not found</title>\n<body>\n<p>There is no page here.</p>\n</body>\n</html>\n';
}

export interface ListenOptions {
  /** Port to listen on; 4173 by default. */
  port: number | undefined;
  /** Whether to use the next free port if `port` is in use. */
  orNext: boolean;
  /** Base path of the printed address. */
  base: string;
}

/**
 * Starts a server on 127.0.0.1 that answers only requests for this machine's own host names.
 * @returns the server, or the problem if no port can be used
 */
export async function startServer(handle: Handler, options: ListenOptions): Promise<Serving> {
  const server = createServer((request, response) => {
    if (isOwnName(request.headers.host)) return handle(request, response);
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('This server only answers requests for 127.0.0.1 and localhost.\n');
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

/**
 * Whether a Host header names this machine. Protects against DNS rebinding: another site's name can resolve
 * to this machine, but the browser then sends that name as the host.
 */
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
      return `Port ${candidate} cannot be used (${error.message}). Choose another with --port.`;
    }
  }
}

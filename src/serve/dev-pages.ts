/** What a browser gets from `dev`: the site's pages with a script in them, and the state of each page as server-sent events. */
import type { ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { packageRoot } from '../base/package.ts';
import { readText, stampOf } from '../disk/files.ts';
import type { Problem } from './problems.ts';
import { createSiteHandler, type Handler, pageAt, type SiteFiles } from './static-server.ts';

/** State of a page. A browser that shows another version of the page loads it again. */
export interface PageState {
  /** Hash of the page and of the files that it shows, except for its style sheets. */
  page: string;
  /** Hash of `styleUrls`. */
  styles: string;
  styleUrls: string[];
  problems: readonly Problem[];
}

export interface DevPages {
  handle: Handler;
  /** Sends every open page its state after a build. @param ok whether the build has written the site */
  publish(problems: readonly Problem[], ok: boolean): void;
  /** Shows the site's style sheet in open pages before a build has written pages that link to it. */
  publishStyles(styles: { path: string; text: string }): void;
  close(): void;
}

/** Dot-paths are never served, so these cannot clash with a site's file. */
const clientPath = '/.broadsheet/client.js';
const eventsPath = '/.broadsheet/events';

/** Milliseconds between comments in a stream: proxies and browsers close a silent one. */
const heartbeat = 15_000;

export function createDevPages(files: Pick<SiteFiles, 'folder' | 'base'>): DevPages {
  const client = readText(join(packageRoot, 'lib/dev-client.js'));
  const streams = new Map<ServerResponse, string>();
  let problems: readonly Problem[] = [];
  let pendingStyles: { url: string; text: string } | undefined;

  const serveSite = createSiteHandler({
    ...files,
    transformHtml: html => {
      const { page, styles } = fingerprint(html, files);
      return injectScript(html, `${clientPath}?page=${page}&styles=${styles}`);
    },
  });
  const send = (stream: ServerResponse, url: string) => {
    const { page, styleUrls: urls } = fingerprint(pageAt(files, url), files);
    const styleUrls = urls.map(url =>
      pendingStyles && isOwnStyle(url, files.base()) ? pendingStyles.url : url,
    );
    const state: PageState = { page, styles: hashOfUrls(styleUrls), styleUrls, problems };
    stream.write(`data: ${JSON.stringify(state)}\n\n`);
  };
  const sendAll = () => {
    for (const [stream, url] of streams) send(stream, url);
  };
  const openStream = (url: string, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    response.write('retry: 1000\n\n');
    const page = new URLSearchParams(url.slice(eventsPath.length)).get('path') ?? '/';
    streams.set(response, page);
    response.on('close', () => streams.delete(response));
    send(response, page);
  };
  const beat = setInterval(() => {
    for (const stream of streams.keys()) stream.write(':\n\n');
  }, heartbeat);

  return {
    handle(request, response) {
      const url = request.url ?? '/';
      if (url.startsWith(`${clientPath}?`)) {
        response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
        response.end(client);
      } else if (url.startsWith(`${eventsPath}?`)) {
        openStream(url, response);
      } else if (url === pendingStyles?.url) {
        response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' });
        response.end(pendingStyles.text);
      } else if (url === '/' && files.base() !== '/') {
        response.writeHead(302, { location: files.base() });
        response.end();
      } else {
        serveSite(request, response);
      }
    },
    publish(found, ok) {
      problems = found;
      if (ok) pendingStyles = undefined;
      sendAll();
    },
    publishStyles({ path, text }) {
      pendingStyles = { url: files.base() + path, text };
      sendAll();
    },
    close: () => clearInterval(beat),
  };
}

function injectScript(html: string, url: string): string {
  const script = `<script type="module" src="${url.replace('&', '&amp;')}"></script>\n`;
  const end = html.lastIndexOf('</body>');
  return end < 0 ? html + script : html.slice(0, end) + script + html.slice(end);
}

function fingerprint(html: string, files: Pick<SiteFiles, 'folder' | 'base'>): Omit<PageState, 'problems'> {
  const styleUrls: string[] = [];
  const rest = html.replace(/<link\b[^>]*\srel="?stylesheet\b[^>]*>/gi, link => {
    const url = /\shref="([^"]*)"/i.exec(link)?.[1];
    if (url !== undefined) styleUrls.push(url.replaceAll('&amp;', '&'));
    return '';
  });
  return {
    page: hashOf(rest + stampsOfFiles(rest, files)),
    styles: hashOfUrls(styleUrls),
    styleUrls,
  };
}

const hashOfUrls = (urls: readonly string[]): string => hashOf(urls.join('\n'));

/** Whether a URL is that of the site's style sheet, which `emitStyles` names by its content. */
const isOwnStyle = (url: string, base: string): boolean =>
  url.startsWith(`${base}assets/style.`) && url.endsWith('.css');

/** Sizes and times of the site's files that a page loads or links to, pictures for example. */
function stampsOfFiles(html: string, { folder, base }: Pick<SiteFiles, 'folder' | 'base'>): string {
  const urls = new Set(
    [...html.matchAll(/\s(?:src|srcset|href|poster)="([^"]*)"/g)]
      .flatMap(([, value]) => value!.split(/[\s,]+/))
      .filter(url => url.startsWith(base()) && /\.\w+$/.test(url)),
  );
  return [...urls].map(url => stampOfFile(folder, url.slice(base().length))).join();
}

/** Stamp of a file of the site; empty when there is no such file. */
function stampOfFile(folder: string, url: string): string {
  try {
    const path = join(folder, decodeURI(url));
    if (!path.startsWith(folder + sep)) return '';
    return stampOf(path);
  } catch {
    return '';
  }
}

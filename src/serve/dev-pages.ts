/**
 * Serves the pages of `dev`: the site's pages with an added script, and the state of each page as server-sent
 * events.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { packageRoot } from '../base/package.ts';
import type { DeferredPictures } from '../build/deferred-pictures.ts';
import { exists, readText } from '../disk/files.ts';
import { pictureFolder } from '../media/recipes.ts';
import { extensionOf, type PictureFormat, pictureFormats } from '../site/pictures.ts';
import { createEventStreams } from './event-streams.ts';
import { fingerprintPage, type PageState, withStyles } from './page-state.ts';
import type { Problem } from './problems.ts';
import { createSiteHandler, type Handler, pageAt, type SiteFiles } from './static-server.ts';

export interface DevPages {
  handle: Handler;
  /** Sends every open page its state after a build. @param ok whether the build has written the site */
  publish(problems: readonly Problem[], ok: boolean): void;
  /** Shows a new style sheet in open pages, before a build has written pages that link to it. */
  publishStyles(styles: { path: string; text: string }): void;
  close(): void;
}

export interface DevSite extends Pick<SiteFiles, 'folder' | 'base'> {
  pictures: Pick<DeferredPictures, 'fileAt'>;
}

/** Dot-paths are never served, so these cannot clash with a site's file. */
const clientPath = '/.broadsheet/client.js';
const eventsPath = '/.broadsheet/events';

/**
 * Creates the handler of a `dev` server.
 * @param site the built site; `base` returns its current base path. `pictures` has the pictures that it lacks.
 */
export function createDevPages({ pictures, ...files }: DevSite): DevPages {
  const client = readText(join(packageRoot, 'lib/dev-client.js'));
  let problems: readonly Problem[] = [];
  let pendingStyles: { url: string; text: string } | undefined;

  const serveSite = createSiteHandler({
    ...files,
    transformHtml: html => {
      const { page, styles } = fingerprintPage(html, files);
      return injectScript(html, `${clientPath}?page=${page}&styles=${styles}`);
    },
  });
  const stateOf = (url: string): PageState => {
    const page = fingerprintPage(pageAt(files, url), files);
    return { ...(pendingStyles ? withStyles(page, pendingStyles.url, files.base()) : page), problems };
  };
  const streams = createEventStreams(stateOf);

  /** Serves a picture that the build has left out. */
  const servePicture = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const bytes = await pictures.fileAt(path);
    if (!bytes) return serveSite(request, response);
    response.writeHead(200, { 'content-type': typeOfPicture(path), 'cache-control': 'no-cache' });
    response.end(bytes);
  };

  return {
    handle(request, response) {
      const url = request.url ?? '/';
      if (url.startsWith(`${clientPath}?`)) {
        sendText(response, 'text/javascript', client);
      } else if (url.startsWith(`${eventsPath}?`)) {
        streams.open(new URLSearchParams(url.slice(eventsPath.length)).get('path') ?? '/', response);
      } else if (url === pendingStyles?.url) {
        sendText(response, 'text/css; charset=utf-8', pendingStyles.text);
      } else if (url === '/' && files.base() !== '/') {
        response.writeHead(302, { location: files.base() });
        response.end();
      } else {
        const path = /^[^?#]*/.exec(url.slice(files.base().length))![0];
        if (!path.startsWith(`${pictureFolder}/`) || exists(join(files.folder, path)))
          serveSite(request, response);
        else void servePicture(path, request, response);
      }
    },
    publish(found, ok) {
      problems = found;
      if (ok) pendingStyles = undefined;
      streams.sendAll();
    },
    publishStyles({ path, text }) {
      pendingStyles = { url: files.base() + path, text };
      streams.sendAll();
    },
    close: () => streams.close(),
  };
}

/** Media type of a published picture. */
const typeOfPicture = (path: string): string =>
  Object.entries(pictureFormats).find(([format]) =>
    path.endsWith(`.${extensionOf(format as PictureFormat)}`),
  )?.[1] ?? 'application/octet-stream';

function sendText(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(text);
}

function injectScript(html: string, url: string): string {
  const script = `<script type="module" src="${url.replace('&', '&amp;')}"></script>\n`;
  const end = html.lastIndexOf('</body>');
  return end < 0 ? html + script : html.slice(0, end) + script + html.slice(end);
}

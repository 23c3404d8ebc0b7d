/** State of a page in `dev`: whether the browser must reload it, and the problems of the site. */
import { join, sep } from 'node:path';
import { hashOf } from '../base/hash.ts';
import { stampOf } from '../disk/files.ts';
import type { Problem } from './problems.ts';
import type { SiteFiles } from './static-server.ts';

/** A page's state. A browser that shows another version of the page reloads it. */
export interface PageState {
  /** Hash of the page and of the files that it shows, except its style sheets. */
  page: string;
  /** Hash of `styleUrls`. */
  styles: string;
  styleUrls: string[];
  problems: readonly Problem[];
}

type PageFingerprint = Omit<PageState, 'problems'>;

/**
 * Describes the state of a page, so that a browser can tell whether its version is outdated.
 * @param html a page as it was built, without the script of `dev`
 */
export function fingerprintPage(html: string, files: Pick<SiteFiles, 'folder' | 'base'>): PageFingerprint {
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

/**
 * Returns a page's state with a new URL for the site's own style sheet, whose name `emitStyles` derives from
 * its content.
 * @param base base path of the site
 */
export function withStyles(page: PageFingerprint, styleUrl: string, base: string): PageFingerprint {
  const isOwn = (url: string) => url.startsWith(`${base}assets/style.`) && url.endsWith('.css');
  const styleUrls = page.styleUrls.map(url => (isOwn(url) ? styleUrl : url));
  return { ...page, styleUrls, styles: hashOfUrls(styleUrls) };
}

const hashOfUrls = (urls: readonly string[]): string => hashOf(urls.join('\n'));

/** Stamps of the site's files that a page loads or links to, such as pictures. */
function stampsOfFiles(html: string, { folder, base }: Pick<SiteFiles, 'folder' | 'base'>): string {
  const urls = new Set(
    [...html.matchAll(/\s(?:src|srcset|href|poster)="([^"]*)"/g)]
      .flatMap(([, value]) => value!.split(/[\s,]+/))
      .filter(url => url.startsWith(base()) && /\.\w+$/.test(url)),
  );
  return [...urls].map(url => stampOfFile(folder, url.slice(base().length))).join();
}

/** Stamp of a file in the site; empty if it does not exist. */
function stampOfFile(folder: string, url: string): string {
  try {
    const path = join(folder, decodeURI(url));
    return path.startsWith(folder + sep) ? stampOf(path) : '';
  } catch {
    return '';
  }
}

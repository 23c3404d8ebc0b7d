/// <reference lib="dom" />
/**
 * Runs in the pages that `dev` serves: reloads a page that has changed, replaces style sheets without a
 * reload, and lists the site's problems. As a separate file, it works under a strict Content Security Policy.
 */
import type { PageState } from './page-state.ts';
import { createProblemPanel } from './problem-panel.ts';

/** Follows the builds of `dev`. @param own URL of this script, with the fingerprint of its page */
function followBuilds(own: string): void {
  const { searchParams } = new URL(own);
  const page = searchParams.get('page');
  const panel = createProblemPanel();
  let styles = searchParams.get('styles');
  let stream: EventSource | undefined;

  const take = (state: PageState) => {
    if (state.page !== page) {
      stream?.close();
      location.reload();
      return;
    }
    if (state.styles !== styles) exchangeStyles(state.styleUrls);
    styles = state.styles;
    panel.show(state.problems);
  };
  // Closes the stream of a hidden page, because browsers allow six HTTP/1.1 connections per host, shared by
  // all tabs. The page catches up when it becomes visible.
  const followVisibility = () => {
    stream?.close();
    stream = undefined;
    if (document.visibilityState === 'hidden') return;
    stream = new EventSource(`/.broadsheet/events?path=${encodeURIComponent(location.pathname)}`);
    stream.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as PageState);
  };

  document.addEventListener('visibilitychange', followVisibility);
  window.addEventListener('pagehide', () => stream?.close());
  followVisibility();
}

/**
 * Replaces style sheets, or reloads the page if their number differs. Removes an old style sheet only when the
 * new one has loaded or failed, so that the page is never unstyled.
 */
function exchangeStyles(urls: string[]): void {
  const links = [
    ...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet" i][href]:not([data-replaced])'),
  ];
  if (links.length !== urls.length) {
    location.reload();
    return;
  }
  for (const [index, link] of links.entries()) {
    const url = urls[index]!;
    if (link.getAttribute('href') === url) continue;
    const next = link.cloneNode() as HTMLLinkElement;
    next.href = url;
    next.onload = next.onerror = () => link.remove();
    link.dataset.replaced = '';
    link.after(next);
  }
}

followBuilds(import.meta.url);

/// <reference lib="dom" />
/**
 * Runs in the pages that `dev` serves: reloads a page that has changed, exchanges style sheets without reloading, and lists the site's
 * problems. Text from the server is never parsed as HTML. A script file and a constructed style sheet work under a strict content security policy.
 */
import type { PageState } from './page-state.ts';
import type { Problem } from './problems.ts';

const { searchParams } = new URL(import.meta.url);
const page = searchParams.get('page');
let styles = searchParams.get('styles');
let stream: EventSource | undefined;

/** Closes the stream of a hidden page: browsers allow six connections per host, for all tabs together. The page catches up when it is visible again. */
function followVisibility(): void {
  stream?.close();
  stream = undefined;
  if (document.visibilityState === 'hidden') return;
  stream = new EventSource(`/.broadsheet/events?path=${encodeURIComponent(location.pathname)}`);
  stream.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as PageState);
}

function take(state: PageState): void {
  if (state.page !== page) {
    stream?.close();
    location.reload();
    return;
  }
  if (state.styles !== styles) exchangeStyles(state.styleUrls);
  styles = state.styles;
  show(state.problems);
}

/** Removes an old style sheet when the new one has loaded, so that the page is never unstyled. */
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

/** Most problems that the page lists; the terminal has all of them. */
const listLimit = 100;
const closedKey = 'broadsheet-closed';

const css = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: 2147483647 !important;
  inset: auto 0 0 !important;
  display: block !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
  --ground: #fff;
  --ink: #1d1c1a;
  --soft: #5c5954;
  --rule: #d9d6d0;
  --error: #b3161b;
  --warning: #805600;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif !important;
}
@media (prefers-color-scheme: dark) {
  :host { --ground: #211f1d; --ink: #efece6; --soft: #b0aba2; --rule: #45413b; --error: #ff8f86; --warning: #f0bd55; }
}
@media print { :host { display: none !important; } }
* { box-sizing: border-box; }
section, .pill { pointer-events: auto; background: var(--ground); color: var(--ink); }
section {
  display: flex;
  flex-direction: column;
  max-block-size: min(60vh, 32rem);
  border-block-start: 4px solid var(--tone);
  box-shadow: 0 -2px 24px rgb(0 0 0 / 25%);
}
.errors { --tone: var(--error); }
.warnings { --tone: var(--warning); }
.head, ol { padding-inline: clamp(1rem, 4vw, 2.5rem); }
.head { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-block: .625rem; }
h2 { margin: 0; font-size: 1.0625rem; font-weight: 600; line-height: 1.35; }
h2 small { display: block; color: var(--soft); font-size: .875rem; font-weight: 400; }
button { min-block-size: 2.25rem; padding: .25rem .75rem; border: 1px solid var(--rule); border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:hover { border-color: currentcolor; }
button:focus-visible, ol:focus-visible { outline: 3px solid var(--tone); outline-offset: 2px; }
ol:focus-visible { outline-offset: -3px; }
ol { flex: 1; margin: 0; padding-block: 0 .5rem; overflow: auto; overscroll-behavior: contain; list-style: none; }
li { padding-block: .625rem; border-block-start: 1px solid var(--rule); overflow-wrap: anywhere; }
li p { max-inline-size: 75ch; margin: .125rem 0 0; }
code { font: 600 .875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.place { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: .75em; }
.rule { color: var(--soft); font-size: .875rem; }
.rule b { color: var(--error); font-weight: 600; }
.warning .rule b { color: var(--warning); }
.pill { position: absolute; inset-block-end: 1rem; inset-inline-end: 1rem; border: 2px solid var(--tone); border-radius: 999px; font-size: .875rem; font-weight: 600; box-shadow: 0 2px 12px rgb(0 0 0 / 25%); }
`;

const host = document.createElement('broadsheet-dev');
host.lang = 'en';
host.dir = 'ltr';
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
root.adoptedStyleSheets = [sheet];
let shown = '[]';

/** Opens the list if there are errors, and otherwise shows a button. A closed list stays closed until the problems change. */
function show(problems: readonly Problem[]): void {
  const key = JSON.stringify(problems);
  if (key === shown) return;
  shown = key;
  if (problems.length === 0) {
    sessionStorage.removeItem(closedKey);
    root.replaceChildren();
    host.remove();
    return;
  }
  if (!host.isConnected) document.documentElement.append(host);
  const open = problems.some(isError) && sessionStorage.getItem(closedKey) !== key;
  root.replaceChildren(open ? list(problems) : pill(problems));
}

function list(problems: readonly Problem[]): HTMLElement {
  const failed = problems.some(isError);
  const title = element('h2', { id: 'title' }, [count(problems)]);
  if (failed) title.append(element('small', {}, ['The pages stay unchanged until the errors are fixed.']));
  const button = element('button', { type: 'button' }, ['Close']);
  const section = element('section', { role: 'dialog', 'aria-labelledby': 'title', class: tone(problems) }, [
    element('div', { class: 'head' }, [element('div', { role: 'alert' }, [title]), button]),
    element('ol', { tabindex: '0', 'aria-labelledby': 'title' }, [
      ...problems.slice(0, listLimit).map(item),
      ...(problems.length > listLimit
        ? [element('li', {}, [`And ${problems.length - listLimit} more: see the terminal.`])]
        : []),
    ]),
  ]);
  const close = () => {
    sessionStorage.setItem(closedKey, shown);
    const small = pill(problems);
    root.replaceChildren(small);
    small.focus();
  };
  button.onclick = close;
  section.onkeydown = ({ key }) => {
    if (key === 'Escape') close();
  };
  return section;
}

function item({ where, severity, ruleId, reason }: Problem): HTMLElement {
  return element('li', { class: severity }, [
    element('div', { class: 'place' }, [
      element('code', {}, [where]),
      element('span', { class: 'rule' }, [element('b', {}, [severity]), ` ${ruleId}`]),
    ]),
    element('p', {}, [reason]),
  ]);
}

function pill(problems: readonly Problem[]): HTMLElement {
  const button = element('button', { type: 'button', class: `pill ${tone(problems)}` }, [count(problems)]);
  button.onclick = () => {
    root.replaceChildren(list(problems));
    root.querySelector('button')?.focus();
  };
  return button;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

const tone = (problems: readonly Problem[]): string => (problems.some(isError) ? 'errors' : 'warnings');

function count(problems: readonly Problem[]): string {
  const errors = problems.filter(isError).length;
  const plural = (number: number, noun: string) =>
    number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  return [...plural(errors, 'error'), ...plural(problems.length - errors, 'warning')].join(' and ');
}

function element(name: string, attributes: Record<string, string>, children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

document.addEventListener('visibilitychange', followVisibility);
window.addEventListener('pagehide', () => stream?.close());
followVisibility();

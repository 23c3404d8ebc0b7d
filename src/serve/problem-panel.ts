/// <reference lib="dom" />
/** Lists the site's problems on a page that `dev` serves. Text from the server is never parsed as HTML. */
import type { Problem } from './problems.ts';

export interface ProblemPanel {
  /**
   * Opens the list if there are errors, shows only a button if there are only warnings, and removes the panel
   * if there are no problems. A closed list stays closed until the problems change.
   */
  show(problems: readonly Problem[]): void;
}

/** Maximum number of problems on the page. The terminal lists all of them. */
const listLimit = 100;

/** Session-storage key for the problems whose list was closed. */
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

/** Creates the panel. Uses a constructed style sheet, which works under a strict Content Security Policy. */
export function createProblemPanel(): ProblemPanel {
  const host = document.createElement('broadsheet-dev');
  host.lang = 'en';
  host.dir = 'ltr';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  let shown = '[]';

  const openList = (problems: readonly Problem[]) => {
    root.replaceChildren(list(problems, () => closeList(problems)));
  };
  const closeList = (problems: readonly Problem[]) => {
    sessionStorage.setItem(closedKey, shown);
    showPill(problems).focus();
  };
  const showPill = (problems: readonly Problem[]): HTMLElement => {
    const button = pill(problems, () => {
      openList(problems);
      root.querySelector('button')?.focus();
    });
    root.replaceChildren(button);
    return button;
  };

  return {
    show(problems) {
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
      if (problems.some(isError) && sessionStorage.getItem(closedKey) !== key) openList(problems);
      else showPill(problems);
    },
  };
}

function list(problems: readonly Problem[], close: () => void): HTMLElement {
  const title = element('h2', { id: 'title' }, [count(problems)]);
  if (problems.some(isError))
    title.append(element('small', {}, ['The pages will not change until the errors are fixed.']));
  const button = element('button', { type: 'button' }, ['Close']);
  button.onclick = close;
  const rest = problems.length - listLimit;
  const section = element('section', { role: 'dialog', 'aria-labelledby': 'title', class: tone(problems) }, [
    element('div', { class: 'head' }, [element('div', { role: 'alert' }, [title]), button]),
    element('ol', { tabindex: '0', 'aria-labelledby': 'title' }, [
      ...problems.slice(0, listLimit).map(item),
      ...(rest > 0 ? [element('li', {}, [`And ${rest} more. See the terminal for the full list.`])] : []),
    ]),
  ]);
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

function pill(problems: readonly Problem[], open: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: `pill ${tone(problems)}` }, [count(problems)]);
  button.onclick = open;
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
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}

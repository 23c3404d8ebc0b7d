/**
 * Lets readers choose light or dark colours. A script in the page's head applies a stored choice before the
 * page is painted.
 */

/** Storage key, the same as in src/render/inline-scripts.ts. */
const key = 'broadsheet-theme';

export function offerThemes(): void {
  const box = document.querySelector<HTMLElement>('.theme');
  if (!box) return;
  const { dataset } = document.documentElement;
  const choices = [...box.querySelectorAll('input')];
  const show = () => {
    for (const choice of choices) choice.checked = choice.value === (dataset.theme ?? '');
    // Sets the colours of the browser's own user interface.
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
      meta.dataset.scheme ??= /dark|light/.exec(meta.media)?.[0] ?? '';
      meta.media = dataset.theme
        ? dataset.theme === meta.dataset.scheme
          ? 'all'
          : 'not all'
        : `(prefers-color-scheme: ${meta.dataset.scheme})`;
    }
  };
  box.addEventListener('change', ({ target }) => {
    const { value } = target as HTMLInputElement;
    if (value) dataset.theme = value;
    else delete dataset.theme;
    try {
      localStorage.setItem(key, value);
    } catch {
      // Without storage, the choice applies only to this page.
    }
    show();
  });
  show();
  box.hidden = false;
}

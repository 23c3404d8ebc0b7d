/**
 * Ctrl+K or ⌘K goes to the search: to the page's own field, or to the page that has one. It is no single letter or mark, which those who speak to
 * their computer would press by accident (WCAG 2.2, 2.1.4).
 */
export function listenForSearch(): void {
  addEventListener('keydown', event => {
    if (
      event.key.toLowerCase() !== 'k' ||
      !(event.ctrlKey || event.metaKey) ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const field = document.querySelector<HTMLInputElement>('input[type=search]');
    const link = document.querySelector<HTMLAnchorElement>('a.search-link');
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.select();
    else location.assign(link!.href);
  });
}

/**
 * Moves to the search on Ctrl+K or ⌘K: to the field on this page, or to the search page. The shortcut is not
 * a single character, which users of speech input could trigger by accident (WCAG 2.2, 2.1.4).
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

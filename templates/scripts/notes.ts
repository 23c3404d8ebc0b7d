/**
 * Opens footnotes beside their numbers, as popovers. Without popover support, or with a modifier key, the
 * link works as usual.
 */
export function openNotes(): void {
  if (!('popover' in HTMLElement.prototype)) return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-footnote-ref]')) {
    link.addEventListener('click', event => {
      const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const box = document.createElement('div');
      box.className = 'note-popover';
      box.popover = 'auto';
      box.setAttribute('role', 'note');
      // The popover receives the focus, so that screen readers read it out and Tab moves to its first link.
      // When it closes, the focus returns to the number.
      box.tabIndex = -1;
      box.autofocus = true;
      box.append(...note.cloneNode(true).childNodes);
      for (const element of box.querySelectorAll('[id]')) element.removeAttribute('id');
      for (const element of box.querySelectorAll('[data-footnote-backref]')) element.remove();
      box.addEventListener('toggle', ({ newState }) => newState === 'closed' && box.remove());
      (link.closest('sup') ?? link).after(box);
      box.showPopover({ source: link });
    });
  }
}

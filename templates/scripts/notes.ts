/** A footnote opens beside its number, as a popover; where the browser has none, and with a key for a new tab, the link leads to it as ever. */
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
      // The focus goes into it, so that it is read out and the next stop is its first link; when it closes the focus comes back.
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

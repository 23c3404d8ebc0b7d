/** Links to copy or share: to a quotation, with its text as a fragment, and to the story. */

export function offerLinks(): void {
  const said = document.querySelector<HTMLElement>('.copied');
  const copy = async (url: string): Promise<void> => {
    await navigator.clipboard.writeText(url);
    if (!said) return;
    said.textContent = said.dataset.text ?? '';
    setTimeout(() => said.replaceChildren(), 3000);
  };
  const page = location.href.replace(/#.*/, '');

  for (const link of document.querySelectorAll<HTMLAnchorElement>('.quote .permalink')) {
    link.addEventListener('click', event => {
      const words =
        link.closest('.quote')?.querySelector('blockquote')?.textContent.trim().split(/\s+/) ?? [];
      if (!navigator.clipboard || words.length === 0 || event.ctrlKey || event.metaKey || event.shiftKey)
        return;
      event.preventDefault();
      // Browsers that support text fragments (https://wicg.github.io/scroll-to-text-fragment/) highlight the
      // words; others scroll to the quotation.
      copy(`${page}${link.hash}:~:text=${textDirective(words)}`).catch(() => location.assign(link.href));
    });
  }

  const button = document.querySelector<HTMLButtonElement>('.share');
  if (!button || !(navigator.share || navigator.clipboard)) return;
  button.addEventListener('click', () => {
    const title = document.querySelector('h1')?.textContent ?? '';
    // The promise is rejected if the reader cancels, which is not an error.
    if (navigator.share) navigator.share({ title, url: page }).catch(() => {});
    else void copy(page);
  });
  button.hidden = false;
}

/**
 * Creates the text directive of a quotation: all its words or, if there are more than twelve, the first and last
 * six. Escapes hyphens, which have a special meaning.
 */
function textDirective(words: readonly string[]): string {
  const ends = words.length > 12 ? [words.slice(0, 6), words.slice(-6)] : [words];
  return ends.map(part => encodeURIComponent(part.join(' ')).replaceAll('-', '%2D')).join();
}

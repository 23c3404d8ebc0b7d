/** Links to copy or share: to a quotation, with its text as a fragment, and to the story. */
import { button, copy, wordsOf } from './status.ts';

export function offerLinks(): void {
  const page = location.href.replace(/#.*/, '');
  const headline = document.querySelector('h1')?.textContent?.trim() ?? '';
  const clean = (element: Element | null) => element?.textContent?.trim().replace(/\s+/g, ' ') ?? '';

  if (navigator.clipboard) {
    for (const quote of document.querySelectorAll('.quote')) {
      const said = clean(quote.querySelector('blockquote'));
      const link = quote.querySelector<HTMLAnchorElement>('.permalink');
      if (!link || said === '') continue;
      // Browsers that support text fragments (https://wicg.github.io/scroll-to-text-fragment/) highlight the
      // words; others scroll to the quotation.
      const url = `${page}${link.hash}:~:text=${textDirective(said.split(' '))}`;
      link.addEventListener('click', event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void copy(url);
      });
      const who = ['.quote-speaker', '.quote-role']
        .map(part => clean(quote.querySelector(part)))
        .filter(Boolean);
      link.after(
        button(wordsOf('quote'), 'quote-copy', () => {
          void copy(`${said}\n— ${who.join(', ')}\n${headline}, ${page}${link.hash}`, 'quoted');
        }),
      );
    }
  }

  const share = document.querySelector<HTMLButtonElement>('.share');
  if (!share || !(navigator.share || navigator.clipboard)) return;
  share.addEventListener('click', async () => {
    if (!navigator.share) return copy(page);
    try {
      await navigator.share({ title: headline, url: page });
    } catch (error) {
      // Readers may cancel, which is not an error. Otherwise the link is copied instead.
      if ((error as Error).name !== 'AbortError') await copy(page);
    }
  });
  share.hidden = false;
}

/**
 * Creates the text directive of a quotation: all its words or, if there are more than twelve, the first and last
 * six. Escapes hyphens, which have a special meaning.
 */
function textDirective(words: readonly string[]): string {
  const ends = words.length > 12 ? [words.slice(0, 6), words.slice(-6)] : [words];
  return ends.map(part => encodeURIComponent(part.join(' ')).replaceAll('-', '%2D')).join();
}

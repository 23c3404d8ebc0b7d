import { button, wordsOf } from './status.ts';

/**
 * Opens pictures as large as the window, in a dialog. The arrow keys show the story's other pictures. Without this
 * script, or with a modifier key, the link leads to the picture's file.
 */
export function openPictures(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.enlarge')];
  const open = (link: HTMLAnchorElement): void => {
    const box = document.createElement('dialog');
    const picture = link.querySelector('picture')!.cloneNode(true) as HTMLElement;
    for (const part of picture.children) {
      part.setAttribute('sizes', '100vw');
      part.removeAttribute('loading');
    }
    const caption = link.parentElement?.querySelector('figcaption')?.cloneNode(true) ?? '';
    box.className = 'lightbox';
    box.ariaLabel = link.textContent;
    box.append(
      button(wordsOf('close'), 'lightbox-close', () => box.close()),
      picture,
      caption,
    );
    box.addEventListener('click', ({ target }) => (target as Element).closest('figcaption') ?? box.close());
    box.addEventListener('close', () => {
      box.remove();
      link.focus();
    });
    box.addEventListener('keydown', ({ key }) => {
      const forward = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      const step = key === forward ? 1 : /^Arrow(?:Left|Right)$/.test(key) ? -1 : 0;
      const next = links[links.indexOf(link) + step];
      if (step === 0 || !next) return;
      box.close();
      open(next);
    });
    document.body.append(box);
    box.showModal();
  };
  for (const link of links)
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(link);
    });
}

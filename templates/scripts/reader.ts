/**
 * What a reader's own browser remembers: where they stopped in a story, and the stories that they saved for later. Nothing
 * is sent anywhere.
 */
import { button, wordsOf } from './status.ts';

/** A list that the browser remembers; empty if it remembers none, or does not allow storage. */
function recall<Item extends unknown[]>(key: string): Item[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '');
    return Array.isArray(value) ? (value.filter(Array.isArray) as Item[]) : [];
  } catch {
    return [];
  }
}

function remember(key: string, value: unknown[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage, nothing is remembered.
  }
}

const placeKey = 'broadsheet-places';
const savedKey = 'broadsheet-saved';
/** Number of stories that are remembered. */
const most = 50;

/** Path of a story and the part of its page above the window. */
type Place = [path: string, part: number];
type Saved = [path: string, headline: string, lang: string];

/** Offers to continue where the reader stopped. */
export function rememberPlace(): void {
  const { pathname } = location;
  const length = () => document.documentElement.scrollHeight - innerHeight;
  const part = recall<Place>(placeKey).find(([path]) => path === pathname)?.[1] ?? 0;
  addEventListener('pagehide', () => {
    const places = recall<Place>(placeKey).filter(([path]) => path !== pathname);
    const here = scrollY / length();
    if (here > 0.1 && here < 0.8) places.unshift([pathname, here]);
    remember(placeKey, places.slice(0, most));
  });
  if (!(part > 0) || scrollY > 0 || location.hash) return;
  const resume = button(wordsOf('resume'), 'resume', () => {
    scrollTo(0, part * length());
    resume.remove();
  });
  addEventListener('scroll', () => resume.remove(), { once: true });
  document.querySelector('.headline')?.append(resume);
}

/** Offers to save the story, and lists the saved ones at its end. */
export function offerSaving(): void {
  const box = document.querySelector<HTMLElement>('.saved');
  const save = document.querySelector<HTMLButtonElement>('.save');
  if (!box || !save) return;
  const { pathname } = location;
  const list = document.createElement('ul');
  box.append(list);
  const isHere = ([path]: Saved) => path === pathname;
  const show = () => {
    const all = recall<Saved>(savedKey);
    const others = all.filter(story => !isHere(story));
    const isSaved = others.length < all.length;
    save.textContent = wordsOf(isSaved ? 'saved' : 'save');
    save.ariaPressed = String(isSaved);
    box.hidden = others.length === 0;
    list.replaceChildren(
      ...others.map(([path, textContent, lang]) => {
        const item = document.createElement('li');
        // Only paths of this site are links, whatever the storage contains.
        const href = new URL(path, location.origin).pathname;
        item.append(Object.assign(document.createElement('a'), { href, textContent, lang }));
        return item;
      }),
    );
  };
  save.addEventListener('click', () => {
    const all = recall<Saved>(savedKey);
    const others = all.filter(story => !isHere(story));
    if (others.length === all.length)
      others.unshift([
        pathname,
        document.querySelector('h1')?.textContent ?? '',
        document.documentElement.lang,
      ]);
    remember(savedKey, others.slice(0, most));
    show();
  });
  show();
  save.hidden = false;
}

/** Messages in the page's status line, which screen readers announce. Their texts are in its `data-` attributes. */

const line = document.querySelector<HTMLElement>('.copied');
let timer = 0;

/** Text of a name in the status line's `data-` attributes; empty if the page has none. */
export const wordsOf = (name: string): string => line?.dataset[name] ?? '';

/** Shows a text for some seconds. */
export function say(name: string): void {
  if (!line) return;
  line.textContent = wordsOf(name);
  clearTimeout(timer);
  timer = setTimeout(() => line.replaceChildren(), 5000);
}

/** Copies text and says so, or says that it failed. */
export async function copy(text: string, done = 'text'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say('failed');
  }
}

/** Creates a button. */
export function button(
  text: string,
  className: string,
  press: (button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const created = Object.assign(document.createElement('button'), {
    type: 'button',
    className,
    textContent: text,
  });
  created.addEventListener('click', () => press(created));
  return created;
}

/**
 * Shows a slim header when the reader scrolls up, and hides it when the reader scrolls down. `data-header` on the root is
 * `static` at the top of the page, otherwise `shown` or `hidden`.
 */
export function followHeader(): void {
  const header = document.querySelector<HTMLElement>('.masthead');
  if (!header) return;
  const { dataset } = document.documentElement;
  let last = scrollY;
  const update = () => {
    const moved = scrollY - last;
    if (scrollY <= header.offsetHeight) dataset.header = 'static';
    // Small movements are those of a resting finger.
    else if (Math.abs(moved) > 8 || dataset.header === 'static')
      dataset.header = moved < 0 ? 'shown' : 'hidden';
    else return;
    last = scrollY;
  };
  update();
  addEventListener('scroll', update, { passive: true });
}

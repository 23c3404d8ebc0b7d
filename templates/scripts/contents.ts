/**
 * In the contents, marks the section that is being read: the last one whose heading has reached the upper
 * quarter of the window.
 */
export function followContents(): void {
  const links = new Map<Element, Element>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.contents a')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const passed = new Set<Element>();
  const observer = new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) passed.add(target);
        else passed.delete(target);
      }
      const current = [...links.keys()].findLast(heading => passed.has(heading));
      for (const [heading, link] of links) {
        if (heading === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    // All headings above the window count as passed, so that a jump over several headings marks the right
    // one.
    { rootMargin: '999999px 0px -75%' },
  );
  for (const heading of links.keys()) observer.observe(heading);
}

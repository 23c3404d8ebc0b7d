import type { Element } from 'hast';

/** Puts a page's URL before an element's link if the link is only a `#fragment`. Changes the element. */
export function completeFragment(element: Element, pageUrl: string): void {
  const { href } = element.properties;
  if (typeof href === 'string' && href.startsWith('#')) element.properties.href = pageUrl + href;
}

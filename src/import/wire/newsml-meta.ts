/** Parts of NewsML-G2 items that texts and pictures share. */
import type { Embargo } from './item.ts';
import { embargoMoment, wireMoment } from './moments.ts';
import { at, attributeOf, childrenOf, textIn, type XmlElement } from './xml.ts';

/** An empty `embargoed` element means that nobody knows yet when the embargo ends. */
export function embargoOf(meta: XmlElement | undefined): Embargo | undefined {
  const element = at(meta, 'embargoed');
  if (!element) return undefined;
  const until = embargoMoment(textIn(element));
  return until === undefined ? 'unknown' : { until };
}

/** The earliest end of the item's relevance or of the rights to it. */
export function expiryOf(element: XmlElement): string | undefined {
  const dates = [
    textIn(at(element, 'itemMeta', 'expires')),
    ...childrenOf(element, 'rightsInfo').flatMap(rights => [
      attributeOf(rights, 'validto') ?? attributeOf(rights, 'expires'),
      ...childrenOf(rights, 'usageTerms').map(terms => attributeOf(terms, 'validto')),
    ]),
  ].flatMap(date => wireMoment(date) ?? []);
  return dates.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** Name of a party: in the language of the item, or from its code. */
export function nameOf(element: XmlElement | undefined): string | undefined {
  const named = textIn(preferred(childrenOf(element, 'name'))) ?? attributeOf(element, 'literal');
  if (named !== undefined || !element) return named;
  const code = attributeOf(element, 'qcode')?.split(':').at(-1);
  const uri = attributeOf(element, 'uri');
  return (
    code ?? (uri !== undefined && URL.canParse(uri) ? new URL(uri).hostname.replace(/^www\./, '') : undefined)
  );
}

/** The full name of several, without abbreviations. */
export const preferred = (elements: readonly XmlElement[]): XmlElement | undefined =>
  elements.find(element => /full|display|main/i.test(attributeOf(element, 'role') ?? '')) ??
  elements.find(element => !/mnemonic|short/i.test(attributeOf(element, 'role') ?? '')) ??
  elements[0];

/** Copyright and terms of an item. */
export function rightsOf(element: XmlElement): {
  copyright: string | undefined;
  usageTerms: string | undefined;
} {
  const rights = childrenOf(element, 'rightsInfo');
  const texts = (name: string) =>
    [...new Set(rights.flatMap(info => childrenOf(info, name)).flatMap(child => textIn(child) ?? []))].join(
      ' ',
    ) || undefined;
  return {
    copyright: texts('copyrightNotice') ?? nameOf(at(element, 'rightsInfo', 'copyrightHolder')),
    usageTerms: texts('usageTerms'),
  };
}

/** A description with a role. */
export const describedAs = (contentMeta: XmlElement | undefined, role: RegExp): XmlElement | undefined =>
  childrenOf(contentMeta, 'description').find(element => role.test(attributeOf(element, 'role') ?? ''));

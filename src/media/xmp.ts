/**
 * Creates the XMP packet (ISO 16684-1) for published pictures. It contains the rights, but none of the
 * camera's other metadata.
 */
import type { Rights } from '../site/pictures.ts';

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
  Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
};

/** Serializes rights as an XMP packet. @returns undefined if there are no rights */
export function xmpPacket(rights: Rights): string | undefined {
  const { creators, copyright, caption, alt, credit, usageTerms, license, licensor, digitalSource } = rights;
  const properties = [
    list('dc:creator', 'Seq', creators),
    inLanguage('dc:rights', copyright),
    inLanguage('dc:description', caption),
    plain('photoshop:Credit', credit),
    plain('xmpRights:Marked', copyright === undefined ? undefined : 'True'),
    plain('xmpRights:WebStatement', license),
    inLanguage('xmpRights:UsageTerms', usageTerms),
    licensor === undefined
      ? ''
      : `<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">${plain('plus:LicensorURL', licensor)}</rdf:li></rdf:Seq></plus:Licensor>`,
    inLanguage('Iptc4xmpCore:AltTextAccessibility', alt),
    plain('Iptc4xmpExt:DigitalSourceType', digitalSource),
  ].join('');
  if (properties === '') return undefined;
  const declared = Object.entries(namespaces)
    .filter(([prefix]) => properties.includes(`<${prefix}:`))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join('');
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about=""${declared}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
  );
}

const plain = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

const list = (name: string, kind: 'Seq' | 'Bag', texts: readonly string[]): string =>
  texts.length === 0
    ? ''
    : `<${name}><rdf:${kind}>${texts.map(text => `<rdf:li>${escaped(text)}</rdf:li>`).join('')}</rdf:${kind}></${name}>`;

const inLanguage = (name: string, text: string | undefined): string =>
  text === undefined
    ? ''
    : `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt></${name}>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Escapes text for XML 1.0. Replaces control characters and lone surrogates, which XML 1.0 cannot represent,
 * with spaces.
 */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ')
    .replace(/[&<>"]/g, character => entities[character]!);
}

/** Reads NITF 3 documents: https://iptc.org/standards/nitf/ */
import { codeOf } from './codes.ts';
import { type Embargo, escapeHtml, type WireFile, type WireItem, type WireSubject } from './item.ts';
import { embargoMoment, wireMoment } from './moments.ts';
import { nitfBody } from './nitf-html.ts';
import { numberOf } from './nitf-media.ts';
import { isCorrectionIn, withdrawalIn } from './signals.ts';
import { allBelow, at, attributeOf, childrenOf, textIn, type XmlElement } from './xml.ts';

/** Reads a document. @param file name of the file, which identifies an item without an id */
export function nitfFile(root: XmlElement, file: string): WireFile {
  return { items: [nitfItem(root, { file, line: root.line })], problems: [] };
}

/** Reads an `nitf` element. */
export function nitfItem(root: XmlElement, place: { file: string; line: number }): WireItem {
  const docdata = at(root, 'head', 'docdata');
  const head = at(root, 'body', 'body.head');
  const body = nitfBody(at(root, 'body', 'body.content'));
  const title =
    textIn(at(head, 'hedline', 'hl1')) ??
    textIn(at(head, 'headline', 'hl1')) ??
    textIn(at(root, 'head', 'title')) ??
    '';
  const subtitle = textIn(at(head, 'hedline', 'hl2'));
  const message = at(docdata, 'ed-msg');
  const edNote = attributeOf(message, 'info') ?? textIn(message);
  const correction = at(docdata, 'correction');
  const guid = attributeOf(at(docdata, 'doc-id'), 'id-string') ?? attributeOf(root, 'uno');
  const key = at(docdata, 'du-key');
  const signals = [
    attributeOf(message, 'msg-type') ?? '',
    attributeOf(at(root, 'head', 'tobject'), 'tobject.type') ?? '',
  ];
  const announced = { title, edNote, signals };
  const management = attributeOf(docdata, 'management-status')?.toLowerCase();
  const status =
    management === 'withheld' ? 'withheld' : /^cancell?ed$/.test(management ?? '') ? 'canceled' : 'usable';
  return {
    place,
    kind: 'text',
    guid: guid ?? attributeOf(key, 'key') ?? `file:${place.file}`,
    about: [attributeOf(docdata, 'management-doc-idref'), attributeOf(correction, 'id-string')].filter(
      (id): id is string => id !== undefined && id !== guid,
    ),
    version: attributeOf(key, 'version') ?? attributeOf(key, 'generation'),
    created: wireMoment(attributeOf(at(docdata, 'date.issue'), 'norm')) ?? publicationDate(root),
    status,
    withdrawal: status === 'usable' ? withdrawalIn(announced) : (edNote ?? `Status ${status}`),
    isCorrection: correction !== undefined || isCorrectionIn(announced),
    correction: attributeOf(correction, 'info'),
    ...providerOf(root, docdata, head),
    title,
    slugline: attributeOf(key, 'key'),
    standfirst: childrenOf(head, 'abstract').map(textIn).filter(Boolean).join(' ') || subtitle,
    dateline: textIn(at(head, 'dateline', 'location')) ?? textIn(at(head, 'dateline')),
    byline: childrenOf(head, 'byline').map(textIn).filter(Boolean).join(', ') || undefined,
    lang: attributeOf(root, 'lang') ?? attributeOf(root, 'baselang') ?? attributeOf(at(root, 'body'), 'lang'),
    embargo: embargoOf(docdata, management),
    expires: expiryOf(root, docdata),
    urgency: numberOf(attributeOf(at(docdata, 'urgency'), 'ed-urg')),
    usageTerms: usageOf(head, docdata),
    copyright: copyrightOf(head, docdata),
    edNote,
    subjects: subjectsOf(root, docdata),
    people: peopleOf(docdata),
    sources: [],
    corrections: [],
    body: withTagline(body.html, root),
    pictures: body.pictures,
    pictureRefs: [],
  };
}

const publicationDate = (root: XmlElement): string | undefined =>
  childrenOf(at(root, 'head'), 'pubdata')
    .map(data => wireMoment(attributeOf(data, 'date.publication')))
    .find(date => date !== undefined);

function providerOf(root: XmlElement, docdata: XmlElement | undefined, head: XmlElement | undefined) {
  const names = [
    textIn(at(head, 'distributor')),
    attributeOf(at(docdata, 'doc.copyright'), 'holder'),
    attributeOf(at(docdata, 'doc-id'), 'regsrc'),
    textIn(at(head, 'copyrite', 'copyrite.holder')),
    attributeOf(at(docdata, 'doc.rights'), 'owner'),
    attributeOf(at(docdata, 'doc.rights'), 'agent'),
    ...childrenOf(at(root, 'head'), 'pubdata').map(data => attributeOf(data, 'name')),
  ].filter(name => name !== undefined);
  return { provider: names[0] ?? 'unknown', providerNames: names };
}

/** A release date is an embargo if the document was issued before. */
function embargoOf(docdata: XmlElement | undefined, management: string | undefined): Embargo | undefined {
  const norm = attributeOf(at(docdata, 'date.release'), 'norm');
  const until = embargoMoment(norm);
  if (until !== undefined) return { until };
  return norm !== undefined || management === 'embargoed' ? 'unknown' : undefined;
}

/** The earliest end of validity or of rights. */
function expiryOf(root: XmlElement, docdata: XmlElement | undefined): string | undefined {
  const dates = [
    attributeOf(at(docdata, 'date.expire'), 'norm'),
    ...childrenOf(docdata, 'doc.rights').map(rights => attributeOf(rights, 'enddate')),
    ...allBelow(at(root, 'body', 'body.head'), 'rights.enddate').map(
      date => attributeOf(date, 'norm') ?? textIn(date),
    ),
  ].flatMap(date => wireMoment(date) ?? []);
  return dates.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

function usageOf(head: XmlElement | undefined, docdata: XmlElement | undefined): string | undefined {
  const rights = childrenOf(docdata, 'doc.rights').flatMap(element =>
    ['type', 'limitations', 'geography'].flatMap(name => attributeOf(element, name) ?? []),
  );
  const inHead = textIn(at(head, 'rights'));
  return [...rights, ...(inHead === undefined ? [] : [inHead])].join('; ') || undefined;
}

function copyrightOf(head: XmlElement | undefined, docdata: XmlElement | undefined): string | undefined {
  const element = at(docdata, 'doc.copyright');
  const parts = [attributeOf(element, 'year'), attributeOf(element, 'holder')].filter(Boolean).join(' ');
  return textIn(at(head, 'copyrite')) ?? (parts || undefined);
}

function subjectsOf(root: XmlElement, docdata: XmlElement | undefined): WireSubject[] {
  const coded = allBelow(at(root, 'head'), 'tobject.subject').map(subject => {
    const names = ['detail', 'matter', 'type'].flatMap(
      level => attributeOf(subject, `tobject.subject.${level}`) ?? [],
    );
    const code = codeOf(attributeOf(subject, 'tobject.subject.refnum'));
    return { names: names.slice(0, 1), codes: code === undefined ? [] : [code], broader: names.slice(1) };
  });
  const classified = childrenOf(at(docdata, 'identified-content'), 'classifier').map(classifier => {
    const value = attributeOf(classifier, 'value');
    const code = codeOf(value, attributeOf(classifier, 'idsrc') ?? attributeOf(classifier, 'type'));
    const name = textIn(classifier);
    return { names: name === undefined ? [] : [name], codes: code === undefined ? [] : [code], broader: [] };
  });
  const keywords = childrenOf(at(docdata, 'key-list'), 'keyword').flatMap(
    keyword => attributeOf(keyword, 'key') ?? [],
  );
  const sections = childrenOf(at(root, 'head'), 'pubdata').flatMap(
    data => attributeOf(data, 'position.section') ?? [],
  );
  return [
    ...sections.map(name => ({ names: [name], codes: [], broader: [], isSection: true })),
    ...coded,
    ...classified,
    ...keywords.map(name => ({ names: [name], codes: [], broader: [] })),
  ].filter(({ names, codes }) => names.length + codes.length > 0);
}

function peopleOf(docdata: XmlElement | undefined): string[] {
  const names = childrenOf(at(docdata, 'identified-content'), 'person').flatMap(
    person => textIn(person) ?? attributeOf(person, 'value') ?? [],
  );
  return [...new Set(names)];
}

/** The text with the line that credits those who contributed to it. */
function withTagline(html: string, root: XmlElement): string {
  const tagline = at(root, 'body', 'body.end', 'tagline');
  const text = attributeOf(tagline, 'type') === 'npa' ? undefined : textIn(tagline);
  return text === undefined ? html : `${html}\n<p><em>${escapeHtml(text)}</em></p>`;
}

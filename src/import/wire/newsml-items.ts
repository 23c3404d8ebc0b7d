/** Reads NewsML-G2: single items, items in a message, and packages. https://iptc.org/standards/newsml-g2/ */
import { codeOf } from './codes.ts';
import type { WireFile, WireItem, WireSubject } from './item.ts';
import { wireMoment } from './moments.ts';
import { contentOf, pictureOf } from './newsml-content.ts';
import { describedAs, embargoOf, expiryOf, nameOf, preferred, rightsOf } from './newsml-meta.ts';
import { nitfItem } from './nitf-items.ts';
import { numberOf } from './nitf-media.ts';
import { isCorrectionIn, withdrawalIn } from './signals.ts';
import { allBelow, at, attributeOf, childrenOf, textIn, type XmlElement } from './xml.ts';

/** Reads a file: a message with items, or an item. */
export function newsmlFile(root: XmlElement, file: string): WireFile {
  const elements =
    root.name === 'newsMessage' ? childrenOf(at(root, 'itemSet'), 'newsItem', 'packageItem') : [root];
  const result: WireFile = { items: [], problems: [] };
  for (const element of elements) {
    const place = { file, line: element.line };
    const guid = attributeOf(element, 'guid');
    if (guid === undefined && element.name === 'newsItem')
      result.problems.push({
        line: place.line,
        reason: 'The item has no guid, so it is not imported. Ask the agency for one.',
      });
    else if (element.name === 'packageItem') result.items.push(packageItem(element, place));
    else result.items.push(newsItem(element, guid!, place));
  }
  return result;
}

type Place = WireItem['place'] & { line: number };

function newsItem(element: XmlElement, guid: string, place: Place): WireItem {
  const [meta, contentMeta] = [at(element, 'itemMeta'), at(element, 'contentMeta')];
  const kind = kindOf(meta);
  const content = kind === 'picture' ? undefined : contentOf(element);
  const inner = content?.nitf && nitfItem(content.nitf, place);
  const edNote = childrenOf(meta, 'edNote').map(textIn).filter(Boolean).join(' ') || inner?.edNote;
  const title =
    textIn(preferred(childrenOf(contentMeta, 'headline'))) ?? inner?.title ?? textIn(at(meta, 'title')) ?? '';
  const signals = childrenOf(meta, 'signal').flatMap(
    signal => attributeOf(signal, 'qcode') ?? attributeOf(signal, 'uri') ?? [],
  );
  const announced = { title, edNote, signals };
  const status = statusOf(meta);
  const picture = kind === 'picture' ? pictureOf(element, guid) : undefined;
  return {
    place,
    kind,
    guid,
    about: linksOf(element, /previousVersion|replaces|cancels|withdraws|evolvedFrom/i),
    version: attributeOf(element, 'version'),
    firstCreated: wireMoment(textIn(at(meta, 'firstCreated'))),
    created: wireMoment(textIn(at(meta, 'versionCreated'))) ?? inner?.created,
    status,
    withdrawal:
      status === 'usable' ? (withdrawalIn(announced) ?? inner?.withdrawal) : (edNote ?? `Status ${status}`),
    isCorrection: isCorrectionIn(announced) || (inner?.isCorrection ?? false),
    correction: inner?.correction,
    ...providerOf(element, guid),
    title,
    slugline: textIn(at(contentMeta, 'slugline')),
    standfirst: textIn(describedAs(contentMeta, /summary|standfirst|teaser|lead/i)) ?? inner?.standfirst,
    dateline:
      textIn(at(contentMeta, 'dateline')) ?? textIn(at(contentMeta, 'located', 'name')) ?? inner?.dateline,
    byline: bylineOf(contentMeta) ?? inner?.byline,
    lang: attributeOf(at(contentMeta, 'language'), 'tag') ?? attributeOf(element, 'lang') ?? inner?.lang,
    embargo: embargoOf(meta) ?? inner?.embargo,
    expires: expiryOf(element) ?? inner?.expires,
    urgency: numberOf(textIn(at(contentMeta, 'urgency'))) ?? inner?.urgency,
    ...rightsOf(element),
    edNote,
    subjects: subjectsOf(contentMeta).concat(inner?.subjects ?? []),
    people: peopleOf(contentMeta),
    sources: [],
    corrections: [],
    type: attributeOf(at(contentMeta, 'genre'), 'qcode')?.split(':').at(-1)?.toLowerCase(),
    body: content?.html ?? '',
    pictures: picture ? [picture] : (content?.pictures ?? []),
    pictureRefs: linksOf(element, /seeAlso|depicts|picture|photo|image|associated|related|attachment/i),
  };
}

/** A package names its items in groups. Those of one group, and of groups within it, belong together. */
function packageItem(element: XmlElement, place: Place): WireItem {
  const meta = at(element, 'itemMeta');
  const groups = childrenOf(at(element, 'groupSet'), 'group').map(group =>
    childrenOf(group, 'itemRef').flatMap(
      ref => attributeOf(ref, 'residref') ?? attributeOf(ref, 'guidref') ?? [],
    ),
  );
  // Simple packages have no groups.
  const loose = childrenOf(element, 'itemRef').flatMap(ref => attributeOf(ref, 'residref') ?? []);
  const status = statusOf(meta);
  const guid = attributeOf(element, 'guid') ?? `file:${place.file}`;
  return {
    place,
    kind: 'package',
    guid,
    about: [],
    version: attributeOf(element, 'version'),
    created: wireMoment(textIn(at(meta, 'versionCreated'))),
    status,
    isCorrection: false,
    ...providerOf(element, guid),
    title: textIn(at(element, 'contentMeta', 'headline')) ?? textIn(at(meta, 'title')) ?? '',
    subjects: [],
    people: [],
    sources: [],
    corrections: [],
    body: '',
    pictures: [],
    pictureRefs: [],
    groups: [...groups, loose].filter(({ length }) => length > 1),
  };
}

function kindOf(meta: XmlElement | undefined): WireItem['kind'] {
  const itemClass = at(meta, 'itemClass');
  const code = (attributeOf(itemClass, 'qcode') ?? attributeOf(itemClass, 'uri') ?? 'text')
    .split(/[:/]/)
    .at(-1)!;
  if (/^(?:picture|graphic|photo|image)$/i.test(code)) return 'picture';
  return /^(?:text|composite)$/i.test(code) ? 'text' : 'other';
}

function statusOf(meta: XmlElement | undefined): WireItem['status'] {
  const element = at(meta, 'pubStatus');
  const code = (
    attributeOf(element, 'qcode') ??
    attributeOf(element, 'uri') ??
    textIn(element) ??
    ''
  ).toLowerCase();
  if (code.endsWith('withheld')) return 'withheld';
  return /cancell?ed$/.test(code) ? 'canceled' : 'usable';
}

function providerOf(element: XmlElement, guid: string) {
  const provider = at(element, 'itemMeta', 'provider');
  const holder = at(element, 'rightsInfo', 'copyrightHolder');
  const names = [
    ...childrenOf(provider, 'name').map(textIn),
    nameOf(provider),
    attributeOf(provider, 'qcode'),
    nameOf(holder),
    /^(?:urn:newsml:|tag:)([\w.-]+\.\w+)/.exec(guid)?.[1],
  ].filter(name => name !== undefined);
  return { provider: nameOf(provider) ?? names[0] ?? 'unknown', providerNames: names };
}

function bylineOf(contentMeta: XmlElement | undefined): string | undefined {
  const written = textIn(at(contentMeta, 'by'));
  if (written !== undefined) return written;
  const creators = childrenOf(contentMeta, 'creator').flatMap(
    creator => textIn(preferred(childrenOf(creator, 'name'))) ?? [],
  );
  return creators.join(', ') || undefined;
}

/** Guids to which links of the item lead, if their relation fits. */
const linksOf = (element: XmlElement, relation: RegExp): string[] =>
  childrenOf(at(element, 'itemMeta'), 'link').flatMap(link =>
    relation.test(attributeOf(link, 'rel') ?? attributeOf(link, 'reluri') ?? '')
      ? (attributeOf(link, 'residref') ?? [])
      : [],
  );

const isPerson = (subject: XmlElement): boolean => /person$/i.test(attributeOf(subject, 'type') ?? '');

function subjectsOf(contentMeta: XmlElement | undefined): WireSubject[] {
  return childrenOf(contentMeta, 'subject')
    .filter(
      subject => !/(?:person|geoArea|poi|event|organisation)$/i.test(attributeOf(subject, 'type') ?? ''),
    )
    .map(subject => ({
      names: namesIn(subject),
      codes: [...codesIn(subject), ...childrenOf(subject, 'sameAs').flatMap(codesIn)],
      broader: [
        ...allBelow(subject, 'broader'),
        ...childrenOf(subject, 'sameAs').flatMap(same => allBelow(same, 'broader')),
      ].flatMap(broader => [...codesIn(broader), ...namesIn(broader)]),
    }))
    .filter(({ names, codes }) => names.length + codes.length > 0);
}

const codesIn = (element: XmlElement): string[] =>
  ['qcode', 'uri', 'literal'].flatMap(name => codeOf(attributeOf(element, name)) ?? []);

const namesIn = (element: XmlElement): string[] =>
  childrenOf(element, 'name')
    .filter(name => !/mnemonic/i.test(attributeOf(name, 'role') ?? ''))
    .flatMap(name => textIn(name) ?? []);

const peopleOf = (contentMeta: XmlElement | undefined): string[] => [
  ...new Set(
    childrenOf(contentMeta, 'subject')
      .filter(isPerson)
      .flatMap(subject => nameOf(subject) ?? []),
  ),
];

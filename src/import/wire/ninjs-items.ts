/** Reads ninjs 1, 2 and 3: https://iptc.org/standards/ninjs/ */
import { workTypes } from '../../article/keys.ts';
import { codeOf } from './codes.ts';
import type { Embargo, WireFile, WireItem, WireSubject } from './item.ts';
import { embargoMoment, wireMoment } from './moments.ts';
import { ninjsBody } from './ninjs-body.ts';
import { listIn, type NinjsObject, objectOf, textAt } from './ninjs-object.ts';
import { picturesIn } from './ninjs-pictures.ts';
import { isCorrectionIn, withdrawalIn } from './signals.ts';
import { withSlots } from './slots.ts';

/** Whether a value of JSON is a ninjs object: it has an id and a property that only news items have. */
export function isNinjs(value: unknown): boolean {
  const object = objectOf(value);
  if (!object || (textAt(object, 'uri') ?? textAt(object, 'guid')) === undefined) return false;
  const standard = objectOf(object.standard ?? object.$standard);
  const signs = 'versioncreated pubstatus representationtype copyrightholder firstcreated'.split(' ');
  const content =
    'headline headlines bodies body_text body_html body_xhtml description_text renditions'.split(' ');
  return (
    (standard !== undefined && textAt(standard, 'name') === 'ninjs') ||
    (signs.some(key => key in object) && ('type' in object || content.some(key => key in object)))
  );
}

/** Reads the JSON of a file: an object, or a list of objects. */
export function ninjsFile(json: unknown, file: string): WireFile {
  const values = Array.isArray(json) ? json : [json];
  return {
    items: values.filter(isNinjs).map(value => ninjsItem(objectOf(value)!, { file, line: 1 })),
    problems: [],
  };
}

function ninjsItem(object: NinjsObject, place: { file: string; line: number }): WireItem {
  const text = (name: string) => textAt(object, name);
  const guid = (text('guid') ?? text('uri'))!;
  const edNote = text('ednote');
  const title = headlineOf(object, 'main') ?? text('headline') ?? text('title') ?? '';
  const announced = { title, edNote, signals: signalsOf(object) };
  const status = statusOf(object);
  const own = correctionsIn(edNote);
  const body = ninjsBody(object);
  const shown = withSlots(body.html, picturesIn(object));
  const url = text('uri');
  return {
    place,
    kind: kindOf(object),
    guid,
    about: [text('evolvedfrom'), guid === url ? undefined : url].filter(id => id !== undefined),
    version: text('version'),
    firstCreated: wireMoment(text('firstcreated')),
    created: wireMoment(text('versioncreated')),
    status,
    withdrawal: status === 'usable' ? withdrawalIn(announced) : (edNote ?? `Status ${status}`),
    isCorrection: isCorrectionIn(announced),
    correction: own.length === 0 && isCorrectionIn(announced) ? edNote : own.at(-1)?.text,
    ...providerOf(object),
    title,
    slugline: text('slugline'),
    kicker: headlineOf(object, 'kicker'),
    standfirst: standfirstOf(object, body.text),
    dateline: text('located'),
    byline: text('by') ?? text('byline') ?? authorsOf(object),
    lang: text('language'),
    embargo: embargoOf(object),
    expires: wireMoment(text('expires')),
    urgency: urgencyOf(object),
    usageTerms: text('usageterms'),
    copyright: text('copyrightnotice') ?? text('copyrightholder'),
    edNote: own.length > 0 ? undefined : edNote,
    subjects: subjectsOf(object),
    people: peopleOf(object),
    sources: sourcesOf(object),
    corrections: own,
    type: typeOf(object),
    body: shown.html,
    pictures: shown.pictures,
    pictureRefs: [],
    url: url !== undefined && /^https?:/i.test(url) ? url : undefined,
  };
}

function kindOf(object: NinjsObject): WireItem['kind'] {
  const type = textAt(object, 'type') ?? 'text';
  if (type === 'picture' || type === 'graphic') return 'picture';
  return type === 'text' || type === 'composite' ? 'text' : 'other';
}

function statusOf(object: NinjsObject): WireItem['status'] {
  const status = textAt(object, 'pubstatus')?.toLowerCase() ?? 'usable';
  if (status === 'withheld') return 'withheld';
  return /^cancell?ed$/.test(status) ? 'canceled' : 'usable';
}

/** Signals are not part of the standard, but several systems write them. */
const signalsOf = (object: NinjsObject): string[] =>
  [...listIn(object, 'signal'), ...listIn(object, 'signals')].flatMap(
    signal => textAt(signal, 'code') ?? textAt(signal, 'name') ?? textAt(signal, 'value') ?? [],
  );

/** Headline with a role; the first one without a role is the main one. */
function headlineOf(object: NinjsObject, role: string): string | undefined {
  const headlines = listIn(object, 'headlines');
  const found =
    headlines.find(headline => textAt(headline, 'role') === role) ??
    (role === 'main'
      ? (headlines.find(headline => textAt(headline, 'role') === undefined) ?? headlines[0])
      : undefined);
  return found && textAt(found, 'value');
}

/** The description, unless it only repeats the beginning of the text. */
function standfirstOf(object: NinjsObject, text: string): string | undefined {
  const descriptions = listIn(object, 'descriptions');
  const found =
    descriptions.find(description =>
      /summary|standfirst|teaser|lead|abstract/i.test(textAt(description, 'role') ?? ''),
    ) ??
    descriptions.find(description => /^(?:|text|main|description)$/.test(textAt(description, 'role') ?? ''));
  const written =
    (found && textAt(found, 'value')) ??
    textAt(object, 'description_text') ??
    textAt(object, 'description_html') ??
    textAt(object, 'description_xhtml');
  if (written === undefined) return undefined;
  const plain = withoutTags(written);
  return text.includes(plain.slice(0, 80).trim()) ? undefined : plain || undefined;
}

const withoutTags = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function authorsOf(object: NinjsObject): string | undefined {
  return (
    listIn(object, 'authors')
      .flatMap(author => textAt(author, 'name') ?? [])
      .join(', ') || undefined
  );
}

function providerOf(object: NinjsObject) {
  const sources = listIn(object, 'infosources').concat(listIn(object, 'infosource'));
  const named = sources.find(source =>
    /provider|agency|publisher|distributor/i.test(textAt(source, 'role') ?? ''),
  );
  const uri = textAt(object, 'uri') ?? '';
  const names = [
    named && textAt(named, 'name'),
    textAt(object, 'copyrightholder'),
    textAt(object, 'source'),
    textAt(object, 'provider'),
    /^(?:urn:newsml:|tag:)([\w.-]+\.\w+)/.exec(uri)?.[1],
    /^https?:/i.test(uri) && URL.canParse(uri) ? new URL(uri).hostname.replace(/^www\./, '') : undefined,
  ].filter(name => name !== undefined);
  return { provider: names[0] ?? 'unknown', providerNames: names };
}

function embargoOf(object: NinjsObject): Embargo | undefined {
  const written = textAt(object, 'embargoeduntil') ?? textAt(object, 'embargoed');
  if (written === undefined) return undefined;
  const until = embargoMoment(written);
  return until === undefined ? 'unknown' : { until };
}

function urgencyOf(object: NinjsObject): number | undefined {
  const urgency = Number(textAt(object, 'urgency') ?? Number.NaN);
  return Number.isInteger(urgency) && urgency >= 1 && urgency <= 9 ? urgency : undefined;
}

function subjectsOf(object: NinjsObject): WireSubject[] {
  return [...listIn(object, 'subjects'), ...listIn(object, 'subject'), ...listIn(object, 'service')].flatMap(
    subject => {
      const name = textAt(subject, 'name') ?? textAt(subject, '');
      const uri = textAt(subject, 'uri');
      const codes = [
        codeOf(uri),
        codeOf(textAt(subject, 'code'), textAt(subject, 'scheme')),
        codeOf(textAt(subject, 'qcode')),
        codeOf(textAt(subject, 'literal')),
      ].filter(code => code !== undefined);
      if (name === undefined && codes.length === 0) return [];
      return {
        names: name === undefined ? [] : [name],
        codes: [...new Set(codes)],
        broader: [],
        url: uri !== undefined && /^https?:/i.test(uri) ? uri : undefined,
        isSection: /^(?:category|section)$/i.test(textAt(subject, 'rel') ?? ''),
      };
    },
  );
}

const peopleOf = (object: NinjsObject): string[] => [
  ...new Set(
    [...listIn(object, 'people'), ...listIn(object, 'person')]
      .filter(person => !/mention/i.test(textAt(person, 'rel') ?? ''))
      .flatMap(person => textAt(person, 'name') ?? []),
  ),
];

/** Sources of the facts. The provider is named elsewhere. */
function sourcesOf(object: NinjsObject): WireItem['sources'] {
  return listIn(object, 'infosources')
    .filter(source => /^(?:source|first report)$/i.test(textAt(source, 'role') ?? ''))
    .flatMap(source => {
      const name = textAt(source, 'name');
      const url = textAt(source, 'uri');
      if (name === undefined) return [];
      return {
        name,
        ...(url !== undefined && /^https?:\/\/\S+$/i.test(url) && { url }),
        ...(textAt(source, 'role') === 'first report' && { firstReport: true }),
      };
    });
}

/** Corrections as `emit/ninjs.ts` writes them: one line each. */
function correctionsIn(edNote: string | undefined): { date: string; text: string }[] {
  const lines = (edNote ?? '').split('\n').map(line => /^Correction, (\d{4}-\d\d-\d\d\S*): (.+)$/.exec(line));
  return lines.every(match => match !== null)
    ? lines.map(match => ({ date: match[1]!, text: match[2]! }))
    : [];
}

const genres: Readonly<Record<string, string>> = { current: 'news', actuality: 'report' };

/** Type of work: our own name, or the code or name of the genre. */
function typeOf(object: NinjsObject): string | undefined {
  for (const genre of [...listIn(object, 'genres'), ...listIn(object, 'genre')]) {
    const written = [
      textAt(genre, 'literal'),
      textAt(genre, 'uri')?.split(/[/:]/).at(-1),
      textAt(genre, 'code'),
      textAt(genre, 'name'),
    ];
    for (const word of written) {
      const name = word?.toLowerCase();
      const type = name === undefined ? undefined : (genres[name] ?? name);
      if (type !== undefined && (workTypes as readonly string[]).includes(type)) return type;
    }
  }
  return undefined;
}

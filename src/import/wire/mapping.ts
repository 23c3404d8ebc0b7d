/** Maps the subjects of items to the desks and topics of a site. */
import { type LocalText, textsOf } from '../../base/local-text.ts';
import { slugFrom } from '../plan-site.ts';
import { codeOf, depthOf, lineOf } from './codes.ts';
import type { WireItem, WireSubject } from './item.ts';

export interface MappingSettings {
  desks: readonly { id: string; name: LocalText }[];
  topics: readonly { id: string; name: LocalText }[];
  wire: {
    desk?: string | undefined;
    desks: Readonly<Record<string, string>>;
    topics: Readonly<Record<string, string>>;
  };
}

export interface MappedSubjects {
  desk: string | undefined;
  topics: string[];
  /** Subjects that lead neither to a desk nor to a topic. */
  unmapped: string[];
}

/** Creates the mapping. Subjects with the name of a desk or a topic need no entry. */
export function createMapping(settings: MappingSettings): (item: WireItem) => MappedSubjects {
  const { desks, topics, wire } = settings;
  const toDesk = tableOf(wire.desks, desks);
  const toTopic = tableOf(wire.topics, topics);
  const fallback = wire.desk ?? desks[0]?.id;
  return ({ subjects }) => {
    const found = subjects.map(subject => ({
      subject,
      desk: bestOf(subject, toDesk),
      topic: bestOf(subject, toTopic),
    }));
    const desk = found
      .flatMap(({ desk }) => desk ?? [])
      .reduce<Match | undefined>(
        (best, match) => (best && best.depth >= match.depth ? best : match),
        undefined,
      );
    return {
      desk: desk?.id ?? fallback,
      topics: [...new Set(found.flatMap(({ topic }) => topic?.id ?? []))],
      unmapped: found
        .filter(({ desk, topic }) => !desk && !topic)
        .map(({ subject: { names, codes } }) => [codes[0], names[0]].filter(Boolean).join(' ')),
    };
  };
}

interface Match {
  id: string;
  /** How narrow the subject is. */
  depth: number;
}

/** Ids by code and by name. Entries of site.yaml come before names of desks and topics. */
function tableOf(
  mapped: Readonly<Record<string, string>>,
  known: readonly { id: string; name: LocalText }[],
): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const { id, name } of known) for (const text of [id, ...textsOf(name)]) table.set(nameKey(text), id);
  for (const [subject, id] of Object.entries(mapped)) {
    const code = codeOf(subject);
    table.set(code ?? nameKey(subject), id);
    // The main subjects have the same numbers in both schemes of the IPTC.
    const main = code === undefined ? undefined : /^(?:medtop|subj):(\d\d000000)$/.exec(code)?.[1];
    if (main !== undefined)
      for (const scheme of ['medtop', 'subj'])
        if (!Object.hasOwn(mapped, `${scheme}:${main}`)) table.set(`${scheme}:${main}`, id);
  }
  return table;
}

const nameKey = (name: string): string => `name:${slugFrom(name)}`;

/** The entry for a subject that is the most specific. */
function bestOf(
  { names, codes, broader }: WireSubject,
  table: ReadonlyMap<string, string>,
): Match | undefined {
  const own = codes.flatMap(lineOf);
  const above = broader.flatMap(text =>
    codeOf(text) === undefined ? [nameKey(text)] : lineOf(codeOf(text)!),
  );
  const matches = [...own, ...names.map(nameKey), ...above].flatMap((key): Match[] => {
    const id = table.get(key);
    if (id === undefined) return [];
    return [{ id, depth: key.startsWith('name:') ? 2.5 : depthOf(key) }];
  });
  return matches.reduce<Match | undefined>(
    (best, match) => (best && best.depth >= match.depth ? best : match),
    undefined,
  );
}

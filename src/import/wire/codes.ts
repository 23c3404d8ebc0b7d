/** Codes of subjects: IPTC Media Topics and Subject Codes in one notation, and how specific they are. */

/**
 * A code as `scheme:code`, such as `medtop:04000000`.
 * @param code qcode, web address of the IPTC, or a code without its scheme
 * @param scheme scheme that the item names separately: an alias or a web address
 * @returns undefined if the code belongs to no scheme
 */
export function codeOf(code: string | undefined, scheme?: string): string | undefined {
  const plain = code?.trim();
  if (plain === undefined || plain === '') return undefined;
  const own = /^https?:\/\/cv\.iptc\.org\/newscodes\/(\w+)\/(?:\w+:)?([\w-]+)\/?$/i.exec(plain);
  if (own) return `${alias(own[1]!)}:${own[2]}`;
  const topic = /^urn:newsml:cv\.iptc\.org:\d+:(\w+):([\w-]+)/i.exec(plain);
  if (topic) return `${alias(topic[1]!)}:${topic[2]}`;
  if (/^https?:/i.test(plain)) return undefined;
  const [, prefix, rest] = /^([a-z][\w-]*):(\S+)$/i.exec(plain) ?? [];
  if (prefix !== undefined) return `${alias(prefix)}:${rest}`;
  const named = scheme?.trim().replace(/\/+$/, '').split('/').at(-1);
  if (named) return `${alias(named)}:${plain}`;
  // A number without a scheme is a Subject Code: https://cv.iptc.org/newscodes/subjectcode/
  return /^\d{8}$/.test(plain) ? `${plain.startsWith('2000') ? 'medtop' : 'subj'}:${plain}` : undefined;
}

const aliases: Readonly<Record<string, string>> = {
  mediatopic: 'medtop',
  mediatopics: 'medtop',
  topic: 'medtop',
  subjectcode: 'subj',
  subjectcodes: 'subj',
  subref: 'subj',
  iptc: 'subj',
  'iptc-subject-code': 'subj',
};

const alias = (scheme: string): string => aliases[scheme.toLowerCase()] ?? scheme.toLowerCase();

/** A code and those that contain it, the nearest first. The digits of a Subject Code tell its ancestors. */
export function lineOf(code: string): string[] {
  const [, scheme, number] = /^(subj|medtop):(\d{8})$/.exec(code) ?? [];
  if (number === undefined || number.startsWith('2000')) return [code];
  const numbers = [number, `${number.slice(0, 5)}000`, `${number.slice(0, 2)}000000`];
  // The seventeen main subjects have the same numbers in both schemes.
  const main = numbers[2]!;
  return [...new Set([...numbers.map(value => `${scheme}:${value}`), `medtop:${main}`, `subj:${main}`])];
}

/** How narrow a code is: 1 for a main subject such as sport, up to 3. */
export function depthOf(code: string): number {
  const number = /^(?:subj|medtop):(\d{8})$/.exec(code)?.[1];
  if (number === undefined) return 3;
  return number.endsWith('000000') ? 1 : number.endsWith('000') && !number.startsWith('2000') ? 2 : 3;
}

/** All messages by code, and the function that generates the prose of diagnostics at the end of a build. */
import { articleMessages, usedByText } from '../article/messages.ts';
import { type Catalog, type Diagnostic, type Message, ruleOf, sortMessages } from '../base/diagnostics.ts';
import { ruleMessages } from '../check/rules.ts';
import { configMessages } from '../config/messages.ts';
import { diskMessages } from '../disk/messages.ts';
import { mediaMessages } from '../media/messages.ts';
import { renderMessages } from '../render/messages.ts';
import { siteMessages } from '../site/messages.ts';

/** Size of a source: in bytes, in lines, and in characters of its longest line. */
export interface SourceSize {
  bytes: number;
  lines: number;
  longest: number;
}

const sizeText = ({ bytes, lines, longest }: SourceSize): string =>
  `It has ${bytes.toLocaleString('en')} bytes in ${lines.toLocaleString('en')} lines; the longest line has ${longest.toLocaleString('en')} characters.`;

const buildMessages = {
  'shard-missing':
    'No shard has compiled the current version of this file. Run all shards on the same files, and combine their .cache/ folders.',
  'source-crash': ({ message }: { message: string }) =>
    `Broadsheet cannot process this file, because of a bug (${message}). Please report it, with the file. Until it is fixed, simplify the file: remove its HTML first.`,
  'source-stopped/time': (data: SourceSize & { seconds: number }) =>
    `Broadsheet stopped processing this file after ${data.seconds} s. ${sizeText(data)} Split the file, or set 'limits: {seconds: …}' in content/site.yaml.`,
  'source-stopped/memory': (data: SourceSize & { megabytes: number }) =>
    `Broadsheet stopped processing this file, because it needs more than ${data.megabytes} MB of memory. ${sizeText(data)} Split the file, or set 'limits: {megabytes: …}' in content/site.yaml.`,
  'search-program/absent': ({ command }: { command: string }) =>
    `The search needs the package Pagefind, which is not installed, so the site has no search. Run '${command}', or set 'outputs: {search: false}' in content/site.yaml.`,
  'search-program/platform':
    "Pagefind, which builds the search index, is not installed for this platform, so the site has no search. Reinstall Broadsheet's packages with 'npm ci', or set 'outputs: {search: false}' in content/site.yaml.",
} satisfies Catalog;

/** Every message that a build can report, by code. */
export const messages: Catalog = {
  ...articleMessages,
  ...buildMessages,
  ...configMessages,
  ...diskMessages,
  ...mediaMessages,
  ...renderMessages,
  ...ruleMessages,
  ...siteMessages,
};

/** Generates the message of a diagnostic. @throws Error if no catalog has its code */
export function describe(diagnostic: Diagnostic): Message {
  const { code, data, usedBy } = diagnostic;
  const message = Object.hasOwn(messages, code) ? messages[code] : undefined;
  if (message === undefined) throw new Error(`No message has the code '${code}'`);
  const text = typeof message === 'string' ? message : message(data as never);
  const reason = usedBy === undefined ? text : `${text} ${usedByText(usedBy)}`;
  return { ...diagnostic, ruleId: ruleOf(code), reason };
}

/** Generates the messages of diagnostics, ordered by file, line and column. */
export function describeAll(diagnostics: readonly Diagnostic[]): Message[] {
  return sortMessages(diagnostics.map(describe));
}

type BuildMessages = typeof buildMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends BuildMessages {}
}

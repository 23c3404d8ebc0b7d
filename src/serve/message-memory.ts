/** Determines which messages of a build are new, and which are fixed. */
import type { Message } from '../base/diagnostics.ts';
import type { BuildResult } from '../build/options.ts';

export interface MessageChanges {
  /** Messages to print: all errors and new warnings. */
  reported: Message[];
  /** Messages that were reported earlier and no longer apply. */
  fixed: Message[];
}

/**
 * Compares each build's messages with earlier ones. A message that has only moved to another line counts as
 * the same. A build with an error may have ended before it found all messages, so no message counts as fixed.
 */
export function createMessageMemory(): (outcome: BuildResult | Error) => MessageChanges {
  let open = new Map<string, Message>();
  return outcome => {
    if (outcome instanceof Error) return { reported: [], fixed: [] };
    const { diagnostics, ok } = outcome;
    const found = new Map(diagnostics.map(diagnostic => [keyOf(diagnostic), diagnostic]));
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const newWarnings = [...found].filter(([key, { severity }]) => severity === 'warning' && !open.has(key));
    const fixed = ok ? [...open].filter(([key]) => !found.has(key)) : [];
    open = new Map(ok ? found : [...open, ...found]);
    return {
      reported: [...errors, ...newWarnings.map(([, diagnostic]) => diagnostic)],
      fixed: fixed.map(([, diagnostic]) => diagnostic),
    };
  };
}

const keyOf = ({ file, severity, ruleId, reason }: Message): string =>
  JSON.stringify([file, severity, ruleId, reason]);

import { findMiddleAttribution, findUnattributed } from '../article/quotes.ts';
import { blocksOf } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

interface Speaker {
  speaker: string;
}

/** Words in lowercase letters that begin names, such as `von`, and descriptions of a speaker, such as `a`. */
const particles = new Set(
  'a af al an ap bell bin bint d da dal de dei del della den der des di do dos du e ein eine el former ibn l la le lo los na of op san t te ten ter the un una une van vom von y zu zum zur'.split(
    ' ',
  ),
);

/** Warns if a block quotation has no speaker, or if its last line is probably none. */
export const quoteAttribution = documentRule({
  id: 'quote-attribution',
  severity: 'warning',
  messages: {
    missing:
      "The block quotation has no speaker. End it with a line '> — Name, role', or begin it with '> [!plain]' if it quotes nobody.",
    middle: ({ speaker, last }: Speaker & { last: string | undefined }) =>
      last === undefined
        ? `The block quotation continues after its speaker (${speaker}). Move this line to its end, or put an empty line without '>' below this line if the quotation ends here.`
        : `The block quotation continues after this speaker (${speaker}), so all of it appears as the words of ${last}. To separate the quotations, put an empty line without '>' below this line.`,
    sentence: ({ speaker }: Speaker) =>
      `The last line of the block quotation begins with a dash, so '${speaker}' appears as its speaker. Add a line '> — Name, role', or begin the quotation with '> [!plain]' if it is a dialogue.`,
  },
  check({ body }, report) {
    for (const quote of findUnattributed(body)) {
      const middle = findMiddleAttribution(quote.children, true);
      if (middle) report(middle.place, 'middle', { speaker: middle.speaker, last: undefined });
      else report(startOf(quote), 'missing');
    }
    for (const quote of blocksOf(body, 'quote')) {
      const { speaker, children } = quote;
      const middle = findMiddleAttribution(children, false);
      if (middle) report(middle.place, 'middle', { speaker: middle.speaker, last: speaker });
      if (isSentence(speaker)) report(startOf(quote), 'sentence', { speaker });
    }
  },
});

/** Whether a speaker is probably a line of the text, such as `and then we all left`. */
function isSentence(speaker: string): boolean {
  const words = speaker.split(/\s+/);
  if (words.length <= 3) return false;
  if (/[!?]$|\p{Ll}{5,}\.$/u.test(speaker)) return true;
  const particle = /^(\p{L}+)['’]?/u.exec(words[0]!)?.[1];
  return particle !== undefined && /^\p{Ll}/u.test(particle) && !particles.has(particle);
}

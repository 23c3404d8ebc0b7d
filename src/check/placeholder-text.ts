import type { Paragraph } from 'mdast';
import { blocksOf, walkBlocks } from '../article/walk.ts';
import { documentRule, startOf } from './rule.ts';

/** Texts of the examples in Broadsheet's own messages and manual, by where authors copy them to. */
const examples = {
  alt: /^(?:What it shows|Description|Alt(?:ernative)? text)\.?$/i,
  caption: /^(?:Caption|Title)\.?$/i,
  credit: /^(?:Name|Name\/Agency|Photographer\/Agency)\.?$/i,
  speaker: /^Name$/i,
};

const names = {
  alt: 'the description of the picture',
  caption: 'the caption',
  credit: 'the credit',
  speaker: 'the name of the speaker',
};

/** Beginning of a note of the author: `TODO: …`, or `TK`, which journalists write for "to come". */
const reminder = /^\s*(TODO|TK)\s*(?::|$)/;

/** Warns about reminders of the author, and texts that were copied from an example and not replaced. */
export const placeholderText = documentRule({
  id: 'placeholder-text',
  severity: 'warning',
  messages: {
    example: ({ text, what }: { text: string; what: keyof typeof names }) =>
      `'${text}' is only an example. Write ${names[what]} instead.`,
    reminder: ({ word }: { word: string }) =>
      `This paragraph is still a reminder ('${word}'), which readers would see. Replace it with the text, or remove it.`,
  },
  check({ body }, report) {
    walkBlocks(body, node => {
      const word = node.type === 'paragraph' ? reminderOf(node) : undefined;
      if (word !== undefined) report(startOf(node), 'reminder', { word });
      return undefined;
    });
    for (const figure of blocksOf(body, 'figure')) {
      const texts = {
        alt: figure.kind === 'image' ? figure.alt : undefined,
        caption: figure.caption,
        credit: figure.credit,
      };
      for (const what of ['alt', 'caption', 'credit'] as const) {
        const text = texts[what]?.trim();
        if (text && examples[what].test(text)) report(startOf(figure), 'example', { text, what });
      }
    }
    for (const quote of blocksOf(body, 'quote'))
      if (examples.speaker.test(quote.speaker))
        report(startOf(quote), 'example', { text: quote.speaker, what: 'speaker' });
  },
});

function reminderOf({ children: [first] }: Paragraph): string | undefined {
  return first?.type === 'text' ? reminder.exec(first.value)?.[1] : undefined;
}

import { blocksOf } from '../article/walk.ts';
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

/** Warns if a text was copied from an example, and not replaced. */
export const placeholderText = documentRule({
  id: 'placeholder-text',
  severity: 'warning',
  message: ({ text, what }: { text: string; what: keyof typeof names }) =>
    `'${text}' is only an example. Write ${names[what]} instead.`,
  check({ body }, report) {
    for (const figure of blocksOf(body, 'figure')) {
      const texts = {
        alt: figure.kind === 'image' ? figure.alt : undefined,
        caption: figure.caption,
        credit: figure.credit,
      };
      for (const what of ['alt', 'caption', 'credit'] as const) {
        const text = texts[what]?.trim();
        if (text && examples[what].test(text)) report(startOf(figure), { text, what });
      }
    }
    for (const quote of blocksOf(body, 'quote'))
      if (examples.speaker.test(quote.speaker))
        report(startOf(quote), { text: quote.speaker, what: 'speaker' });
  },
});

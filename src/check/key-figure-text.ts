import { plainText } from '../article/text.ts';
import { documentRule } from './rule.ts';

/** Warns if a number in a key figure does not appear in the text, where it is explained and attributed. */
export const keyFigureText = documentRule({
  id: 'key-figure-text',
  severity: 'warning',
  message: ({ number }: { number: string }) =>
    `The number ${number} in this key figure does not appear in the text. Correct it, or add it to the text.`,
  check({ meta, body }, report) {
    if (!meta?.keyFigures?.length) return;
    const inText = new Set(numbersIn(`${meta.standfirst ?? ''} ${plainText(body)}`));
    meta.keyFigures.forEach(({ value }, index) => {
      const number = numbersIn(value).find(each => !inText.has(each));
      if (number !== undefined) report(`keyFigures.${index}.value`, { number });
    });
  },
});

/** Numbers as they are written, with their separators: `2,000`, `3.5`. */
const numbersIn = (text: string): string[] => text.match(/\p{Nd}+(?:[.,\u00a0\u202f]\p{Nd}+)*/gu) ?? [];

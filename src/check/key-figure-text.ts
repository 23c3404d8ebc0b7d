import { plainText } from '../article/text.ts';
import type { DocumentRule } from './rule.ts';

/** A number on a card stands in the text too, where it is explained and attributed. */
export const keyFigureText: DocumentRule = {
  id: 'key-figure-text',
  severity: 'warning',
  check({ meta, body }, report) {
    if (!meta || meta.keyFigures.length === 0) return;
    const inText = new Set(numbersIn(plainText(body)));
    meta.keyFigures.forEach(({ value }, index) => {
      const missing = numbersIn(value).find(number => !inText.has(number));
      if (missing === undefined) return;
      report(
        `keyFigures.${index}.value`,
        `The number ${missing} is not in the text. Correct it, or say in the text where it comes from.`,
      );
    });
  },
};

/** Numbers as they are written, with their separators: `2,000`, `3.5`. */
const numbersIn = (text: string): string[] => text.match(/\p{Nd}+(?:[.,\u00a0\u202f]\p{Nd}+)*/gu) ?? [];

import { didYouMean } from '../base/suggestions.ts';
import { pictureWidths } from '../site/pictures.ts';
import type { PictureRule } from './rule.ts';

const known = ['focus', 'width'];

/** What an author asks for behind a picture's address is something that there is. */
export const pictureOption: PictureRule = {
  id: 'picture-option',
  severity: 'warning',
  check({ link }, report) {
    for (const [name, value] of new URLSearchParams(/#(.*)$/.exec(link.url)?.[1] ?? '')) {
      const reason = explain(name, value);
      if (reason !== undefined) report(reason);
    }
  },
};

function explain(name: string, value: string): string | undefined {
  if (name === 'width' && !pictureWidths.some(width => width === value))
    return `'${value}' is no width of a picture. ${didYouMean(value, pictureWidths)}`;
  if (name === 'focus' && !/^(?:\d\d?|100),(?:\d\d?|100)$/.test(value))
    return `'${value}' is no focus. Write percents from the left and from the top: 'focus=40,30'.`;
  if (!known.includes(name)) return `A picture has no '${name}' to be set. ${didYouMean(name, known)}`;
  return undefined;
}

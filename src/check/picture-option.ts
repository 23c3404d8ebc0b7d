import { elementWidths } from '../article/model.ts';
import { type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { pictureRule } from './rule.ts';

const known = ['focus', 'width'];

interface Misspelt {
  name: string;
  suggestion: Suggestion;
}

/** Warns if an option after # in a picture's address is unknown or has an invalid value. */
export const pictureOption = pictureRule({
  id: 'picture-option',
  severity: 'warning',
  messages: {
    width: ({ name, suggestion }: Misspelt) =>
      `Unknown picture width '${name}'. ${suggestionText(suggestion)}`,
    focus: ({ value }: { value: string }) =>
      `'${value}' is not a valid focus. Write two whole percentages, from the left and from the top: 'focus=40,30'.`,
    unknown: ({ name, suggestion }: Misspelt) =>
      `Unknown picture option '${name}'. ${suggestionText(suggestion)}`,
  },
  check({ link }, report) {
    for (const [name, value] of new URLSearchParams(/#(.*)$/.exec(link.url)?.[1] ?? '')) {
      if (name === 'width' && !elementWidths.some(width => width === value))
        report('width', { name: value, suggestion: suggest(value, elementWidths) });
      else if (name === 'focus' && !/^(?:\d\d?|100),(?:\d\d?|100)$/.test(value)) report('focus', { value });
      else if (!known.includes(name)) report('unknown', { name, suggestion: suggest(name, known) });
    }
  },
});

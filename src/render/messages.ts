/** Messages about templates, style sheets and the templates' texts. */
import type { Catalog } from '../base/diagnostics.ts';
import { yamlMessages } from '../base/yaml-messages.ts';

interface Words {
  /** Message of the parser. */
  message: string;
}
const sentence = ({ message }: Words): string => (/[.?!]$/.test(message) ? message : `${message}.`);

/** Messages by code. `name` is the field, template or text that the template refers to. */
export const renderMessages = {
  ...yamlMessages('strings'),
  'template/field': ({ name, known }: { name: string; known: readonly string[] }) =>
    `'${name}' is not a field here. Known: ${known.join(', ')}.`,
  'template/include': ({ name, known }: { name: string; known: readonly string[] }) =>
    `There is no template '${name}'. Known: ${known.join(', ')}.`,
  'template/endless': ({ name }: { name: string }) => `'${name}' includes itself without end.`,
  'template/text': ({ name }: { name: string }) => `There is no text '${name}' in templates/strings/en.yaml.`,
  'template/failed': (words: Words) => sentence(words),
  'template/syntax': (words: Words) => `${sentence(words)} Correct the template here.`,
  'template/script': (words: Words) =>
    `${sentence(words)} Correct the JavaScript of this tag, or of the one it belongs to.`,
  'template/style': ({ message }: Words) => `${message}. Correct the style sheet.`,
} satisfies Catalog;

type RenderMessages = typeof renderMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends RenderMessages {}
}

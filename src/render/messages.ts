/** Messages about templates, style sheets and the templates' texts. */
import type { Catalog } from '../base/diagnostics.ts';
import { suggest, suggestionText } from '../base/suggestions.ts';
import { yamlMessages } from '../base/yaml-messages.ts';

interface Words {
  /** Message of the parser. */
  message: string;
}
const sentence = ({ message }: Words): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?!]$/.test(message) ? '' : '.'}`;

/** Messages by code. `name` is the field, template or text that the template refers to. */
export const renderMessages = {
  ...yamlMessages('strings'),
  'strings-unknown-key/label': ({ name, nearest }: Record<'name' | 'nearest', string>) =>
    `No template uses the string '${name}'. Did you mean '${nearest}'?`,
  'strings-value/placeholder': ({
    name,
    written,
    known,
  }: Record<'name' | 'written', string> & { known: string[] }) =>
    `Pages have no value for '${written}' in '${name}', so they show it as it is written. ${known.length === 0 ? 'Remove it.' : `Use ${known.join(' or ')}, or remove it.`}`,
  'strings-label': ({ name }: { name: string }) =>
    `The string '${name}' is empty, but readers must recognize sponsored stories. Write a label, or remove this line to use the default.`,
  'template/field': ({ name, known }: { name: string; known: readonly string[] }) =>
    `Unknown field '${name}'. ${suggestionText(suggest(name, known))}`,
  'template/include': ({ name, known }: { name: string; known: readonly string[] }) =>
    `Unknown template '${name}'. ${suggestionText(suggest(name, known))}`,
  'template/endless': ({ name }: { name: string }) =>
    `More than 50 templates are nested here; '${name}' probably includes itself. Remove that include.`,
  'template/text': ({ name }: { name: string }) =>
    `The string '${name}' is not in templates/strings/en.yaml. Add it there, or correct its name here.`,
  'template/failed': (words: Words) => `${sentence(words)} Fix the template here.`,
  'template/syntax': (words: Words) => `${sentence(words)} Fix the template here.`,
  'template/script': (words: Words) =>
    `${sentence(words)} Fix the JavaScript in this tag, or in the tag that opens its block.`,
  'template/block':
    "The block that this tag opens with '{' is not closed. Add '<% } %>' after the part that belongs to it.",
  'template/rule': "The block that begins here is not closed. Add the missing '}'.",
  'template-leftover': ({ written }: { written: string }) =>
    `'${written}' is a tag of another template language, and appears as text. Write '<%= it.… %>'.`,
  'template-unused': ({ nearest }: { nearest: string | undefined }) =>
    `No template or style sheet uses this file, and it replaces none of Broadsheet's. ${nearest === undefined ? 'Correct its name, or remove it.' : `Did you mean 'templates/${nearest}'?`}`,
  'template-blocked/script': ({ host }: { host: string }) =>
    `The content security policy blocks this script from ${host}. Allow it in content/site.yaml: 'csp: {script-src: [https://${host}]}'.`,
  'template-blocked/inline-script':
    "The content security policy blocks inline scripts. Move the script to a file in public/, and load it with 'src'.",
  'template-blocked/frame': ({ source }: { source: string }) =>
    `The content security policy blocks this frame. Allow it in content/site.yaml: 'csp: {frame-src: [${source}]}'.`,
  'template-blocked/handler': ({ attribute }: { attribute: string }) =>
    `The content security policy blocks the attribute '${attribute}'. Move its script to a file in public/, and use addEventListener there.`,
  'template-blocked/style':
    "The content security policy blocks 'style' attributes. Use a class, and style it in templates/styles/site.css.",
  'style-property': ({ name, nearest }: { name: string; nearest: string }) =>
    `No style sheet uses the custom property '${name}'. Did you mean '${nearest}'?`,
  'template/style': (words: Words) => `${sentence(words)} Fix the style sheet.`,
  'template/import': ({ file }: { file: string }) =>
    `The file templates/${file} does not exist. Add it, or correct its name here.`,
  'template/import-host':
    'Style sheets from other hosts are not allowed. Copy the style sheet to templates/styles/, and import the copy.',
} satisfies Catalog;

type RenderMessages = typeof renderMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends RenderMessages {}
}

/** Chooses among the texts of a ninjs object. */
import { paragraphs } from './item.ts';
import { bodyIn } from './newsml-content.ts';
import { listIn, type NinjsObject, textAt } from './ninjs-object.ts';

/** HTML of the story, and its text without tags. HTML is better than plain text. */
export function ninjsBody(object: NinjsObject): { html: string; text: string } {
  const bodies = listIn(object, 'bodies').flatMap(body => {
    const value = textAt(body, 'value');
    return value === undefined
      ? []
      : { type: textAt(body, 'contenttype') ?? '', role: textAt(body, 'role') ?? '', value };
  });
  const html =
    bodies.find(({ type }) => /html/i.test(type)) ??
    bodies.find(({ type, role, value }) => type === '' && (/html/i.test(role) || /^\s*</.test(value)));
  const plain = bodies.find(({ type }) => /^text\/plain|^$/.test(type));
  const written =
    html?.value ??
    ['body_html', 'body_xhtml', 'body_html5']
      .map(key => textAt(object, key))
      .find(text => text !== undefined);
  const text = plain?.value ?? textAt(object, 'body_text');
  const result = written === undefined ? paragraphs(text ?? '') : inPlainHtml(bodyIn(written));
  return { html: result, text: (text ?? result.replace(/<[^<>]*>/g, ' ')).replace(/\s+/g, ' ') };
}

/** HTML with what the templates of Broadsheet write in a form that every HTML has. */
const inPlainHtml = (html: string): string =>
  html
    .replace(/(?:\s|&nbsp;){0,5}<a class="permalink"[\s\S]{0,2000}?<\/a>/g, '')
    .replace(/<p class="callout-title">([\s\S]{0,2000}?)<\/p>/g, '<p><strong>$1</strong></p>')
    .replace(/<div class="callout callout-(\w+)"/g, '<div class="callout" data-kind="$1"')
    .replace(/(<t[hd]\b[^<>]*?)class="align-(left|right|center)"/g, '$1align="$2"');

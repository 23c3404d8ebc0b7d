/** Writes the files of authors. */
import { stringify } from 'yaml';
import { isFormerAddress } from '../base/addresses.ts';
import { addressPath } from './addresses.ts';
import { convertHtml, parseHtml } from './html/convert.ts';
import { plainOf } from './html/tree.ts';
import type { ImportedAuthor } from './model.ts';

/** Text of an author's file. The biography's pictures are left out. */
export function authorFile(author: ImportedAuthor, id: string): string {
  const about = convertHtml(parseHtml(author.about ?? ''), {
    lang: 'en',
    title: author.name,
    media: () => undefined,
    absolute: src => src,
    link: href => (/^(?:https?|mailto):/i.test(href) ? href : undefined),
    report() {},
    replaced() {},
    credited() {},
    inherited() {},
  });
  const aliases = author.urls
    .flatMap(url => addressPath(url) ?? [])
    .filter(path => isFormerAddress(path) && path !== `/authors/${id}/`);
  const meta = {
    name: plainOf(parseHtml(author.name)) || id,
    ...(author.role && { role: author.role }),
    ...(author.url && /^https?:\/\/[^\s/]+/i.test(author.url) && { url: author.url }),
    ...(aliases.length > 0 && { aliases }),
  };
  return `---\n${stringify(meta, { lineWidth: 0 })}---\n\n${about.markdown}`;
}

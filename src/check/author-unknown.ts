import { slug as toSlug } from 'github-slugger';
import { type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { allMetas } from './articles.ts';
import { siteRule } from './rule.ts';

/** Advises adding a file only if the id is a slug, because an author's id is the slug of a file name. */
const adviceFor = (author: string): string =>
  toSlug(author) === author
    ? `Create content/authors/${author}.md with 'name: …'`
    : `Write the name of a file there, without .md${nameAdvice(author)}`;

/** Advises creating a file for an author's name, such as `Jane Doe`. */
function nameAdvice(author: string): string {
  const slug = toSlug(author);
  return slug === '' || /[\\/]/.test(author)
    ? ''
    : `, or create content/authors/${slug}.md with 'name: ${author}' and write '${slug}' here`;
}

/** Requires that an article's authors have files in content/authors/. */
export const authorUnknown = siteRule({
  id: 'author-unknown',
  severity: 'error',
  required: true,
  messages: {
    file: ({ author, suggestion }: { author: string; suggestion: Suggestion }) =>
      `The author '${author}' has no file in content/authors/. ${suggestionText(suggestion, adviceFor(author))}`,
    several: ({ author, ids }: { author: string; ids: string[] }) =>
      `'${author}' is read as one author. Put a comma between the ids: ${ids.join(', ')}.`,
  },
  check(site, _, report) {
    const { authorFiles, flawed } = site;
    for (const { source, meta } of allMetas(site)) {
      meta.authors?.forEach((author, index) => {
        if (authorFiles.has(author) || flawed.has(`content/authors/${author}.md`)) return;
        const at = `authors.${index}`;
        const ids = author.split(/[\s;&/]+/).filter(id => id !== '' && id !== 'and');
        if (ids.length > 1 && ids.every(id => authorFiles.has(id)))
          report(source, at, 'several', { author, ids });
        else report(source, at, 'file', { author, suggestion: suggest(author, [...authorFiles.keys()]) });
      });
    }
  },
});

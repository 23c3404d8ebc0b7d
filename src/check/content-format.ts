import { linksOf } from '../site/links.ts';
import { siteRule } from './rule.ts';

/** Matches files that probably contain a story: text, word processor files, HTML, and files without an extension. */
const storyName = /(?:\.(?:txt|docx?|odt|rtf|pages|html?)|\/[^./]+)$/i;

/** Warns about files beside stories that were probably meant as stories, and that no story links to. */
export const contentFormat = siteRule({
  id: 'content-format',
  severity: 'warning',
  message:
    "This file is not published. If it is a story, save its text as Markdown, in a file that ends in '.md'. Otherwise, link to it from a story, or move it out of content/.",
  check(site, _, report) {
    const suspects = [...site.assets].filter(
      path =>
        /^content\/(?:articles|pages|authors)\//.test(path) &&
        storyName.test(path) &&
        !/\.md\.txt$/i.test(path),
    );
    if (suspects.length === 0) return;
    const used = new Set<string>();
    for (const from of [...site.entries.values(), ...site.withheld.values(), ...site.flawed.values()])
      for (const { target } of linksOf(from, site)) {
        if (target.kind === 'asset') used.add(target.asset);
        // The rule link-file reports linked files of types that are not published.
        if (target.kind === 'broken' && target.problem === 'type') used.add(target.target);
      }
    for (const path of suspects) if (!used.has(path)) report(path, undefined);
  },
});

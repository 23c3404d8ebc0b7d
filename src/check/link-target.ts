import { didYouMean } from '../base/suggestions.ts';
import { linksOf } from '../site/links.ts';
import type { Entry, Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import { type BrokenLink, type LinkTarget, outputFileOf } from '../site/urls.ts';
import type { SiteRule } from './rule.ts';

/** A link within the site leads to a page and, where it names one, to a heading that is there. */
export const linkTarget: SiteRule = {
  id: 'link-target',
  severity: 'error',
  check(site, pages, report) {
    const files = new Map(pages.map(page => [outputFileOf(page.path), page]));
    for (const from of [...site.entries.values(), ...site.withheld.values()]) {
      for (const {
        link: { kind, place },
        target,
      } of linksOf(from, site)) {
        if (kind === 'picture') continue;
        const reason = explainLink(target, from, site, files);
        if (reason !== undefined) report(from.source, place, reason);
      }
    }
  },
};

function explainLink(
  target: LinkTarget | BrokenLink,
  from: Entry,
  site: Site,
  files: Map<string, Page>,
): string | undefined {
  switch (target.kind) {
    case 'entry':
      return explainFragment(site.byPath.get(target.path) ?? from, target.fragment);
    case 'path': {
      const page = files.get(outputFileOf(target.path)) ?? files.get(`${target.path.slice(1)}/index.html`);
      if (!page)
        return `No page of this site is at ${target.path}. Correct the address, or link to the article's Markdown file.`;
      const entry = site.byPath.get(page.path);
      return entry && explainFragment(entry, target.fragment);
    }
    case 'broken':
      return explainBroken(target.problem, target.target, from, site);
    default:
      return undefined;
  }
}

function explainFragment(entry: Entry, fragment: string | undefined): string | undefined {
  if (!fragment || entry.anchors.includes(fragment)) return undefined;
  return `There is no heading '#${fragment}' in ${entry.source}. ${didYouMean(fragment, entry.anchors)}`;
}

function explainBroken(problem: string, target: string, from: Entry, site: Site): string | undefined {
  switch (problem) {
    case 'scheme':
      return `An address that begins '${target}:' is not allowed. Link to a web page, a mail address or a file of this site.`;
    case 'outside':
      return `The link leaves content/ (${target}). Link to a file in content/ or to a web address.`;
    case 'withheld':
      return site.withheld.has(from.source)
        ? undefined
        : `${target} is not published yet. Remove the link until it is.`;
    case 'storyless':
      return `The author of ${target} has no page while no story of theirs is published. Remove the link until one is.`;
    case 'address':
      return `'${target}' is not an address. Write a path such as '../2025/story.md' or https://….`;
    case 'missing':
      return `There is no file ${target}. Correct the link, or add the file.`;
    default:
      return undefined;
  }
}

import { otherCaseText, type Suggestion, suggest, suggestionText } from '../base/suggestions.ts';
import { linksOf } from '../site/links.ts';
import type { Entry, Site } from '../site/model.ts';
import type { Page } from '../site/pages.ts';
import { type BrokenLink, createPageFinder, type LinkTarget } from '../site/urls.ts';
import { createCaseFinder, createNearFinder } from './other-case.ts';
import { siteRule } from './rule.ts';
import { addressMessages, explainAddress } from './wrong-address.ts';

interface Target {
  target: string;
}
/** Data of the message about a missing heading. */
export interface MissingHeading {
  fragment: string;
  source: string;
  suggestion: Suggestion;
}

/** Matches addresses without `https://` that begin with a host name, such as `www.example.com`. */
const hostPattern = /^(?:www\.|[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:[a-z]{2,}\/|(?:com|org|net|edu|gov|info)$))/i;

/** Creates the data of the message about a missing heading. The suggestions include the '#', as in a link. */
export function missingHeading(
  fragment: string,
  { anchors, source }: Pick<Entry, 'anchors' | 'source'>,
): MissingHeading {
  const known = anchors.map(anchor => `#${anchor}`);
  return { fragment, source, suggestion: suggest(`#${fragment}`, known) };
}

/**
 * Requires that links within the site lead to existing pages and, if they have a fragment, to existing
 * headings.
 */
export const linkTarget = siteRule({
  id: 'link-target',
  severity: 'error',
  messages: {
    heading: ({ fragment, source, suggestion }: MissingHeading) =>
      `There is no heading '#${fragment}' in ${source}. ${suggestionText(suggestion, `Remove '#${fragment}' from the link`)}`,
    page: ({ target }: Target) =>
      `This site has no page at ${target}. Correct the address, or link to the article's Markdown file.`,
    scheme: ({ target }: Target) =>
      `Links that begin with '${target}:' are not allowed. Link to a web page, an email address or a file of this site.`,
    outside: ({ target }: Target) =>
      `The link leads to a file outside content/ (${target}). Link to a file in content/, or to a web address.`,
    withheld: ({ target }: Target) => `${target} is a draft. Remove the link until the draft is published.`,
    storyless: ({ target }: Target) =>
      `${target} has no page yet, because all stories by this author are drafts, or there are none. Remove the link until one is published.`,
    address: ({ target }: Target) =>
      `'${target}' is not a valid address. Write a path such as '../2025/story.md', or a full web address.`,
    missing: ({ target }: Target) => `The file ${target} does not exist. Correct the link, or add the file.`,
    case: otherCaseText,
    near: ({ target, near }: Target & { near: string }) =>
      `The file ${target} does not exist. Did you mean '${near}'?`,
    mail: ({ url }: { url: string }) =>
      `'${url}' is not the name of a file. Write 'mailto:${url}' for a link to an email address.`,
    empty:
      "The link has no address. Write one in its parentheses, such as '(other-story.md)', or remove the link.",
    ...addressMessages,
    host: ({ target }: Target) =>
      `The file ${target} does not exist. If it is a web address, begin it with https://. Otherwise, correct the link, or add the file.`,
  },
  check(site, pages, report) {
    const otherCase = createCaseFinder(site);
    const findNear = createNearFinder(site);
    const findPage = createPageFinder(pages);
    for (const from of [...site.entries.values(), ...site.withheld.values()]) {
      for (const {
        link: { kind, place, url },
        target,
      } of linksOf(from, site)) {
        if (kind === 'picture') continue;
        const wrong = explainAddress(url);
        if (wrong?.variant === 'empty') report(from.source, place, 'empty');
        if (wrong?.variant === 'computer') report(from.source, place, 'computer', wrong.data);
        if (wrong?.variant === 'backslash') report(from.source, place, 'backslash', wrong.data);
        const broken = wrong ? undefined : findBroken(target, from, site, findPage);
        if (!broken) continue;
        if (broken.problem === 'heading') {
          report(from.source, place, 'heading', broken.data);
          continue;
        }
        if (broken.problem !== 'missing') {
          report(from.source, place, broken.problem, { target: broken.target });
          continue;
        }
        const actual = otherCase(broken.target);
        const near = actual === undefined ? findNear(broken.target, from.source) : undefined;
        const fragment = /#.*$/.exec(url)?.[0] ?? '';
        if (actual !== undefined) report(from.source, place, 'case', { target: broken.target, actual });
        else if (/^[^\s/@:]+@[^\s/@]+\.[a-z]{2,}$/i.test(url)) report(from.source, place, 'mail', { url });
        else if (near !== undefined)
          report(from.source, place, 'near', { target: broken.target, near: near + fragment });
        else if (hostPattern.test(url)) report(from.source, place, 'host', { target: broken.target });
        else report(from.source, place, 'missing', { target: broken.target });
      }
    }
  },
});

type Broken =
  | { problem: 'heading'; data: MissingHeading }
  | {
      problem: 'page' | 'scheme' | 'outside' | 'withheld' | 'storyless' | 'address' | 'missing';
      target: string;
    };

function findBroken(
  link: LinkTarget | BrokenLink,
  from: Entry,
  site: Site,
  findPage: (path: string) => Page | undefined,
): Broken | undefined {
  switch (link.kind) {
    case 'entry':
      return findMissingHeading(site.byPath.get(link.path) ?? from, link.fragment);
    case 'path': {
      const page = findPage(link.path);
      if (!page) return { problem: 'page', target: link.path };
      const entry = site.byPath.get(page.path);
      return entry && findMissingHeading(entry, link.fragment);
    }
    case 'broken': {
      const { problem, target } = link;
      // The rule link-file reports these types, and a flawed file has its own error.
      if (problem === 'expired' || problem === 'type' || problem === 'flawed') return undefined;
      // A draft may link to another draft.
      if (problem === 'withheld' && site.withheld.has(from.source)) return undefined;
      return { problem, target };
    }
    default:
      return undefined;
  }
}

function findMissingHeading({ anchors, source }: Entry, fragment: string | undefined): Broken | undefined {
  if (!fragment || anchors.includes(fragment)) return undefined;
  return { problem: 'heading', data: missingHeading(fragment, { anchors, source }) };
}

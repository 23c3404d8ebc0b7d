import { otherCaseText } from '../base/suggestions.ts';
import { linksOf } from '../site/links.ts';
import { pictureTarget } from '../site/picture-links.ts';
import { heicAdvice } from '../site/pictures.ts';
import type { BrokenLink, LinkTarget } from '../site/urls.ts';
import { createCaseFinder, createNearFinder } from './other-case.ts';
import { siteRule } from './rule.ts';
import { addressMessages, explainAddress } from './wrong-address.ts';

interface Address {
  url: string;
}

/** Requires that every picture is an existing file of this site. */
export const pictureFile = siteRule({
  id: 'picture-file',
  severity: 'error',
  messages: {
    external: ({ url }: Address) =>
      `The picture ${url} is on another site, which could use it to track your readers. Copy it into the article's folder, and use the copy's file name as the address.`,
    outside: ({ url }: Address) =>
      `The picture ${url} is outside content/. Copy it into the article's folder, and use the copy's file name as the address.`,
    case: otherCaseText,
    near: ({ url, near }: Address & { near: string }) =>
      `The picture ${url} does not exist. Did you mean '${near}'?`,
    empty:
      "The picture has no address. Put its file beside the story, and write its name in the parentheses: '![…](photo.jpg)'.",
    data: 'The address contains the picture itself. Save the picture as a file beside the story, and write the name of the file.',
    ...addressMessages,
    missing: ({ url }: Address) => `The picture ${url} does not exist. Add the file, or correct the address.`,
    type: ({ url }: Address) =>
      `${url} is not a supported picture. ${/\.hei[cf]$/i.test(url) ? heicAdvice : 'Use a JPEG, PNG, WebP, AVIF, GIF or SVG file.'}`,
  },
  check(site, _, report) {
    const otherCase = createCaseFinder(site);
    const findNear = createNearFinder(site);
    const { entries, withheld, flawed, authorFiles } = site;
    const idle = [...authorFiles.values()].filter(({ source }) => !entries.has(source));
    for (const from of [...entries.values(), ...withheld.values(), ...flawed.values(), ...idle]) {
      for (const { link, target } of linksOf(from, site)) {
        if (link.kind !== 'picture') continue;
        const picture = pictureTarget(target, site);
        if (picture.kind === 'picture') continue;
        const { url, place } = link;
        const wrong = explainAddress(url);
        if (wrong) {
          if (wrong.variant === 'empty') report(from.source, place, 'empty');
          else if (wrong.variant === 'computer') report(from.source, place, 'computer', wrong.data);
          else report(from.source, place, 'backslash', wrong.data);
          continue;
        }
        if (/^data:/i.test(url)) {
          report(from.source, place, 'data');
          continue;
        }
        const variant = variantOf(picture.problem);
        const file = variant === 'missing' ? fileOf(target) : undefined;
        const actual = file && otherCase(file);
        const near = file && !actual ? findNear(file, from.source) : undefined;
        if (actual) report(from.source, place, 'case', { target: url, actual });
        else if (near !== undefined) report(from.source, place, 'near', { url, near });
        else report(from.source, place, variant, { url });
      }
    }
  },
});

/** Path of the file that an address would lead to; empty for addresses of other kinds. */
function fileOf(target: LinkTarget | BrokenLink): string {
  if (target.kind === 'broken') return target.target;
  return target.kind === 'path' ? `public${target.path}` : '';
}

function variantOf(problem: string): 'external' | 'outside' | 'missing' | 'type' {
  return problem === 'external' || problem === 'outside' || problem === 'missing' ? problem : 'type';
}

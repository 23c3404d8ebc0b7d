/** Reads the pictures of a ninjs object: its own files, or those of its associations. */
import type { Rendition, WirePicture } from './item.ts';
import { embargoMoment, wireMoment } from './moments.ts';
import { creditOf } from './newsml-content.ts';
import { entriesOf, listIn, type NinjsObject, textAt } from './ninjs-object.ts';
import { numberOf } from './nitf-media.ts';

const isPicture = (object: NinjsObject): boolean =>
  /^(?:picture|graphic|photo|image)$/i.test(textAt(object, 'type') ?? '');

/** Pictures of an object. A picture that was withdrawn has no files. */
export function picturesIn(object: NinjsObject): WirePicture[] {
  if (isPicture(object)) return [pictureOf(object)];
  return listIn(object, 'associations').filter(isPicture).map(pictureOf);
}

function pictureOf(object: NinjsObject): WirePicture {
  const isUsable = !/^(?:withheld|cancell?ed)$/i.test(textAt(object, 'pubstatus') ?? '');
  const embargo = textAt(object, 'embargoeduntil') ?? textAt(object, 'embargoed');
  const until = embargoMoment(embargo);
  return {
    guid: textAt(object, 'guid') ?? textAt(object, 'uri'),
    renditions: isUsable ? renditionsOf(object) : [],
    alt:
      describedAs(object, /alt/i) ??
      textAt(object, 'alt_text') ??
      textAt(object, 'body_text') ??
      headlineOf(object),
    caption:
      describedAs(object, /caption/i) ??
      describedAs(object, /^(?:text|main|)$/i) ??
      plainOf(textAt(object, 'description_text') ?? textAt(object, 'description_html')),
    credit: creditOf(
      textAt(object, 'by') ?? textAt(object, 'byline'),
      textAt(object, 'creditline') ?? textAt(object, 'copyrightholder'),
    ),
    copyright: textAt(object, 'copyrightnotice') ?? textAt(object, 'copyrightholder'),
    usageTerms: textAt(object, 'usageterms'),
    expires: wireMoment(textAt(object, 'expires')),
    embargo: until === undefined ? (embargo === undefined ? undefined : 'unknown') : { until },
  };
}

function describedAs(object: NinjsObject, role: RegExp): string | undefined {
  const found = listIn(object, 'descriptions').find(description =>
    role.test(textAt(description, 'role') ?? ''),
  );
  return plainOf(found && textAt(found, 'value'));
}

function headlineOf(object: NinjsObject): string | undefined {
  const [first] = listIn(object, 'headlines');
  return (first && textAt(first, 'value')) ?? textAt(object, 'headline');
}

const plainOf = (text: string | undefined): string | undefined =>
  text
    ?.replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim() || undefined;

const renditionsOf = (object: NinjsObject): Rendition[] =>
  entriesOf(object, 'renditions').flatMap(([name, rendition]) => {
    const href = textAt(rendition, 'href');
    if (href === undefined) return [];
    return {
      href,
      type: textAt(rendition, 'contenttype') ?? textAt(rendition, 'mimetype'),
      name: `${name} ${textAt(rendition, 'title') ?? ''}`.trim(),
      width: numberOf(textAt(rendition, 'width')),
      height: numberOf(textAt(rendition, 'height')),
      size: numberOf(textAt(rendition, 'sizeinbytes')),
    };
  });

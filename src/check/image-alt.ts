import { pictureRule } from './rule.ts';

/** Matches the name of a file, or the number that a camera or a phone gives a picture: `IMG_2034`. */
const fileName =
  /^(?:\S{1,100}\.(?:jpe?g|png|webp|avif|gif|svg|hei[cf]|tiff?)|(?:IMG|DSC[NF]?|PXL|GOPR|DJI|MVIMG|DCIM|P)[_-]?\d{3,}[\w-]{0,40}|(?:Screenshot|Bildschirmfoto|Screen Shot)[ _-]\d[\w .,:-]{0,60})$/i;

/**
 * Requires alternative text for every picture (WCAG 2.2, 1.1.1), written by the author or contained in the
 * file's metadata.
 */
export const imageAlt = pictureRule({
  id: 'image-alt',
  severity: 'error',
  messages: {
    missing:
      "The picture has no description. Write what it shows between the square brackets: '![Description](…)'.",
    name: ({ alt }: { alt: string }) =>
      `'${alt}' is the name of a file, and no description. Write what the picture shows between the square brackets.`,
  },
  check({ link, facts }, report) {
    if (link.alt === undefined) {
      if (facts?.rights.alt === undefined) report('missing');
    } else if (fileName.test(link.alt)) report('name', { alt: link.alt });
  },
});

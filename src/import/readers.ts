/** The readers, in the order in which they look at a source. */
import type { Reader } from './model.ts';
import { ghost } from './readers/ghost.ts';
import { htmlPages } from './readers/html-pages.ts';
import { newsml } from './readers/newsml.ts';
import { ninjs } from './readers/ninjs.ts';
import { nitf } from './readers/nitf.ts';
import { staticSites } from './readers/static-site.ts';
import { substack } from './readers/substack.ts';
import { word } from './readers/word.ts';
import { wordpress } from './readers/wordpress.ts';

export const readers: readonly Reader[] = [
  wordpress,
  ghost,
  ninjs,
  newsml,
  nitf,
  substack,
  ...staticSites,
  word,
  htmlPages,
];

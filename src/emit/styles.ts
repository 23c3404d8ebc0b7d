/** templates/styles/: main.css and what it imports as one small file, named by its content; and the styles of cards. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { bundleAsync, transform } from 'lightningcss';
import type { OutputFile } from '../render/page.ts';
import { TemplateError } from '../render/templates.ts';

const entry = 'styles/main.css';

/** Chrome 111, Firefox 113, Safari 16.2: what lightningcss compiles newer CSS down to (major << 16 | minor << 8). */
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (2 << 8) };

/**
 * @param files texts by path below templates/
 * @throws TemplateError
 */
export async function emitStyles(files: ReadonlyMap<string, string>): Promise<OutputFile & { text: string }> {
  try {
    const { code } = await bundleAsync({
      filename: entry,
      minify: true,
      targets,
      resolver: {
        read(path) {
          const text = files.get(path);
          if (text === undefined) throw new Error(`There is no style sheet templates/${path}`);
          return text;
        },
        resolve: (specifier, from) => posix.join(posix.dirname(from), specifier),
      },
    });
    const text = code.toString();
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
    return { path: `assets/style.${hash}.css`, text };
  } catch (error) {
    throw styleError(error as StyleError, entry);
  }
}

/**
 * The styles of cards, as they are written: what draws them is no browser, and knows nothing of what a compiler would put in their place.
 * @throws TemplateError
 */
export function readCardStyles(files: ReadonlyMap<string, string>): string {
  const names = ['styles/tokens.css', 'styles/card.css'];
  for (const filename of names) {
    try {
      transform({ filename, code: Buffer.from(files.get(filename) ?? '') });
    } catch (error) {
      throw styleError(error as StyleError, filename);
    }
  }
  return names.map(name => files.get(name)).join('\n');
}

type StyleError = Error & { fileName?: string; loc?: { line: number } };

const styleError = ({ fileName, loc, message }: StyleError, name: string): TemplateError =>
  new TemplateError(`templates/${fileName ?? name}`, loc?.line, `${message}. Correct the style sheet.`);

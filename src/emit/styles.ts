/** templates/styles/main.css and what it imports as one small file, named by its content, with the typefaces that it asks for; the text edition's; and the styles of cards. */
import { posix } from 'node:path';
import { bundleAsync, transform } from 'lightningcss';
import type { Place } from '../base/diagnostics.ts';
import { nameHashOf } from '../base/hash.ts';
import { scriptOf } from '../base/languages.ts';
import type { OutputFile } from '../base/output-file.ts';
import { type ThemeSettings, themeCss } from '../config/theme.ts';
import { TemplateError } from '../render/templates.ts';

/** Chrome 111, Firefox 113, Safari 16.2: what lightningcss compiles newer CSS down to (major << 16 | minor << 8). */
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (2 << 8) };

const main = 'styles/main.css';
/** The one that is in no file: main.css, the typefaces of the site's scripts, and the theme settings of site.yaml. */
const entry = 'styles/(entry).css';
const chosen = 'styles/(theme).css';
const facesOf = (script: string): string => `styles/fonts/${script}.css`;

/** What a story's page has no use for. */
const listParts: ReadonlySet<string> = new Set(['styles/front.css', 'styles/lists.css', 'styles/search.css']);

export interface StylesInput {
  /** Texts by path below templates/. */
  files: ReadonlyMap<string, string>;
  theme: ThemeSettings;
  /** BCP 47, of all pages. Without them every typeface is in. */
  languages: readonly string[] | undefined;
  /** A file of templates/ that the style sheet names, by its path below it. */
  asset: (path: string) => { hash: string; copyFrom: string } | undefined;
  /** The URL to print for a path from the site's root. */
  urlOf: (path: string) => string;
}

export interface Styles {
  file: OutputFile & { text: string };
  /** The same without what only lists need: for a story's page that brings it along. */
  story: string;
  /** Typefaces, and whatever else the sheet loads. */
  assets: OutputFile[];
  /** By the script of a page, ISO 15924: the URL of the typeface of its text, the first that its sheet names. */
  faces: Record<string, string>;
}

/** @throws TemplateError */
export async function emitStyles({ files, theme, languages, asset, urlOf }: StylesInput): Promise<Styles> {
  const scripts = [
    ...new Set(
      // Names and numerals in Latin letters stand in texts of every language.
      (languages && ['Latn', ...languages.map(scriptOf)]) ??
        [...files.keys()].flatMap(path => scriptPattern.exec(path)?.[1] ?? []),
    ),
  ]
    .filter(script => files.has(facesOf(script)) && !(script === 'Latn' && theme.reading))
    .sort();
  const own = themeCss(theme, urlOf);
  const made = new Map([
    [chosen, own],
    [
      entry,
      [
        `@import "./${posix.basename(main)}";`,
        ...scripts.map(script => `@import "./fonts/${script}.css" layer(tokens);`),
        ...(own === '' ? [] : [`@import "./${posix.basename(chosen)}" layer(look);`]),
      ].join('\n'),
    ],
  ]);
  const bundle = async (leftOut: ReadonlySet<string>) => {
    const { code, dependencies = [] } = await bundleAsync({
      filename: entry,
      minify: true,
      targets,
      analyzeDependencies: true,
      resolver: {
        read(path) {
          const text = leftOut.has(path) ? '' : (made.get(path) ?? files.get(path));
          if (text === undefined) throw new Error(`There is no style sheet templates/${path}`);
          return text;
        },
        resolve: (specifier, from) => posix.join(posix.dirname(from), specifier),
      },
    });
    let text = code.toString();
    const assets = new Map<string, OutputFile>();
    const faces: Record<string, string> = {};
    for (const dependency of dependencies) {
      if (dependency.type !== 'url') continue;
      const { url, placeholder, loc } = dependency;
      const isOwn = !/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(url);
      let address = url;
      if (isOwn) {
        const path = posix.join(posix.dirname(loc.filePath), url);
        const found = asset(path);
        if (!found)
          throw Object.assign(new Error(`There is no file templates/${path}`), {
            fileName: loc.filePath,
            loc: loc.start,
          });
        const { name, ext } = posix.parse(path);
        const file = `${ext === '.woff2' ? 'fonts/' : ''}${name}.${found.hash.slice(0, 10)}${ext}`;
        assets.set(path, { path: `assets/${file}`, copyFrom: found.copyFrom });
        address = urlOf(`/assets/${file}`);
        const script = scriptPattern.exec(loc.filePath)?.[1];
        if (script !== undefined) faces[script] ??= address;
      }
      text = text.replaceAll(placeholder, () => address);
    }
    // It may stand in a page, which nothing in it ends.
    return { text: text.replaceAll('</', '<\\/'), assets: [...assets.values()], faces };
  };
  try {
    const [{ text, assets, faces }, story] = await Promise.all([bundle(new Set()), bundle(listParts)]);
    if (theme.reading?.file !== undefined) faces.Latn = urlOf(theme.reading.file);
    return { file: { path: `assets/style.${nameHashOf(text)}.css`, text }, story: story.text, assets, faces };
  } catch (error) {
    throw styleError(error as StyleError, main);
  }
}

/**
 * The text edition's style sheet, which has no parts.
 * @throws TemplateError
 */
export function emitTextStyles(files: ReadonlyMap<string, string>): OutputFile & { text: string } {
  const filename = 'styles/text.css';
  try {
    const text = transform({
      filename,
      code: Buffer.from(files.get(filename) ?? ''),
      minify: true,
      targets,
    }).code.toString();
    return { path: `assets/text.${nameHashOf(text)}.css`, text };
  } catch (error) {
    throw styleError(error as StyleError, filename);
  }
}

/**
 * The styles of cards, as they are written: what draws them is no browser, and knows nothing of what a compiler would put in their place.
 * @throws TemplateError
 */
export function readCardStyles(files: ReadonlyMap<string, string>, { accent }: ThemeSettings): string {
  const names = ['styles/tokens.css', 'styles/card.css'];
  for (const filename of names) {
    try {
      transform({ filename, code: Buffer.from(files.get(filename) ?? '') });
    } catch (error) {
      throw styleError(error as StyleError, filename);
    }
  }
  const [tokens, card] = names.map(name => files.get(name) ?? '') as [string, string];
  const chosen = accent ? `:root { --accent: ${accent.light}; }` : '';
  return [tokens.replace(lightDark, '$1'), chosen, card].join('\n');
}

/** A card is of light paper. */
const lightDark = /light-dark\(\s*([^,()]+),[^()]*\)/g;

type StyleError = Error & { fileName?: string; loc?: Place };

const styleError = ({ fileName, loc, message }: StyleError, name: string): TemplateError =>
  new TemplateError(`templates/${fileName ?? name}`, loc, 'template/style', { message });

const scriptPattern = /^styles\/fonts\/([A-Z][a-z]{3})\.css$/;

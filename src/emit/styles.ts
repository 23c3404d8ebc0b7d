/**
 * Style sheets: templates/styles/main.css bundled with its imports and fonts, the text edition's style sheet,
 * and the styles of cards.
 */
import { posix } from 'node:path';
import { bundleAsync, transform } from 'lightningcss';
import type { Place } from '../base/diagnostics.ts';
import { nameHashOf } from '../base/hash.ts';
import { scriptOf } from '../base/languages.ts';
import type { OutputFile } from '../base/output-file.ts';
import { paletteCss } from '../config/palette.ts';
import { type ThemeSettings, themeCss } from '../config/theme.ts';
import { type StylePart, styleParts } from '../render/style-parts.ts';
import { TemplateError, TemplateFault } from '../render/templates.ts';
import { nameWidth } from './name-width.ts';

/**
 * Oldest supported browsers, for which lightningcss compiles newer CSS: Chrome 111, Firefox 113, Safari 16.2
 * (major << 16 | minor << 8).
 */
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (2 << 8) };

const main = 'styles/main.css';
/**
 * Generated entry point: imports main.css, the fonts for the site's writing systems, and the theme settings of
 * site.yaml.
 */
const entry = 'styles/(entry).css';
/** Style sheet generated from the publication's name and the theme settings of site.yaml. */
const themeSheet = 'styles/(theme).css';
/** Style sheet with the colours of charts for the site's accent. */
const paletteSheet = 'styles/(palette).css';
/** Number of fonts at the beginning of a script's style sheet that every page needs: one, unless listed here. */
const neededFaces: Readonly<Record<string, number>> = { Latn: 2 };
const facesOf = (script: string): string => `styles/fonts/${script}.css`;

/** Style sheets that story pages do not need. */
const listParts: ReadonlySet<string> = new Set(
  ['front', 'lists', 'search', 'standing'].map(part => `styles/${part}.css`),
);
/** Style sheets that pages without a text do not need, besides the parts that only some stories need. */
const textParts = ['article', 'prose', 'figures'].map(part => `styles/${part}.css`);
/** Style sheets with the colours of charts, which belong to the part `chart`. */
const chartColours = ['styles/chart-colours.css', paletteSheet];

export interface StylesInput {
  /** Texts of the template files, by path below templates/. */
  files: ReadonlyMap<string, string>;
  theme: ThemeSettings;
  /** Name of the publication. */
  /** Name of the publication, in each of its languages. */
  names: readonly string[];
  /** Names of the site's own template files. Its own style sheets are in every page. */
  own?: readonly string[];
  /** Languages of all pages (BCP 47). If undefined, all fonts are included. */
  languages: readonly string[] | undefined;
  /**
   * Finds a file that the style sheet refers to, by its path below templates/; undefined if it does not exist.
   */
  asset: (path: string) => { hash: string; copyFrom: string } | undefined;
  /** Returns the URL to print for a path from the site's root. */
  urlOf: (path: string) => string;
}

/** The bundled style sheet. */
export interface Styles {
  file: OutputFile & { text: string };
  /** The style sheet without the parts that only lists or some stories need, for inlining into story pages. */
  story: string;
  /** The style sheet without the parts that only texts need, for inlining into lists. */
  lists: string;
  /** Parts that only some stories need, by name. */
  parts: Partial<Record<StylePart, string>>;
  /** Fonts and other files that the style sheet loads. */
  assets: OutputFile[];
  /** URLs of the fonts that every page in a script (ISO 15924) needs. */
  faces: Record<string, string[]>;
}

/**
 * Bundles the style sheet.
 * @throws TemplateError if a style sheet is invalid, or a file that it refers to is missing
 */
export async function emitStyles({
  files,
  theme,
  names,
  own: ownFiles = [],
  languages,
  asset,
  urlOf,
}: StylesInput): Promise<Styles> {
  const scripts = [
    ...new Set(
      // Text in any language may contain Latin names and digits, so the Latin fonts are always included.
      (languages && ['Latn', ...languages.map(scriptOf)]) ??
        [...files.keys()].flatMap(path => scriptPattern.exec(path)?.[1] ?? []),
    ),
  ]
    .filter(script => files.has(facesOf(script)) && !(script === 'Latn' && theme.reading))
    .sort();
  const own = `:root { --name-width: ${Math.max(...names.map(nameWidth))}; }\n${themeCss(theme, urlOf)}`;
  const generated = new Map([
    [themeSheet, own],
    [paletteSheet, theme.accent ? paletteCss(theme.accent) : ''],
    [
      entry,
      [
        `@import "./${posix.basename(main)}";`,
        ...scripts.map(script => `@import "./fonts/${script}.css" layer(tokens);`),
        `@import "./${posix.basename(themeSheet)}" layer(look);`,
        ...(theme.accent ? [`@import "./${posix.basename(paletteSheet)}" layer(look);`] : []),
      ].join('\n'),
    ],
  ]);
  const bundle = createBundler(generated, { files, asset, urlOf });
  const parts = separateParts(files, ownFiles);
  for (const part of parts)
    generated.set(
      entryOf(part),
      [
        ...(part === 'chart' ? ['@import "./chart-colours.css" layer(tokens);'] : []),
        `@import "./${part}.css" layer(${styleParts[part]});`,
        ...(part === 'chart' ? [`@import "./${posix.basename(paletteSheet)}" layer(look);`] : []),
      ].join('\n'),
    );
  try {
    const rare = [...parts.map(fileOf), ...(parts.includes('chart') ? chartColours : [])];
    const [{ text, assets, faces }, story, lists, ...separate] = await Promise.all([
      bundle(new Set()),
      bundle(new Set([...listParts, ...rare])),
      bundle(new Set([...rare, ...textParts.filter(file => !ownFiles.includes(file))])),
      ...parts.map(part => bundle(new Set(), entryOf(part))),
    ]);
    if (theme.reading?.file !== undefined) faces.Latn = [urlOf(theme.reading.file)];
    return {
      file: { path: `assets/style.${nameHashOf(text)}.css`, text },
      story: story.text,
      lists: lists.text,
      parts: Object.fromEntries(parts.map((part, index) => [part, separate[index]!.text])),
      assets,
      faces,
    };
  } catch (error) {
    throw styleError(error as StyleError, main);
  }
}

/**
 * Creates a function that bundles a style sheet with its imports.
 * @param generated texts of generated style sheets, by path
 */
function createBundler(
  generated: ReadonlyMap<string, string>,
  { files, asset, urlOf }: Pick<StylesInput, 'files' | 'asset' | 'urlOf'>,
) {
  return async (leftOut: ReadonlySet<string>, filename = entry) => {
    const { code, dependencies = [] } = await bundleAsync({
      filename,
      minify: true,
      targets,
      analyzeDependencies: true,
      resolver: {
        read(path) {
          const text = leftOut.has(path) ? '' : (generated.get(path) ?? files.get(path));
          if (text === undefined) throw faulty(new TemplateFault('template/import', { file: path }));
          return text;
        },
        resolve(specifier, from) {
          if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(specifier))
            throw faulty(new TemplateFault('template/import-host'));
          return posix.join(posix.dirname(from), specifier);
        },
      },
    });
    let text = code.toString();
    const assets = new Map<string, OutputFile>();
    const faces: Record<string, string[]> = {};
    for (const dependency of dependencies) {
      if (dependency.type !== 'url') continue;
      const { url, placeholder, loc } = dependency;
      const isOwn = !/^(?:[a-z][a-z\d+.-]*:|\/|#)/i.test(url);
      let address = url;
      if (isOwn) {
        const path = posix.join(posix.dirname(loc.filePath), url);
        const found = asset(path);
        if (!found)
          throw Object.assign(faulty(new TemplateFault('template/import', { file: path })), {
            fileName: loc.filePath,
            loc: loc.start,
          });
        const { name, ext } = posix.parse(path);
        const file = `${ext === '.woff2' ? 'fonts/' : ''}${name}.${found.hash.slice(0, 10)}${ext}`;
        assets.set(path, { path: `assets/${file}`, copyFrom: found.copyFrom });
        address = urlOf(`/assets/${file}`);
        const script = scriptPattern.exec(loc.filePath)?.[1];
        if (script !== undefined) {
          const known = faces[script] ?? [];
          faces[script] = known.length < (neededFaces[script] ?? 1) ? [...known, address] : known;
        }
      }
      text = text.replaceAll(placeholder, () => address);
    }
    // The text may be inlined in a <style> element, which it must not close.
    return { text: text.replaceAll('</', '<\\/'), assets: [...assets.values()], faces };
  };
}

const fileOf = (part: StylePart): string => `styles/${part}.css`;
const entryOf = (part: StylePart): string => `styles/(${part}).css`;

/**
 * Selects the parts that only some stories get. A site's own part, or all parts if main.css is the site's own, may be
 * used in other ways, so they remain in every page.
 */
function separateParts(files: ReadonlyMap<string, string>, own: readonly string[]): StylePart[] {
  if (own.includes(main)) return [];
  const known = Object.keys(styleParts) as StylePart[];
  return known.filter(part => files.has(fileOf(part)) && !own.includes(fileOf(part)));
}

/** Minifies the text edition's style sheet, which has no imports. @throws TemplateError if it is invalid */
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
 * Reads the styles of cards without compiling them, because the library that draws cards does not support the
 * output of lightningcss.
 * @throws TemplateError if the styles are not valid CSS
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
  const custom = accent ? `:root { --accent: ${accent.light}; }` : '';
  return [tokens.replace(lightDark, '$1'), custom, card].join('\n');
}

/** Matches `light-dark()`, to keep only the light colours: cards use the light colour scheme. */
const lightDark = /light-dark\(\s*([^,()]+),[^()]*\)/g;

type StyleError = Error & { fileName?: string; loc?: Place; fault?: TemplateFault };

/** Wraps a fault, because lightningcss replaces the key `data` of the errors that a resolver throws. */
const faulty = (fault: TemplateFault): StyleError => Object.assign(new Error(fault.message), { fault });

function styleError({ fileName, loc, message, fault }: StyleError, name: string): TemplateError {
  const file = `templates/${fileName ?? name}`;
  if (fault) return new TemplateError(file, loc, fault.code, ...fault.data);
  return new TemplateError(file, loc, 'template/style', { message });
}

const scriptPattern = /^styles\/fonts\/([A-Z][a-z]{3})\.css$/;

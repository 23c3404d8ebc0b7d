/** A site's theme: the templates, strings, styles and scripts that pages are rendered with. */
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostics.ts';
import { textsOf } from '../base/local-text.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { Config } from '../config/config.ts';
import { renderSettings } from '../config/settings.ts';
import type { Snapshot } from '../disk/snapshot.ts';
import {
  listShippedTemplates,
  overlayFiles,
  readTemplateAsset,
  readTemplateFiles,
} from '../disk/templates.ts';
import { emitScripts } from '../emit/scripts.ts';
import { emitStyles, emitTextStyles, type Styles } from '../emit/styles.ts';
import type { ContextInput } from '../render/context.ts';
import { checkOwnTemplates } from '../render/own-templates.ts';
import { readStrings, type Strings, stringsFor } from '../render/strings.ts';
import { unclosedRule } from '../render/template-braces.ts';
import { checkTemplates, TemplateError, type TemplatesInput } from '../render/templates.ts';
import { profileOf, type Site } from '../site/model.ts';
import type { PictureMaps } from '../site/pages.ts';
import type { PictureShape } from '../site/pictures.ts';
import { urlOf } from '../site/urls.ts';

export interface Theme {
  strings: Strings;
  templates: TemplatesInput;
  styles: Styles;
  /** Whether pages contain their styles instead of linking to them. */
  isInline: boolean;
  /** Style sheet of the text edition; undefined if the site has no text edition. */
  textStyles: OutputFile | undefined;
  /** Scripts by kind of page. */
  scripts: Record<string, OutputFile>;
}

/**
 * Reads and checks the theme. The package's own templates are not checked here, because its tests check them.
 * @param linkStyles whether pages link to the style sheet, regardless of site.yaml
 * @returns the theme, which is undefined if one of its files is invalid, and all diagnostics about it
 */
export async function readTheme(
  { root, packageRoot, templateFiles }: Snapshot,
  { config, entries }: Site,
  linkStyles: boolean,
): Promise<{ theme: Theme | undefined; diagnostics: Diagnostic[] }> {
  const files = readTemplateFiles(templateFiles);
  const own = [...templateFiles].flatMap(([name, path]) =>
    path === join(root, 'templates', name) ? name : [],
  );
  const languages = [config.lang, ...new Set([...entries.values()].map(({ lang }) => lang))];
  const served = new Set(languages.flatMap(stringsFor));
  const { strings, diagnostics } = readStrings(files, (lang, name) => served.has(lang) || own.includes(name));
  const errors = checkTemplates(files, own);
  const attempt = async <Made>(make: () => Made | Promise<Made>): Promise<Made | undefined> => {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      errors.push(error);
      return undefined;
    }
  };
  const styles = await attempt(() =>
    readStyles(templateFiles, files, config, languages, root === packageRoot ? [] : own),
  );
  const textStyles = config.outputs.text ? await attempt(() => emitTextStyles(files)) : undefined;
  const faulty = new Set(errors.map(({ file }) => file));
  for (const name of own.filter(name => name.endsWith('.css') && !faulty.has(`templates/${name}`))) {
    const place = unclosedRule(files.get(name) ?? '');
    if (place) errors.push(new TemplateError(`templates/${name}`, place, 'template/rule'));
  }
  const shipped = own.length > 0 ? listShippedTemplates(packageRoot) : [];
  diagnostics.push(...checkOwnTemplates({ files, own, shipped, csp: config.csp }));
  const all = [...diagnostics, ...errors.map(error => error.toDiagnostic())];
  if (!styles || errors.length > 0) return { theme: undefined, diagnostics: all };
  const theme: Theme = {
    strings,
    templates: { files, isStrict: own.some(name => name.endsWith('.html')) },
    styles,
    isInline: config.theme.styles === 'inline' && !linkStyles,
    textStyles,
    scripts: emitScripts(files, config.outputs),
  };
  return { theme, diagnostics: all };
}

/** Style sheets that are inlined in pages; empty if pages link to one. */
export const inlineStyles = ({ isInline, styles }: Theme): string[] =>
  isInline ? [styles.file.text, styles.story, styles.lists, ...Object.values(styles.parts)] : [];

/** Data that every page is rendered with. */
export function contextOf(
  site: Site,
  { strings, styles, scripts, isInline }: Theme,
  maps: PictureMaps,
): ContextInput {
  const { config, authors, lists } = site;
  return {
    config: renderSettings(config),
    authors: [...authors.values()].map(profileOf),
    portraits: portraitsOf(site, maps),
    listPaths: lists.filter(({ kind }) => kind === 'topic' || kind === 'author').map(({ path }) => path),
    languages: lists.filter(({ kind }) => kind === 'language').map(({ id }) => id),
    strings,
    styles: {
      path: `/${styles.file.path}`,
      inline: isInline
        ? { story: styles.story, lists: styles.lists, other: styles.file.text, parts: styles.parts }
        : undefined,
      faces: styles.faces,
    },
    scriptPaths: Object.fromEntries(Object.entries(scripts).map(([kind, { path }]) => [kind, `/${path}`])),
  };
}

const readStyles = (
  templateFiles: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
  config: Pick<Config, 'name' | 'theme' | 'basePath'>,
  languages: readonly string[] | undefined,
  own: readonly string[] = [],
) =>
  emitStyles({
    files,
    own,
    theme: config.theme,
    names: textsOf(config.name),
    languages,
    asset: path => readTemplateAsset(templateFiles, path),
    urlOf: path => urlOf(path, config),
  });

/**
 * Reads the style sheet separately, with the fonts of all writing systems, so that `dev` can replace it in an
 * open page before a build.
 * @param config settings of the last build
 * @throws TemplateError if a file of the theme is invalid
 */
export async function readStyleSheet(
  { root, packageRoot }: { root: string; packageRoot: string },
  config: Pick<Config, 'name' | 'theme' | 'basePath'>,
): Promise<OutputFile & { text: string }> {
  const templateFiles = overlayFiles(packageRoot, root, 'templates');
  return (await readStyles(templateFiles, readTemplateFiles(templateFiles), config, undefined)).file;
}

function portraitsOf({ authors }: Site, maps: PictureMaps): Record<string, PictureShape> {
  const portraits: Record<string, PictureShape> = {};
  for (const { id, source, meta } of authors.values()) {
    const picture = meta.picture === undefined ? undefined : maps.get(source)?.[meta.picture];
    if (picture) portraits[id] = picture;
  }
  return portraits;
}

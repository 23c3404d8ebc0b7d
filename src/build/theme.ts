import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostics.ts';
import { ruleIds } from '../check/rules.ts';
import { type Config, readConfig } from '../config/config.ts';
import { overlayFiles, readSiteYaml, readTemplateAsset, readTemplateFiles } from '../disk/content.ts';
import type { SiteInputs } from '../disk/snapshot.ts';
import { emitScripts } from '../emit/scripts.ts';
import { emitStyles, emitTextStyles, type Styles } from '../emit/styles.ts';
import type { ContextInput } from '../render/context.ts';
import type { OutputFile } from '../render/page.ts';
import { readStrings, type Strings, stringsFor } from '../render/strings.ts';
import { checkTemplates, TemplateError, type TemplatesInput } from '../render/templates.ts';
import { profileOf, type Site } from '../site/model.ts';
import type { PictureShape } from '../site/pictures.ts';
import type { PictureMaps } from '../site/plan.ts';
import { urlOf } from '../site/urls.ts';

interface Look {
  strings: Strings;
  templates: TemplatesInput;
  styles: Styles;
  /** Of the text edition, where there is one. */
  textStyles: OutputFile | undefined;
  /** By the kind of page that each is for. */
  scripts: Record<string, OutputFile>;
}

/** Nothing when one of its files is wrong. @param root absolute path of the site's folder: its own templates are checked, the package's are right */
export async function readLook(
  { templateFiles }: SiteInputs,
  root: string,
  { config, entries }: Site,
  diagnostics: Diagnostic[],
): Promise<Look | undefined> {
  const files = readTemplateFiles(templateFiles);
  const own = [...templateFiles].flatMap(([name, path]) =>
    path === join(root, 'templates', name) ? name : [],
  );
  const languages = [config.lang, ...new Set([...entries.values()].map(({ lang }) => lang))];
  const served = new Set(languages.flatMap(stringsFor));
  const { strings, diagnostics: stringDiagnostics } = readStrings(
    files,
    (lang, name) => served.has(lang) || own.includes(name),
  );
  diagnostics.push(...stringDiagnostics);
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
  const styles = await attempt(() => readStyles(templateFiles, files, config, languages));
  const textStyles = config.outputs.text ? await attempt(() => emitTextStyles(files)) : undefined;
  diagnostics.push(...errors.map(error => error.toDiagnostic()));
  if (!styles || errors.length > 0) return undefined;
  return {
    strings,
    templates: { files, isStrict: own.some(name => name.endsWith('.html')) },
    styles,
    textStyles,
    scripts: emitScripts(files, config.outputs),
  };
}

export function contextOf(
  site: Site,
  { strings, styles, scripts }: Look,
  maps: PictureMaps,
  isInline: boolean,
): ContextInput {
  const { config, authors, lists } = site;
  return {
    config,
    authors: [...authors.values()].map(profileOf),
    portraits: portraitsOf(site, maps),
    listPaths: lists.filter(({ kind }) => kind === 'topic' || kind === 'author').map(({ path }) => path),
    languages: lists.filter(({ kind }) => kind === 'language').map(({ id }) => id),
    strings,
    styles: {
      path: `/${styles.file.path}`,
      inline: isInline ? { story: styles.story, other: styles.file.text } : undefined,
      faces: styles.faces,
    },
    scriptPaths: Object.fromEntries(Object.entries(scripts).map(([kind, { path }]) => [kind, `/${path}`])),
  };
}

const readStyles = (
  templateFiles: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
  config: Config,
  languages: readonly string[] | undefined,
) =>
  emitStyles({
    files,
    look: config.look,
    languages,
    asset: path => readTemplateAsset(templateFiles, path),
    urlOf: path => urlOf(path, config),
  });

/**
 * The style sheet alone, ahead of a build, with the typefaces of all scripts.
 * @throws TemplateError; nothing while site.yaml has errors
 */
export async function stylesOf({
  root,
  packageRoot,
  basePath,
}: {
  root: string;
  packageRoot: string;
  /** Instead of the path of `url` in site.yaml. */
  basePath?: string | undefined;
}) {
  const { config } = readConfig({ bytes: readSiteYaml(root), basePath, ruleIds });
  if (!config) return undefined;
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

/** Reads the configuration of the site into which stories are imported. */
import { join } from 'node:path';
import { ruleIds } from '../check/rules.ts';
import { type Config, readConfig } from '../config/config.ts';
import { readSiteYaml } from '../disk/content.ts';
import { exists } from '../disk/files.ts';
import { ImportError } from './import-error.ts';

/** Configuration of a site that exists already. @throws ImportError if its site.yaml is invalid */
export function existingConfig(root: string): Config | undefined {
  if (!exists(join(root, 'content/site.yaml'))) return undefined;
  const { site } = readConfig({ bytes: readSiteYaml({ root }), ruleIds });
  if (!site)
    throw new ImportError(
      `${join(root, 'content/site.yaml')} has errors. Run 'broadsheet check' and correct them first.`,
    );
  return site.config;
}

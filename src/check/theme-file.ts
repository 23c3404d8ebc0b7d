import { configPath } from '../config/paths.ts';
import { siteRule } from './rule.ts';

/** Requires that the logo and typefaces that site.yaml names are files in public/. */
export const themeFile = siteRule({
  id: 'theme-file',
  severity: 'error',
  message: ({ path }: { path: string }) =>
    `The file public${path} does not exist. Add it, or correct the path.`,
  check({ config: { theme }, publicFiles }, _, report) {
    const named = {
      'theme.masthead.logo': theme.masthead?.logo,
      'theme.masthead.dark': theme.masthead?.dark,
      'theme.reading.file': theme.reading?.file,
      'theme.reading.italic': theme.reading?.italic,
      'theme.furniture.file': theme.furniture?.file,
      'theme.furniture.italic': theme.furniture?.italic,
    };
    for (const [key, path] of Object.entries(named)) {
      if (path === undefined || publicFiles.has(path.slice(1))) continue;
      report(configPath, key, { path });
    }
  },
});

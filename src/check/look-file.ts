import { configPath } from '../config/paths.ts';
import { siteRule } from './rule.ts';

/** The logo and the typefaces that site.yaml names are files of public/. */
export const lookFile = siteRule({
  id: 'look-file',
  severity: 'error',
  message: ({ path }: { path: string }) =>
    `There is no file public${path}. Put it there, or correct the path.`,
  check({ config: { look }, publicFiles }, _, report) {
    const named = {
      'look.masthead.logo': look.masthead?.logo,
      'look.masthead.dark': look.masthead?.dark,
      'look.reading.file': look.reading?.file,
      'look.reading.italic': look.reading?.italic,
      'look.furniture.file': look.furniture?.file,
      'look.furniture.italic': look.furniture?.italic,
    };
    for (const [key, path] of Object.entries(named)) {
      if (path === undefined || publicFiles.has(path.slice(1))) continue;
      report(configPath, key, { path });
    }
  },
});

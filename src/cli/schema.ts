/** The command `broadsheet schema`. */
import { type Command, UsageError } from './options.ts';
import { print } from './reporter.ts';

export const schemaCommand: Command = {
  help: 'Print the JSON Schema of the front matter, or that of site.yaml (schema site)',
  argument: '[site]',
  options: [],
  async run(_, argument) {
    if (argument !== '' && argument !== 'site')
      throw new UsageError(
        `There is no schema '${argument}'. Write broadsheet schema, or broadsheet schema site.`,
      );
    return print(JSON.stringify(await schemaOf(argument), null, 2));
  },
};

async function schemaOf(argument: string): Promise<object> {
  if (argument === 'site') return (await import('../config/config.ts')).siteConfigSchema();
  return (await import('../article/meta.ts')).frontMatterSchema();
}

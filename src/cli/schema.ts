/** The command `broadsheet schema`. */
import type { Command } from './options.ts';
import { print } from './reporter.ts';

export const schemaCommand: Command = {
  help: 'Print the JSON Schema of the front matter, for code editors',
  options: [],
  async run() {
    const { frontMatterSchema } = await import('../article/meta.ts');
    return print(JSON.stringify(frontMatterSchema(), null, 2));
  },
};

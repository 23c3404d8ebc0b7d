/** The command `broadsheet new`. */
import { type Command, rootOf } from './options.ts';
import { print, printRefusal } from './reporter.ts';

export const newCommand: Command = {
  help: 'Create the file for a new article',
  argument: '"Headline"',
  options: ['root'],
  async run(values, headline) {
    const { createArticle } = await import('./new-article.ts');
    const { path, problem } = createArticle({ root: rootOf(values), headline, now: Date.now() });
    if (problem !== undefined) return printRefusal(problem);
    return print(
      `Created ${path} as a draft. When the story is ready, update 'published', and remove the line 'draft: true'.`,
    );
  },
};

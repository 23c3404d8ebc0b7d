/** Reads import.yaml: what template tags, front-matter keys and categories of the old site become. */
import * as z from 'zod';
import { type Diagnostic, formatDiagnostic, hasErrors, reportTo } from '../base/diagnostics.ts';
import { readYaml } from '../base/yaml.ts';
import { describeAll } from '../build/messages.ts';
import { exists, readText } from '../disk/files.ts';
import { ImportError } from './import-error.ts';

const text = z.string();
const names = z.union([text, z.array(text)]);

const schema = z.strictObject({
  /** HTML for a template tag, by its name, or `remove` or `unwrap`. */
  tags: z.record(text, text).default({}),
  /** Our key, and the keys of the old front matter that mean it. */
  keys: z.record(text, names).default({}),
  /** Id of a desk, or `topic`, by the name of a category or folder. */
  desks: z.record(text, text).default({}),
  /** Pattern of the new addresses. */
  permalink: text.optional(),
  /** Pattern of the old addresses of stories, if the importer cannot know it: `/:year/:month/:slug/`. */
  urls: text.optional(),
  /** Folders of stories and folders that are not imported, for folders of static generators. */
  stories: z.array(text).default([]),
  skip: z.array(text).default([]),
});

export type ImportSettings = z.output<typeof schema>;

/** Settings without a file. */
export const defaultSettings: ImportSettings = schema.parse({});

/**
 * Reads import.yaml.
 * @param path absolute path; if the file does not exist, the defaults apply
 * @throws ImportError if it is invalid
 */
export function readImportSettings(path: string, isRequired: boolean): ImportSettings {
  if (!exists(path)) {
    if (isRequired) throw new ImportError(`${path} does not exist. Correct the path after --mapping.`);
    return defaultSettings;
  }
  const diagnostics: Diagnostic[] = [];
  const yaml = readYaml(
    { text: readText(path), origin: { line: 1, column: 1 } },
    schema,
    'site-config',
    reportTo(diagnostics, path),
  );
  if (!yaml || hasErrors(diagnostics))
    throw new ImportError(describeAll(diagnostics).map(formatDiagnostic).join('\n'));
  return yaml.value;
}

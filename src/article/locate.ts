/** The place of a key in its file, for diagnostics about the whole site: the site's entries do not have the places of their keys. */
import * as z from 'zod';
import type { Place } from '../base/diagnostics.ts';
import { readYaml } from '../base/yaml.ts';
import { decodeText, splitSource } from './front-matter.ts';
import type { SourceFile } from './model.ts';

/** @param key of the front matter, or of a whole YAML file; an item of a list is counted without those that are there twice: `topics.1` */
export function placeOfKey(source: SourceFile, key: string): Place | undefined {
  const yaml = source.path.endsWith('.md')
    ? splitSource(source, anything, () => {})?.frontMatter
    : readYaml(
        { text: decodeText(source.bytes, () => {}) ?? '', origin: { line: 1, column: 1 } },
        anything,
        'site-config',
        () => {},
      );
  if (!yaml) return undefined;
  const [, list = '', index] = /^(\w+)\.(\d+)$/.exec(key) ?? [];
  const items = yaml.value[list];
  if (!Array.isArray(items)) return yaml.placeOf(key);
  return yaml.placeOf(`${list}.${items.indexOf([...new Set(items)][Number(index)])}`);
}

const anything = z.record(z.string(), z.unknown());

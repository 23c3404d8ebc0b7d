/** The rule ids that the code in src/ can emit, read from its text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../helpers/site.ts';

/** `readYaml` composes ids of its caller's prefix and one of these. */
function suffixes(yaml: string): string[] {
  return [...yaml.matchAll(/`\$\{ruleId\}-([a-z-]+)`/g)].map(match => match[1]!);
}

export function emittedRuleIds(): string[] {
  const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({ name, text: readFileSync(join(packageRoot, 'src', name), 'utf8') }));
  const endings = suffixes(sources.find(({ name }) => name === 'base/yaml.ts')!.text);
  const ids = new Set<string>();
  const add = (text: string, pattern: RegExp, endings = ['']) => {
    for (const match of text.matchAll(pattern)) for (const ending of endings) ids.add(match[1]! + ending);
  };
  for (const { name, text } of sources) {
    add(text, /\breport\(\s*'(?:error|warning)',\s*'([a-z-]+)'/g);
    for (const line of text.match(/\bruleId: .*/g) ?? []) add(line, /(?<!=== )'([a-z]+(?:-[a-z]+)*)'/g);
    add(
      text,
      /\breadYaml\((?:(?!\breadYaml\()[\s\S])*?'([a-z-]+)',\s*report\b/g,
      endings.map(e => `-${e}`),
    );
    if (/^check[\\/]/.test(name)) add(text, /^ {2}id: '([a-z-]+)'/gm);
  }
  return [...ids].sort();
}

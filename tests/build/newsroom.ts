/** A publication of many small stories, and a function that reads its folders. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const desks = ['world', 'city', 'sport'];
const topics = ['gaza', 'trade', 'rivers', 'schools'];
const authors = ['jane-doe', 'john-roe', 'mary-major'];

const nameList = (ids: readonly string[]) =>
  ids.map(id => `{id: ${id}, name: ${id.toUpperCase()}}`).join(', ');

const two = (number: number) => String(number).padStart(2, '0');

function storyOf(index: number, count: number): string {
  const at = <T>(list: readonly T[]): T => list[index % list.length]!;
  const other = (index * 7 + 1) % count;
  return `---
title: Headline ${index}
standfirst: What the council decided on day ${index}
published: 2025-${two((index % 5) + 1)}-${two((index % 28) + 1)}T09:00:00-04:00
desk: ${at(desks)}
authors: [${at(authors)}]
topics: [${topics[index % topics.length]}]
---

The council met, as [this paper](s${other}.md) wrote.

## What it decided

${index % 50 === 0 ? '> Nobody said this.' : '> So it is.\n>\n> — Jane Roe, mayor'}

| year | people |
| --- | --- |
| 2024 | ${index} |
`;
}

/**
 * Generates a site with several desks, topics and authors, and `count` stories that link to each other. One
 * story in fifty has a quotation without a speaker. `search` enables the search, which takes most of a small
 * build's time.
 */
export function largeSite(count: number, { search = true } = {}): Record<string, string> {
  const files: Record<string, string> = {
    'content/site.yaml': `name: The Test Courier
url: https://courier.example/
timeZone: America/New_York
desks: [${nameList(desks)}]
topics: [${nameList(topics)}]
outputs: {cards: false, search: ${search}}
`,
  };
  for (const author of authors)
    files[`content/authors/${author}.md`] = `---\nname: ${author.toUpperCase()}\n---\n\nWrites.\n`;
  for (let index = 0; index < count; index++)
    files[`content/articles/2025/s${index}.md`] = storyOf(index, count);
  return files;
}

/** Reads every file below a folder, byte for byte, by path. */
export function bytesOf(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  return new Map(paths.map(path => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]));
}

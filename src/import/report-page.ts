/** The report as a page: the stories with the greatest loss first, source and result side by side. */
import { diffWordsWithSpace } from 'diff';
import type { ImportReport, StoryReport } from './options.ts';
import { escapeHtml } from './tags/mapping.ts';

/** Texts of a story, for the comparison. */
export interface ComparedTexts {
  source: string;
  result: string;
}

/** Largest number of stories on the page, and characters of a text. */
export const pageLimits = { stories: 100, characters: 20_000 };

const styles = `:root{color-scheme:light dark;--line:light-dark(#bbb,#555)}
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:light-dark(#1a1a1a,#e6e6e6);background:light-dark(#fff,#161616);overflow-wrap:anywhere}
table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:normal}td.n{text-align:right}
@media(max-width:40rem){th,td{padding:.25rem .35rem;font-size:.875rem}}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.pair>div{border:1px solid var(--line);padding:.75rem;white-space:pre-wrap;font-size:.9rem}
del{background:light-dark(#fdd,#6b2222)}ins{background:light-dark(#dfd,#1f5a2a);text-decoration:none}del,ins{color:inherit}summary{cursor:pointer}`;

/** Writes the page. @param textsOf texts of the stories that are compared, by path */
export function reportPage(report: ImportReport, textsOf: ReadonlyMap<string, ComparedTexts>): string {
  const { counts } = report;
  const rows = Object.entries(counts).map(
    ([name, { in: all, kept, changed, lost }]) =>
      `<tr><th>${name}</th>${[all, kept, changed, lost].map(value => `<td class="n">${value.toLocaleString('en')}</td>`).join('')}</tr>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Import report</title>
<style>${styles}</style>
<h1>Import report</h1>
<p>${escapeHtml(report.reader)}: <code>${escapeHtml(report.source)}</code></p>
<table><tr><th></th><th>in the source</th><th>kept</th><th>changed</th><th>lost</th></tr>
${rows.join('\n')}
</table>
${listOf(
  'Template tags',
  report.tags.map(
    ({ name, outcome, count, example }) => `${count} × ${name}: ${outcome}. Example: ${example}`,
  ),
)}
${listOf(
  'Findings',
  report.findings.map(({ kind, count, example }) => `${count} × ${kind}. Example: ${example}`),
)}
${listOf(
  'Not imported',
  report.leftOut.map(({ what, count, example }) => `${count} × ${what}. Example: ${example}`),
)}
${listOf(
  'Problems',
  report.problems.map(({ file, line, reason }) => `${file}${line === undefined ? '' : `:${line}`} ${reason}`),
)}
${listOf('Lost addresses', report.lostUrls)}
${listOf('Missing pictures and recordings', report.missingMedia)}
<h2>Stories, the greatest loss first</h2>
${report.stories
  .slice(0, pageLimits.stories)
  .map(story => storyOf(story, textsOf.get(story.path)))
  .join('\n')}
</html>
`;
}

function listOf(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, 500).map(item => `<li>${escapeHtml(item)}</li>`);
  return `<h2>${heading}</h2>\n<details${items.length < 30 ? ' open' : ''}><summary>Show ${items.length.toLocaleString('en')}</summary><ul>${shown.join('\n')}</ul></details>`;
}

function storyOf(story: StoryReport, texts: ComparedTexts | undefined): string {
  const { title, path, outcome, lost, lostCount, findings, words, problem } = story;
  const facts = [
    `${outcome}, ${words.toLocaleString('en')} words`,
    ...(lostCount > 0 ? [`lost: ${lost.join(' ')}`] : []),
    ...findings.map(({ kind, example }) => `${kind}: ${example}`),
    ...(problem === undefined ? [] : [problem]),
  ];
  const pair = texts === undefined ? '' : comparison(texts);
  return `<details><summary>${lostCount.toLocaleString('en')} lost: ${escapeHtml(title)}</summary>
<p><code>${escapeHtml(path)}</code></p><ul>${facts.map(fact => `<li>${escapeHtml(fact)}</li>`).join('')}</ul>${pair}</details>`;
}

function comparison({ source, result }: ComparedTexts): string {
  const [before, after] = [source, result].map(text =>
    text
      .replace(/[ \t]+/g, ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim()
      .slice(0, pageLimits.characters),
  ) as [string, string];
  const parts = diffWordsWithSpace(before, after, { timeout: 500 }) ?? [];
  const side = (skip: 'added' | 'removed', tag: string) =>
    parts
      .filter(part => !part[skip])
      .map(part =>
        part.added || part.removed ? `<${tag}>${escapeHtml(part.value)}</${tag}>` : escapeHtml(part.value),
      )
      .join('');
  return `<div class="pair"><div>${side('added', 'del')}</div><div>${side('removed', 'ins')}</div></div>`;
}

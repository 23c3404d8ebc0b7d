/** Finds blocks of templates and style sheets that are not closed. */
import type { Place } from '../base/diagnostics.ts';

/** Matches comments and strings, which may contain braces, and the braces outside them. */
const styleTokens = /\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[{}]/g;
const scriptTokens =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?|[{}]/g;

/** Finds the first block of a style sheet that has no closing brace, which browsers and bundlers accept. */
export function unclosedRule(css: string): Place | undefined {
  const open: number[] = [];
  for (const { 0: token, index } of css.matchAll(styleTokens)) {
    if (token === '{') open.push(index);
    else if (token === '}') open.pop();
  }
  const at = open[0];
  return at === undefined ? undefined : placeAt(css, at);
}

/** Finds the innermost tag of a template that opens a block without a closing `<% } %>`. */
export function unclosedBlock(template: string): Place | undefined {
  const open: number[] = [];
  for (const { 1: script = '', index } of template.matchAll(/<%([\s\S]*?)%>/g)) {
    for (const { 0: token } of script.matchAll(scriptTokens)) {
      if (token === '{') open.push(index);
      else if (token === '}') open.pop();
    }
  }
  const at = open.at(-1);
  return at === undefined ? undefined : placeAt(template, at);
}

/** Converts an offset in a text to a place. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

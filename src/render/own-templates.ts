/** Checks the templates and style sheets of a site for mistakes that would have no visible effect. */
import { posix } from 'node:path';
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { sha256 } from '../base/hash.ts';
import { suggest } from '../base/suggestions.ts';
import type { Csp } from '../config/csp.ts';
import { checkOwnStrings, languageOf, meantStrings } from './own-strings.ts';
import { placeAt } from './template-braces.ts';

/** Input of `checkOwnTemplates`. Names are paths below templates/. */
export interface OwnTemplates {
  /** Texts of all template files by name. */
  files: ReadonlyMap<string, string>;
  /** Names of the site's files. */
  own: readonly string[];
  /** Names of the package's files. */
  shipped: readonly string[];
  /** Extensions of the content security policy in site.yaml. */
  csp: Csp;
}

/** Finds files that replace and extend nothing, unknown custom properties, and what the site's policy blocks. */
export function checkOwnTemplates(input: OwnTemplates): Diagnostic[] {
  const { files, own, csp } = input;
  if (own.length === 0) return [];
  return [
    ...findUnused(input),
    ...findUnknownProperties(input),
    ...checkOwnStrings(input),
    ...own
      .filter(name => name.endsWith('.html'))
      .flatMap(name => {
        const text = files.get(name) ?? '';
        // A card is a picture, to which no policy applies.
        const blocked = name === 'card.html' ? [] : findBlocked(name, text, csp);
        return [...blocked, ...findForeignTags(name, text)];
      }),
  ];
}

/** A file is used if the package has a file of that name, or if a template or style sheet mentions it. */
function findUnused({ files, own, shipped }: OwnTemplates): Diagnostic[] {
  const known = new Set(shipped);
  const added = own.filter(
    name => !known.has(name) && languageOf(name) === undefined && !/(?:^|\/)README\.md$/.test(name),
  );
  if (added.length === 0) return [];
  return added.flatMap(name => {
    const mention = name.endsWith('.html') ? name.replace(/\.html$/, '') : posix.basename(name);
    const sameName = shipped.find(other => posix.basename(other) === posix.basename(name));
    // Other files mention the shipped file of the same name in another folder.
    const isMention =
      sameName === undefined
        ? (text: string) => text.includes(mention)
        : (text: string) => [`'${mention}'`, `"${mention}"`, `../${name}`].some(path => text.includes(path));
    if ([...files].some(([other, text]) => other !== name && isMention(text))) return [];
    const suggestion = sameName === undefined ? suggest(name, shipped) : { nearest: sameName };
    const nearest = meantStrings(name) ?? ('nearest' in suggestion ? suggestion.nearest : undefined);
    return [createDiagnostic(`templates/${name}`, 'warning', 'template-unused', undefined, { nearest })];
  });
}

const property = /(--[a-z][\w-]*)(\s*:)?/gi;

/** Replaces the comments of a style sheet by spaces, so that places stay the same. */
const withoutComments = (css: string): string =>
  css.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' '));

/** Finds declarations of custom properties that no style sheet uses, and whose name resembles a known one. */
function findUnknownProperties({ files, own, shipped }: OwnTemplates): Diagnostic[] {
  const isOwn = new Set(own.filter(name => name.endsWith('.css')));
  if (isOwn.size === 0) return [];
  const used = new Set<string>();
  const isShipped = new Set(shipped);
  for (const [name, text] of files) {
    if (!/\.(?:css|html)$/.test(name)) continue;
    for (const [, custom = '', colon] of withoutComments(text).matchAll(property))
      if (colon === undefined || (isShipped.has(name) && !isOwn.has(name))) used.add(custom);
  }
  const known = [...used];
  return [...isOwn].flatMap(name => {
    const text = withoutComments(files.get(name) ?? '');
    return [...text.matchAll(property)].flatMap(({ 1: custom = '', 2: colon, index }) => {
      if (colon === undefined || used.has(custom)) return [];
      const suggestion = suggest(custom, known);
      if (!('nearest' in suggestion)) return [];
      const { nearest } = suggestion;
      const file = `templates/${name}`;
      return [
        createDiagnostic(file, 'warning', 'style-property', placeAt(text, index), { name: custom, nearest }),
      ];
    });
  });
}

/** Finds tags of other template languages, such as `{{ title }}`, which would appear as text. */
function findForeignTags(name: string, text: string): Diagnostic[] {
  if (!text.includes('{{') && !text.includes('{%')) return [];
  const html = text.replace(/<%[\s\S]*?%>|<(script|style)\b[\s\S]*?<\/\1|<!--[\s\S]*?-->/gi, tag =>
    tag.replace(/[^\n]/g, ' '),
  );
  return Array.from(html.matchAll(/\{\{[^{}\n]{1,100}\}\}|\{%[^{}\n]{1,100}%\}/g), ({ 0: written, index }) =>
    createDiagnostic(`templates/${name}`, 'warning', 'template-leftover', placeAt(text, index), { written }),
  );
}

/** Finds scripts, frames and styles that the content security policy of _headers blocks. */
function findBlocked(name: string, text: string, csp: Csp): Diagnostic[] {
  const file = `templates/${name}`;
  const found: Diagnostic[] = [];
  // Replaces tags of the template, whose values are only known when a page is rendered.
  const html = text.replace(/<%[\s\S]*?%>/g, tag => tag.replace(/[^\n]/g, '\0'));
  const hostOf = (url: string) => /^(?:https?:)?\/\/([^/?#]+)/i.exec(url)?.[1];
  for (const { 1: attributes = '', 2: script = '', index } of html.matchAll(
    /<script\b([^>]*)>([\s\S]*?)<\/script/gi,
  )) {
    const type = /\btype\s*=\s*["']?([^"'\s]*)/i.exec(attributes)?.[1] ?? 'module';
    if (!/^(?:module|(?:text|application)\/(?:java|ecma)script)$/i.test(type)) continue;
    const src = /\bsrc\s*=\s*["']?([^"'\s]*)/i.exec(attributes)?.[1];
    const place = placeAt(text, index);
    if (src === undefined) {
      const isKnown = csp['script-src']?.includes(`'sha256-${sha256(script, 'base64')}'`) ?? false;
      if (isKnown || script.trim() === '' || script.includes('\0')) continue;
      found.push(createDiagnostic(file, 'warning', 'template-blocked/inline-script', place));
    } else {
      const host = hostOf(src);
      if (host === undefined || allows(csp, ['script-src', 'script-src-elem'], host)) continue;
      found.push(createDiagnostic(file, 'warning', 'template-blocked/script', place, { host }));
    }
  }
  for (const { 1: attributes = '', index } of html.matchAll(/<iframe\b([^>]*)/gi)) {
    const src = /\bsrc\s*=\s*["']?([^"'\s]*)/i.exec(attributes)?.[1] ?? '';
    if (src === '' || src.includes('\0')) continue;
    const host = hostOf(src) ?? "'self'";
    if (allows(csp, ['frame-src', 'child-src'], host)) continue;
    const source = host === "'self'" ? host : `https://${host}`;
    found.push(createDiagnostic(file, 'warning', 'template-blocked/frame', placeAt(text, index), { source }));
  }
  // In script-src, 'unsafe-inline' has no effect, because the policy contains hashes.
  if (!csp['script-src-attr']?.includes("'unsafe-inline'"))
    for (const { 1: attribute = '', index } of html.matchAll(/<[a-z][^<>]*?\s(on[a-z]+)\s*=/gi))
      found.push(
        createDiagnostic(file, 'warning', 'template-blocked/handler', placeAt(text, index), {
          attribute: attribute.toLowerCase(),
        }),
      );
  if (csp['style-src-attr']?.includes("'unsafe-inline'")) return found;
  for (const { index } of html.matchAll(/<[a-z][^<>]*\sstyle\s*=/gi))
    found.push(createDiagnostic(file, 'warning', 'template-blocked/style', placeAt(text, index)));
  return found;
}

/** Whether one of the directives lists a host: itself, its domain with `*.`, all hosts, or a scheme. */
function allows(csp: Csp, directives: readonly (keyof Csp)[], host: string): boolean {
  return directives.some(directive =>
    csp[directive]?.some(source => {
      if (source === host || /^(?:\*|https?:)$/.test(source)) return true;
      const listed = source.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
      return listed.startsWith('*.') ? host.endsWith(listed.slice(1)) : listed === host;
    }),
  );
}

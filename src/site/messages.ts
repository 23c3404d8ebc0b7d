/** Messages about the addresses of the site. */
import type { Catalog } from '../base/diagnostics.ts';
import { type Suggestion, suggestionText } from '../base/suggestions.ts';
import { configPath } from '../config/paths.ts';

/** Owner of an address: a source, its text edition, a redirect in site.yaml, or a file that every build generates. */
export type Owner = { kind: 'source' | 'text-edition'; source: string } | { kind: 'redirect' | 'build' };

interface Conflict {
  path: string;
  owner: Owner;
}
const conflictText = ({ path, owner }: Conflict, address = 'The address'): string =>
  `${address} ${path} is already used by ${nameOf(owner)}.`;

function nameOf(owner: Owner): string {
  switch (owner.kind) {
    case 'source':
      return nameOfSource(owner.source);
    case 'text-edition':
      return `the text edition of ${nameOfSource(owner.source)}`;
    case 'redirect':
      return 'another redirect or alias in content/site.yaml';
    case 'build':
      return 'a file that Broadsheet generates';
  }
}

function nameOfSource(source: string): string {
  if (isAuthored(source)) return source;
  return source === configPath
    ? 'a list of stories, such as a desk or a topic'
    : 'a page that Broadsheet generates';
}

/** Whether a page's source is a file that the newsroom can rename, unlike a template or site.yaml. */
export const isAuthored = (source: string): boolean =>
  source !== configPath && /^(?:content|public)\//.test(source);

/** Whether the address of a file depends on its key `slug`. */
const hasSlug = (source: string): boolean => source.endsWith('.md');

/** Data about a file that cannot be published at its address. */
interface FileConflict extends Conflict {
  source: string;
}

function conflictAdvice({ source, owner }: FileConflict): string {
  const bothAuthored = owner.kind === 'source' && isAuthored(owner.source);
  const slug = hasSlug(source) ? ', or change its slug' : '';
  return `Rename ${bothAuthored ? 'one of the two files' : 'this file'}${slug}.`;
}

const folderText = ({ path, owner }: Conflict): string => {
  const page = owner.kind === 'source' && owner.source.endsWith('.md') ? 'the page of ' : '';
  return `the same path as ${path}/, a folder that contains ${page}${nameOf(owner)}.`;
};

/** Messages by code. */
export const siteMessages = {
  'alias-conflict/itself': ({ path }: { path: string }) =>
    `The alias ${path} is the address of the page that it belongs to, so it would redirect to itself. Remove the alias.`,
  'alias-conflict/taken': (data: Conflict) => `${conflictText(data)} Remove the alias.`,
  'alias-conflict/former': (data: Conflict) =>
    `${conflictText(data, "This article's former address")} In content/site.yaml, change or remove the pattern in 'formerPermalinks' that produces it.`,
  'alias-conflict/folder': (data: Conflict) => `The alias has ${folderText(data)} Remove the alias.`,
  'redirect-conflict': (data: Conflict) => `${conflictText(data)} Remove the redirect.`,
  'redirect-conflict/folder': (data: Conflict) => `The redirect has ${folderText(data)} Remove the redirect.`,
  'redirect-target': ({ to, suggestion }: { to: string; suggestion: Suggestion }) =>
    `This site has no page or file at ${to}. ${suggestionText(suggestion, 'Correct the address, or remove the redirect')}`,
  'redirect-target/loop': ({ path }: { path: string }) =>
    `The redirects form a loop: they lead back to ${path}. Let one of them lead to a page.`,
  'url-conflict': (data: FileConflict) =>
    `${conflictText(data, "This file's address")} ${conflictAdvice(data)}`,
  'url-conflict/folder': (data: Conflict) => `This file has ${folderText(data)} Rename this file.`,
  'url-conflict/reserved': ({ id, path }: { id: string; path: string }) =>
    `The id '${id}' is reserved, because Broadsheet uses the address ${path}. Use another id for this desk.`,
} satisfies Catalog;

type SiteMessages = typeof siteMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends SiteMessages {}
}

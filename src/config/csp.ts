/** The key `csp` of site.yaml: sources that extend the content security policy, by directive. */
import * as z from 'zod';
import { problem } from '../base/yaml-messages.ts';

/** Directives that a site may extend (CSP Level 3). */
export const cspDirectives = [
  'default-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'img-src',
  'font-src',
  'media-src',
  'connect-src',
  'frame-src',
  'child-src',
  'worker-src',
  'manifest-src',
  'form-action',
  'frame-ancestors',
] as const;

/** Sources by directive. */
export type Csp = Partial<Record<(typeof cspDirectives)[number], string[]>>;

/** A source may not contain a character that would end it, its directive or the policy. */
const source = z.string().regex(/^[^\s;,\p{Cc}]+$/u, problem('csp-source'));

/** Schema of the key `csp` in site.yaml. */
export const cspSchema = z.partialRecord(z.enum(cspDirectives), z.array(source)).default({});

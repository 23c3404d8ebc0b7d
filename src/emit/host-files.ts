/**
 * Configuration files of static hosts: _headers (Netlify, Cloudflare Pages). redirect-rules.ts generates _redirects.
 */
import { sha256 } from '../base/hash.ts';
import type { Csp } from '../config/csp.ts';
import type { PlanSettings } from '../config/settings.ts';
import { feedFormats } from '../render/head.ts';
import { speculationRules, themeScript } from '../render/inline-scripts.ts';
import { urlOf } from '../site/urls.ts';

/**
 * Content Security Policy that blocks scripts, styles, frames and forms from other sites, except the sources that
 * `csp` in site.yaml adds. It allows only the inline scripts and styles of this build, by their hashes. JSON-LD
 * needs no permission, because it is not executed. The search needs WebAssembly.
 */
function contentSecurityPolicy(config: PlanSettings, inlineStyles: readonly string[]): string {
  const own: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': [
      "'self'",
      ...(config.outputs.search ? ["'wasm-unsafe-eval'"] : []),
      hashSource(themeScript),
      hashSource(speculationRules(config)),
    ],
    'style-src': ["'self'", ...new Set(inlineStyles.map(hashSource))],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'media-src': ["'self'"],
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  const directives = new Set([...Object.keys(own), ...Object.keys(config.csp)]);
  return [...directives]
    .map(directive => {
      const added = config.csp[directive as keyof Csp] ?? [];
      // A directive replaces the more general one that it specifies.
      const base = own[directive] ?? own[directive.replace(/-(?:elem|attr)$/, '')] ?? [];
      // `'none'` is only valid without other sources.
      const all = [...new Set([...base, ...added])];
      return [directive, ...(all.length > 1 ? all.filter(source => source !== "'none'") : all)].join(' ');
    })
    .join('; ');
}

const hashSource = (text: string): string => `'sha256-${sha256(text, 'base64')}'`;

/**
 * Generates the text of _headers.
 * @param inlineStyles style sheets that are inlined in pages
 */
export function emitHeaders(config: PlanSettings, inlineStyles: readonly string[] = []): string {
  const rule = (path: string, headers: Record<string, string>) =>
    [urlOf(path, config), ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join(
      '\n',
    );
  const rules = [
    rule('/*', {
      'Content-Security-Policy': contentSecurityPolicy(config, inlineStyles),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
    }),
    rule('/assets/*', { 'Cache-Control': 'public, max-age=31536000, immutable' }),
    ...feedFormats.map(({ file, type }) =>
      rule(`/*${file}`, { 'Content-Type': `${type}; charset=utf-8`, 'Access-Control-Allow-Origin': '*' }),
    ),
  ];
  return `${rules.join('\n')}\n`;
}

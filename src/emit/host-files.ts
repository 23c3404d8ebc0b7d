/**
 * Configuration files of static hosts: _redirects and _headers (Netlify, Cloudflare Pages) and .nojekyll
 * (GitHub Pages).
 */
import { sha256 } from '../base/hash.ts';
import type { PlanSettings } from '../config/settings.ts';
import { feedFormats } from '../render/head.ts';
import { speculationRules, themeScript } from '../render/inline-scripts.ts';
import type { Page } from '../site/pages.ts';
import { type SiteAddress, urlOf } from '../site/urls.ts';

/** Generates the text of _redirects. */
export function emitRedirects(pages: readonly Page[], config: SiteAddress): string {
  const lines = pages.flatMap(page =>
    page.kind === 'redirect' ? [`${urlOf(page.path, config)} ${urlOf(page.target, config)} 301\n`] : [],
  );
  return lines.join('');
}

/**
 * Content Security Policy that blocks scripts, styles, frames and forms from other sites. It allows only the
 * inline scripts and styles of this build, by their hashes. JSON-LD needs no permission, because it is not
 * executed. The search needs WebAssembly.
 */
const contentSecurityPolicy = (config: PlanSettings, inlineStyles: readonly string[]): string =>
  [
    "default-src 'none'",
    sources('script-src', [
      ...(config.outputs.search ? ["'wasm-unsafe-eval'"] : []),
      hashSource(themeScript),
      hashSource(speculationRules(config)),
    ]),
    sources('style-src', [...new Set(inlineStyles.map(hashSource))]),
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const sources = (directive: string, others: readonly string[]): string =>
  [directive, "'self'", ...others].join(' ');

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

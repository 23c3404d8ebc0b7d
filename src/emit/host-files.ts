/** What static hosts read: _redirects and _headers (Netlify's and Cloudflare Pages' formats), .nojekyll (GitHub Pages). */
import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { feedFormats } from '../render/head.ts';
import { speculationRules, themeScript } from '../render/inline-scripts.ts';
import type { OutputFile } from '../render/page.ts';
import type { Page } from '../site/plan.ts';
import { urlOf } from '../site/urls.ts';

export function emitRedirects(pages: readonly Page[], config: Config): OutputFile {
  const lines = pages.flatMap(page =>
    page.kind === 'redirect' ? [`${urlOf(page.path, config)} ${urlOf(page.target, config)} 301\n`] : [],
  );
  return { path: '_redirects', text: lines.join('') };
}

/**
 * No script, style, frame or form of another site, and of those written into a page the one style sheet and the two scripts that this build writes, by their
 * hashes. JSON-LD is data and runs nowhere. The search is a program in WebAssembly.
 */
const contentSecurityPolicy = (config: Config, inlineStyles: readonly string[]): string =>
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

const sources = (directive: string, besides: readonly string[]): string =>
  [directive, "'self'", ...besides].join(' ');

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export function emitHostFiles(config: Config, inlineStyles: readonly string[] = []): OutputFile[] {
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
  return [
    { path: '.nojekyll', text: '' },
    { path: '_headers', text: `${rules.join('\n')}\n` },
  ];
}

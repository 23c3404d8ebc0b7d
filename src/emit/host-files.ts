/** What static hosts read: _redirects and _headers (Netlify's and Cloudflare Pages' formats), .nojekyll (GitHub Pages). */
import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import { feedFormats } from '../render/head.ts';
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
 * No script, style, frame or form of another site, and none written into a page but the one style sheet, by its hash. JSON-LD is data and runs nowhere.
 */
const contentSecurityPolicy = (inlineStyles: string | undefined) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${inlineStyles === undefined ? '' : ` 'sha256-${createHash('sha256').update(inlineStyles).digest('base64')}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export function emitHostFiles(config: Config, inlineStyles?: string): OutputFile[] {
  const rule = (path: string, headers: Record<string, string>) =>
    [urlOf(path, config), ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join(
      '\n',
    );
  const rules = [
    rule('/*', {
      'Content-Security-Policy': contentSecurityPolicy(inlineStyles),
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

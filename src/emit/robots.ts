/** robots.txt (RFC 9309): disallowed crawlers, and the sitemaps. */
import type { PlanSettings } from '../config/settings.ts';
import { absoluteUrl, urlOf } from '../site/urls.ts';

/**
 * Crawlers that collect text for language models, according to their documentation. Search-engine crawlers
 * are not included.
 */
const aiCrawlers = [
  'AI2Bot',
  'Amazonbot',
  'anthropic-ai',
  'Applebot-Extended',
  'Bytespider',
  'CCBot',
  'ClaudeBot',
  'cohere-ai',
  'Diffbot',
  'FacebookBot',
  'Google-Extended',
  'GPTBot',
  'ImagesiftBot',
  'Meta-ExternalAgent',
  'Omgilibot',
  'PerplexityBot',
  'Timpibot',
];

/** Generates the text of robots.txt. */
export function emitRobots(config: PlanSettings): string {
  const { disallow, aiCrawlers: allowAi } = config.robots;
  const groups = [
    [
      'User-agent: *',
      ...(disallow.length > 0 ? disallow.map(path => `Disallow: ${urlOf(path, config)}`) : ['Disallow:']),
    ],
    ...(allowAi ? [] : [[...aiCrawlers.map(name => `User-agent: ${name}`), 'Disallow: /']]),
    ...(config.outputs.sitemaps
      ? [
          [
            `Sitemap: ${absoluteUrl('/sitemap.xml', config)}`,
            `Sitemap: ${absoluteUrl('/news-sitemap.xml', config)}`,
          ],
        ]
      : []),
  ];
  return `${groups.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

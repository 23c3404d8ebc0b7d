/** robots.txt (RFC 9309): where the sitemaps are, and who shall not crawl. */
import type { PlanSettings } from '../config/settings.ts';
import { absoluteUrl, urlOf } from '../site/urls.ts';

/** Crawlers that gather text for language models, by their own documentation. Search engines' crawlers are not among them. */
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

/** The text of robots.txt. */
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

/** ninjs.json: the article for other newsrooms' systems, IPTC ninjs 3.1 (https://iptc.org/std/ninjs/). The standard refuses unknown properties. */
import type { Article, WorkType } from '../article/model.ts';
import type { RenderContext } from '../render/context.ts';
import { bodyHtml, type OutputFile } from '../render/page.ts';
import type { ArticlePage, Page } from '../site/plan.ts';
import { absoluteUrl, outputFileOf } from '../site/urls.ts';

/** IPTC's genre codes, https://cv.iptc.org/newscodes/genre/. */
const genres: Record<WorkType, { name: string; code: string }> = {
  news: { name: 'Current', code: 'Current' },
  report: { name: 'Actuality', code: 'Actuality' },
  analysis: { name: 'Analysis', code: 'Analysis' },
  opinion: { name: 'Opinion', code: 'Opinion' },
  background: { name: 'Background', code: 'Background' },
  review: { name: 'Review', code: 'Review' },
};

export function emitNinjs(page: Page & ArticlePage, article: Article, context: RenderContext): OutputFile {
  const { config, authors, listPaths } = context;
  const { meta, lang } = article;
  const words = context.wordsOf(article);
  const html = bodyHtml(article, page, 'elsewhere', context);
  const url = absoluteUrl(page.path, config);
  const byline = meta.authors.map(id => authors.get(id)!.title);
  const genre = genres[meta.type];
  const corrections = config.policies.correctionsPolicy;
  const data = {
    uri: url,
    standard: {
      name: 'ninjs',
      version: '3.1',
      schema: 'https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json',
    },
    type: 'text',
    representationType: 'full',
    language: lang,
    firstCreated: meta.published,
    versionCreated: page.modified,
    contentCreated: meta.published,
    ...(meta.expires !== undefined && { expires: meta.expires }),
    pubStatus: 'usable',
    title: meta.title,
    headlines: [{ role: 'main', contentType: 'text/plain', value: meta.title }],
    ...(meta.standfirst !== undefined && {
      descriptions: [{ role: 'summary', contentType: 'text/plain', value: meta.standfirst }],
    }),
    bodies: [
      { role: 'main', contentType: 'text/html', charCount: html.length, wordCount: words.count, value: html },
      {
        role: 'main',
        contentType: 'text/plain',
        charCount: words.text.length,
        wordCount: words.count,
        value: words.text,
      },
    ],
    ...(byline.length > 0 && { by: byline.join(', ') }),
    ...(meta.dateline !== undefined && { located: meta.dateline }),
    ...(meta.people.length > 0 && { people: meta.people.map(name => ({ name, rel: 'about' })) }),
    subjects: [
      {
        name: config.desks.find(({ id }) => id === meta.desk)!.name,
        rel: 'category',
        uri: absoluteUrl(`/${meta.desk}/`, config),
      },
      ...meta.topics.map(id => ({
        name: config.topics.find(topic => topic.id === id)!.name,
        rel: 'about',
        ...(listPaths.has(`/topics/${id}/`) && { uri: absoluteUrl(`/topics/${id}/`, config) }),
      })),
    ],
    genres: [{ name: genre.name, uri: `http://cv.iptc.org/newscodes/genre/${genre.code}` }],
    ...(meta.sources.length > 0 && {
      infoSources: meta.sources.map(({ name, url, firstReport }) => ({
        name,
        role: firstReport ? 'first report' : 'source',
        ...(url !== undefined && { uri: url }),
      })),
    }),
    ...(meta.corrections.length > 0 && {
      edNote: meta.corrections
        .map(({ date, text }) => `Correction, ${date.slice(0, 10)}: ${text}`)
        .join('\n'),
    }),
    ...(corrections !== undefined && {
      trustIndicators: [
        {
          role: 'https://schema.org/correctionsPolicy',
          title: 'Corrections policy',
          href: corrections.startsWith('/') ? absoluteUrl(corrections, config) : corrections,
        },
      ],
    }),
    copyrightHolder: config.publisher.name,
  };
  return { path: outputFileOf(`${page.path}ninjs.json`), text: `${JSON.stringify(data)}\n` };
}

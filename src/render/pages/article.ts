import { pageMetaOf } from '../../article/keys.ts';
import type { Article } from '../../article/model.ts';
import { contentsOf } from '../../article/text.ts';
import { walkBlocks } from '../../article/walk.ts';
import { languageName } from '../../base/languages.ts';
import type { ArticlePage, Page } from '../../site/pages.ts';
import { pictureOptions } from '../../site/pictures.ts';
import { absoluteUrl, urlOf } from '../../site/urls.ts';
import { bodyParts } from '../body-html.ts';
import type { RenderContext } from '../context.ts';
import { frameView } from '../frame.ts';
import { articleMeta, feedLinks } from '../head.ts';
import type { Locale } from '../locale.ts';
import { pictureView } from '../picture.ts';
import { articleThings, jsonLd } from '../structured-data.ts';
import { stylePartsOf } from '../style-parts.ts';
import type { ArticleView } from '../views.ts';
import { ratingView, teaserView } from './teaser.ts';

/** Creates the view of a story's page. */
export function articleView(page: ArticlePage & Page, article: Article, context: RenderContext): ArticleView {
  const { config, pageUrl } = context;
  const { modified, related, next, languages, duration, pictureCount } = page;
  const { meta, body, lang } = article;
  const locale = context.localeOf(lang);
  const desk = config.desks.find(({ id }) => id === meta.desk)!;
  const words = context.wordsOf(article);
  // A cached document lacks undefined fields, because it was stored as JSON, but a view needs all fields.
  const sources = meta.sources.map(({ name, url, note, firstReport }) => ({ name, url, note, firstReport }));
  const parts = bodyParts(article, page, 'page', context, meta.type);
  const versions = languages.filter(({ path }) => path !== page.path);
  return {
    ...frameView(
      {
        page,
        lang,
        title: meta.seoTitle ?? meta.title,
        within: `/${desk.id}/`,
        description: meta.seoDescription ?? meta.standfirst,
        type: 'article',
        styleParts: stylePartsOf(article),
        head: () => ({
          meta: articleMeta(article, page, context),
          alternates: [
            ...languages.map(version => ({ lang: version.lang, url: absoluteUrl(version.path, config) })),
            ...(languages[0] ? [{ lang: 'x-default', url: absoluteUrl(languages[0].path, config) }] : []),
          ],
          feeds: [
            ...context.memo(`feeds ${lang}`, () => storyFeeds(lang, context)),
            ...(config.outputs.articleJson
              ? [
                  {
                    type: 'application/json',
                    title: meta.title,
                    url: absoluteUrl(`${page.path}article.json`, config),
                  },
                ]
              : []),
          ],
          jsonLdHtml: jsonLd(articleThings(page, article, words.count, context)),
        }),
      },
      context,
    ),
    article: {
      headline: meta.title,
      kicker: meta.kicker ?? desk.name,
      desk: { url: pageUrl(`/${desk.id}/`), text: desk.name },
      byline: bylineView(article, context),
      published: locale.date(meta.published),
      updated: modified === meta.published ? undefined : locale.date(modified),
      wordCount: words.count,
      readingMinutes: words.readingMinutes,
      contents: contentsOf(body),
      keyFigures: meta.keyFigures.map(({ value, label, source }) => ({ value, label, source })),
      agency: meta.type === 'agency' ? agencyOf(meta, lang) : undefined,
      firstReportedBy: sources.filter(source => source.firstReport),
      sources,
      topics: meta.topics.map(id => topicLink(id, context)),
      corrections: meta.corrections.map(({ date, text }) => ({ date: locale.date(date), text })),
      languages: versions.map(({ lang, name, path }) => ({
        lang,
        dir: context.localeOf(lang).dir,
        name,
        url: pageUrl(path),
      })),
      related: related.map(teaser => teaserView(teaser, locale, context)),
      next: next && teaserView(next, locale, context),
      review: reviewView(meta, locale),
      life: lifeView(meta, locale),
      duration: duration === undefined ? undefined : locale.duration(duration),
      pictureCount,
      side: sideOf(article),
      html: parts.lead + parts.opening + parts.rest,
      leadHtml: parts.lead,
      openingHtml: parts.opening,
      restHtml: parts.rest,
      // Spread these last, because V8 is slow at adding many properties to a copy.
      ...pageMetaOf(meta),
    },
  };
}

function bylineView(
  { meta }: Article,
  { config, authors, portraits, listPaths, localeOf, pageUrl }: RenderContext,
): ArticleView['article']['byline'] {
  return meta.authors.map(id => {
    const author = authors.get(id)!;
    return {
      name: author.title,
      role: author.role,
      roleLang: author.roleLang,
      roleDir: localeOf(author.roleLang).dir,
      url: listPaths.has(author.path) ? pageUrl(author.path) : undefined,
      picture: Object.hasOwn(portraits, id)
        ? pictureView(portraits[id]!, path => urlOf(path, config))
        : undefined,
      introduction: author.introduction,
      lang: author.lang,
      dir: localeOf(author.lang).dir,
    };
  });
}

function reviewView({ review }: Article['meta'], locale: Locale): ArticleView['article']['review'] {
  if (!review) return undefined;
  const { item, verdict, rating, facts } = review;
  return {
    item,
    verdict,
    rating: rating && ratingView(rating, locale),
    facts: facts.map(({ label, value, rating }) => ({
      label,
      value,
      rating: rating && ratingView(rating, locale),
    })),
  };
}

function lifeView({ life }: Article['meta'], locale: Locale): ArticleView['article']['life'] {
  if (!life) return undefined;
  const date = (text: string | undefined) => {
    const { iso, date = '' } = locale.eventDate(text);
    return text === undefined ? undefined : { iso, text: date };
  };
  return { name: life.name, born: date(life.born), died: date(life.died) };
}

const sideWidths: ReadonlySet<string | undefined> = new Set(['wide', 'full', 'side']);

/** Finds out whether elements of the text are in the column beside it. */
function sideOf({ body, meta }: Article): ArticleView['article']['side'] {
  let isUsed = meta.type === 'photo-essay';
  walkBlocks(body, node => {
    const width =
      node.type === 'figure' && node.kind === 'image'
        ? pictureOptions(node.src).width
        : 'layout' in node
          ? node.layout
          : undefined;
    if (sideWidths.has(width) || (node.type === 'callout' && node.kind === 'steps')) isUsed = true;
    return undefined;
  });
  if (isUsed) return 'used';
  return meta.keyFigures.length > 0 ? 'figures' : 'empty';
}

/** Names the agencies that an agency story comes from. @returns undefined if the story has no sources */
const agencyOf = ({ sources }: Article['meta'], lang: string): string | undefined =>
  sources.length === 0 ? undefined : new Intl.ListFormat(lang).format(sources.map(({ name }) => name));

/** Feeds of the site and of the story's language. */
const storyFeeds = (lang: string, { config, languages }: RenderContext) => [
  ...feedLinks({ path: '/', name: config.name }, config),
  ...(languages.includes(lang) ? feedLinks({ path: `/${lang}/`, name: languageName(lang) }, config) : []),
];

function topicLink(
  id: string,
  { config, listPaths, pageUrl }: RenderContext,
): { url: string | undefined; text: string } {
  const path = `/topics/${id}/`;
  return {
    url: listPaths.has(path) ? pageUrl(path) : undefined,
    text: config.topics.find(topic => topic.id === id)!.name,
  };
}

/** Views of the archive, the directories, the feeds page and the corrections page. */
import type { ContentDocument } from '../../article/model.ts';
import type { PageOf } from '../../site/pages.ts';
import { urlOf } from '../../site/urls.ts';
import { bodyHtml } from '../body-html.ts';
import type { RenderContext } from '../context.ts';
import { frameView } from '../frame.ts';
import { feedFormats } from '../head.ts';
import { faceView } from '../picture.ts';
import type { ArchiveView, CorrectionsView, DirectoryView, FeedsView } from '../views.ts';

/** Creates the view of the archive: all months that have stories. */
export function archiveView(page: PageOf<'archive'>, context: RenderContext): ArchiveView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  const heading = locale.t('archive-heading');
  const years = [...new Set(page.months.map(({ id }) => id.slice(0, 4)))];
  const link = (id: string) => ({
    url: context.pageUrl(`/archive/${id.replace('-', '/')}/`),
    text: locale.eventDate(id).date!,
  });
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    years: years.map(year => ({
      year: link(year),
      months: page.months
        .filter(({ id }) => id.startsWith(year))
        .map(({ id, count }) => ({ ...link(id), count })),
    })),
  };
}

/** Creates the view of the list of all topics or all authors. */
export function directoryView(page: PageOf<'directory'>, context: RenderContext): DirectoryView {
  const { config } = context;
  const heading = context.localeOf(config.lang).t(`${page.of}s-heading`);
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    entries: page.lists.map(({ id, path, name, description, count }) => ({
      url: context.pageUrl(path),
      text: name,
      face:
        page.of === 'author' && Object.hasOwn(context.portraits, id)
          ? faceView(context.portraits[id]!, file => urlOf(file, config))
          : undefined,
      description,
      count,
    })),
  };
}

/**
 * Creates the view of all corrections.
 * @param document content/pages/corrections.md; undefined if the file does not exist
 */
export function correctionsView(
  page: PageOf<'corrections'>,
  document: ContentDocument<unknown> | undefined,
  context: RenderContext,
): CorrectionsView {
  const { config } = context;
  const locale = context.localeOf(config.lang);
  const heading = page.entry?.title ?? locale.t('corrections-heading');
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    html: document ? bodyHtml(document, page, 'page', context) : '',
    corrections: page.corrections.map(({ date, text, title, path, lang }) => ({
      date: locale.date(date),
      text,
      article: { url: context.pageUrl(path), text: title },
      lang,
      dir: context.localeOf(lang).dir,
    })),
  };
}

/** Creates the view of the page that lists the feeds. */
export function feedsView(page: PageOf<'feeds'>, context: RenderContext): FeedsView {
  const { config } = context;
  const heading = context.localeOf(config.lang).t('feeds-heading');
  return {
    ...frameView({ page, lang: config.lang, title: heading }, context),
    heading,
    lists: page.lists.map(({ path, name }) => ({
      name,
      feeds: feedFormats.map(format => ({ url: urlOf(path + format.file, config), text: format.name })),
    })),
  };
}

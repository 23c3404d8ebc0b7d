import type { Teaser } from '../../site/model.ts';
import { urlOf } from '../../site/urls.ts';
import { createMemo, type RenderContext } from '../context.ts';
import type { Locale } from '../locale.ts';
import { teaserPictureView } from '../picture.ts';
import type { TeaserView } from '../views.ts';

/** Creates the view of a story in a list. Dates are in the list's language. */
export function teaserView(teaser: Teaser, locale: Locale, context: RenderContext): TeaserView {
  const views = context.memo(`teasers ${locale.lang}`, createMemo<Teaser>);
  return views(teaser, () => viewOf(teaser, locale, context));
}

function viewOf(
  { path, title, standfirst, kicker, desk, published, type, draft, lang, picture }: Teaser,
  locale: Locale,
  { config, localeOf, pageUrl }: RenderContext,
): TeaserView {
  return {
    url: pageUrl(path),
    headline: title,
    standfirst,
    kicker: kicker ?? config.desks.find(({ id }) => id === desk)!.name,
    published: locale.day(published),
    type,
    draft,
    lang,
    dir: localeOf(lang).dir,
    picture: picture && teaserPictureView(picture, path => urlOf(path, config)),
  };
}

import type { Rating } from '../../article/keys.ts';
import type { Teaser } from '../../site/model.ts';
import { urlOf } from '../../site/urls.ts';
import { createMemo, type RenderContext } from '../context.ts';
import type { Locale } from '../locale.ts';
import { teaserPictureView } from '../picture.ts';
import type { RatingView, TeaserView } from '../views.ts';

/** Creates the view of a story in a list. Dates are in the list's language. */
export function teaserView(teaser: Teaser, locale: Locale, context: RenderContext): TeaserView {
  const views = context.memo(`teasers ${locale.lang}`, createMemo<Teaser>);
  return views(teaser, () => viewOf(teaser, locale, context));
}

function viewOf(
  { path, title, standfirst, kicker, desk, published, type, draft, lang, picture, ...own }: Teaser,
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
    verdict: own.review?.verdict,
    rating: own.review?.rating && ratingView(own.review.rating, locale),
    duration: own.seconds === undefined ? undefined : locale.duration(own.seconds),
    pictureCount: own.pictures,
    years: own.life && yearsOf(own.life),
  };
}

/** Creates the view of a mark, with numbers in the page's language. */
export function ratingView({ value, best }: Rating, { lang, t }: Locale): RatingView {
  const number = new Intl.NumberFormat(lang);
  const view = { value: number.format(value), best: number.format(best) };
  return { ...view, text: t('rating', view) };
}

/** Years of a life: `1815–1852`, or only the known one; undefined if none is known. */
function yearsOf({ born, died }: NonNullable<Teaser['life']>): string | undefined {
  const years = [born, died].flatMap(date => (date === undefined ? [] : date.slice(0, 4)));
  return years.length > 0 ? years.join('–') : undefined;
}

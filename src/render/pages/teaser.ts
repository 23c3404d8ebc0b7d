import type { Rating } from '../../article/keys.ts';
import { textIn } from '../../base/local-text.ts';
import { headlineLength } from '../../site/front-heights.ts';
import type { Teaser } from '../../site/model.ts';
import { urlOf } from '../../site/urls.ts';
import { createMemo, type RenderContext } from '../context.ts';
import type { Locale } from '../locale.ts';
import { faceView, teaserPictureView } from '../picture.ts';
import { typeLabel } from '../type-label.ts';
import type { RatingView, TeaserView } from '../views.ts';

/** Creates the view of a story in a list. Dates are in the list's language. */
export function teaserView(teaser: Teaser, locale: Locale, context: RenderContext): TeaserView {
  const views = context.memo(`teasers ${locale.lang}`, createMemo<Teaser>);
  return views(teaser, () => viewOf(teaser, locale, context));
}

function viewOf(teaser: Teaser, locale: Locale, { config, localeOf, pageUrl }: RenderContext): TeaserView {
  const { title, standfirst, kicker, desk, published, updated, type, byline, draft, lang, picture, face } =
    teaser;
  const fileUrl = (path: string) => urlOf(path, config);
  return {
    url: pageUrl(teaser.path),
    headline: title,
    standfirst,
    kicker: kicker ?? config.desks.find(({ id }) => id === desk)!.name,
    published: teaser.isToday ? locale.hour(published) : locale.day(published),
    updated: updated === undefined ? undefined : locale.hour(updated),
    type,
    label: typeLabel(type, locale.t),
    byline: listOf(
      byline.map(name => textIn(name, locale.lang, lang)),
      locale,
    ),
    face: face && faceView(face, fileUrl),
    length: headlineLength(title),
    draft,
    lang,
    dir: localeOf(lang).dir,
    picture: picture && teaserPictureView(picture, fileUrl),
    verdict: teaser.review?.verdict,
    rating: teaser.review?.rating && ratingView(teaser.review.rating, locale),
    duration: teaser.seconds === undefined ? undefined : locale.duration(teaser.seconds),
    pictureCount: teaser.pictures,
    years: teaser.life && yearsOf(teaser.life),
  };
}

/** Joins names as the language does: `A, B and C`. */
const listOf = (names: readonly string[], { t }: Locale): string =>
  names.reduce(
    (text, name, index) =>
      index === 0 ? name : text + t(index === names.length - 1 ? 'list-and' : 'list-comma') + name,
    '',
  );

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

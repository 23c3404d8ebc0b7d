/** Renders the card of a story as HTML, from which the picture is drawn. */
import type { ChartPreview } from '../charts/preview.ts';
import type { ArticleEntry } from '../site/model.ts';
import type { RenderContext } from './context.ts';
import type { CardView } from './views.ts';

/** Fields of a story that its card shows. */
export interface CardStory {
  source: string;
  title: string;
  lang: string;
  kicker: string | undefined;
  desk: string;
  type: ArticleEntry['meta']['type'];
  published: string;
  chart: ArticleEntry['chart'];
}

/** Selects the fields of a story that its card shows. */
export function cardStory({ source, title, lang, kicker, meta, chart }: ArticleEntry): CardStory {
  const { desk, type, published } = meta;
  return { source, title, lang, kicker, desk, type, published, chart };
}

/** Renders the card of a story with card.html. @throws TemplateError */
export function cardHtml(
  { title, lang, kicker, desk, type, published, chart }: CardStory,
  context: RenderContext,
): string {
  const { config, localeOf, templates } = context.inLanguage(lang);
  const { dir, t, day } = localeOf(lang);
  // If site.yaml does not define the desk, a rule reports this, so rendering must not fail.
  const name = config.desks.find(({ id }) => id === desk)?.name ?? desk;
  const view: CardView = {
    site: {
      name: config.name,
      lang: config.nameLang,
      dir: localeOf(config.nameLang).dir,
      host: new URL(config.origin).host.replace(/^www\./, ''),
    },
    article: {
      lang,
      dir,
      headline: title,
      kicker: kicker ?? name,
      desk: name,
      type,
      published: day(published),
      chart: chart && chartView(chart),
    },
    t,
  };
  return templates.render('card', view);
}

/** A stored entry lacks undefined fields, but a view needs all of them. */
const chartView = ({ title, bars, lines, lineLabel, ends }: ChartPreview): ChartPreview => ({
  title,
  bars,
  lines,
  lineLabel,
  ends,
});

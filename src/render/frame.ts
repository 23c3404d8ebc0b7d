/** What every page has around its subject: head, masthead, menus, footer. */
import { type Config, type MenuItem, policyNames } from '../config.ts';
import { languageName } from '../site/collect.ts';
import type { Page } from '../site/plan.ts';
import { absoluteUrl, urlOf } from '../site/urls.ts';
import type { RenderContext } from './context.ts';
import { feedLinks, pageMeta } from './head.ts';
import type { FrameView, LinkView } from './views.ts';

export interface FrameInput {
  page: Page;
  lang: string;
  /** As search results and previews show it; the page's title adds the site's name. */
  title: string;
  /** Path of the desk that the page belongs to. */
  within?: string;
  description?: string | undefined;
  type?: string;
  robots?: string;
  meta?: FrameView['page']['meta'];
  alternates?: FrameView['page']['alternates'];
  feeds?: FrameView['page']['feeds'];
  jsonLdHtml?: string;
}

export function frameView(input: FrameInput, context: RenderContext): FrameView {
  const { config, localeOf, styles, languages } = context;
  const { page, lang, title, description } = input;
  const { t, dir, script, ogLocale } = localeOf(lang);
  const { masthead } = config.look;
  const menuUrl = ({ url }: Pick<MenuItem, 'url'>) => (url.startsWith('/') ? urlOf(url, config) : url);
  const canonical = absoluteUrl(page.path, config);
  return {
    site: {
      name: config.name,
      tagline: config.tagline,
      lang: config.lang,
      dir: localeOf(config.lang).dir,
      home: { url: urlOf('/', config), text: config.name },
      navigation: navigationOf(config).map(item => ({
        url: menuUrl(item),
        text: item.text,
        current: item.url === page.path ? 'page' : item.url === input.within ? 'true' : undefined,
      })),
      masthead: masthead && {
        logo: urlOf(masthead.logo, config),
        dark: masthead.dark === undefined ? undefined : urlOf(masthead.dark, config),
      },
      policies: policyNames.flatMap(name => {
        const url = config.policies[name];
        return url === undefined ? [] : [{ name, url: menuUrl({ url }) }];
      }),
      correctionsUrl: urlOf('/corrections/', config),
      footer: config.footer.map(item => ({ url: menuUrl(item), text: item.text })),
      sections: sectionsOf(input.lang, context),
      languages: languages.map(tag => ({
        lang: tag,
        dir: localeOf(tag).dir,
        name: languageName(tag),
        url: urlOf(`/${tag}/`, config),
      })),
      publisher: config.publisher.name,
      feedsUrl: config.outputs.feeds ? urlOf('/feeds/', config) : undefined,
    },
    page: {
      kind: page.kind,
      title: page.kind === 'home' ? title : `${title} — ${config.name}`,
      description,
      canonical,
      lang,
      dir,
      robots: input.robots ?? 'max-image-preview:large',
      meta: [
        ...pageMeta({ title, description, canonical, ogLocale, type: input.type ?? 'website' }, config),
        ...(input.meta ?? []),
      ],
      alternates: input.alternates ?? [],
      feeds: input.feeds ?? feedLinks({ path: '/', name: config.name }, config),
      jsonLdHtml: input.jsonLdHtml,
    },
    assets: {
      styles: urlOf(styles.path, config),
      inlineHtml: styles.inline,
      face: styles.faces[script],
      public: name => urlOf(`/${name}`, config),
    },
    t,
  };
}

/** The desks, unless site.yaml has a menu of its own. */
const navigationOf = ({ navigation, desks }: Config): Pick<MenuItem, 'text' | 'url'>[] =>
  navigation.length > 0 ? navigation : desks.map(({ id, name }) => ({ text: name, url: `/${id}/` }));

/** Every overview that the site has, so that no page is without a way to it. */
function sectionsOf(lang: string, { config, listPaths, localeOf }: RenderContext): LinkView[] {
  const { t } = localeOf(lang);
  const has = (folder: string) => [...listPaths].some(path => path.startsWith(folder));
  return [
    ...config.desks.map(({ id, name }) => ({ url: urlOf(`/${id}/`, config), text: name })),
    ...(has('/topics/') ? [{ url: urlOf('/topics/', config), text: t('topics-heading') }] : []),
    ...(has('/authors/') ? [{ url: urlOf('/authors/', config), text: t('authors-heading') }] : []),
    { url: urlOf('/archive/', config), text: t('archive-heading') },
    { url: urlOf('/corrections/', config), text: t('corrections-heading') },
  ];
}

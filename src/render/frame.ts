/** The frame that all pages share: head, masthead, menus, footer. */
import { languageName } from '../base/languages.ts';
import { policyNames } from '../config/config.ts';
import type { LocalMenuItem } from '../config/settings.ts';
import type { Page } from '../site/pages.ts';
import { hasTextEdition, textPath } from '../site/text-edition.ts';
import { absoluteUrl, urlOf } from '../site/urls.ts';
import type { InlineStyles, RenderContext } from './context.ts';
import { feedLinks, pageMeta } from './head.ts';
import { speculationRules, themeScript } from './inline-scripts.ts';
import type { StylePart } from './style-parts.ts';
import type { DateView, FrameView, LinkView, MenuLinkView } from './views.ts';

export interface FrameInput {
  page: Page;
  lang: string;
  /** Title for search results and previews. `<title>` adds the site's name. */
  title: string;
  /** Path of the desk or list that the page belongs to. */
  within?: string;
  description?: string | undefined;
  /** Open Graph type; `website` by default. */
  type?: string;
  /** Content of `<meta name="robots">`. */
  robots?: string;
  /** Date of the edition, for the front page. */
  date?: DateView | undefined;
  /** Parts of the style sheet that this page of a story needs. */
  styleParts?: readonly StylePart[];
  /** Creates further metadata. Not called for the text edition, which omits it. */
  head?: () => Partial<Pick<FrameView['page'], 'meta' | 'alternates' | 'feeds' | 'jsonLdHtml'>>;
}

/** Creates the part of a view that all pages have. */
export function frameView(input: FrameInput, context: RenderContext): FrameView {
  const { config, localeOf, styles, scriptPaths, edition } = context;
  const { page, lang, title, description } = input;
  const { t, dir, script, ogLocale } = localeOf(lang);
  const canonical = absoluteUrl(page.path, config);
  const isText = edition === 'text';
  const module = scriptPaths[page.kind] ?? scriptPaths.page;
  const { meta = [], alternates = [], feeds, jsonLdHtml } = isText ? {} : (input.head?.() ?? {});
  const { site, homeFeeds, speculationHtml } = context.memo(`frame ${lang}`, () =>
    sharedFrame(lang, context),
  );
  return {
    site: {
      ...site,
      navigation: site.navigation.map(({ path, ...link }) => ({
        ...link,
        current: path === page.path ? 'page' : path === input.within ? 'true' : undefined,
      })),
    },
    page: {
      kind: page.kind,
      title: page.kind === 'home' ? title : `${title} — ${config.name}`,
      description,
      canonical,
      lang,
      dir,
      robots: isText ? 'noindex' : (input.robots ?? 'max-image-preview:large'),
      meta: isText
        ? []
        : [
            ...pageMeta({ title, description, canonical, ogLocale, type: input.type ?? 'website' }, config),
            ...meta,
          ],
      alternates,
      feeds: feeds ?? (isText ? [] : homeFeeds),
      jsonLdHtml,
      otherEdition: hasTextEdition(page, config)
        ? urlOf(isText ? page.path : textPath(page.path), config)
        : undefined,
      date: input.date,
    },
    assets: {
      styles: urlOf(styles.path, config),
      inlineHtml: styles.inline && inlineStyles(styles.inline, page, input.styleParts ?? []),
      faces: [...(styles.faces[script] ?? [])],
      script: module && urlOf(module, config),
      themeHtml: themeScript,
      speculationHtml,
      public: name => urlOf(`/${name}`, config),
    },
    t,
  };
}

/** Pages without a text of their own. */
const listKinds: ReadonlySet<Page['kind']> = new Set([
  'home',
  'list',
  'archive',
  'directory',
  'feeds',
  'search',
  'notFound',
]);

/**
 * Style sheets of a page. Each part has a `<style>` of its own, so that the content security policy needs one hash per
 * part.
 */
function inlineStyles(
  { story, lists, other, parts }: InlineStyles,
  page: Page,
  needed: readonly StylePart[],
): string {
  if (page.kind !== 'article') return listKinds.has(page.kind) ? lists : other;
  return [story, ...needed.flatMap(part => parts[part] ?? [])].join('</style>\n<style>');
}

/** Creates the part of the frame that is the same on all pages in a language. */
function sharedFrame(lang: string, context: RenderContext) {
  const { config, localeOf, languages, edition, pageUrl, menuUrl } = context;
  const { masthead } = config;
  const menuLink = ({ url, text, lang }: LocalMenuItem): MenuLinkView => ({
    url: menuUrl(url),
    text,
    lang,
    dir: localeOf(lang).dir,
  });
  return {
    site: {
      name: config.name,
      tagline: config.tagline,
      lang: config.nameLang,
      dir: localeOf(config.nameLang).dir,
      taglineLang: config.taglineLang,
      taglineDir: localeOf(config.taglineLang).dir,
      home: { url: pageUrl('/'), text: config.name },
      navigation: config.navigation.map(item => ({ ...menuLink(item), path: item.url })),
      masthead: masthead && {
        logo: urlOf(masthead.logo, config),
        dark: masthead.dark === undefined ? undefined : urlOf(masthead.dark, config),
      },
      policies: policyNames.flatMap(name => {
        const url = config.policies[name];
        return url === undefined ? [] : [{ name, url: menuUrl(url) }];
      }),
      correctionsUrl: pageUrl('/corrections/'),
      footer: config.footer.map(menuLink),
      sections: sectionsOf(lang, context),
      languages: languages.map(tag => ({
        lang: tag,
        dir: localeOf(tag).dir,
        name: languageName(tag),
        url: pageUrl(`/${tag}/`),
      })),
      publisher: config.publisher.name,
      feedsUrl: config.outputs.feeds ? pageUrl('/feeds/') : undefined,
      searchUrl: config.outputs.search && edition === 'full' ? pageUrl('/search/') : undefined,
    },
    homeFeeds: feedLinks({ path: '/', name: config.name }, config),
    speculationHtml: speculationRules(config),
  };
}

/** Links to every overview of the site, so that each can be reached from every page. */
function sectionsOf(lang: string, { config, listPaths, localeOf, pageUrl }: RenderContext): LinkView[] {
  const { t } = localeOf(lang);
  const has = (folder: string) => [...listPaths].some(path => path.startsWith(folder));
  return [
    ...config.desks.map(({ id, name }) => ({ url: pageUrl(`/${id}/`), text: name })),
    ...(has('/topics/') ? [{ url: pageUrl('/topics/'), text: t('topics-heading') }] : []),
    ...(has('/authors/') ? [{ url: pageUrl('/authors/'), text: t('authors-heading') }] : []),
    { url: pageUrl('/archive/'), text: t('archive-heading') },
    { url: pageUrl('/corrections/'), text: t('corrections-heading') },
  ];
}

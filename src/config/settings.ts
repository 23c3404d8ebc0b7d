/**
 * Selects the settings of site.yaml that each stage reads. A stage receives only these, and its cache key
 * contains them as JSON, so the key is complete by construction: code that reads another setting does not
 * compile.
 */
import { type LocalText, langOf, textIn } from '../base/local-text.ts';
import type { Config, Desk, MenuItem, SiteTexts, Topic } from './config.ts';
import type { Outputs } from './outputs.ts';

/** Settings that compiling a source reads. If one of these changes, every source is parsed again. */
export type CompileSettings = Pick<Config, 'lang' | 'timeZone' | 'typography' | 'parser'> & {
  /** Whether the site has search, whose index depends on a hash of each text. */
  search: boolean;
};

/** Selects the settings that compiling a source reads. */
export const compileSettings = ({
  lang,
  timeZone,
  typography,
  parser,
  outputs: { search },
}: Config): CompileSettings => ({ lang, timeZone, typography, parser, search });

/**
 * Settings that planning the site reads: all except the severities of rules, the limits of the work on a file,
 * those of the wire and of deployments, and those that only compiling reads.
 */
export type PlanSettings = Omit<Config, 'typography' | 'parser' | 'rules' | 'limits' | 'wire' | 'deploy'> & {
  /** WebSub hub of the feeds. */
  hub: string | undefined;
};

/** Selects the settings that planning the site reads. */
export const planSettings = ({
  typography: _typography,
  parser: _parser,
  rules: _rules,
  limits: _limits,
  wire: _wire,
  deploy: { webSub },
  ...settings
}: Config): PlanSettings => ({ ...settings, hub: webSub });

/**
 * Settings that rendering a page reads, with their texts in the page's language. If one of these changes, every page
 * is rendered again.
 */
export type RenderSettings<Text = string> = Pick<
  PlanSettings,
  'origin' | 'basePath' | 'lang' | 'timeZone' | 'policies' | 'hub'
> &
  Omit<SiteTexts<Text>, 'desks' | 'topics'> & {
    desks: Omit<Desk<Text>, 'aliases'>[];
    topics: Omit<Topic<Text>, 'aliases'>[];
    outputs: Pick<Outputs, 'feeds' | 'search' | 'articleJson' | 'ninjs' | 'text' | 'redirectPages'>;
    /** WebSub hub of the feeds. */
    hub: string | undefined;
    masthead: Config['theme']['masthead'];
  };

/** Selects the settings that rendering a page reads, in all languages. */
export function renderSettings(config: PlanSettings): RenderSettings<LocalText> {
  const { name, tagline, origin, basePath, lang, timeZone, publisher } = config;
  const { navigation, footer, policies, theme } = config;
  const { feeds, search, articleJson, ninjs, text, redirectPages } = config.outputs;
  return {
    name,
    tagline,
    origin,
    basePath,
    lang,
    timeZone,
    publisher,
    desks: config.desks.map(withoutAliases),
    topics: config.topics.map(withoutAliases),
    navigation,
    footer,
    policies,
    outputs: { feeds, search, articleJson, ninjs, text, redirectPages },
    hub: config.hub,
    masthead: theme.masthead,
  };
}

const withoutAliases = <Item extends { aliases: string[] }>({ aliases: _, ...item }: Item) => item;

/** Settings for pages in a language, with the languages of the texts that they show. */
export interface LocalSettings extends RenderSettings {
  nameLang: string;
  taglineLang: string;
  navigation: LocalMenuItem[];
  footer: LocalMenuItem[];
}

/** A menu item in one language. */
export type LocalMenuItem = MenuItem<string> & { lang: string };

/** Chooses the texts for readers of a language. */
export function settingsIn(settings: RenderSettings<LocalText>, lang: string): LocalSettings {
  const local = (text: LocalText) => textIn(text, lang, settings.lang);
  const tag = (text: LocalText) => langOf(text, lang, settings.lang);
  const optional = (text: LocalText | undefined) => (text === undefined ? undefined : local(text));
  const named = <Item extends { name: LocalText; description: LocalText | undefined }>(item: Item) => ({
    ...item,
    name: local(item.name),
    description: optional(item.description),
  });
  const labelled = (item: MenuItem): LocalMenuItem => ({
    ...item,
    text: local(item.text),
    lang: tag(item.text),
  });
  return {
    ...settings,
    name: local(settings.name),
    nameLang: tag(settings.name),
    tagline: optional(settings.tagline),
    taglineLang: tag(settings.tagline ?? ''),
    publisher: { ...settings.publisher, name: local(settings.publisher.name) },
    desks: settings.desks.map(named),
    topics: settings.topics.map(named),
    navigation: navigationOf(settings).map(labelled),
    footer: settings.footer.map(labelled),
  };
}

/** Main menu: the items in site.yaml, or the desks if there are none. */
export const navigationOf = ({
  navigation,
  desks,
}: Pick<RenderSettings<LocalText>, 'navigation' | 'desks'>): MenuItem[] =>
  navigation.length > 0 ? navigation : desks.map(({ id, name }) => ({ text: name, url: `/${id}/` }));

/**
 * Selects the settings of site.yaml that each stage reads. A stage receives only these, and its cache key
 * contains them as JSON, so the key is complete by construction: code that reads another setting does not
 * compile.
 */
import type { Config, Desk, Topic } from './config.ts';
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
 * those of the wire, and those that only compiling reads.
 */
export type PlanSettings = Omit<Config, 'typography' | 'parser' | 'rules' | 'limits' | 'wire'>;

/** Selects the settings that planning the site reads. */
export const planSettings = ({
  typography: _typography,
  parser: _parser,
  rules: _rules,
  limits: _limits,
  wire: _wire,
  ...settings
}: Config): PlanSettings => settings;

/** Settings that rendering a page reads. If one of these changes, every page is rendered again. */
export type RenderSettings = Pick<
  Config,
  | 'name'
  | 'tagline'
  | 'origin'
  | 'basePath'
  | 'lang'
  | 'timeZone'
  | 'publisher'
  | 'navigation'
  | 'footer'
  | 'policies'
> & {
  desks: Omit<Desk, 'aliases'>[];
  topics: Omit<Topic, 'aliases'>[];
  outputs: Pick<Outputs, 'feeds' | 'search' | 'articleJson' | 'ninjs' | 'text' | 'redirectPages'>;
  masthead: Config['theme']['masthead'];
};

/** Selects the settings that rendering a page reads. */
export function renderSettings(config: PlanSettings): RenderSettings {
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
    masthead: theme.masthead,
  };
}

const withoutAliases = <Item extends { aliases: string[] }>({ aliases: _, ...item }: Item) => item;

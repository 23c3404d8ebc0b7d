/**
 * Which settings of site.yaml each stage reads. A stage is given these and no others, so that its cache key, their JSON, is complete by
 * construction: code that reads another setting does not compile.
 */
import type { Config } from './config.ts';
import type { Outputs } from './outputs.ts';

/** What compiling a source reads. A change of one of these parses every source again. */
export type CompileSettings = Pick<Config, 'lang' | 'timeZone' | 'typography' | 'parser'> & {
  /** Whether the search needs to know which texts changed. */
  search: boolean;
};

/** Picks what compiling a source reads. */
export const compileSettings = ({
  lang,
  timeZone,
  typography,
  parser,
  outputs: { search },
}: Config): CompileSettings => ({ lang, timeZone, typography, parser, search });

/** What planning the site reads: everything except what only compiling reads, and the severity of rules. */
export type PlanSettings = Omit<Config, 'typography' | 'parser' | 'rules'>;

/** Picks what planning the site reads. */
export const planSettings = ({
  typography: _typography,
  parser: _parser,
  rules: _rules,
  ...settings
}: Config): PlanSettings => settings;

/** What rendering a page reads. A change of one of these renders every page again. */
export type RenderSettings = Pick<
  Config,
  | 'name'
  | 'tagline'
  | 'origin'
  | 'basePath'
  | 'lang'
  | 'timeZone'
  | 'publisher'
  | 'desks'
  | 'topics'
  | 'navigation'
  | 'footer'
  | 'policies'
> & {
  outputs: Pick<Outputs, 'feeds' | 'search' | 'articleJson' | 'ninjs' | 'text'>;
  masthead: Config['theme']['masthead'];
};

/** Picks what rendering a page reads. */
export function renderSettings(config: PlanSettings): RenderSettings {
  const { name, tagline, origin, basePath, lang, timeZone, publisher, desks, topics } = config;
  const { navigation, footer, policies, theme } = config;
  const { feeds, search, articleJson, ninjs, text } = config.outputs;
  return {
    name,
    tagline,
    origin,
    basePath,
    lang,
    timeZone,
    publisher,
    desks,
    topics,
    navigation,
    footer,
    policies,
    outputs: { feeds, search, articleJson, ninjs, text },
    masthead: theme.masthead,
  };
}

/** The enrich stage: prepares pictures, recordings, the theme and cards. */
import type { Diagnostic } from '../base/diagnostics.ts';
import { checkPictures, checkRecordings } from '../check/rules.ts';
import { configPath } from '../config/paths.ts';
import type { PlanSettings } from '../config/settings.ts';
import { hashSnapshot, type Snapshot } from '../disk/snapshot.ts';
import { type Card, noCards, planCards } from '../media/cards.ts';
import { readPictures } from '../media/pictures.ts';
import type { Recipe } from '../media/recipes.ts';
import { readRecordings } from '../media/recordings.ts';
import { type ContextInput, createRenderContext } from '../render/context.ts';
import { createTemplates } from '../render/templates.ts';
import type { CardPaths } from '../site/cards.ts';
import type { Site } from '../site/model.ts';
import type { PictureMaps, RecordingMaps } from '../site/pages.ts';
import { pictureFilesOf } from './picture-files.ts';
import type { Stage } from './run.ts';
import { contextOf, readTheme, type Theme } from './theme.ts';

export interface EnrichKey {
  snapshot: Snapshot;
  settings: PlanSettings;
  /** Whether pages link to the style sheet, regardless of site.yaml. */
  linkStyles: boolean;
  /** Whether the build writes the site, which `check` does not. */
  publishes: boolean;
}

export interface EnrichInput extends EnrichKey {
  site: Site;
  /** The build's clock, in milliseconds since the epoch. */
  now: number;
}

/** Everything besides text that pages are made of: the theme, pictures, recordings and cards. */
export interface Media {
  theme: Theme;
  /** Data that all pages are rendered with. */
  context: ContextInput;
  pictures: PictureMaps;
  recordings: RecordingMaps;
  recipes: Recipe[];
  cards: Card[];
  cardPaths: CardPaths;
  cardStyles: string;
}

export interface Enriched {
  /** Media of all pages; undefined if a file of the theme is invalid. */
  media: Media | undefined;
  /**
   * Pictures, recordings and cards of the documents. Without them, pages could not be planned if the theme is
   * invalid.
   */
  maps: { pictures: PictureMaps; recordings: RecordingMaps; cardPaths: CardPaths };
  diagnostics: Diagnostic[];
  /**
   * Media files and artifact keys that the site uses; the media store may remove all others. Undefined if cards
   * could not be drawn, because the next build may be able to draw them.
   */
  kept: { sources: ReadonlySet<string>; keys: ReadonlySet<string> } | undefined;
  /** When the files of a picture change without an edit, in milliseconds since the epoch. */
  until: number | undefined;
}

/**
 * Hash of everything that the stage reads besides the site: the settings, and every file except the Markdown
 * sources and site.yaml.
 * @returns undefined if a file changed a moment ago
 */
export function enrichKey({ snapshot, settings, linkStyles, publishes }: EnrichKey): string | undefined {
  const sources = new Set([...snapshot.content.markdown, configPath]);
  return hashSnapshot(snapshot, [settings, linkStyles, publishes], path => !sources.has(path));
}

/** Enrich stage. Its result is saved as part of the plan; pictures and recordings are cached one by one. */
export const enrich: Stage<EnrichInput, Enriched> = {
  name: 'enrich',
  async run({ snapshot, linkStyles, publishes, site, now }, { media: tools, progress }) {
    const files = pictureFilesOf(snapshot);
    const store = tools.store();
    const { reader, limits } = tools;
    const pictures = await readPictures(site, files, { store, reader, limits, now, progress });
    const recordings = await readRecordings(site, files, { store, reader, limits });
    const { theme, diagnostics: themeDiagnostics } = await readTheme(snapshot, site, linkStyles);
    const context = theme && contextOf(site, theme, pictures.maps);
    const cards =
      theme && context && site.config.outputs.cards
        ? await planCards({
            site,
            pictures: pictures.maps,
            context: createRenderContext(context, createTemplates(theme.templates)),
            templateFiles: theme.templates.files,
            store,
            publishes,
            draw: tools.draw,
          })
        : noCards;
    const maps = { pictures: pictures.maps, recordings: recordings.maps, cardPaths: cards.paths };
    const { recipes, until } = pictures;
    return {
      media: theme &&
        context && { theme, context, ...maps, recipes, cards: cards.cards, cardStyles: cards.styles },
      maps,
      until,
      diagnostics: [
        ...themeDiagnostics,
        ...checkPictures(pictures.uses),
        ...checkRecordings(recordings.uses),
        ...pictures.diagnostics,
        ...recordings.diagnostics,
        ...cards.diagnostics,
      ],
      kept:
        cards.diagnostics.length > 0
          ? undefined
          : {
              sources: new Set([...pictures.sources, ...recordings.sources]),
              keys: new Set([...pictures.keys, ...cards.cards.map(({ key }) => key)]),
            },
    };
  },
};

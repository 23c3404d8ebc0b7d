/**
 * Cards, the preview pictures of stories without pictures: decides which stories need one, and draws them.
 */
import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import { installCommand, isInstalled } from '../base/optional-packages.ts';
import type { OutputFile } from '../base/output-file.ts';
import { outputs } from '../config/outputs.ts';
import { configPath } from '../config/paths.ts';
import { OutputError } from '../disk/output-error.ts';
import { readCardStyles } from '../emit/styles.ts';
import { cardHtml, cardStory } from '../render/card.ts';
import type { RenderContext } from '../render/context.ts';
import { TemplateError } from '../render/templates.ts';
import { type CardPaths, cardFolder, hasPreview } from '../site/cards.ts';
import type { Site } from '../site/model.ts';
import type { PictureMaps } from '../site/pages.ts';
import { drawableText, fontVersions } from './fonts.ts';
import type { MediaStore } from './store.ts';
import type { DrawCard } from './takumi.ts';

/** Input for drawing a card, except the styles, which all cards share. */
export interface Card {
  /** Hash of everything that the drawing depends on; also the file's name, without its extension. */
  key: string;
  html: string;
  /** Language tag of the story (BCP 47). */
  lang: string;
  /** Source of the story, or of the first story if several share the card. */
  source: string;
}

export interface Cards {
  paths: CardPaths;
  cards: Card[];
  /** CSS of all cards. */
  styles: string;
  diagnostics: Diagnostic[];
}

export const noCards: Cards = { paths: new Map(), cards: [], styles: '', diagnostics: [] };

const library = outputs.cards.needs;

/**
 * Library that draws cards, with the version that Broadsheet is tested with. It is part of every card's key, so
 * a new version of both draws all cards again. A site that installs another version keeps the cards it has.
 */
export const drawer = `${library.name} ${library.version}`;
const version = 1;

const fileName = 'card.png';

export interface CardInput {
  site: Site;
  pictures: PictureMaps;
  context: RenderContext;
  templateFiles: ReadonlyMap<string, string>;
  store: MediaStore;
  /** Whether the build publishes the cards. Only then does planning check that they can be drawn. */
  publishes: boolean;
  draw: Drawing['draw'];
}

/**
 * Renders the HTML of the card of every story that needs one. If the build publishes cards but this machine
 * cannot draw them, warns and omits those that are not in the store.
 * @returns no cards, only a diagnostic, if a template or style sheet is invalid
 */
export async function planCards(input: CardInput): Promise<Cards> {
  const { templateFiles, context, store, publishes, draw } = input;
  let styles: string;
  let named: ReturnType<typeof nameCards>;
  try {
    styles = readCardStyles(templateFiles, input.site.config.theme);
    named = nameCards(input, styles);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { ...noCards, diagnostics: [error.toDiagnostic()] };
  }
  const { keys, cards } = named;
  const diagnostics: Diagnostic[] = [];
  const isStored = (key: string) => store.has(key, fileName);
  if (publishes && ![...cards.keys()].every(isStored)) {
    try {
      await draw();
    } catch (error) {
      diagnostics.push(unavailable(error as Error));
      for (const key of cards.keys()) if (!isStored(key)) cards.delete(key);
    }
  }
  return {
    paths: new Map(
      [...keys].filter(([, key]) => cards.has(key)).map(([source, key]) => [source, cardPath(key)]),
    ),
    cards: [...cards.values()],
    styles,
    diagnostics,
  };

  function nameCards({ site, pictures }: CardInput, css: string) {
    const base = hashOf(JSON.stringify([version, drawer, fontVersions, css]));
    const keys = new Map<string, string>();
    const cards = new Map<string, Card>();
    for (const entry of site.articles) {
      if (hasPreview(entry, pictures.get(entry.source))) continue;
      const { source, lang } = entry;
      const html = drawableText(cardHtml(cardStory(entry), context));
      if (html === undefined) continue;
      const key = hashOf(JSON.stringify([base, html, lang]), 'hex');
      keys.set(source, key);
      if (!cards.has(key)) cards.set(key, { key, html, lang, source });
    }
    return { keys, cards };
  }
}

/** Path of a card, from the site's root. @param key the card's key */
export const cardPath = (key: string): string => `/${cardFolder}/${key}.png`;

/** Loads the library that draws cards. @throws Error if it has no binary for this machine */
export const loadDrawing = (): Promise<DrawCard> =>
  import('./takumi.ts').then(({ createDrawing }) => createDrawing());

/** Input for drawing besides the card itself. */
export interface Drawing {
  styles: string;
  store: MediaStore;
  /** Returns the function that draws cards. Loads the drawing library on the first call. */
  draw: () => Promise<DrawCard>;
  /** Called after a card is drawn. Cards that are already in the store are not drawn. */
  onDrawn: () => void;
}

/**
 * Finds the file of a card, and draws it if the store does not have it.
 * @throws OutputError if it cannot be drawn
 */
export async function publishCard(
  { key, html, lang, source }: Card,
  { styles, store, draw, onDrawn }: Drawing,
): Promise<OutputFile[]> {
  let copyFrom = store.find(key, fileName);
  if (copyFrom === undefined) {
    copyFrom = store.write(key, fileName, await drawOrExplain());
    onDrawn();
  }
  return [{ path: cardPath(key).slice(1), copyFrom }];

  async function drawOrExplain(): Promise<Uint8Array> {
    try {
      const drawCard = await draw();
      return await drawCard(html, styles, lang);
    } catch (error) {
      const { message } = error as Error;
      throw new OutputError(
        `The link preview card for ${source} cannot be drawn (${message}). Fix templates/card.html or templates/styles/card.css, or set 'outputs: {cards: false}' in ${configPath}. The existing site is unchanged.`,
      );
    }
  }
}

const unavailable = ({ message }: Error): Diagnostic =>
  isInstalled(library)
    ? createDiagnostic(configPath, 'warning', 'cards-unavailable/platform', undefined, {
        cause: /^[^.\n]*/.exec(message)![0],
      })
    : createDiagnostic(configPath, 'warning', 'cards-unavailable/absent', undefined, {
        name: library.name,
        command: installCommand(library),
      });

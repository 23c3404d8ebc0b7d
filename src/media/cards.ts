/** The stage of the cards: which stories get one, at which address, and how it comes about. */

import { createDiagnostic, type Diagnostic } from '../base/diagnostics.ts';
import { hashOf } from '../base/hash.ts';
import type { PictureStore } from '../cache/media.ts';
import { configPath } from '../config/config.ts';
import { OutputError } from '../disk/staging.ts';
import { readCardStyles } from '../emit/styles.ts';
import { type CardStory, cardHtml, cardStory } from '../render/card.ts';
import type { RenderContext } from '../render/context.ts';
import type { OutputFile } from '../render/page.ts';
import { TemplateError } from '../render/templates.ts';
import { type CardPaths, cardFolder, hasPreview } from '../site/cards.ts';
import type { Site } from '../site/model.ts';
import type { PictureMaps } from '../site/plan.ts';
import { drawableText, fontVersions } from './fonts.ts';
import type { DrawCard } from './takumi.ts';

export interface CardMaking {
  name: string;
  input: string;
  make: () => Promise<OutputFile[]>;
}

export interface Cards {
  paths: CardPaths;
  makings: CardMaking[];
  /** Of the files that the cache keeps. */
  keys: string[];
  diagnostics: Diagnostic[];
}

export const noCards: Cards = { paths: new Map(), makings: [], keys: [], diagnostics: [] };

/** A change of what draws them gives every card a new address. Its version is checked in the tests. */
export const drawer = '@takumi-rs/core 2.16.3';
const version = 1;

const fileName = 'card.png';

/** Cards made between two writings of what the cache has. */
const savedAfter = 500;

export interface CardInput {
  site: Site;
  pictures: PictureMaps;
  context: RenderContext;
  templateFiles: ReadonlyMap<string, string>;
  store: PictureStore;
  /** Whether the cards are to be made, and not only planned. */
  made: boolean;
  progress: (done: number, of: number) => void;
}

/** What is in the cache is not drawn again. Where nothing can be drawn there are the cards of the cache alone. */
export async function planCards(input: CardInput): Promise<Cards> {
  const { templateFiles, context, store, made, progress } = input;
  let css: string;
  let named: ReturnType<typeof nameCards>;
  try {
    css = readCardStyles(templateFiles, context.config.look);
    named = nameCards(input, css);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { ...noCards, diagnostics: [error.toDiagnostic()] };
  }
  const { keys, stories } = named;
  const diagnostics: Diagnostic[] = [];
  const load = createLoader();
  const isKnown = (key: string) => store.has(key, fileName);
  if (made && ![...stories.keys()].every(isKnown)) {
    try {
      await load();
    } catch (error) {
      diagnostics.push(unavailable(error as Error));
      for (const key of stories.keys()) if (!isKnown(key)) stories.delete(key);
    }
  }
  let done = 0;
  const draw = async (key: string, story: CardStory): Promise<string> => {
    const bytes = await drawCard(story, css, context, load);
    const path = store.write(key, fileName, bytes);
    progress(++done, stories.size);
    if (done % savedAfter === 0) store.save();
    return path;
  };
  return {
    paths: new Map(
      [...keys].filter(([, key]) => stories.has(key)).map(([source, key]) => [source, pathOf(key)]),
    ),
    makings: [...stories].map(([key, story]) => ({
      name: pathOf(key),
      // The name says what is in it.
      input: 'card',
      make: async () => {
        const copyFrom = store.find(key, fileName) ?? (await draw(key, story));
        return [{ path: pathOf(key).slice(1), copyFrom }];
      },
    })),
    keys: [...stories.keys()],
    diagnostics,
  };
}

const pathOf = (key: string): string => `/${cardFolder}/${key}.png`;

/** The keys of the cards by the source of their stories, and the story of each: the first of those whose cards are the same. */
function nameCards(
  { site, pictures, context }: CardInput,
  css: string,
): { keys: Map<string, string>; stories: Map<string, CardStory> } {
  const look = hashOf(JSON.stringify([version, drawer, fontVersions, css]));
  const keys = new Map<string, string>();
  const stories = new Map<string, CardStory>();
  for (const entry of site.articles) {
    if (hasPreview(entry, pictures.get(entry.source))) continue;
    const story = cardStory(entry);
    const html = drawableText(cardHtml(story, context));
    if (html === undefined) continue;
    const key = hashOf(JSON.stringify([look, html, story.lang]), 'hex');
    keys.set(story.source, key);
    if (!stories.has(key)) stories.set(key, story);
  }
  return { keys, stories };
}

function createLoader(): () => Promise<DrawCard> {
  let drawing: Promise<DrawCard> | undefined;
  return () => {
    drawing ??= import('./takumi.ts').then(({ loadDrawing }) => loadDrawing());
    return drawing;
  };
}

async function drawCard(
  story: CardStory,
  css: string,
  context: RenderContext,
  load: () => Promise<DrawCard>,
): Promise<Uint8Array> {
  try {
    const draw = await load();
    return await draw(drawableText(cardHtml(story, context))!, css, story.lang);
  } catch (error) {
    const { message } = error as Error;
    throw new OutputError(
      `The card of ${story.source} cannot be drawn (${message}). Correct templates/card.html and templates/styles/card.css, or write 'outputs: {cards: false}' into ${configPath}; the site is as it was.`,
    );
  }
}

const unavailable = ({ message }: Error): Diagnostic =>
  createDiagnostic(configPath, 'warning', 'cards-unavailable', undefined, {
    cause: /^[^.\n]*/.exec(message)![0],
  });

/** Renders a task: a page with the files beside it, or the feeds of a list. */
import type { Article, ContentDocument } from '../article/model.ts';
import type { OutputFile } from '../base/output-file.ts';
import { emitChartData } from '../emit/chart-data.ts';
import { emitFeeds, type FeedEntry } from '../emit/feeds.ts';
import { emitStoryFiles } from '../emit/outputs.ts';
import { bodyHtml } from '../render/body-html.ts';
import {
  type ContextInput,
  createRenderContext,
  createTextContext,
  type TextEditionInput,
} from '../render/context.ts';
import { renderPage } from '../render/page.ts';
import { createTemplates, type TemplatesInput } from '../render/templates.ts';
import type { Teaser } from '../site/model.ts';
import type { ListHead, RenderedPage, Shown } from '../site/pages.ts';
import { mapTeasers } from '../site/teasers.ts';
import { hasTextEdition } from '../site/text-edition.ts';
import type { DocumentRef } from './document-reader.ts';

export interface FeedStory extends Shown {
  entry: FeedEntry;
}

/**
 * A task for workers, without its documents. Listed stories are keys of the setup's `teasers`, so that each
 * story is sent to a worker only once.
 */
export type RenderTask =
  | { kind: 'page'; page: RenderedPage<string> }
  | { kind: 'feeds'; list: ListHead; stories: FeedStory[] };

/** A render task in the form in which a worker receives it. */
export interface RenderJob {
  name: string;
  /** RenderTask as JSON. */
  task: string;
  /** The page's document, if it has one, or the document of each story in the feeds. */
  documents: DocumentRef[];
}

/** Data that all render tasks share, in a form that can be sent to a worker. */
export interface RenderSetup {
  context: ContextInput;
  /** Input of the text edition; undefined if the site has none. */
  textEdition: TextEditionInput | undefined;
  templates: TemplatesInput;
  /** Teasers by key, as JSON. */
  teasers: string;
}

/**
 * Creates the renderer of tasks.
 * @returns a function that renders one task and may throw a TemplateError
 */
export function createTaskRenderer(
  { context: input, textEdition, templates, teasers: teaserText }: RenderSetup,
  readDocument: (ref: DocumentRef) => ContentDocument<unknown>,
): (job: RenderJob) => OutputFile[] {
  const teasers = JSON.parse(teaserText) as Record<string, Teaser>;
  const context = createRenderContext(input, createTemplates(templates));
  const textContext = textEdition && createTextContext(context, textEdition);
  const feedBodies = new Map<string, string>();

  const renderFeeds = (list: ListHead, stories: readonly FeedStory[], documents: readonly DocumentRef[]) =>
    emitFeeds(
      list,
      stories,
      (story, index) => {
        const { path } = story.entry;
        const html =
          feedBodies.get(path) ??
          bodyHtml(
            readDocument(documents[index]!),
            { ...story, path },
            'elsewhere',
            context,
            story.entry.meta.type,
          );
        feedBodies.set(path, html);
        return html;
      },
      context.inLanguage(list.lang),
    );

  const renderWithFiles = (page: RenderedPage, document: ContentDocument<unknown> | undefined) => {
    const files = [renderPage(page, context, document)];
    if (textContext && hasTextEdition(page, context.config))
      files.push(renderPage(page, textContext, document));
    if (document) files.push(...emitChartData(page.path, document));
    if (page.kind === 'article') files.push(...emitStoryFiles(page, document as Article, context));
    return files;
  };

  return job => {
    const task = JSON.parse(job.task) as RenderTask;
    if (task.kind === 'feeds') return renderFeeds(task.list, task.stories, job.documents);
    const [ref] = job.documents;
    return renderWithFiles(
      mapTeasers(task.page, key => teasers[key]!),
      ref && readDocument(ref),
    );
  };
}

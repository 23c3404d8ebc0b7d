import type { ElementContent } from 'hast';
import type { Figure, ImageFigure, TableFigure, TimelineFigure } from '../../article/model.ts';
import { assertUnreachable } from '../../base/diagnostics.ts';
import { creditLine, pictureOptions } from '../../site/pictures.ts';
import { pictureView, plainPictureView } from '../picture.ts';
import type { ImageView, TableView, TimelineView } from '../views.ts';
import { chart } from './chart.ts';
import { flowHtml, type HandlerContext, renderElement, type State } from './context.ts';
import { audio, video } from './recording.ts';

/** Renders a figure with the element template of its kind. @returns undefined for a picture without a file */
export function figure(state: State, node: Figure, context: HandlerContext): ElementContent | undefined {
  switch (node.kind) {
    case 'image':
      return image(node, context);
    case 'table':
      return table(state, node, context);
    case 'chart':
      return chart(node, context);
    case 'timeline':
      return timeline(node, context);
    case 'video':
      return video(node, context);
    case 'audio':
      return audio(node, context);
    default:
      return assertUnreachable(node);
  }
}

function image(node: ImageFigure, context: HandlerContext): ElementContent | undefined {
  const { picture, pictureUrl, where, first } = context;
  const shown = picture(node.src);
  if (!shown) return undefined;
  const { rights } = shown;
  const view = {
    id: node.id,
    picture: (where === 'page' ? pictureView : plainPictureView)(shown, pictureUrl),
    first: where === 'page' && node === first,
    width: pictureOptions(node.src).width,
    alt: node.alt.trim() || rights.alt || '',
    caption: node.caption ?? rights.caption,
    credit: node.credit ?? creditLine(rights),
  };
  return renderElement<ImageView>('image', view, context);
}

function table(state: State, node: TableFigure, context: HandlerContext): ElementContent {
  const { id, caption, credit, source } = node;
  const view = { id, caption, credit, source, html: flowHtml(state, node) };
  return renderElement<TableView>('table', view, context);
}

function timeline(node: TimelineFigure, context: HandlerContext): ElementContent {
  const { id, caption, credit, source } = node;
  const events = node.events.map(({ date, text }) => ({ ...context.locale.eventDate(date), text }));
  return renderElement<TimelineView>('timeline', { id, caption, credit, source, events }, context);
}

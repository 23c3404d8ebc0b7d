import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Nodes, Parents } from 'mdast';
import type { Figure, ImageFigure, TableFigure, TimelineFigure } from '../../article/model.ts';
import { assertUnreachable } from '../../base/diagnostics.ts';
import { creditLine, pictureOptions } from '../../site/pictures.ts';
import { largeUrl, pictureView, plainPictureView } from '../picture.ts';
import type { ImageView, TableView, TimelineView } from '../views.ts';
import { captionOf } from './caption.ts';
import { chart } from './chart.ts';
import { flowHtml, type HandlerContext, renderElement, type State } from './context.ts';
import { audio, video } from './recording.ts';

/**
 * Renders a figure with the element template of its kind.
 * @returns undefined for a picture without a file, and for the second picture of a pair
 */
export function figure(
  state: State,
  node: Figure,
  parent: Parents | undefined,
  context: HandlerContext,
): ElementContent | undefined {
  switch (node.kind) {
    case 'image':
      return context.where === 'page' ? pairOrImage(node, parent, context) : image(node, context);
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

/**
 * Renders a picture of the width `pair` together with the next one, if that has the same width. Pictures are
 * paired from the first of a row.
 */
function pairOrImage(
  node: ImageFigure,
  parent: Parents | undefined,
  context: HandlerContext,
): ElementContent | undefined {
  if (!isOfPair(node)) return image(node, context);
  const siblings: readonly Nodes[] = parent?.children ?? [];
  const at = siblings.indexOf(node);
  const start = siblings.findLastIndex((sibling, index) => index < at && !isOfPair(sibling)) + 1;
  if ((at - start) % 2 === 1) return undefined;
  const next = siblings[at + 1];
  const [one, other] = [node, next].map(picture =>
    picture && isOfPair(picture) ? image(picture, context) : undefined,
  );
  return one && other ? h('div', { className: ['pair'] }, [one, other]) : (one ?? other);
}

const isOfPair = (node: Nodes): node is ImageFigure =>
  node.type === 'figure' && node.kind === 'image' && pictureOptions(node.src).width === 'pair';

function image(node: ImageFigure, context: HandlerContext): ElementContent | undefined {
  const { picture, pictureUrl, where, first } = context;
  const shown = picture(node.src);
  if (!shown) return undefined;
  const { rights } = shown;
  const view = {
    id: node.id,
    picture: (where === 'page' ? pictureView : plainPictureView)(shown, pictureUrl),
    first: where === 'page' && node === first,
    width: pictureOptions(node.src).width ?? (context.type === 'photo-essay' ? 'wide' : 'text'),
    largeUrl: where === 'page' ? largeUrl(shown, pictureUrl) : undefined,
    alt: node.alt.trim() || rights.alt || '',
    ...captionOf(
      { ...node, caption: node.caption ?? rights.caption, credit: node.credit ?? creditLine(rights) },
      context,
    ),
    creditKind: node.credit === undefined ? undefined : node.creditKind,
  };
  return renderElement<ImageView>('image', view, context);
}

function table(state: State, node: TableFigure, context: HandlerContext): ElementContent {
  const { id, credit, creditKind, source, layout: width = 'text' } = node;
  const { caption } = node;
  const view = { id, caption, credit, creditKind, source, width, html: flowHtml(state, node) };
  return renderElement<TableView>('table', view, context);
}

function timeline(node: TimelineFigure, context: HandlerContext): ElementContent {
  const { id, caption, credit, source, layout: width = 'text' } = node;
  const events = node.events.map(({ date, text }) => ({ ...context.locale.eventDate(date), text }));
  return renderElement<TimelineView>('timeline', { id, caption, credit, source, width, events }, context);
}

/**
 * Renders the structured document as HTML: remark-rehype converts mdast to hast, and the element templates
 * render our own nodes.
 */
import type { ElementContent, Nodes as HastNodes } from 'hast';
import type { Parents, Root } from 'mdast';
import remarkRehype from 'remark-rehype';
import { VFile } from 'vfile';
import type { WorkType } from '../article/keys.ts';
import type { ArticleSection, Figure } from '../article/model.ts';
import { blocksOf, walk } from '../article/walk.ts';
import { completeFragment } from './fragments.ts';
import { type BodyContext, type HandlerContext, type State, toHtml } from './handlers/context.ts';
import { figure } from './handlers/figure.ts';
import { createHandlers } from './handlers/handlers.ts';
import { articleSection } from './handlers/section.ts';

/** Maximum number of paragraphs in an opening. */
const openingLength = 3;

/** HTML of a body. */
export interface BodyParts {
  /** Figure that begins the body, if the type of the story shows it in its header; otherwise empty. */
  lead: string;
  /** Opening: at most three paragraphs, and no section. */
  opening: string;
  rest: string;
}

/** Types of stories whose header shows the figure that begins the text. */
const leadTypes: ReadonlySet<WorkType | undefined> = new Set(['photo-essay', 'video', 'audio', 'obituary']);

/**
 * Renders a body as HTML that is safe to print. Raw HTML comes only from templates, because the model
 * contains none.
 * @returns the parts of the body in order
 * @throws TemplateError
 */
export function renderBody(body: Root, context: BodyContext): BodyParts {
  const { t } = context.locale;
  const handlerContext: HandlerContext = { ...context, first: body.children[0] };
  const sections = new Set<ElementContent>();
  let lead: ElementContent | undefined;
  const toHast = remarkRehype({
    handlers: {
      ...createHandlers(handlerContext),
      root: (state: State) => state.wrap(state.all(body)) as ElementContent[],
      articleSection(state: State, node: ArticleSection) {
        const section = articleSection(state, node, handlerContext);
        sections.add(section);
        return section;
      },
      figure(state: State, node: Figure, parent: Parents | undefined) {
        const element = figure(state, node, parent, handlerContext);
        if (node === handlerContext.first && leadTypes.has(context.type)) lead = element;
        return element;
      },
    },
    clobberPrefix: 'note:',
    footnoteLabel: t('footnotes-label'),
    footnoteBackLabel: (index, again) =>
      t('footnote-back', { n: again > 1 ? `${index + 1}-${again}` : String(index + 1) }),
  });
  // The handler of `root` renders the body, so the input is needed only for footnotes. An empty tree saves
  // remark-rehype half of its time, which it spends searching for footnotes.
  const hasNotes = blocksOf(body, 'footnoteDefinition').length > 0;
  const tree = toHast(hasNotes ? body : { type: 'root', children: [] }, new VFile());
  // remark-rehype adds the footnote list after all handlers have run, so its fragment links are completed
  // here.
  if (context.pageUrl !== '') {
    walk<HastNodes>(tree, node => {
      if (node.type === 'element') completeFragment(node, context.pageUrl);
    });
  }
  const children = tree.children as ElementContent[];
  const start = lead ? children.indexOf(lead) + 1 : 0;
  const split = openingEnd(children, sections);
  return {
    lead: toHtml(children.slice(0, start)),
    opening: toHtml(children.slice(start, split)),
    rest: toHtml(children.slice(Math.max(start, split))),
  };
}

/** Index of the first node after the opening. */
function openingEnd(children: readonly ElementContent[], sections: ReadonlySet<ElementContent>): number {
  let paragraphs = 0;
  const found = children.findIndex(
    node =>
      sections.has(node) ||
      (node.type === 'element' &&
        (node.tagName === 'section' || (node.tagName === 'p' && ++paragraphs > openingLength))),
  );
  return found < 0 ? children.length : found;
}

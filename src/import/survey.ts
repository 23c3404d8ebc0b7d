/** First pass over an archive: everything but the stories' texts. */
import { detached } from './detached.ts';
import type {
  ImportedAuthor,
  ImportedBody,
  ImportedItem,
  ImportedMedia,
  ImportedMenuItem,
  ImportedSite,
  ImportedStory,
  ImportedTerm,
  SourcePlace,
} from './model.ts';

/** The facts of a story that the plan needs. */
export type StoryOutline = Pick<
  ImportedStory,
  | 'id'
  | 'kind'
  | 'title'
  | 'slug'
  | 'published'
  | 'updated'
  | 'lang'
  | 'translationGroup'
  | 'state'
  | 'authors'
  | 'terms'
  | 'urls'
  | 'place'
>;

/** A correction that the archive stores apart from its story. */
export interface SeparateCorrection {
  date: string | undefined;
  text: string;
}

export interface Survey {
  site: ImportedSite;
  authors: Map<string, ImportedAuthor>;
  terms: Map<string, ImportedTerm>;
  library: Map<string, ImportedMedia>;
  snippets: Map<string, ImportedBody>;
  corrections: Map<string, SeparateCorrection[]>;
  menu: ImportedMenuItem[];
  redirects: { from: string; to: string }[];
  stories: StoryOutline[];
  /** Kinds of items that are not imported: how many, and an example. */
  leftOut: Map<string, { count: number; example: string; place: SourcePlace }>;
  problems: { place: SourcePlace; reason: string; isRemark?: boolean }[];
}

/** Collects everything that a reader yields. Of repeated keys, the first counts; facts about an author are combined. */
export async function surveyArchive(
  items: AsyncIterable<ImportedItem> | Iterable<ImportedItem>,
): Promise<Survey> {
  const survey: Survey = {
    site: {},
    authors: new Map(),
    terms: new Map(),
    library: new Map(),
    snippets: new Map(),
    corrections: new Map(),
    menu: [],
    redirects: [],
    stories: [],
    leftOut: new Map(),
    problems: [],
  };
  const ids = new Set<string>();
  for await (const item of items) addItem(survey, item.kind === 'story' ? item : detached(item), ids);
  for (const story of survey.stories)
    story.terms = [...new Set(story.terms.flatMap(key => survey.terms.get(key)?.key ?? []))];
  return survey;
}

function addItem(survey: Survey, item: ImportedItem, ids: Set<string>): void {
  switch (item.kind) {
    case 'site':
      survey.site = { ...item.site, ...withoutUndefined(survey.site) };
      break;
    case 'author':
      survey.authors.set(item.author.key, {
        ...item.author,
        ...withoutUndefined(survey.authors.get(item.author.key) ?? {}),
      });
      break;
    case 'term':
      addFirst(survey.terms, item.term.key, item.term);
      if (item.term.otherKey !== undefined)
        addFirst(survey.terms, item.term.otherKey, survey.terms.get(item.term.key)!);
      break;
    case 'media':
      addFirst(survey.library, item.media.id, item.media);
      break;
    case 'menu':
      survey.menu.push(item.item);
      break;
    case 'redirect':
      survey.redirects.push({ from: item.from, to: item.to });
      break;
    case 'snippet':
      addFirst(survey.snippets, item.id, item.body);
      break;
    case 'correction': {
      const { date, text } = item;
      survey.corrections.set(item.story, [...(survey.corrections.get(item.story) ?? []), { date, text }]);
      break;
    }
    case 'story':
      addStory(survey, item.story, ids);
      break;
    case 'left-out': {
      const known = survey.leftOut.get(item.what);
      if (known) known.count++;
      else survey.leftOut.set(item.what, { count: 1, example: item.example, place: item.place });
      break;
    }
    case 'problem':
      survey.problems.push({ place: item.place, reason: item.reason, isRemark: item.isRemark ?? false });
      break;
    case 'comment':
      break;
  }
}

function addStory(survey: Survey, story: ImportedStory, ids: Set<string>): void {
  if (ids.has(story.id)) {
    survey.problems.push({
      place: story.place,
      reason: `The id ${story.id} occurs more than once. Only the first story with it is imported.`,
    });
    return;
  }
  const { id, kind, title, slug, published, updated, lang } = story;
  const { translationGroup, state, authors, terms, urls, place } = story;
  const outline = {
    id,
    kind,
    title,
    slug,
    published,
    updated,
    lang,
    translationGroup,
    state,
    authors,
    terms,
    urls,
    place,
  };
  const kept = detached(outline);
  ids.add(kept.id);
  survey.stories.push(kept);
}

function addFirst<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}

const withoutUndefined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Value;

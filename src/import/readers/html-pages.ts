/** Reads folders of saved pages. The story in a page is found with JSON-LD, Open Graph and landmarks. */
import { posix } from 'node:path';
import type { Element, Root } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { toHtml } from 'hast-util-to-html';
import { parse } from 'parse5';
import { readText, sizeOf } from '../../disk/files.ts';
import { attribute, findAll, hasClass, isElement, plainOf, replaceAll } from '../html/tree.ts';
import type { ImportedItem, ImportedPicture, ImportedStory, ImportSource, Reader } from '../model.ts';

const isPage = (name: string): boolean => /\.x?html?$/i.test(name);
const sizeLimit = 10_000_000;

const pagesOf = ({ path, isFolder, files }: ImportSource): string[] =>
  isFolder ? files.filter(isPage).map(file => posix.join(path, file)) : isPage(path) ? [path] : [];

export const htmlPages: Reader = {
  name: 'html',
  label: 'HTML pages',
  detect: source => pagesOf(source).length > 0,
  *read(source) {
    for (const path of pagesOf(source)) {
      const place = {
        file: source.isFolder ? posix.relative(source.path, path) : posix.basename(path),
        line: 1,
      };
      if (sizeOf(path) > sizeLimit)
        yield {
          kind: 'problem',
          place,
          reason: `The page has more than ${sizeLimit / 1e6} MB and is not imported. Remove what is repeated.`,
        };
      else yield* pageItems(fromParse5(parse(readText(path))) as Root, place);
    }
  },
};

type Data = Readonly<Record<string, unknown>>;

/** Types of schema.org that are stories. */
const storyType = /(?:Article|BlogPosting|Report|Review)$/;

function* pageItems(page: Root, place: { file: string; line: number }): Iterable<ImportedItem> {
  const data =
    linkedData(page).find(item => [item['@type']].flat().some(type => storyType.test(String(type)))) ?? {};
  const meta = metaOf(page);
  const content = contentOf(page);
  const url = canonicalOf(page) ?? meta('og:url');
  const title = textOf(data.headline) ?? meta('og:title') ?? titleOf(page);
  if (!content || title === undefined) {
    yield { kind: 'left-out', what: 'pages without a recognizable story', place, example: place.file };
    return;
  }
  yield {
    kind: 'site',
    site: {
      name: meta('og:site_name') ?? nameOf(data.publisher),
      lang: languageOf(page),
      url: url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined,
    },
  };
  const authors =
    namesOf(data.author) ??
    [meta('article:author') ?? meta('author') ?? []].flat().filter(name => !/^https?:/.test(name));
  for (const name of authors) yield { kind: 'author', author: { key: name, name, slug: name, urls: [] } };
  const section = textOf([data.articleSection].flat()[0]) ?? meta('article:section');
  const tags = [data.keywords ?? []]
    .flat()
    .flatMap(value => String(value).split(/\s*,\s*/))
    .filter(Boolean);
  const terms = [
    ...(section ? [{ name: section, kind: 'category' as const }] : []),
    ...tags.map(name => ({ name, kind: 'tag' as const })),
  ];
  for (const { name, kind } of terms)
    yield { kind: 'term', term: { key: `${kind}:${name}`, name, slug: name, kind, urls: [] } };
  const standfirst = textOf(data.description) ?? meta('og:description') ?? meta('description');
  const path = url !== undefined && URL.canParse(url) ? new URL(url).pathname : `/${place.file}`;
  const published = textOf(data.datePublished) ?? meta('article:published_time') ?? meta('date');
  const slug =
    path
      .split('/')
      .filter(Boolean)
      .at(-1)
      ?.replace(/\.x?html?$/i, '') ?? 'index';
  const story: ImportedStory = {
    id: place.file,
    kind: published === undefined ? 'page' : 'story',
    place,
    title,
    slug: slug === 'index' ? (path.split('/').filter(Boolean).at(-2) ?? slug) : slug,
    standfirst,
    published,
    updated: textOf(data.dateModified) ?? meta('article:modified_time'),
    state: 'published',
    authors,
    terms: terms.map(({ name, kind }) => `${kind}:${name}`),
    lead: leadOf(data.image, meta('og:image'), meta('og:image:alt')),
    urls: [path],
    body: { format: 'html', text: toHtml(content) },
  };
  yield { kind: 'story', story };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
const nameOf = (value: unknown): string | undefined =>
  textOf((value as Data | undefined)?.name) ?? textOf(value);

function namesOf(value: unknown): string[] | undefined {
  const names = [value ?? []].flat().flatMap(item => nameOf(item) ?? []);
  return names.length > 0 ? names : undefined;
}

/** All objects of the page's JSON-LD, also those in a graph. */
function linkedData(page: Root): Data[] {
  const scripts = findAll(
    page,
    node => isElement(node, 'script') && attribute(node, 'type') === 'application/ld+json',
  );
  return scripts.flatMap(script => {
    try {
      const text = script.children.map(child => (child.type === 'text' ? child.value : '')).join('');
      const data = JSON.parse(text) as Data | Data[];
      return [data]
        .flat()
        .flatMap(item => [item, ...(Array.isArray(item['@graph']) ? (item['@graph'] as Data[]) : [])]);
    } catch {
      return [];
    }
  });
}

function metaOf(page: Root): (name: string) => string | undefined {
  const values = new Map<string, string>();
  for (const node of findAll(page, ({ tagName }) => tagName === 'meta')) {
    const name = attribute(node, 'property') ?? attribute(node, 'name');
    const content = attribute(node, 'content');
    if (name !== undefined && content !== undefined && !values.has(name)) values.set(name, content);
  }
  return name => values.get(name);
}

const canonicalOf = (page: Root): string | undefined => {
  const link = findAll(page, node => isElement(node, 'link') && attribute(node, 'rel') === 'canonical')[0];
  return link && attribute(link, 'href');
};

const titleOf = (page: Root): string | undefined => {
  const heading =
    findAll(page, ({ tagName }) => tagName === 'h1')[0] ??
    findAll(page, ({ tagName }) => tagName === 'title')[0];
  return heading && (plainOf(heading) || undefined);
};

const languageOf = (page: Root): string | undefined => {
  const html = findAll(page, ({ tagName }) => tagName === 'html')[0];
  return html && attribute(html, 'lang');
};

/** Parts of a page around its story. */
const around =
  /^(?:share|sharing|social|related|recirc|newsletter|subscribe|promo|advert|ads?|comments?|breadcrumbs?|byline|author-bio|tags|toolbar|navigation|pagination|sidebar|cookie|print)(?:[-_]|$)|(?:[-_])(?:share|related|newsletter|ad|promo)$/i;

/** Finds the element with the story: the most specific one that marks it. */
function contentOf(page: Root): Element | undefined {
  const bodies: ((node: Element) => boolean)[] = [
    node => /articleBody/.test(attribute(node, 'itemProp') ?? ''),
    node =>
      hasClass(
        node,
        /^(?:entry-content|article-body|article__body|story-body|post-content|post__content|article-content|c-entry-content|body-copy|h-entry|e-content)$/i,
      ),
    node => isElement(node, 'article'),
    node => isElement(node, 'main') || attribute(node, 'role') === 'main',
    node => isElement(node, 'body'),
  ];
  for (const test of bodies) {
    const [longest] = findAll(page, test)
      .map(node => ({ node, length: plainOf(node).length }))
      .toSorted((a, b) => b.length - a.length);
    if (longest && longest.length > 200) return withoutSurroundings(longest.node);
  }
  return undefined;
}

function withoutSurroundings(node: Element): Element {
  const copy = structuredClone(node);
  replaceAll(copy, child => {
    if (isElement(child, 'nav', 'footer', 'script', 'style', 'button', 'h1', 'template', 'noscript'))
      return undefined;
    if (isElement(child, 'header')) return child.children.filter(part => isElement(part, 'figure'));
    return hasClass(child, around) ? undefined : child;
  });
  return copy;
}

function leadOf(
  image: unknown,
  src: string | undefined,
  alt: string | undefined,
): ImportedPicture | undefined {
  const [first] = [image ?? []].flat();
  const own = textOf(first) ?? textOf((first as Data | undefined)?.url);
  const caption = textOf((first as Data | undefined)?.caption);
  const credit = textOf((first as Data | undefined)?.creditText);
  const found = own ?? src;
  return found === undefined ? undefined : { src: found, alt, caption, credit };
}

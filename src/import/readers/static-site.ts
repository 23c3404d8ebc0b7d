/** Reads the source folders of static site generators. */
import { posix } from 'node:path';
import { readText, sizeOf } from '../../disk/files.ts';
import { listValue, type Meta, readData, splitFile, textValue } from '../front-matter.ts';
import type {
  ImportedItem,
  ImportedPicture,
  ImportedStory,
  ImportSource,
  Reader,
  ReaderOptions,
  SourcePlace,
} from '../model.ts';
import { slugFrom } from '../plan-site.ts';
import { type Generator, type GeneratorFile, generators } from './generators.ts';

/** Largest file that is read, in bytes. */
const sizeLimit = 5_000_000;

const textFile = /\.(?:md|markdown|mdx|mkd|html?|njk|liquid)$/i;
const unreadableFile = /\.(?:rst|adoc|asciidoc|org|ipynb|textile|pandoc)$/i;

/** Folders and files that contain no stories. */
const ignored =
  /^(?:node_modules|vendor|themes|layouts|templates|_layouts|_includes|_site|public|dist|static|assets|_sass|_plugins|archetypes|i18n|test|tests|lib|bin|scripts|docs?|\.github)\/|(?:^|\/)(?:README|LICENSE|CONTRIBUTING|CHANGELOG|CODE_OF_CONDUCT|SECURITY|PULL_REQUEST_TEMPLATE)[^/]*$/i;

/** Folders whose files describe authors or terms rather than being stories. */
const authorFolder = /(?:^|\/)_?(?:authors?|people|contributors?|staff)\//i;
const termFolder = /(?:^|\/)(?:topics?|tags?|categories|series)\//i;

/** Folders that hold all stories and therefore name no desk. */
const plainFolder = /^_?(?:posts?|drafts?|articles?|blog|content|entries|source)$/i;

/** Creates the reader of a generator. */
export const readerFor = (generator: Generator): Reader => ({
  name: generator.name,
  label: `${generator.label} site`,
  detect: ({ isFolder, files }) => isFolder && generator.detect(new Set(files)),
  read: (source, options) => readSite(generator, source, options),
});

export const staticSites: readonly Reader[] = generators.map(readerFor);

function* readSite(
  generator: Generator,
  source: ImportSource,
  options: ReaderOptions,
): Iterable<ImportedItem> {
  const config = configOf(generator, source);
  yield { kind: 'site', site: siteOf(config) };
  yield* dataAuthors(source);
  const folders = generator.folders.filter(
    folder => folder === '.' || source.files.some(file => file.startsWith(`${folder}/`)),
  );
  const [folder = '.'] = options.settings.stories.length > 0 ? ['.'] : folders;
  // Files about authors come first: stories only name them.
  const files = [
    ...source.files.filter(file => authorFolder.test(file)),
    ...source.files.filter(file => !authorFolder.test(file)),
  ];
  for (const file of files) {
    const isInside = folder === '.' || file.startsWith(`${folder}/`);
    if (!isInside || isSkipped(file, folder, options)) continue;
    if (unreadableFile.test(file))
      yield { kind: 'left-out', what: `files *${posix.extname(file)}`, place: { file }, example: file };
    else if (textFile.test(file)) yield* readFile(generator, source, file, folder, config, options);
  }
}

function isSkipped(file: string, folder: string, { settings }: ReaderOptions): boolean {
  const { stories, skip } = settings;
  if (skip.some(path => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`))) return true;
  if (stories.length > 0) return !stories.some(path => file.startsWith(`${path.replace(/\/$/, '')}/`));
  return folder === '.' && ignored.test(file);
}

function configOf({ configFiles }: Generator, { path, files }: ImportSource): Meta {
  const name = configFiles.find(file => files.includes(file));
  return (name === undefined ? undefined : readData(name, readText(posix.join(path, name)))) ?? {};
}

const languageKeys = [
  'languageCode',
  'lang',
  'language',
  'locale',
  'default_language',
  'defaultContentLanguage',
  'DEFAULT_LANG',
];

/** Language of a site. Hexo lists several, the default one first. */
const languageIn = (config: Meta): string | undefined =>
  languageKeys.map(key => textValue([config[key]].flat()[0])).find(value => value !== undefined);

function siteOf(config: Meta): Extract<ImportedItem, { kind: 'site' }>['site'] {
  const first = (...keys: string[]) =>
    keys.map(key => textValue(config[key])).find(value => value !== undefined);
  const url = first('baseURL', 'baseUrl', 'base_url', 'url', 'site_url', 'SITEURL', 'SITE_URL');
  return {
    name: first('title', 'name', 'site_title', 'SITENAME', 'BLOG_TITLE'),
    tagline: first('tagline', 'description', 'subtitle', 'SITESUBTITLE', 'BLOG_DESCRIPTION'),
    url: url !== undefined && /^https?:/.test(url) ? url : undefined,
    lang: languageIn(config),
    timeZone: first('timeZone', 'timezone', 'TIMEZONE'),
  };
}

/** Authors in data files, as Jekyll and Hugo have them: a map by id. */
function* dataAuthors({ path, files }: ImportSource): Iterable<ImportedItem> {
  for (const file of files) {
    if (!/^(?:_data|data|src\/_data)\/(?:authors?|people|staff)\.(?:ya?ml|json|toml)$/i.test(file)) continue;
    const data = readData(file, readText(posix.join(path, file))) ?? {};
    for (const [key, value] of Object.entries(data))
      if (typeof value === 'object' && value !== null) yield authorOf(key, value as Meta, undefined);
  }
}

/** Stories name authors as their files do, or by their names: `jane-doe`, `Jane Doe`. */
const authorKey = (name: string): string => slugFrom(name) || name;

function authorOf(key: string, meta: Meta, about: string | undefined): ImportedItem {
  const name = textValue(meta.name ?? meta.title ?? meta.display_name ?? meta.full_name) ?? key;
  const url = textValue(meta.url ?? meta.website ?? meta.web);
  return {
    kind: 'author',
    author: {
      key: authorKey(key),
      name,
      slug: key,
      role: textValue(meta.role ?? meta.position ?? meta.job_title),
      url: url !== undefined && /^https?:/.test(url) ? url : undefined,
      about: about ?? textValue(meta.bio ?? meta.description ?? meta.about),
      urls: [],
    },
  };
}

const dated = /^(\d{4}-\d{2}-\d{2})[-_](.+)$/;

function* readFile(
  generator: Generator,
  { path }: ImportSource,
  file: string,
  folder: string,
  config: Meta,
  options: ReaderOptions,
): Iterable<ImportedItem> {
  const absolute = posix.join(path, file);
  if (sizeOf(absolute) > sizeLimit) {
    yield {
      kind: 'problem',
      place: { file, line: 1 },
      reason: `The file has more than ${sizeLimit.toLocaleString('en')} bytes and is not imported. Split it, or remove what is repeated.`,
    };
    return;
  }
  const { meta, text, line, problem } = splitFile(readText(absolute));
  if (problem !== undefined)
    yield {
      kind: 'problem',
      place: { file, line: 1 },
      reason: `The front matter is wrong: ${problem} Correct it.`,
    };
  if (problem !== undefined) return;
  const relative = folder === '.' ? file : file.slice(folder.length + 1);
  const written = posix.basename(relative).replace(/(?:\.\w+)+$/, match => match.replace(textFile, ''));
  const suffix = /\.([a-z]{2}(?:-[a-z]{2,4})?)$/i.exec(written)?.[1];
  const name = suffix === undefined ? written : written.slice(0, -suffix.length - 1);
  const [, day, stem = name] = dated.exec(name) ?? [];
  const entry: GeneratorFile = { path: relative, stem, day, meta };
  if (authorFolder.test(relative) && Object.keys(meta).length > 0 && meta.date === undefined) {
    const key = stem === '_index' || stem === 'index' ? (relative.split('/').at(-2) ?? stem) : stem;
    if (!/^_?(?:authors?|people|staff|contributors?)$/i.test(key))
      yield authorOf(key, meta, text.trim() || undefined);
    return;
  }
  if (stem === '_index' || (Object.keys(meta).length === 0 && generator.name !== 'astro')) {
    if (text.trim() !== '')
      yield {
        kind: 'left-out',
        what: stem === '_index' ? 'pages of sections' : 'files without front matter',
        place: { file },
        example: file,
      };
    return;
  }
  yield* storyItems(generator, entry, { file, line }, text, config, suffix, options);
}

/** Keys of front matter by what they mean, the most specific first. */
const keys = {
  title: ['title', 'headline'],
  standfirst: [
    'standfirst',
    'subtitle',
    'dek',
    'deck',
    'subhead',
    'lead',
    'lede',
    'excerpt',
    'summary',
    'description',
    'blurb',
    'intro',
  ],
  seoDescription: ['seo_description', 'seoDescription', 'meta_description', 'metaDescription', 'description'],
  seoTitle: ['title-tag', 'seo_title', 'seoTitle', 'meta_title', 'metaTitle', 'linkTitle'],
  kicker: ['kicker', 'eyebrow', 'overline'],
  dateline: ['dateline'],
  published: ['published', 'publishDate', 'pubDate', 'publish_date', 'datePublished', 'date', 'created'],
  updated: ['updated', 'lastmod', 'updatedDate', 'modified', 'last_modified_at', 'dateModified'],
  expires: ['expiryDate', 'expires', 'unpublishdate', 'expiry'],
  authors: ['authors', 'author', 'byline'],
  categories: ['categories', 'category', 'section', 'desk'],
  tags: ['tags', 'topics', 'keywords', 'series'],
  aliases: ['aliases', 'redirect_from', 'alias', 'redirects'],
  image: [
    'image',
    'images',
    'featured_image',
    'feature_image',
    'featuredImage',
    'heroImage',
    'cover',
    'thumbnail',
    'banner',
    'hero',
    'header_image',
    'og_image',
    'primary_image',
    'photo',
  ],
  imageAlt: [
    'image-description',
    'image_alt',
    'imageAlt',
    'image-alt',
    'heroImageAlt',
    'hero_alt',
    'alt',
    'image_accessibility',
    'featured_image_alt',
    'coverAlt',
  ],
  imageCaption: ['image-caption', 'image_caption', 'imageCaption', 'caption', 'featured_image_caption'],
  imageCredit: ['image-credit', 'image_credit', 'imageCredit', 'credit', 'photo_credit', 'image-source'],
  address: ['url', 'permalink'],
  lang: ['lang', 'language', 'locale'],
  body: [] as string[],
} satisfies Record<string, readonly string[]>;
type KeyName = keyof typeof keys;

/** Reads front matter by meaning. `used` collects the keys that were read. */
function createLookup(meta: Meta, { settings }: ReaderOptions) {
  const used = new Set<string>();
  const find = (name: KeyName): unknown => {
    const own = settings.keys[name];
    const names = own === undefined ? keys[name] : [own].flat();
    for (const key of names) {
      const value =
        key
          .split('.')
          .reduce<unknown>(
            (data, part) => (typeof data === 'object' && data !== null ? (data as Meta)[part] : undefined),
            meta,
          ) ?? nested(meta, key);
      if (
        value === undefined ||
        value === null ||
        value === '' ||
        (name === 'published' && typeof value === 'boolean')
      )
        continue;
      used.add(key.split('.')[0]!);
      return value;
    }
    return undefined;
  };
  return { used, value: find, text: (name: KeyName) => textValue(find(name)) };
}

/** A key within `taxonomies`, `extra` or `params`, where Zola and Hugo keep what they do not define. */
const nested = (meta: Meta, key: string): unknown =>
  ['taxonomies', 'extra', 'params']
    .map(group => (meta[group] as Meta | undefined)?.[key])
    .find(value => value !== undefined);

function* storyItems(
  generator: Generator,
  entry: GeneratorFile,
  place: SourcePlace,
  text: string,
  config: Meta,
  suffix: string | undefined,
  options: ReaderOptions,
): Iterable<ImportedItem> {
  const { meta, path, stem, day } = entry;
  const lookup = createLookup(meta, options);
  const own = lookup.text('address');
  const address = own === 'false' ? undefined : own;
  const published = lookup.text('published') ?? day ?? dayIn(address ?? textValue(meta.path) ?? path);
  const isDated = published !== undefined || isInDrafts(generator, entry);
  const isStory = isDated && (generator.isStory?.(entry) ?? true);
  if (!isStory && termFolder.test(path)) return;
  const authors = listValue(lookup.value('authors'), /\s*(?:[,;]|\band\b)\s*/);
  for (const name of authors)
    yield { kind: 'author', author: { key: authorKey(name), name, slug: name, urls: [] } };
  const { items, terms } = termsOf(entry, lookup, options);
  yield* items;
  const date = toDay(published);
  const isTemplate = address !== undefined && /[{}<]/.test(address);
  if (isTemplate) yield { kind: 'left-out', what: 'addresses with template code', place, example: address };
  const old = isTemplate ? undefined : oldAddress(generator, entry, address, date, config, options);
  const prefix =
    suffix === undefined || address !== undefined || isSiteLanguage(suffix, config) ? '' : `/${suffix}`;
  const standfirst = lookup.text('standfirst');
  const description = lookup.text('seoDescription');
  const written = lookup.text('body');
  const isHtml = /\.(?:html?|njk|liquid)$/i.test(place.file) || written !== undefined;
  const name = /^_?index$/.test(stem) ? (path.split('/').at(-2) ?? stem) : stem;
  const lang = suffix ?? lookup.text('lang');
  const story: ImportedStory = {
    id: place.file,
    kind: isStory ? 'story' : 'page',
    place,
    title: lookup.text('title') ?? name,
    slug:
      textValue(meta.slug) ??
      (address === undefined
        ? name
        : (old
            ?.split('/')
            .filter(Boolean)
            .at(-1)
            ?.replace(/\.html?$/, '') ?? name)),
    standfirst,
    kicker: lookup.text('kicker'),
    dateline: lookup.text('dateline'),
    seoTitle: lookup.text('seoTitle'),
    seoDescription: description === standfirst ? undefined : description,
    published,
    updated: lookup.text('updated'),
    expires: lookup.text('expires'),
    state: isDraft(generator, entry) ? 'draft' : 'published',
    authors: authors.map(authorKey),
    terms,
    ...(lang !== undefined && { lang }),
    translationGroup: suffix === undefined ? path : path.replace(`.${suffix}.`, '.'),
    lead: pictureOf(lookup),
    urls: isDraft(generator, entry)
      ? []
      : [
          ...new Set([
            ...(old === undefined ? [] : [prefix + old]),
            ...listValue(lookup.value('aliases')).map(alias => (alias.startsWith('/') ? alias : `/${alias}`)),
          ]),
        ],
    body: { format: isHtml ? 'html' : 'markdown', text: written ?? text, tags: generator.tags },
  };
  yield { kind: 'story', story };
  yield* leftOutKeys(meta, lookup.used, place);
}

/** Whether a suffix such as `.en` names the language of the site, whose stories have no language in their address. */
const isSiteLanguage = (suffix: string, config: Meta): boolean =>
  (languageIn(config) ?? 'en').toLowerCase().split(/[-_]/, 1)[0] === suffix.toLowerCase();

/** Categories and tags. Without a category, the folder of the story is one. */
function termsOf(
  { path }: GeneratorFile,
  lookup: ReturnType<typeof createLookup>,
  { settings }: ReaderOptions,
) {
  const items: ImportedItem[] = [];
  const terms: string[] = [];
  const add = (name: string, kind: 'category' | 'tag') => {
    const key = `${kind}:${name.toLowerCase()}`;
    items.push({ kind: 'term', term: { key, name, slug: name, kind, urls: [] } });
    terms.push(key);
  };
  const categories = listValue(lookup.value('categories'));
  const folders = path
    .split('/')
    .slice(0, -1)
    .filter(part => !plainFolder.test(part) && !/^\d+$/.test(part));
  const folder = folders[0]?.replace(/^_/, '');
  const isMapped = folder !== undefined && settings.desks[folder] !== undefined;
  if (folder !== undefined && (categories.length === 0 || isMapped) && folders.length > 0)
    add(titleCase(folder), 'category');
  for (const name of categories) add(name, 'category');
  // Eleventy's collections are tags, too.
  const tags = listValue(lookup.value('tags'), /\s*,\s*/).filter(name => !plainFolder.test(name));
  for (const name of tags) add(name, 'tag');
  return { items, terms };
}

const titleCase = (name: string): string =>
  name.replace(/[-_]+/g, ' ').replace(/^\p{Ll}/u, letter => letter.toUpperCase());

function pictureOf(lookup: ReturnType<typeof createLookup>): ImportedPicture | undefined {
  const value = lookup.value('image');
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const map = typeof first === 'object' && first !== null ? (first as Meta) : {};
  if (typeof first === 'boolean') return undefined;
  const src = textValue(first) ?? textValue(map.image ?? map.src ?? map.url ?? map.path);
  const [alt, caption, credit] = [
    lookup.text('imageAlt') ?? textValue(map.alt),
    lookup.text('imageCaption') ?? textValue(map.caption),
    lookup.text('imageCredit') ?? textValue(map.credit),
  ];
  return src === undefined ? undefined : { src, alt, caption, credit };
}

const isInDrafts = ({ drafts = [] }: Generator, { path }: GeneratorFile): boolean =>
  drafts.some(folder => path.split('/').includes(folder));

function isDraft(generator: Generator, entry: GeneratorFile): boolean {
  const { meta } = entry;
  const isTrue = (value: unknown) => value === true || value === 'true';
  return (
    isTrue(meta.draft) ||
    meta.published === false ||
    /^(?:draft|private|hidden)$/i.test(textValue(meta.status) ?? '') ||
    isInDrafts(generator, entry)
  );
}

const dayIn = (text: string): string | undefined => {
  const [, year, month, day] = /(?:^|\/)(\d{4})[/-](\d{2})[/-](\d{2})(?=[/-])/.exec(text) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
};

const toDay = (date: string | undefined): readonly string[] =>
  /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '')?.slice(1) ?? [];

function oldAddress(
  generator: Generator,
  entry: GeneratorFile,
  written: string | undefined,
  date: readonly string[],
  config: Meta,
  { settings }: ReaderOptions,
): string | undefined {
  if (settings.urls !== undefined) {
    const [year = '', month = '', day = ''] = date;
    const slug =
      textValue(entry.meta.slug) ??
      (/^_?index$/.test(entry.stem) ? (entry.path.split('/').at(-2) ?? '') : entry.stem);
    const [section = ''] = entry.path.split('/');
    if (date.length > 0)
      return settings.urls.replace(
        /:(\w+)/g,
        (_, name: string) => ({ year, month, day, slug, section })[name] ?? '',
      );
  }
  if (written !== undefined)
    return written.startsWith('/') || /^https?:/.test(written) ? written : `/${written}`;
  return generator.address(entry, date, config)?.replace(/\/index\.html?$/, '/');
}

/** Keys without words for readers, or that this reader handles without the table. */
const otherKeys =
  /^(?:draft|slug|layout|type|weight|path|template|id|internal-id|status|published|taxonomies|extra|params|menu|menus|outputs|sitemap|cascade|resources|comments?|toc|math|featured|pinned|order|nav.*|redirect_to|in_search.*|eleventy.*|uid|checksum_uid|topics?|source.*|slug_.*)$/i;

/** Reports the texts in front matter that no key of Broadsheet takes. */
function* leftOutKeys(meta: Meta, used: ReadonlySet<string>, place: SourcePlace): Iterable<ImportedItem> {
  for (const [key, value] of Object.entries(meta)) {
    const text = textValue(value);
    if (
      used.has(key) ||
      otherKeys.test(key) ||
      text === undefined ||
      !/\p{L}{2,}\s+\p{L}+\s+\p{L}/u.test(text)
    )
      continue;
    yield { kind: 'left-out', what: `front-matter key '${key}'`, place, example: text.slice(0, 120) };
  }
}

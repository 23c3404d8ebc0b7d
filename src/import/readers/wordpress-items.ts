/** Turns the records of a WordPress export into items. */
import { assertUnreachable } from '../../base/diagnostics.ts';
import { parseHtml } from '../html/convert.ts';
import { plainOf } from '../html/tree.ts';
import type { ImportedItem, ImportedStory, ReaderOptions, SourcePlace, StoryState } from '../model.ts';
import type { XmlNode, XmlRecord } from '../xml-records.ts';

const child = (node: XmlNode, name: string): string =>
  node.children.find(inner => inner.name === name)?.text.trim() ?? '';

/** Text of a name, which WordPress stores as HTML: `Arts &amp; culture`. */
const nameIn = (html: string): string => (/[<&]/.test(html) ? plainOf(parseHtml(html)) : html.trim());

/** Items of one record. */
export function* itemsOf(
  { node, line }: XmlRecord,
  file: string,
  options: ReaderOptions,
): Iterable<ImportedItem> {
  const place = { file, line };
  switch (node.name) {
    case 'title':
    case 'link':
    case 'description':
    case 'language':
    case 'wp:base_blog_url':
      yield siteItem(node);
      return;
    case 'wp:author':
      yield userOf(node);
      return;
    case 'wp:category':
      yield termOf(
        node,
        'category',
        child(node, 'wp:category_nicename'),
        child(node, 'wp:cat_name'),
        child(node, 'wp:category_parent'),
        child(node, 'wp:category_description'),
      );
      return;
    case 'wp:tag':
      yield termOf(
        node,
        'tag',
        child(node, 'wp:tag_slug'),
        child(node, 'wp:tag_name'),
        '',
        child(node, 'wp:tag_description'),
      );
      return;
    case 'item':
      yield* postItems(node, place, options);
      return;
    default:
  }
}

function siteItem({ name, text }: XmlNode): ImportedItem {
  const value = nameIn(text) || undefined;
  switch (name) {
    case 'title':
      return { kind: 'site', site: { name: value } };
    case 'description':
      return { kind: 'site', site: { tagline: value } };
    case 'language':
      return { kind: 'site', site: { lang: value } };
    default:
      return { kind: 'site', site: { url: value } };
  }
}

function userOf(node: XmlNode): ImportedItem {
  const login = child(node, 'wp:author_login');
  const full = [child(node, 'wp:author_first_name'), child(node, 'wp:author_last_name')]
    .filter(Boolean)
    .join(' ');
  // A login name may be an e-mail address, which must not be published.
  const name =
    withoutMail(nameIn(child(node, 'wp:author_display_name'))) || full || withoutMail(login) || 'Author';
  return {
    kind: 'author',
    author: {
      key: login,
      name,
      slug: withoutMail(login) || name,
      about: child(node, 'wp:author_description'),
      urls: login.includes('@') ? [] : [`/author/${login}/`],
    },
  };
}

const withoutMail = (text: string): string => (/\S@\S+\.\S/.test(text) ? '' : text);

const termKey = (domain: string, slug: string): string => `${domain}:${slug}`;

function termOf(
  node: XmlNode,
  kind: 'category' | 'tag',
  slug: string,
  name: string,
  parent: string,
  description: string,
): ImportedItem {
  const id = child(node, 'wp:term_id');
  const base = kind === 'category' ? 'category' : 'tag';
  const path = parent === '' ? slug : `${parent}/${slug}`;
  return {
    kind: 'term',
    term: {
      key: termKey(kind, slug),
      otherKey: id === '' ? undefined : `${kind}-id:${id}`,
      name: nameIn(name) || slug,
      slug,
      kind,
      description: nameIn(description) || undefined,
      parent: parent === '' ? undefined : termKey('category', parent),
      urls: [
        `/${base}/${path}/`,
        ...(path === slug ? [] : [`/${base}/${slug}/`]),
        ...(id && kind === 'category' ? [`/?cat=${id}`] : []),
      ],
    },
  };
}

/** A post of any type, as its fields. */
interface Post {
  node: XmlNode;
  place: SourcePlace;
  id: string;
  type: string;
  meta: ReadonlyMap<string, string>;
  /** Slugs that the post had before. */
  oldSlugs: readonly string[];
  content: string;
  excerpt: string;
  title: string;
}

function* postItems(node: XmlNode, place: SourcePlace, options: ReaderOptions): Iterable<ImportedItem> {
  const post: Post = {
    node,
    place,
    id: child(node, 'wp:post_id') || child(node, 'guid') || child(node, 'link'),
    type: child(node, 'wp:post_type') || 'post',
    meta: metaOf(node),
    oldSlugs: oldSlugsOf(node),
    content: textOf(node, 'content:encoded'),
    excerpt: child(node, 'excerpt:encoded'),
    title: child(node, 'title'),
  };
  switch (post.type) {
    case 'attachment':
      yield mediaOf(post);
      return;
    case 'wp_block':
      // WordPress shows only published pieces.
      if (stateOf(post) === 'published') yield { kind: 'snippet', id: post.id, body: bodyOf(post) };
      return;
    case 'nav_menu_item':
      if (stateOf(post) === 'published') yield* menuOf(post);
      return;
    case 'guest-author':
      yield guestOf(post);
      return;
    case 'newspack_correction':
      if (stateOf(post) !== 'published') return;
      yield {
        kind: 'correction',
        story: post.meta.get('newspack_correction-post-id') ?? '',
        date: dateOf(post, 'wp:post_date'),
        text: post.content,
      };
      return;
    case 'post':
    case 'page':
      yield* storyItems(post, options);
      return;
    default:
      if (options.types.includes(post.type)) yield* storyItems(post, options);
      else yield { kind: 'left-out', what: `type ${post.type}`, place, example: post.title };
  }
}

function* storyItems(post: Post, options: ReaderOptions): Iterable<ImportedItem> {
  const guests = post.node.children.filter(
    ({ name, attributes }) => name === 'category' && attributes.domain === 'author',
  );
  for (const { attributes, text } of guests) {
    const slug = attributes.nicename ?? '';
    yield {
      kind: 'author',
      author: {
        key: `author:${slug.replace(/^cap-/, '')}`,
        // The name of the term is the user's login.
        sameAs: text.trim(),
        name: withoutMail(text.trim()) || slug.replace(/^cap-/, ''),
        slug: slug.replace(/^cap-/, ''),
        urls: [`/author/${slug.replace(/^cap-/, '')}/`],
      },
    };
  }
  yield* termsOf(post);
  yield { kind: 'story', story: storyOf(post) };
  if (options.comments) yield* commentsOf(post);
}

/** Terms that only occur in posts: exports of parts of a site do not list them. */
function* termsOf({ node }: Post): Iterable<ImportedItem> {
  for (const { name, attributes, text } of node.children) {
    const { domain, nicename } = attributes;
    if (name !== 'category' || nicename === undefined) continue;
    if (domain === 'category' || domain === 'post_tag') {
      const kind = domain === 'category' ? 'category' : 'tag';
      yield {
        kind: 'term',
        term: {
          key: termKey(kind, nicename),
          name: nameIn(text) || nicename,
          slug: nicename,
          kind,
          urls: [`/${kind === 'category' ? 'category' : 'tag'}/${nicename}/`],
        },
      };
    }
  }
}

const textOf = (node: XmlNode, name: string): string =>
  node.children.find(inner => inner.name === name)?.text ?? '';

function metaOf(node: XmlNode): ReadonlyMap<string, string> {
  const meta = new Map<string, string>();
  for (const inner of node.children)
    if (inner.name === 'wp:postmeta') {
      const key = child(inner, 'wp:meta_key');
      if (!meta.has(key)) meta.set(key, child(inner, 'wp:meta_value'));
    }
  return meta;
}

const oldSlugsOf = (node: XmlNode): string[] =>
  node.children
    .filter(inner => inner.name === 'wp:postmeta' && child(inner, 'wp:meta_key') === '_wp_old_slug')
    .map(inner => child(inner, 'wp:meta_value'))
    .filter(Boolean);

/** Fields of other plugins that are the same thing, the most common first. */
const fields = {
  seoTitle: ['_yoast_wpseo_title', 'rank_math_title', '_aioseo_title', '_aioseop_title'],
  seoDescription: [
    '_yoast_wpseo_metadesc',
    'rank_math_description',
    '_aioseo_description',
    '_aioseop_description',
    'advanced_seo_description',
  ],
  subtitle: [
    'newspack_post_subtitle',
    '_subtitle',
    'wps_subtitle',
    'kia_subtitle',
    'subtitle',
    'secondary_title',
    '_deck',
    'deck',
  ],
  primary: [
    '_yoast_wpseo_primary_category',
    'rank_math_primary_category',
    '_primary_category',
    'epc_primary_category',
  ],
  credit: [
    '_media_credit',
    'media_credit',
    '_navis_media_credit',
    'credit',
    '_wp_attachment_credit',
    'photo_credit',
  ],
  organization: ['_navis_media_credit_org', '_media_credit_org'],
};

const field = ({ meta }: Post, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = meta.get(name);
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
};

function bodyOf({ content, meta }: Post): ImportedStory['body'] {
  const notes = readNotes(meta.get('footnotes'));
  const audio = (meta.get('enclosure') ?? '').split('\n')[0]?.trim();
  const isShown = audio === undefined || audio === '' || content.includes(audio);
  return {
    format: 'wordpress',
    text: isShown ? content : `[audio src="${audio}"][/audio]\n\n${content}`,
    tags: ['wordpress'],
    ...(notes && { notes }),
  };
}

function readNotes(json: string | undefined): Record<string, string> | undefined {
  if (!json) return undefined;
  try {
    const list = JSON.parse(json) as { id?: unknown; content?: unknown }[];
    return Object.fromEntries(list.map(({ id, content }) => [String(id), String(content)]));
  } catch {
    return undefined;
  }
}

function storyOf(post: Post): ImportedStory {
  const { node, place, id, type, meta, excerpt, title } = post;
  const state = stateOf(post);
  const link = child(node, 'link');
  const categories = node.children.filter(
    ({ name, attributes }) => name === 'category' && attributes.domain === 'category',
  );
  const primary = field(post, fields.primary);
  const subtitle = field(post, fields.subtitle);
  const description = field(post, fields.seoDescription);
  const standfirst = subtitle ?? (excerpt || undefined);
  const lead = meta.get('_thumbnail_id');
  const language = languageOf(post);
  return {
    id,
    kind: type === 'page' ? 'page' : 'story',
    place,
    title: title || '(Untitled)',
    slug: child(node, 'wp:post_name') || title,
    standfirst,
    seoTitle: seoTitleOf(post),
    seoDescription: description ?? (subtitle && excerpt ? excerpt : undefined),
    published: dateOf(post, 'wp:post_date'),
    updated: dateOf(post, 'wp:post_modified'),
    state,
    ...(child(node, 'wp:is_sticky') === '1' && { prominence: 'high' as const }),
    authors: authorsOf(post),
    terms: orderedTerms(categories, primary, node),
    ...(language.lang && { lang: language.lang }),
    ...(language.group && { translationGroup: language.group }),
    ...(lead && { lead: { id: lead } }),
    urls: state === 'published' || state === 'password' ? urlsOf(post, link) : [],
    body: bodyOf(post),
    ...(state !== 'published' && { note: noteOf(state) }),
  };
}

/** SEO titles contain variables of the plugin: `%%title%% %%sep%% %%sitename%%`. */
function seoTitleOf(post: Post): string | undefined {
  const title = field(post, fields.seoTitle)
    ?.replace(/%+(?:title|post_title)%+/g, post.title)
    .replace(/[|–—-]?\s*%+[\w-]+%+\s*/g, '')
    .replace(/[\s|–—-]+$/, '')
    .trim();
  return title === '' || title === post.title ? undefined : title;
}

function stateOf({ node }: Post): StoryState {
  if (child(node, 'wp:post_password') !== '') return 'password';
  const status = child(node, 'wp:status');
  switch (status) {
    case 'publish':
    case '':
      return 'published';
    case 'future':
      return 'scheduled';
    case 'private':
    case 'pending':
    case 'trash':
      return status;
    default:
      return 'draft';
  }
}

/** Comment for the editors about a story that is not public. */
function noteOf(state: Exclude<StoryState, 'published'>): string {
  switch (state) {
    case 'scheduled':
      return 'Was scheduled in WordPress. Remove "draft: true" to publish it at its date.';
    case 'private':
      return 'Was private in WordPress.';
    case 'password':
      return 'Was protected by a password in WordPress.';
    case 'trash':
      return 'Was in the trash of WordPress.';
    case 'pending':
      return 'Was waiting for review in WordPress.';
    case 'draft':
      return 'Was a draft in WordPress.';
    case 'members':
    case 'paid':
    case 'email-only':
      return 'Was not public.';
    default:
      return assertUnreachable(state);
  }
}

/** A date of a post with its UTC offset, which is the difference between its two forms. */
function dateOf({ node }: Post, name: string): string | undefined {
  const local = child(node, name);
  const utc = child(node, `${name}_gmt`);
  const isDate = (text: string) => /^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text);
  if (!isDate(local)) {
    if (isDate(utc)) return `${utc.replace(' ', 'T')}Z`;
    const written = Date.parse(child(node, 'pubDate'));
    return name === 'wp:post_date' && !Number.isNaN(written) && written > 0
      ? new Date(written).toISOString().replace('.000', '')
      : undefined;
  }
  const time = local.replace(' ', 'T');
  if (!isDate(utc)) return time;
  const minutes = Math.round((Date.parse(`${time}Z`) - Date.parse(`${utc.replace(' ', 'T')}Z`)) / 60_000);
  if (Math.abs(minutes) > 14 * 60) return `${utc.replace(' ', 'T')}Z`;
  const absolute = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${time}${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

function authorsOf({ node }: Post): string[] {
  const guests = node.children
    .filter(({ name, attributes }) => name === 'category' && attributes.domain === 'author')
    .map(({ attributes }) => `author:${(attributes.nicename ?? '').replace(/^cap-/, '')}`);
  const creator = child(node, 'dc:creator');
  return guests.length > 0 ? [...new Set(guests)] : creator === '' ? [] : [creator];
}

function orderedTerms(categories: readonly XmlNode[], primary: string | undefined, node: XmlNode): string[] {
  const slugs = categories.map(({ attributes }) => attributes.nicename ?? '').filter(Boolean);
  // The plugin names the primary category by its id, or some by its slug.
  const first = primary === undefined ? undefined : slugs.find(slug => slug === primary);
  const tags = node.children
    .filter(({ name, attributes }) => name === 'category' && attributes.domain === 'post_tag')
    .map(({ attributes }) => termKey('tag', attributes.nicename ?? ''));
  const ordered = first === undefined ? slugs : [first, ...slugs.filter(slug => slug !== first)];
  const keys = [...ordered.map(slug => termKey('category', slug)), ...tags];
  return primary !== undefined && first === undefined ? [`category-id:${primary}`, ...keys] : keys;
}

/** Language of a post as Polylang or WPML store it, and the group of its translations. */
function languageOf({ node, meta }: Post): { lang: string | undefined; group: string | undefined } {
  const nicename = (domain: string) =>
    node.children.find(({ name, attributes }) => name === 'category' && attributes.domain === domain)
      ?.attributes.nicename;
  return {
    lang: nicename('language') ?? (meta.get('_wpml_import_language_code') || undefined),
    group: nicename('post_translations') ?? (meta.get('_wpml_import_translation_group') || undefined),
  };
}

function urlsOf({ id, type, oldSlugs }: Post, link: string): string[] {
  const path = URL.canParse(link) ? new URL(link).pathname + new URL(link).search : link;
  const query = type === 'page' ? `/?page_id=${id}` : `/?p=${id}`;
  const slugs = path.endsWith('/') && path !== '/' ? oldSlugs : [];
  const former = slugs.map(slug => path.replace(/[^/]+\/$/, `${slug}/`));
  return [...new Set([...(path === '' ? [] : [path]), ...(/^\d+$/.test(id) ? [query] : []), ...former])];
}

function mediaOf(post: Post): ImportedItem {
  const { node, id, meta, content, excerpt } = post;
  const credit = [field(post, fields.credit), field(post, fields.organization)].filter(Boolean).join('/');
  const link = child(node, 'link');
  const src = child(node, 'wp:attachment_url') || child(node, 'guid');
  const parent = child(node, 'wp:post_parent');
  return {
    kind: 'media',
    media: {
      id,
      parent: parent === '0' || parent === '' ? undefined : parent,
      src,
      alt: meta.get('_wp_attachment_image_alt') || undefined,
      caption: excerpt || content.trim() || undefined,
      credit: credit || undefined,
      urls: link === '' || link === src ? [] : [link, `/?attachment_id=${id}`],
    },
  };
}

function* menuOf({ node, meta, title }: Post): Iterable<ImportedItem> {
  const menu = node.children.find(
    ({ name, attributes }) => name === 'category' && attributes.domain === 'nav_menu',
  );
  const parent = meta.get('_menu_item_menu_item_parent') ?? '0';
  // The navigation has one level.
  if (parent !== '0' && parent !== '') return;
  const id = meta.get('_menu_item_object_id') ?? '';
  const target =
    meta.get('_menu_item_type') === 'custom'
      ? { url: meta.get('_menu_item_url') ?? '' }
      : meta.get('_menu_item_type') === 'taxonomy'
        ? { term: `category-id:${id}` }
        : { story: id };
  yield { kind: 'menu', item: { menu: menu?.attributes.nicename ?? '', text: nameIn(title), target } };
}

function guestOf({ node, meta, title }: Post): ImportedItem {
  const slug = child(node, 'wp:post_name').replace(/^cap-/, '');
  const site = meta.get('cap-website');
  return {
    kind: 'author',
    author: {
      key: `author:${slug}`,
      name: withoutMail(nameIn(meta.get('cap-display_name') || title)) || slug,
      slug,
      role: meta.get('cap-job_title') || meta.get('cap-newspack_job_title') || undefined,
      url: site || undefined,
      about: meta.get('cap-description'),
      urls: [`/author/${slug}/`],
    },
  };
}

function* commentsOf({ node, id }: Post): Iterable<ImportedItem> {
  for (const comment of node.children) {
    if (comment.name !== 'wp:comment' || child(comment, 'wp:comment_approved') !== '1') continue;
    if (/pingback|trackback/.test(child(comment, 'wp:comment_type'))) continue;
    const author = withoutMail(child(comment, 'wp:comment_author'));
    const date = child(comment, 'wp:comment_date_gmt');
    yield {
      kind: 'comment',
      story: id,
      author,
      date: date === '' ? undefined : `${date.replace(' ', 'T')}Z`,
      text: child(comment, 'wp:comment_content'),
    };
  }
}

/** Frames, recordings and posts of other sites. */
import type { Element, ElementContent, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import { splitCaption } from './figures.ts';
import {
  attribute,
  element,
  find,
  findAll,
  hasClass,
  isElement,
  plainOf,
  replaceAll,
  textNode,
} from './tree.ts';

/** Pages of films and sounds by the address of the frame that plays them. */
const players: readonly [pattern: RegExp, page: (id: string) => string, kind: 'video' | 'audio'][] = [
  [
    /(?:youtube(?:-nocookie)?\.com\/(?:embed|v|shorts|live)\/|youtube\.com\/watch\?(?:.*&)?v=|youtu\.be\/)([\w-]{6,})/i,
    id => `https://www.youtube.com/watch?v=${id}`,
    'video',
  ],
  [/(?:player\.)?vimeo\.com\/(?:video\/)?(\d+)/i, id => `https://vimeo.com/${id}`, 'video'],
  [/dailymotion\.com\/(?:embed\/)?video\/(\w+)/i, id => `https://www.dailymotion.com/video/${id}`, 'video'],
  [
    /open\.spotify\.com\/(?:embed\/)?((?:episode|show|track|album|playlist)\/\w+)/i,
    id => `https://open.spotify.com/${id}`,
    'audio',
  ],
];

/**
 * Address of the page that a player shows.
 * @returns undefined if the address belongs to no known player
 */
export function playerPage(src: string): { url: string; kind: 'video' | 'audio' } | undefined {
  for (const [pattern, page, kind] of players) {
    const id = pattern.exec(src)?.[1];
    if (id !== undefined && id !== 'videoseries') return { url: page(id), kind };
  }
  return undefined;
}

/** Turns frames into links or `bs-recording` elements, and `video` and `audio` elements into the latter. */
export function adoptEmbeds(tree: Root, context: HtmlContext): Root {
  return replaceAll(tree, node => {
    if (isElement(node, 'iframe', 'embed')) return frameOf(node, context);
    if (isElement(node, 'object')) return node.children;
    if (isElement(node, 'video', 'audio')) return recordingOf(node, context);
    if (node.tagName === 'figure') return embeddedFigure(node, context);
    if (isElement(node, 'div') && hasClass(node, /wp-block-embed__wrapper/))
      return bareAddress(node, context);
    return node;
  });
}

const absolute = (src: string): string => (src.startsWith('//') ? `https:${src}` : src);

function frameOf(node: Element, context: HtmlContext): ElementContent | ElementContent[] | undefined {
  const src = absolute((attribute(node, 'src') ?? attribute(node, 'dataSrc') ?? '').trim());
  if (!/^https?:\/\//i.test(src)) return node.children;
  const player = playerPage(src);
  const title = attribute(node, 'title');
  if (player) return recording(player.kind, { url: player.url, title });
  context.report('embed', src);
  return element('p', {}, [element('a', { href: src }, [textNode(title ?? shownAddress(src))])]);
}

/** Host and path of an address, for a link without words of its own. */
function shownAddress(src: string): string {
  try {
    const { host, pathname } = new URL(src);
    return host.replace(/^www\./, '') + (pathname.length > 1 && pathname.length < 40 ? pathname : '');
  } catch {
    return src;
  }
}

const recording = (
  kind: 'video' | 'audio',
  { url, src, title }: { url?: string | undefined; src?: string | undefined; title?: string | undefined },
): Element =>
  element('bs-recording', {
    kind,
    ...(url && { url }),
    ...(src && { src }),
    ...(title && { caption: title }),
  });

function recordingOf(node: Element, context: HtmlContext): ElementContent | ElementContent[] {
  const kind = node.tagName as 'video' | 'audio';
  const source = find(node, ({ tagName }) => tagName === 'source');
  const src = attribute(node, 'src') ?? (source && attribute(source, 'src'));
  if (src === undefined) return node.children;
  const found = context.media(src);
  const made = recording(kind, { src, title: attribute(node, 'title') });
  if (found) made.properties.address = found.address;
  const poster = attribute(node, 'poster');
  const still = poster === undefined ? undefined : context.media(poster);
  if (still) made.properties.poster = still.address;
  const track = find(
    node,
    child => child.tagName === 'track' && /captions|subtitles/.test(attribute(child, 'kind') ?? ''),
  );
  const captions = track && context.media(attribute(track, 'src') ?? '');
  if (captions) made.properties.captions = captions.address;
  return made;
}

/** A figure around an embed or a recording. Its caption becomes that of the recording, or a paragraph. */
function embeddedFigure(node: Element, context: HtmlContext): ElementContent | ElementContent[] {
  if (find(node, ({ tagName }) => /^(?:img|bs-figure|table)$/.test(tagName))) return node;
  const player = find(node, ({ tagName }) => tagName === 'bs-recording') ?? pageIn(node, context);
  if (!player && !hasClass(node, /embed|kg-/i)) return node;
  const caption = findAll(node, ({ tagName }) => tagName === 'figcaption')[0];
  const rest = node.children.filter(child => child !== caption);
  if (!caption) return player && !rest.includes(player) ? [player] : rest;
  if (player?.tagName === 'bs-recording') {
    const { caption: text, credit } = splitCaption(caption, context);
    if (text) player.properties.caption = text;
    if (credit) player.properties.credit = credit;
    return player;
  }
  return [...rest, { ...caption, tagName: 'p' }];
}

/** The recording that a bare address in a figure means, as WordPress writes embeds. */
function pageIn(node: Element, context: HtmlContext): Element | undefined {
  const text = plainOf({ ...node, children: node.children.filter(child => !isElement(child, 'figcaption')) });
  const player = /^https?:\/\/\S+$/.test(text) ? playerPage(text) : undefined;
  if (player) context.replaced(text);
  return player && recording(player.kind, { url: player.url });
}

/** An address on a line of its own, which is an embed, becomes a link in a paragraph of its own. */
function bareAddress(node: Element, context: HtmlContext): ElementContent | ElementContent[] {
  const text = plainOf(node);
  if (!/^https?:\/\/\S+$/.test(text)) return node;
  const player = playerPage(text);
  if (player) {
    context.replaced(text);
    return recording(player.kind, { url: player.url });
  }
  return element('p', {}, [element('a', { href: text }, [textNode(text)])]);
}

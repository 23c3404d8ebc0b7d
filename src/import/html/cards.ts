/** Cards and widgets that the editors of Ghost and Substack add to a text. */
import type { Element, ElementContent, Root } from 'hast';
import type { HtmlContext } from './context.ts';
import {
  attribute,
  element,
  find,
  findAll,
  hasClass,
  isBlank,
  isElement,
  plainOf,
  replaceAll,
  textNode,
} from './tree.ts';

/** Controls of players and forms, whose words are no part of the story. */
const controls =
  /^(?:kg-(?:video-(?:overlay|player-container|player|hide)|audio-(?:thumbnail|player|current-time|time)|file-card-icon|bookmark-(?:icon|thumbnail)|signup-card|email-cta|callout-emoji)|subscription-widget(?:-wrap)?|button-wrapper|image-link-expand|pencraft|header-anchor-post|poll-embed|paywall-jump)/;

/** Turns cards into ordinary HTML. */
export function adoptCards(tree: Root, context: HtmlContext): Root {
  return replaceAll(tree, node => {
    if (hasClass(node, controls)) {
      context.replaced(plainOf(node));
      return undefined;
    }
    if (hasClass(node, /^kg-bookmark-card$/)) return bookmarkOf(node);
    if (hasClass(node, /^kg-toggle-card$/)) return toggleOf(node);
    if (hasClass(node, /^kg-audio-card$/)) return audioOf(node);
    if (hasClass(node, /^kg-file-card$/)) return fileOf(node);
    const data = attribute(node, 'dataAttrs');
    return data === undefined || !isElement(node, 'div', 'p') ? node : substackWidget(node, data);
  });
}

const withClass = (node: Element, name: RegExp): Element | undefined =>
  find(node, child => hasClass(child, name));
const textIn = (node: Element, name: RegExp): string => {
  const found = withClass(node, name);
  return found ? plainOf(found) : '';
};

const link = (href: string, words: string): Element => element('a', { href }, [textNode(words)]);
const line = (...children: ElementContent[]): Element => element('p', {}, children);

/** A preview of another page: a link, and the words of the preview. */
function bookmarkOf(node: Element): ElementContent[] {
  const href = attribute(find(node, ({ tagName }) => tagName === 'a') ?? node, 'href') ?? '';
  const title = textIn(node, /^kg-bookmark-title$/);
  const rest = [/^kg-bookmark-description$/, /^kg-bookmark-author$/, /^kg-bookmark-publisher$/]
    .map(name => textIn(node, name))
    .filter(Boolean);
  const caption = findAll(node, ({ tagName }) => tagName === 'figcaption').map(plainOf);
  return [line(link(href, title || href)), ...[...rest, ...caption].map(text => line(textNode(text)))];
}

function toggleOf(node: Element): Element {
  const title = textIn(node, /^kg-toggle-heading-text$/);
  const content = withClass(node, /^kg-toggle-content$/);
  return element('aside', { ...(title && { dataTitle: title }) }, content?.children ?? []);
}

function audioOf(node: Element): Element {
  const audio = find(node, ({ tagName }) => tagName === 'audio');
  const title = textIn(node, /^kg-audio-title$/);
  return audio
    ? { ...audio, properties: { ...audio.properties, ...(title && { title }) } }
    : line(textNode(title));
}

function fileOf(node: Element): ElementContent[] {
  const href = attribute(find(node, ({ tagName }) => tagName === 'a') ?? node, 'href') ?? '';
  const title = textIn(node, /^kg-file-card-title$/) || textIn(node, /^kg-file-card-filename$/);
  const rest = [/^kg-file-card-caption$/, /^kg-file-card-filename$/, /^kg-file-card-filesize$/].map(name =>
    textIn(node, name),
  );
  return [
    line(link(href, title || href)),
    ...rest.filter(text => text !== '' && text !== title).map(text => line(textNode(text))),
  ];
}

/** Widgets of Substack keep what they show as JSON. */
function substackWidget(node: Element, json: string): ElementContent {
  let data: Record<string, unknown>;
  try {
    data = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return node;
  }
  const text = (key: string): string => (typeof data[key] === 'string' ? (data[key] as string) : '');
  if (hasClass(node, /^youtube-wrap$/) && text('videoId'))
    return element('iframe', { src: `https://www.youtube.com/embed/${text('videoId')}` });
  if (hasClass(node, /^vimeo-wrap$/) && text('videoId'))
    return element('iframe', { src: `https://player.vimeo.com/video/${text('videoId')}` });
  if (hasClass(node, /^tweet$/) && text('full_text'))
    return element('blockquote', {}, [
      line(textNode(text('full_text'))),
      line(
        textNode(`— ${text('name')} @${text('username')}, `),
        link(text('url'), text('date').slice(0, 10) || text('url')),
      ),
    ]);
  if (hasClass(node, /^embedded-(?:post|publication)-wrap$/) && text('url'))
    return element('div', {}, [
      line(link(text('url'), text('title') || text('name') || text('url'))),
      ...(text('truncated_body_text') ? [line(textNode(text('truncated_body_text')))] : []),
    ]);
  if (isBlank(node) && text('url'))
    return line(link(text('url'), text('title') || text('text') || text('url')));
  return node;
}

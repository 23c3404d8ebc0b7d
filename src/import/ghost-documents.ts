/** HTML of Ghost's own document formats, Lexical and mobiledoc, in the form that Ghost renders it. */
import { markdownHtml } from './markdown-tree.ts';
import { escapeHtml } from './tags/mapping.ts';

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (data: Data, key: string): string =>
  typeof data[key] === 'string'
    ? (data[key] as string)
    : typeof data[key] === 'number'
      ? String(data[key])
      : '';

/** Parses JSON. @returns undefined if the text is missing or invalid */
function parse(json: string | undefined): Data | undefined {
  try {
    const data: unknown = JSON.parse(json ?? '');
    return isData(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Deepest level of a document that is read. */
const depthLimit = 100;

/** HTML of a Lexical document. @returns undefined if the post has no valid one */
export function lexicalHtml(json: string | undefined): string | undefined {
  const document = parse(json);
  const root = document && isData(document.root) ? document.root : undefined;
  return root && lexicalChildren(root, 0);
}

const lexicalChildren = (node: Data, depth: number): string =>
  depth > depthLimit
    ? ''
    : listOf(node.children)
        .map(child => (isData(child) ? lexicalNode(child, depth + 1) : ''))
        .join('');

/** Bits of a text's format. */
const formats: readonly [bit: number, tag: string][] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark'],
];

function lexicalNode(node: Data, depth: number): string {
  const inner = () => lexicalChildren(node, depth);
  switch (node.type) {
    case 'text':
    case 'extended-text':
      return formats.reduce(
        (html, [bit, tag]) => ((Number(node.format ?? 0) & bit) === 0 ? html : `<${tag}>${html}</${tag}>`),
        escapeHtml(textOf(node, 'text')),
      );
    case 'linebreak':
      return '<br>';
    case 'paragraph':
      return `<p>${inner()}</p>`;
    case 'heading':
    case 'extended-heading': {
      const tag = /^h[1-6]$/.test(textOf(node, 'tag')) ? textOf(node, 'tag') : 'h2';
      return `<${tag}>${inner()}</${tag}>`;
    }
    case 'quote':
    case 'extended-quote':
    case 'aside':
      return `<blockquote><p>${inner()}</p></blockquote>`;
    case 'list': {
      const tag = node.listType === 'number' ? 'ol' : 'ul';
      // A list below an item is in an item of its own.
      return `<${tag}>${inner().replace(/<\/li><li>(?=<[uo]l>)/g, '')}</${tag}>`;
    }
    case 'listitem':
      return `<li>${inner()}</li>`;
    case 'link':
    case 'autolink':
      return `<a href="${escapeHtml(textOf(node, 'url'))}">${inner()}</a>`;
    default:
      return cardHtml(textOf(node, 'type'), node) ?? inner();
  }
}

const caption = (data: Data): string =>
  textOf(data, 'caption') === '' ? '' : `<figcaption>${textOf(data, 'caption')}</figcaption>`;

/** HTML of a card, by its name. @returns undefined if the card is unknown */
export function cardHtml(name: string, data: Data): string | undefined {
  const text = (key: string) => escapeHtml(textOf(data, key));
  switch (name) {
    case 'image':
      return `<figure class="kg-card kg-image-card kg-width-${text('cardWidth')}"><img src="${text('src')}" alt="${text('alt')}">${caption(data)}</figure>`;
    case 'gallery': {
      const images = listOf(data.images)
        .filter(isData)
        .map(
          image =>
            `<img src="${escapeHtml(textOf(image, 'src'))}" alt="${escapeHtml(textOf(image, 'alt'))}">`,
        );
      return `<figure class="kg-card kg-gallery-card">${images.join('')}${caption(data)}</figure>`;
    }
    case 'bookmark': {
      const meta = isData(data.metadata) ? data.metadata : data;
      const part = (key: string) => `<div class="kg-bookmark-${key}">${escapeHtml(textOf(meta, key))}</div>`;
      return `<figure class="kg-card kg-bookmark-card"><a href="${text('url')}">${['title', 'description', 'author', 'publisher'].map(part).join('')}</a>${caption(data)}</figure>`;
    }
    case 'callout':
      return `<div class="kg-card kg-callout-card">${textOf(data, 'calloutText')}</div>`;
    case 'toggle':
      return `<div class="kg-card kg-toggle-card"><h4 class="kg-toggle-heading-text">${textOf(data, 'heading')}</h4><div class="kg-toggle-content">${textOf(data, 'content')}</div></div>`;
    case 'audio':
      return `<audio src="${text('src')}" title="${text('title')}"></audio>`;
    case 'video':
      return `<figure class="kg-card kg-video-card"><video src="${text('src')}" poster="${text('thumbnailSrc')}"></video>${caption(data)}</figure>`;
    case 'file':
      return `<div class="kg-card kg-file-card"><a href="${text('src')}"></a><div class="kg-file-card-title">${text('fileTitle')}</div><div class="kg-file-card-caption">${text('fileCaption')}</div><div class="kg-file-card-filename">${text('fileName')}</div></div>`;
    case 'embed':
      return `<figure class="kg-card kg-embed-card">${textOf(data, 'html') || `<a href="${text('url')}">${text('url')}</a>`}${caption(data)}</figure>`;
    case 'html':
      return textOf(data, 'html');
    case 'markdown':
    case 'card-markdown':
      return textOf(data, 'html') || markdownHtml(textOf(data, 'markdown'));
    case 'code':
    case 'codeblock':
      return `<pre><code class="language-${text('language')}">${text('code')}</code></pre>`;
    case 'button':
      return `<p><a href="${text('buttonUrl')}">${text('buttonText')}</a></p>`;
    case 'header':
      return `<h2>${textOf(data, 'header')}</h2><p>${textOf(data, 'subheader')}</p>`;
    case 'product':
      return `<aside data-title="${text('productTitle')}"><img src="${text('productImageSrc')}">${textOf(data, 'productDescription')}<p><a href="${text('productUrl')}">${text('productButton')}</a></p></aside>`;
    case 'hr':
    case 'horizontalrule':
      return '<hr>';
    case 'email':
    case 'email-cta':
    case 'paywall':
    case 'signup':
      return '';
    default:
      return undefined;
  }
}

/** HTML of a mobiledoc document. @returns undefined if the post has no valid one */
export function mobiledocHtml(json: string | undefined): string | undefined {
  const document = parse(json);
  if (!document) return undefined;
  const markups = listOf(document.markups);
  const cards = listOf(document.cards);
  const atoms = listOf(document.atoms);
  return listOf(document.sections)
    .map(section => {
      const [kind, first, second] = listOf(section);
      if (kind === 1) {
        const tag = /^(?:p|h[1-6]|blockquote|aside)$/.test(String(first)) ? String(first) : 'p';
        return `<${tag}>${markers(second, markups, atoms)}</${tag}>`;
      }
      if (kind === 2) return `<img src="${escapeHtml(String(first))}">`;
      if (kind === 3) {
        const tag = first === 'ol' ? 'ol' : 'ul';
        return `<${tag}>${listOf(second)
          .map(item => `<li>${markers(item, markups, atoms)}</li>`)
          .join('')}</${tag}>`;
      }
      const [name, data] = listOf(cards[Number(first)]);
      return isData(data) ? (cardHtml(String(name), data) ?? '') : (cardHtml(String(name), {}) ?? '');
    })
    .join('');
}

/** Inline content: markers open and close markups. */
function markers(list: unknown, markups: readonly unknown[], atoms: readonly unknown[]): string {
  const open: string[] = [];
  const parts: string[] = [];
  for (const marker of listOf(list)) {
    const [kind, opened, closed, value] = listOf(marker);
    for (const index of listOf(opened)) {
      const [tag, attributes] = listOf(markups[Number(index)]);
      if (!/^(?:a|b|strong|i|em|s|u|code|sub|sup|mark)$/.test(String(tag))) {
        open.push('span');
        parts.push('<span>');
        continue;
      }
      const href =
        listOf(attributes)[0] === 'href' ? ` href="${escapeHtml(String(listOf(attributes)[1]))}"` : '';
      open.push(String(tag));
      parts.push(`<${tag}${href}>`);
    }
    const atom = kind === 1 ? listOf(atoms[Number(value)]) : undefined;
    parts.push(
      atom
        ? atom[0] === 'soft-return'
          ? '<br>'
          : escapeHtml(String(atom[1] ?? ''))
        : escapeHtml(String(value ?? '')),
    );
    for (let count = Number(closed ?? 0); count > 0; count--) parts.push(`</${open.pop() ?? 'span'}>`);
  }
  return parts.join('');
}

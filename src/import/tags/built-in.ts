/** Tags that generators and their common themes define. */
import type { TagSyntax } from '../model.ts';

/**
 * HTML for a tag, by its name. `{caption}` is replaced with an attribute, `{src|0}` with the first of several that is given
 * (`0` is the first positional one, `0+` all from there on), `{html:srcdoc}` for an
 * attribute that contains HTML, and `{inner}` for the content. `remove` removes the tag with its content, and
 * `unwrap` keeps only the content.
 */
export type TagMapping = Readonly<Record<string, string>>;

const figure =
  '<figure><img src="{src|0}" alt="{alt}"><figcaption>{title} {caption} <span class="credit">{credit|attr}</span></figcaption></figure>';
const youtube =
  '<iframe src="https://www.youtube.com/embed/{id|0|video|videoId|v}" title="{title}"></iframe>';
const vimeo = '<iframe src="https://player.vimeo.com/video/{id|0|video|videoId}" title="{title}"></iframe>';
const post =
  '<p><a href="https://twitter.com/{user|0}/status/{id|1}">https://twitter.com/{user|0}/status/{id|1}</a></p>';
const postById =
  '<p><a href="https://twitter.com/i/status/{id|0}">https://twitter.com/i/status/{id|0}</a></p>';
const instagram =
  '<p><a href="https://www.instagram.com/p/{id|0}/">https://www.instagram.com/p/{id|0}/</a></p>';
const gist = '<p><a href="https://gist.github.com/{0}/{1}">https://gist.github.com/{0}/{1}</a></p>';
const code = '<pre><code class="language-{lang|0}">{inner-text}</code></pre>';
const box = '<aside data-title="{title|heading|0}">{inner}</aside>';
const details = '<details><summary>{summary|title|0}</summary>{inner}</details>';
const quote = '<blockquote>{inner}<cite>{author|cite|by|0}</cite></blockquote>';

/** Tags that many themes of Hugo and Jekyll share. */
const shared: TagMapping = {
  figure,
  youtube,
  vimeo,
  instagram,
  gist,
  highlight: code,
  details,
  accordion: details,
  note: box,
  notice: box,
  alert: box,
  callout: box,
  info: box,
  tip: box,
  warning: box,
  box,
  aside: box,
  quote,
  blockquote: quote,
  pullquote: quote,
  raw: 'unwrap',
  comment: 'remove',
  toc: 'remove',
  datawrapper: '<iframe src="{src|url|0}" title="{title|alt}"></iframe>',
  flourish: '<iframe src="https://flo.uri.sh/{src|id|0}/embed" title="{title|alt}"></iframe>',
  iframe: '<iframe src="{src|url|0}" title="{title}"></iframe>',
  audio: '<audio src="{src|0}" title="{title|caption}"></audio>',
  video: '<video src="{src|0}" poster="{poster}" title="{title|caption}"></video>',
};

export const builtInTags: Readonly<Record<TagSyntax, TagMapping>> = {
  hugo: {
    ...shared,
    tweet: post,
    twitter: post,
    x: post,
    twitter_simple: post,
    img: figure,
    image: figure,
    ref: '{path|0}',
    relref: '{path|0}',
    button: '<p><a href="{href|url|link|0}">{inner|text|title}</a></p>',
    link: '<a href="{href|url|link|0}">{inner|text}</a>',
    param: 'remove',
    // Nikola uses the same notation.
    media: '<div class="wp-block-embed__wrapper">{url|0}</div>',
  },
  liquid: {
    ...shared,
    twitter: '<p><a href="{0}">{0}</a></p>',
    tweet: '<p><a href="{0}">{0}</a></p>',
    image: '<figure><img src="{src|0}" alt="{alt|1}"><figcaption>{caption|2}</figcaption></figure>',
    img: '<figure><img src="{src|0}" alt="{alt|1}"><figcaption>{caption|2}</figcaption></figure>',
    image_with_class: '<figure><img src="{0}" alt="{2}"></figure>',
    picture: '<figure><img src="{src|0}" alt="{alt}"></figure>',
    link: '{0}',
    post_url: '{0}',
    embed: '<div class="wp-block-embed__wrapper">{0}</div>',
    // Hexo
    asset_img: '<figure><img src="{0}" alt="{1+}"></figure>',
    asset_path: '{0}',
    post_path: '{0}',
    post_link: '<a href="{0}">{1+|0}</a>',
    codeblock: code,
    blockquote: '<blockquote>{inner}<cite>{author|cite|by|0+}</cite></blockquote>',
    code,
    iframe: '<iframe src="{0}"></iframe>',
    more: 'remove',
    // Control structures, whose content stays
    if: 'unwrap',
    unless: 'unwrap',
    for: 'unwrap',
    else: 'remove',
    elsif: 'remove',
    assign: 'remove',
    set: 'remove',
    capture: 'unwrap',
    // Markdoc
    figcaption: '<p>{inner}</p>',
    table: 'unwrap',
  },
  zola: {
    ...shared,
    resize_image: '<figure><img src="{path|0}" alt="{alt}"></figure>',
    tweet: postById,
    streamable: '<p><a href="https://streamable.com/{id}">https://streamable.com/{id}</a></p>',
  },
  mdx: {
    Tweet: postById,
    TwitterTweet: postById,
    YouTube: youtube,
    Youtube: youtube,
    Vimeo: vimeo,
    Image: figure,
    Img: figure,
    Figure:
      '<figure><img src="{src}" alt="{alt}">{inner}<figcaption>{caption|title} <span class="credit">{credit}</span></figcaption></figure>',
    Callout: box,
    Aside: box,
    Note: box,
    Tip: box,
    Warning: box,
    Box: box,
    Details: details,
    Quote: quote,
    Blockquote: quote,
    PullQuote: quote,
    Link: '<a href="{href|to}">{inner}</a>',
    Fragment: 'unwrap',
  },
  wordpress: {
    audio: '<audio src="{src|mp3|m4a|ogg|wav|0}"></audio>',
    video: '<video src="{src|mp4|webm|m4v|0}" poster="{poster}"></video>',
    embed: '<div class="wp-block-embed__wrapper">{inner|src|0}</div>',
    youtube: '<div class="wp-block-embed__wrapper">{inner|url|src|0}</div>',
    vimeo: '<div class="wp-block-embed__wrapper">https://vimeo.com/{id|0}</div>',
    pullquote: '<blockquote class="pullquote">{inner}</blockquote>',
    quote,
    blockquote: quote,
    caption: '<figure class="wp-caption">{inner}<figcaption>{caption}</figcaption></figure>',
    wp_caption: '<figure class="wp-caption">{inner}<figcaption>{caption}</figcaption></figure>',
    dropcap: 'unwrap',
    column: '<div>{inner}</div>',
    more: 'remove',
    'contact-form': 'remove',
    'contact-form-7': 'remove',
    toc: 'remove',
  },
};

const anyFigure =
  '<figure><img src="{src|image|image_path|img|url|path|file|filename|0}" alt="{alt|image_alt|description}"><figcaption>{caption|title|text} <span class="credit">{credit|attribution|source|attr}</span></figcaption></figure>';
const anyQuote =
  '<blockquote><p>{quote|text|body|content|inner}</p><cite>{author|by|cite|source|attribution|name|quoter|speaker}</cite></blockquote>';
const anyBox = '<aside data-title="{title|heading|header|label}">{inner|text|body|content}</aside>';

/** Tags of themes whose names say what they are, such as `include linked-figure.html` or `featured/picture`. */
export function namedTag(name: string, attributes: Readonly<Record<string, string>>): string | undefined {
  const values = Object.values(attributes);
  if (/(?:^|[\s/_-])(?:figure|image|img|photo|picture|pic)(?:[\s/_.-]|$)/i.test(name))
    return values.some(value => /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(value))
      ? anyFigure
      : undefined;
  if (/(?:^|[\s/_-])(?:quote|pullquote|blockquote|testimonial)(?:[\s/_.-]|$)/i.test(name)) return anyQuote;
  if (
    /(?:^|[\s/_-])(?:callout|infobox|factbox|sidebar-box|keypoints|key-points|note|alert|info)(?:[\s/_.-]|$)/i.test(
      name,
    )
  )
    return anyBox;
  return undefined;
}

/** Writes exports of WordPress (WXR 1.2). */

/** An item of an export. Keys are those of WordPress; values that are not given have usual ones. */
export interface WordPressItem {
  id: number;
  title?: string;
  link?: string;
  creator?: string;
  content?: string;
  excerpt?: string;
  /** Local date in America/New_York: `2024-03-05 09:00:00`. */
  date?: string;
  modified?: string;
  name?: string;
  status?: string;
  parent?: number;
  type?: string;
  password?: string;
  sticky?: boolean;
  attachment?: string;
  /** Terms: `category:elements=Elements`. */
  terms?: readonly string[];
  meta?: Readonly<Record<string, string>>;
  /** XML to add. */
  more?: string;
}

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** UTC time of a local one: the exports' newsroom is four or five hours behind. */
function utc(local: string): string {
  const month = Number(local.slice(5, 7));
  const hours = month > 3 && month < 11 ? 4 : 5;
  return new Date(Date.parse(`${local.replace(' ', 'T')}Z`) + hours * 3_600_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}

/** XML of one item. */
export function wordPressItem(item: WordPressItem): string {
  const { id, title = `Story ${id}`, name = `story-${id}`, type = 'post', status = 'publish' } = item;
  const {
    date = '2024-03-05 09:00:00',
    modified = date,
    link = `https://old.example/2024/03/${name}/`,
  } = item;
  const terms = (item.terms ?? []).map(term => {
    const [, domain, slug, label] = /^([\w-]+):([^=]+)=?(.*)$/.exec(term)!;
    return `<category domain="${domain}" nicename="${slug}">${cdata(label || slug!)}</category>`;
  });
  const meta = Object.entries(item.meta ?? {}).map(
    ([key, value]) =>
      `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`,
  );
  return [
    '<item>',
    `<title>${cdata(title)}</title>`,
    `<link>${link}</link>`,
    `<dc:creator>${cdata(item.creator ?? 'desk')}</dc:creator>`,
    `<guid isPermaLink="false">https://old.example/?p=${id}</guid>`,
    `<content:encoded>${cdata(item.content ?? `The text of story ${id}.`)}</content:encoded>`,
    `<excerpt:encoded>${cdata(item.excerpt ?? '')}</excerpt:encoded>`,
    `<wp:post_id>${id}</wp:post_id>`,
    `<wp:post_date>${cdata(date)}</wp:post_date>`,
    `<wp:post_date_gmt>${cdata(utc(date))}</wp:post_date_gmt>`,
    `<wp:post_modified>${cdata(modified)}</wp:post_modified>`,
    `<wp:post_modified_gmt>${cdata(utc(modified))}</wp:post_modified_gmt>`,
    `<wp:post_name>${cdata(name)}</wp:post_name>`,
    `<wp:status>${cdata(status)}</wp:status>`,
    `<wp:post_parent>${item.parent ?? 0}</wp:post_parent>`,
    `<wp:post_type>${cdata(type)}</wp:post_type>`,
    `<wp:post_password>${cdata(item.password ?? '')}</wp:post_password>`,
    `<wp:is_sticky>${item.sticky ? 1 : 0}</wp:is_sticky>`,
    ...(item.attachment ? [`<wp:attachment_url>${cdata(item.attachment)}</wp:attachment_url>`] : []),
    ...terms,
    ...meta,
    ...(item.more ? [item.more] : []),
    '</item>',
  ]
    .map((line, index, all) => (index === 0 || index === all.length - 1 ? line : `  ${line}`))
    .join('\n');
}

/**
 * Text of an export with items.
 * @param head XML before the items, such as authors and categories
 */
export const wordPressExport = (items: readonly (WordPressItem | string)[], head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Elements of an import</title>
<link>https://old.example</link>
<description>Every element, once</description>
<language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
${head}
${items.map(item => (typeof item === 'string' ? item : wordPressItem(item))).join('\n')}
</channel>
</rss>
`;

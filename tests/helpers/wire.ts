/** Items of an invented agency, in the three formats. */

/** A picture of one pixel: PNG, in base64. */
export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export interface Item {
  guid?: string;
  version?: number;
  created?: string;
  title?: string;
  text?: string;
  /** Elements or properties at the place for metadata of the item. */
  more?: string;
  /** Elements or properties at the place for metadata of the content. */
  content?: string;
}

const defaults = {
  guid: 'urn:newsml:agency.example:20260301:budget',
  version: 1,
  created: '2026-03-01T09:00:00Z',
  title: 'Council approves the budget',
  text: '<p>The council voted <em>seven</em> to two.</p>',
  more: '',
  content: '',
};

/** A NITF document. `more` is in docdata, `content` in body.head. */
export function nitf(item: Item = {}): string {
  const { guid, version, created, title, text, more, content } = { ...defaults, ...item };
  const norm = created.replace(/[-:]/g, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
  <head>
    <title>${title}</title>
    <docdata>
      <doc-id id-string="${guid}" regsrc="AX"/>
      <date.issue norm="${norm}"/>
      <du-key key="budget" version="${version}"/>
      <doc.copyright holder="Agency X" year="2026"/>
      ${more}
    </docdata>
  </head>
  <body>
    <body.head><hedline><hl1>${title}</hl1></hedline>${content}</body.head>
    <body.content>${text}</body.content>
  </body>
</nitf>
`;
}

/** A newsItem with NITF inside. `more` is in itemMeta, `content` in contentMeta. */
export function newsItem(item: Item = {}): string {
  const { guid, version, created, title, text, more, content } = { ...defaults, ...item };
  return `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${guid}" version="${version}" standard="NewsML-G2" xml:lang="en">
  <rightsInfo><usageTerms>Not for use in print.</usageTerms></rightsInfo>
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <provider qcode="nprov:AX"><name>Agency X</name></provider>
    <versionCreated>${created}</versionCreated>
    ${more}
  </itemMeta>
  <contentMeta><urgency>3</urgency><headline>${title}</headline>${content}</contentMeta>
  <contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body><body.content>${text}</body.content></body></nitf></inlineXML></contentSet>
</newsItem>
`;
}

/** A newsItem that is a picture. `more` is in itemMeta, `content` in rightsInfo. */
export function pictureItem(guid: string, href: string, { more = '', content = '' }: Item = {}): string {
  return `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="${guid}" version="1" standard="NewsML-G2">
  <rightsInfo ${content}><copyrightNotice>Copyright 2026 Agency X</copyrightNotice><usageTerms>Editorial use only.</usageTerms></rightsInfo>
  <itemMeta>
    <itemClass qcode="ninat:picture"/>
    <provider qcode="nprov:AX"><name>Agency X</name></provider>
    <versionCreated>2026-03-01T09:00:00Z</versionCreated>
    ${more}
  </itemMeta>
  <contentMeta>
    <by>Ann Otto</by>
    <creditline>Agency X</creditline>
    <description role="drol:caption">The council in session. It met until midnight.</description>
  </contentMeta>
  <contentSet>
    <remoteContent rendition="rnd:thumb" href="thumb.png" contenttype="image/png" width="80" height="60"/>
    <remoteContent rendition="rnd:highRes" href="${href}" contenttype="image/png" width="1500" height="1000"/>
  </contentSet>
</newsItem>
`;
}

/** Items in a message. */
export const message = (...items: string[]): string =>
  `<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>${items.join('')}</itemSet></newsMessage>`;

/** A ninjs 3 object, with further properties. */
export function ninjs(item: Item = {}, properties: Record<string, unknown> = {}): string {
  const { guid, version, created, title, text } = { ...defaults, ...item };
  return JSON.stringify({
    uri: guid,
    type: 'text',
    version: String(version),
    versionCreated: created,
    pubStatus: 'usable',
    copyrightHolder: 'Agency X',
    headlines: [{ value: title }],
    bodies: [{ contentType: 'text/html', value: text }],
    ...properties,
  });
}

/**
 * Hostile text in every field of every file. Pages are parsed as in a browser, and messages must be safe in
 * a terminal.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../src/base/diagnostics.ts';
import { buildSite, frontMatter, makeSite, readFolder } from '../helpers/site.ts';
import { allowedStyles, dangersIn, parseHtml } from './parse-html.ts';

const terminalEscape = '\u001b[2J\u001b]0;owned\u0007';

const hostile: Record<string, string> = {
  'a script element': '<script>alert(1)</script>',
  'an attribute that closes': '"><img src=x onerror=alert(1)>',
  'an attribute that closes by a single mark': "'><svg onload=alert(1)>",
  'an unquoted handler': 'x" onmouseover="alert(1)',
  'the end of the title': '</title><script>alert(1)</script>',
  'the end of a style': '</style></textarea></noscript></template><script>alert(1)</script>',
  'the end of CDATA': ']]><script>alert(1)</script>',
  'the end of a comment': '--><script>alert(1)</script><!--',
  'an Eta tag': '<%= it.site %><% throw new Error("ran") %>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
  'another template language': '{{constructor.constructor("alert(1)")()}} ${alert(1)} #{1}',
  'a string placeholder': '{speaker} {n} {__proto__} $& $1 $`',
  'a NUL character': 'A\u0000B',
  'a bidi override': 'A \u202egnp.exe\u202c B \u2066x',
  'a terminal escape': `A ${terminalEscape} B \u009b31m`,
  'a lone surrogate': 'A \ud800 B',
  entities: '&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;script&#x3e; &amp;lt;',
  Markdown: '![x](javascript:alert(1)) [y](javascript:alert(1)) <b onclick=x>',
  'a line break': 'A\n---\ntitle: B',
  'the names of prototypes': '__proto__ constructor toString',
};

/** Generates an article that has the text in every field. A separate site for every field would be slow. */
function articleOf(text: string): string {
  const q = JSON.stringify(text).replaceAll('\u202e', '\\u202e');
  return `---
title: ${q}
standfirst: ${q}
kicker: ${q}
dateline: ${q}
published: 2025-03-05T09:00:00-05:00
updated: 2025-03-06T09:00:00-05:00
desk: world
authors: [jane]
topics: [gaza]
sources: [{name: ${q}, note: ${q}, url: "https://example.org/\\"><script>alert(1)</script>", firstReport: true}]
keyFigures: [{value: ${q}, label: ${q}, source: ${q}}]
corrections: [{date: 2025-03-06T09:00:00-05:00, text: ${q}}]
review: {item: ${q}, verdict: ${q}, rating: 4/5, facts: [{label: ${q}, value: ${q}}]}
life: {name: ${q}, born: "1931"}
related: [y.md]
---
`.replace(
    '"https://example.org/\\"><script>alert(1)</script>"',
    "'https://example.org/\"><script>alert(1)</script>'",
  );
}

function siteOf(text: string): string {
  const q = JSON.stringify(text);
  return `name: ${q}
tagline: ${q}
url: https://courier.example/
publisher: {name: ${q}}
desks: [{id: world, name: ${q}, description: ${q}}]
topics: [{id: gaza, name: ${q}, description: ${q}}]
navigation: [{text: ${q}, url: /}, {text: ${q}, url: 'https://example.org/"><script>alert(1)</script>'}]
footer: [{text: ${q}, url: "https://example.org/?'onclick='alert(1)"}]
`;
}

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

function bodyOf(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `
Text ${line} text.

## ${line}

> ${line}
> — ${line}, ${line}, [${line}](https://example.org/)

![${line}](photo.gif '${line.replaceAll("'", '')}. Photo: ${line.replaceAll("'", '')}')

> [!note] ${line}
>
> ${line}

> [!side]
> ${line}
> — ${line}, ${line}

> [!steps] ${line}
>
> ![${line}](photo.gif#width=pair '${line.replaceAll("'", '')}. Illustration: ${line.replaceAll("'", '')}')
>
> ${line}

| ${line.replaceAll('|', '')} |
| --- |
| ${line.replaceAll('|', '')} |

Table: ${line}. Source: ${line}

Also read: [${line}](y.md)

\`\`\`timeline
caption: ${JSON.stringify(line)}
source: ${JSON.stringify(line)}
events: [{date: ${JSON.stringify(line)}, text: ${JSON.stringify(line)}}]
\`\`\`

\`\`\`${line.replaceAll('`', '')}
${line}
\`\`\`

\`${line.replaceAll('`', '')}\` [link](https://example.org/ '${line.replaceAll("'", '')}')[^1]

[^1]: ${line}
`;
}

const other = `${frontMatter()}\nText.\n`;

/** Turns off the rules whose errors about hostile links would stop the build: the test needs the pages. */
const lenient = '\nrules: {link-target: off, picture-file: off, image-alt: off}\n';

describe.each(Object.entries(hostile))('%s', (_, text) => {
  test('in every field of front matter and site.yaml leaves all pages harmless', async () => {
    const root = makeSite({
      'content/site.yaml': siteOf(text) + lenient,
      'content/articles/2025/x.md': `${articleOf(text)}\nText.\n`,
      'content/articles/2025/y.md': other,
      'content/authors/jane.md': `---\nname: ${JSON.stringify(text)}\nrole: ${JSON.stringify(text)}\n---\n\n${text}\n`,
      'content/pages/about.md': `---\ntitle: ${JSON.stringify(text)}\ndescription: ${JSON.stringify(text)}\n---\n\nText.\n`,
    });
    const { diagnostics, ok } = await buildSite(root);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ok).toBe(true);
    expectHarmless(join(root, 'dist'));
    expectPrintable(diagnostics.map(formatDiagnostic));
  });

  test('everywhere in the text leaves the page harmless', async () => {
    const root = makeSite({
      'content/site.yaml': siteOf('A name') + lenient,
      'content/articles/2025/x.md': `${frontMatter()}${bodyOf(text)}`,
      'content/articles/2025/y.md': other,
      'content/articles/2025/photo.gif': gif,
    });
    const { diagnostics, ok } = await buildSite(root);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic)).toEqual([]);
    expect(ok).toBe(true);
    expectHarmless(join(root, 'dist'));
    expectPrintable(diagnostics.map(formatDiagnostic));
  });

  test('in names, keys and dates leads to a message that is safe in a terminal', async () => {
    const q = JSON.stringify(text);
    const root = makeSite({
      'content/articles/2025/a.md': `---\ntitle: A\npublished: ${q}\ndesk: ${q}\n${q}: x\n---\n\nText.\n`,
      'content/articles/2025/b.md': frontMatter(`authors: [${q}]\ntopics: [${q}]\nrelated: [${q}]\n`).replace(
        'world',
        q,
      ),
      'content/articles/2025/c.md': `${frontMatter()}\n![](${encodeURIComponent(text.replace('\ud800', ''))}.jpg)\n\n[x](<${text.replace(/[<>\n]/g, '')}.md>)\n\n> [!${text.replace(/\s/g, '')}] x\n`,
    });
    const { diagnostics, ok } = await buildSite(root);
    expect(ok).toBe(false);
    expectPrintable(diagnostics.map(formatDiagnostic));
  });
});

function expectHarmless(dist: string): void {
  const files = readFolder(dist);
  const pages = Object.entries(files).filter(([path]) => path.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(2);
  for (const [path, html] of pages) {
    expect([path, dangersIn(html, allowedStyles(files))]).toEqual([path, []]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the output must not contain these
    expect(html).not.toMatch(/\u0000/);
  }
}

function expectPrintable(messages: string[]): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the output must not contain these
  const raw = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  expect(messages.filter(message => raw.test(message))).toEqual([]);
  expect(messages.filter(message => /\n\s+at .*:\d+:\d+/.test(message))).toEqual([]);
}

/**
 * Builds articles with the links and HTML that an attacker would send. Warnings and broken links are allowed.
 */
async function pagesOf(bodies: readonly string[]): Promise<string[]> {
  const root = makeSite({
    'content/site.yaml': siteOf('A name') + lenient,
    ...Object.fromEntries(
      bodies.map((body, index) => [`content/articles/2025/x${index}.md`, `${frontMatter()}\n${body}\n`]),
    ),
    'content/articles/2025/y.md': other,
  });
  const { diagnostics, ok } = await buildSite(root);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(formatDiagnostic)).toEqual([]);
  expect(ok).toBe(true);
  expectHarmless(join(root, 'dist'));
  const files = readFolder(join(root, 'dist'));
  return bodies.map((_, index) => files[`world/2025/03/x${index}/index.html`]!);
}

const pageOf = async (body: string): Promise<string> => (await pagesOf([body]))[0]!;

const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;&#x61;vascript:alert(1)',
  'javascript&colon;alert(1)',
  'java&#9;script:alert(1)',
  'java&#10;script:alert(1)',
  'java&Tab;script:alert(1)',
  '&#1;javascript:alert(1)',
  '&#32;javascript:alert(1)',
  '\\javascript:alert(1)',
  'javascript%3Aalert(1)',
  'data:text/html,<b>x</b>'.replace(/[<>]/g, ''),
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/x',
  'view-source:javascript:alert(1)',
  'feed:javascript:alert(1)',
  '///evil.example',
  '/\\evil.example',
  '/%5Cevil.example',
  '/&#9;/evil.example',
];

test.each<[string, (address: string) => string]>([
  ['a link', address => `[x](<${address}>)`],
  ['a link by reference', address => `[x]\n\n[x]: <${address}>`],
  ['an autolink', address => `<${address}>`],
  ['a picture', address => `![x](<${address}>)`],
  ['an inline picture', address => `Text ![x](<${address}>) text`],
  ['a related link', address => `Also read: [x](<${address}>)`],
  ['the source of a quotation', address => `> Words.\n> — Jane Doe, [x](<${address}>)`],
  ['an HTML link', address => `Text <a href="${address}">x</a> text`],
  ['a footnote', address => `Text[^1]\n\n[^1]: [x](<${address}>)`],
  ['a table', address => `| a |\n| - |\n| [x](<${address}>) |`],
])('no dangerous address is followed as %s', async (_, bodyOf) => {
  const pages = await pagesOf(addresses.map(bodyOf));
  for (const [index, address] of addresses.entries()) {
    const page = new URL(`https://courier.example/world/2025/03/x${index}/`);
    for (const match of pages[index]!.matchAll(/ (?:href|src|cite)="([^"]*)"/g)) {
      const value = match[1]!.replace(/&(?:amp|#x26|#38);/g, '&');
      expect(['https:', 'mailto:'], address).toContain(new URL(value, page).protocol);
      expect(['courier.example', 'example.org', 'evil.example', ''], address).toContain(
        new URL(value, page).hostname,
      );
      if (/^\/[\\/]/.test(value)) expect(value, address).toBe('');
    }
  }
});

const markup: [string, string][] = [
  ['a script', '<script>alert(1)</script>'],
  ['a script in a line', 'Text <script>alert(1)</script> text'],
  ['a script split over Markdown', '<scr\n\n**b**\n\nipt>alert(1)</script>'],
  ['a style element', '<style>body{display:none}</style>'],
  ['a style attribute', '<div style="position:fixed;inset:0">x</div>'],
  ['a frame', '<iframe src="https://evil.example/"></iframe>'],
  ['a frame with a document', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
  ['an object', '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">'],
  ['a drawing', '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>'],
  ['a drawing with an animation', '<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>'],
  [
    'a formula',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  ],
  ['a form', '<form action="https://evil.example/"><input name=password><button>x</button></form>'],
  ['a handler', '<div onclick="alert(1)" onmouseover=alert(1) ONLOAD=alert(1)>x</div>'],
  ['a handler on an allowed element', '<details open ontoggle=alert(1)><summary>x</summary></details>'],
  ['a class and an id', '<div class="masthead" id="page:main">x</div>'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example/">'],
  ['a base', '<base href="https://evil.example/">'],
  ['a link element', '<link rel="stylesheet" href="https://evil.example/x.css">'],
  ['a second body', '</main></body><body onload=alert(1)><main>'],
  ['a second html', '</html><html onclick=alert(1)>'],
  ['closing tags', '</div></section></article></main></body></html><p>after</p>'],
  ['a template', '<template><script>alert(1)</script></template>'],
  ['noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
  ['a picture', '<img src=x onerror=alert(1)><picture><source srcset="javascript:alert(1)"></picture>'],
  ['a video', '<video src=x onerror=alert(1) poster="javascript:alert(1)"></video><audio src=x></audio>'],
  ['a comment', '<!-- <script>alert(1)</script> --><!--><script>alert(1)</script>-->'],
  ['CDATA', '<![CDATA[<script>alert(1)</script>]]>'],
  ['a processing instruction', '<?xml version="1.0"?><?php echo 1 ?>'],
  ['an element of a name of its own', '<x-evil onclick=alert(1)>x</x-evil>'],
  ['plain text that never ends', '<plaintext>'],
  ['a title that is not closed', '<title>'],
  ['a select that is not closed', '<select><option>'],
  [
    'a table that is torn',
    '<table><script>alert(1)</script><tr><td><form><input onfocus=alert(1) autofocus></table>',
  ],
  ['broken attributes', '<a href="x" href="javascript:alert(1)" / onclick=alert(1)//>x</a>'],
  ['a named anchor that clobbers', '<a name="body" id="__proto__">x</a><form name="getElementById"></form>'],
];

test.each(markup)('%s in HTML is dropped', async (_, body) => {
  const html = await pageOf(`Before.\n\n${body}\n\nAfter.`);
  const tree = parseHtml(html);
  expect(tree.children.length).toBeGreaterThan(0);
  expect(html.match(/<body/g)).toHaveLength(1);
  expect(html.match(/<main/g)).toHaveLength(1);
  expect(html).not.toMatch(/class="masthead"[^>]*id=/);
});

test.each([
  ...['svg', 'math', 'select', 'title', 'iframe', 'template', 'noscript', 'object'].map(
    tag => [tag, 'does not swallow later paragraphs'] as const,
  ),
  ...['textarea', 'script', 'style'].map(tag => [tag, 'stops the build'] as const),
])('an unclosed <%s> %s', async (tag, result) => {
  const root = makeSite({
    'content/articles/2025/x.md': `${frontMatter()}\nBefore.\n\n<${tag}>\n\nThe minister resigned.\n\n## Later\n\nThe end.\n`,
  });
  const { diagnostics } = await buildSite(root);
  const messages = diagnostics.map(({ ruleId, place }) => [ruleId, place?.line]);
  if (result === 'stops the build') {
    expect(messages).toEqual([
      ['html-dropped', 9],
      ['html-unclosed', 9],
    ]);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  } else {
    expect(messages).toEqual([['html-dropped', 9]]);
    const html = readFolder(join(root, 'dist'))['world/2025/03/x/index.html']!;
    expect(html).toContain('<p>The minister resigned.</p>');
    expect(html).toContain('<p>The end.</p>');
  }
});

test('hostile file names are printed without control characters', async () => {
  const root = makeSite({
    [`content/articles/2025/a${terminalEscape}b.md`]: 'no front matter',
    'content/articles/2025/\u202egpj.md': 'no front matter',
  });
  const { diagnostics } = await buildSite(root);
  expect(diagnostics).toHaveLength(2);
  expectPrintable(diagnostics.map(formatDiagnostic));
});

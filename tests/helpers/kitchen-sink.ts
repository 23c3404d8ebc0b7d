/** A site whose articles contain every element. */
import { crc32, deflateSync } from 'node:zlib';
import { makeFilm, makeSound } from '../media/films.ts';

/** Generates a single-colour picture as a PNG. */
export function makePng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits per sample, greyscale.
  header.writeUInt8(8, 8);
  // Every line begins with the number of its filter; 0 means no filter.
  const lines = Buffer.alloc((width + 1) * height, 0x80);
  for (let line = 0; line < height; line++) lines.writeUInt8(0, line * (width + 1));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const everything = `---
title: Every element stands on one page
standfirst: A page for tests, with "quotation marks", an ampersand & a <tag> in its furniture.
kicker: Test page
dateline: New York
published: 2025-03-05T09:00:00-05:00
updated: 2025-03-06T10:30:00-05:00
desk: world
authors: [first, second, third]
topics: [gaza, tests]
draft: true
sources:
  - {name: A source without an address, note: What it gave}
  - {name: A source with an address, url: 'https://source.example/report?a=1&b=2', firstReport: true}
  - {name: Another first source, firstReport: true}
keyFigures:
  - {value: "59", label: a number alone}
  - {value: 'over 2,000', label: a number with words and a source, source: The test office}
  - {value: 1 in 3, label: a share}
related: [other.md, he.md]
corrections:
  - {date: 2025-03-06T10:30:00-05:00, text: 'An earlier version had one "element" fewer.'}
  - {date: 2025-03-07T10:30:00-05:00, text: A second correction.}
---

The first paragraph follows the dateline and has **strong words**, *stressed words*, ~~struck words~~, \`code\`, a [link to another host](https://host.example/?a=1&b=2 "Its title"), [a link to an article](other.md), and https://address.example/ as it is. It has a footnote[^one], another[^two] and the first one again[^one].

Text with HTML in it: <kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O, x<sup>2</sup>, <abbr title="HyperText Markup Language">HTML</abbr>, <mark>marked</mark>, <q>quoted</q>, <bdi>isolated</bdi>, <span lang="he" dir="rtl">שלום</span>, <time datetime="2025-03-05">5 March</time>.\\
This line follows a hard break.

## A picture and a table

![A grey rectangle](picture.png "What the caption says. Photo: Jane Doe/Agency")

![A second grey rectangle](wide.png)

| Name | Left | Middle | Right |
| --- | :--- | :---: | ---: |
| First | one | two | 3 |
| Second, a longer name | four \`code\` | **five** | 6,000 |

Table: What the columns are. Source: The test office

| A wide table | without a caption | and with | many columns | that cannot | all stand | side by side | on a telephone |
| --- | --- | --- | --- | --- | --- | --- | --- |
| measurement | measurement | measurement | measurement | measurement | measurement | measurement | measurement |

### A heading of depth three

Text below it.

#### A heading of depth four

Text below it.

##### A heading of depth five

###### A heading of depth six

Text below it.

## Quotations & boxes

> What the speaker said, over
> two lines.
>
> And in a second paragraph.
>
> — Ada Tester, head of [the test office](https://office.example/)

> Short.
>
> — Ben Tester

> [!plain]
> A block quotation that nobody says.

> [!context] A box with a title
>
> Its text, with a list:
>
> - one
> - two

> [!note]
>
> A box without a title.

> [!correction]
>
> A correction in place.

Also read: [Another article](other.md)

## A timeline

\`\`\`timeline
caption: What happened when
source: The test office
events:
  - {date: "1997", text: A year.}
  - {date: 2025-01, text: A month.}
  - {date: First phase, text: A name of a time.}
  - {text: No date.}
  - {date: "2025-03-05", text: A day & more.}
\`\`\`

\`\`\`timeline
events:
  - {date: "2024", text: Alone and without a caption.}
\`\`\`

## Charts

\`\`\`chart
type: bar
title: Bars & "more"
subtitle: A subtitle
data: [{place: North, a: 3, b: -2}, {place: South & <West>, a: 5}]
x: place
y: [a, b]
source: The test office
note: A note
credit: The test desk
annotations: [{y: 4, text: A goal}]
\`\`\`

\`\`\`chart
type: line
title: A line
data: [{year: 2023, a: 3}, {year: 2024, a: }, {year: 2025, a: 9}]
x: year
y: a
annotations: [{x: 2024, text: Nothing}]
\`\`\`

## Video and sound

\`\`\`video
src: film.mp4
poster: picture.png
captions: film.vtt
caption: A film & its "caption"
credit: The test desk
transcript: |
  First words.

  Second words.
\`\`\`

\`\`\`video
url: https://www.host.example/watch?v=1&t=2
poster: wide.png
caption: A film elsewhere
\`\`\`

\`\`\`audio
src: sound.mp3
caption: A sound
\`\`\`

\`\`\`audio
url: https://host.example/sound
caption: A sound elsewhere
\`\`\`

## Lists, code and the rest

- An item
- An item with a list
  1. First
  2. Second
     - Deeper

3. Begins at three
4. Goes on

- A loose item

  with two paragraphs

- Another

Tasks:

- [x] A task that is done
- [ ] A task that is not

Loose ones:

- [x] A task

  with two paragraphs

- [ ] Another

\`\`\`js
const line = 'a line that is so long that it does not fit on a small screen at all, whatever its size';
if (line < 1 && line > 2) console.log("<p>");
\`\`\`

    Indented code.

---

<details>
<summary>More of it</summary>

Text **inside** of it.

</details>

<dl><dt>Term</dt><dd>What it means</dd></dl>

<table><caption>A table in HTML</caption><thead><tr><th scope="col">Head</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table>

AVeryLongWordWithoutAnyPlaceWhereItCouldBeBrokenAndLongerThanTheSmallestScreenIsWideAtAnySizeOfItsLetters.

## A heading with \`code\`, a "quotation" & *stress*

The last words.

[^one]: The first note, with a [link](https://note.example/).
[^two]: The second note.

    With a second paragraph.
`;

export const kitchenSink: Record<string, string | Uint8Array> = {
  // If a site has its own template, the build renders all templates strictly: every field that they name must
  // exist.
  'templates/partials/own.html': '',
  'content/site.yaml': `name: The Test & Courier
outputs: {articleJson: true, ninjs: true}
tagline: News for "tests" <only>
url: https://courier.example/
lang: en
timeZone: America/New_York
publisher: {name: Test & Sons}
desks:
  - {id: world, name: World & more}
topics:
  - {id: gaza, name: Gaza}
  - {id: tests, name: Tests & trials}
navigation:
  - {text: Home, url: /}
  - {text: About us, url: /about/}
  - {text: Elsewhere, url: 'https://elsewhere.example/?a=1&b=2'}
footer:
  - {text: About us, url: /about/}
`,
  'content/articles/2025/everything/index.md': everything
    .replaceAll('(other.md)', '(../other.md)')
    .replace('[other.md, he.md]', '[../other.md, ../he.md]'),
  'content/articles/2025/everything/picture.png': makePng(640, 360),
  'content/articles/2025/everything/film.mp4': await makeFilm(),
  'content/articles/2025/everything/sound.mp3': makeSound(),
  'content/articles/2025/everything/film.vtt': 'WEBVTT\n\n00:00.000 --> 00:02.000\nFirst words.\n',
  'content/articles/2025/everything/wide.png': makePng(1600, 200),
  'content/articles/2025/other.md': `---
title: Another article, the least there can be
published: 2025-03-04T09:00:00-05:00
desk: world
---

One sentence.
`,
  'content/articles/2025/he.md': `---
title: כתבה בשפה אחרת
standfirst: משפט אחד שמסביר את הבדיקה.
published: 2025-03-03T09:00:00-05:00
desk: world
lang: he
---

משפט אחד בלבד.
`,
  'content/authors/first.md':
    '---\nname: Ada Tester\nrole: Tester\nurl: https://ada.example/\n---\n\nOne sentence.\n',
  'content/authors/second.md': '---\nname: Ben Tester\n---\n\nOne sentence.\n',
  'content/authors/third.md': '---\nname: עדה בודקת\n---\n\nOne sentence.\n',
  'content/pages/about.md': '---\ntitle: About us\n---\n\n## Who we are\n\nTests.\n',
};

export const everythingPath = '/world/2025/03/everything/';

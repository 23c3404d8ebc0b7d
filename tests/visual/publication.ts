/**
 * A publication for visual tests: headlines of realistic length, pictures of several shapes, three scripts.
 * The content is fictitious.
 */
import sharp from 'sharp';

type Files = Record<string, string | Uint8Array>;

const headlines: [title: string, standfirst: string][] = [
  [
    'How ink is made: soot, oil and patience',
    'Lampblack was scraped from chimneys and ground into boiled linseed oil. The recipe held for four hundred years.',
  ],
  [
    'The sheet that gave its name to a whole trade',
    'A broadsheet was printed on one side and pasted on walls, where those who could read did so aloud.',
  ],
  [
    'Why columns are narrow',
    'Short lines are read faster, and a compositor could set them without breaking too many words.',
  ],
  [
    'Movable type, and what moved with it',
    'Letters cast one by one could be set, printed from and used again the next day.',
  ],
  [
    'A short history of the headline',
    'For two centuries newspapers had none: the date of the letter stood above the news.',
  ],
  [
    'The crossing of a line: justification explained',
    'Spaces are made wider until the last word reaches the margin.',
  ],
  ['Rag, straw, wood', 'What paper was made of decided how long it would last.'],
  ['What a masthead tells', 'Blackletter says old, capitals say serious, and a picture says who pays.'],
  [
    'From hot metal to light',
    'In twenty years an industry that had cast lead for a century began to set type on film.',
  ],
  ['The em dash has a width of its own', 'It is as wide as the letters are high.'],
  [
    'Proofs are read backwards by those who set them',
    'Type stands mirrored in the stick, and compositors learn to read it so.',
  ],
  ['Half-tone: a photograph in dots', 'Seen from near there is no grey in print, only black in many sizes.'],
];

const body = `The first presses for newspapers were those for books. A page was inked by hand, a sheet laid on it, and a bar pulled.

Two people made two hundred sheets an hour. Each sheet was printed again on its back when the first side was dry.

![A drawing of hills](one.jpg "Hills, drawn for this page. Illustration: The tests")

## The cylinder

A cylinder replaced the bar. The sheet was carried around it, and the type ran to and fro below.

> Whoever has seen it at work will not forget the noise.
>
> — A visitor, in the guest book

The noise was that of cast iron. It stopped only for the changing of the type, which took longer than the printing.

> [!context] What a forme is
>
> Type, spaces and pictures of one page, locked into an iron frame so that it can be lifted.

![A wide drawing](two.jpg#width=wide "As wide as the page allows. Illustration: The tests")

## The roll

Paper from a roll ran through without a halt. A knife cut it, and arms folded it.

- Sheets were counted by a bell.
- Every fiftieth was looked at.

1. The roll is hung.

   It weighs as much as a horse.

2. The paper is threaded.

| Year | Press | Sheets an hour |
| --- | --- | ---: |
| 1800 | Wood | 200 |
| 1814 | Cylinder | 1,100 |
| 1866 | Roll | 12,000 |

Table: How fast a press was. Source: Notes for the tests

\`\`\`timeline
caption: From the bar to the roll
events:
  - {date: "1800", text: A press of iron takes the place of wood.}
  - {date: "1814", text: The cylinder is driven by steam.}
  - {date: "1866", text: Paper comes from a roll.}
\`\`\`

![A drawing from edge to edge](three.jpg#width=full "From edge to edge. Illustration: The tests")

Also read: [Why columns are narrow](story-2.md)

Every number here has a note.[^one] It is the same note twice.[^one]

[^one]: Rounded, and for tests alone.
`;

const front = (meta: Record<string, unknown>): string =>
  `---\n${Object.entries(meta)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('')}---\n\n`;

export interface PublicationOptions {
  stories: number;
  /** Whether every second story has a picture. */
  pictures?: boolean;
  /** Whether to add a story in Hebrew and one in Arabic. */
  scripts?: boolean;
  /** Further lines of site.yaml. */
  lines?: string;
}

export async function makePublication({
  stories,
  pictures = true,
  scripts = false,
  lines = '',
}: PublicationOptions): Promise<Files> {
  const drawings = await Promise.all([0, 1, 2].map(drawing));
  const files: Files = {
    'content/site.yaml': `name: The Compositor
tagline: Notes on letters, paper and presses
url: https://compositor.example/
lang: en
timeZone: Europe/London
desks:
  - {id: press, name: The press, description: 'Machines that print, and those who built them'}
  - {id: letters, name: Letters}
  - {id: paper, name: Paper}
topics:
  - {id: history, name: History, description: How it came about}
  - {id: craft, name: Craft}
footer:
  - {text: About, url: /about/}
policies:
  publishingPrinciples: /about/
  correctionsPolicy: /corrections/
${lines}`,
    'content/pages/about.md':
      '---\ntitle: About\n---\n\nThis publication is made for tests.\n\n## What it shows\n\nEvery kind of page.\n',
    'content/authors/drawer.md': `---\nname: The Test Drawer\nrole: Draws for tests\npicture: drawer.jpg\nlinks:\n  - {text: Elsewhere, url: 'https://drawer.example/'}\n---\n\nThe Test Drawer draws hills, and nothing else.\n`,
    'content/authors/drawer.jpg': drawings[2]!,
    'content/authors/setter.md': '---\nname: The Test Setter\n---\n',
  };
  for (let n = 0; n < stories; n++) {
    const [title, standfirst] = headlines[n % headlines.length]!;
    const isFirst = n === 0;
    const folder = `content/articles/2025/story-${n}`;
    const pictured = isFirst || (pictures && n % 2 === 0);
    const name = pictured ? `${folder}/index.md` : `${folder}.md`;
    files[name] =
      front({
        title: n < headlines.length ? title : `${title}, part ${Math.floor(n / headlines.length) + 1}`,
        standfirst,
        published: new Date(Date.parse('2025-05-20T12:00:00Z') - n * 86_400_000).toISOString(),
        desk: ['press', 'letters', 'paper'][n % 3],
        authors: isFirst ? ['drawer', 'setter'] : [n % 2 ? 'drawer' : 'setter'],
        topics: [n % 2 ? 'history' : 'craft'],
        ...(isFirst && {
          type: 'background',
          dateline: 'London',
          updated: '2025-05-21T09:00:00Z',
          keyFigures: [
            { value: '200', label: 'sheets an hour by hand' },
            { value: '1,100', label: 'by the cylinder', source: 'Notes for the tests' },
            { value: 'over 12,000', label: 'from the roll' },
          ],
          sources: [
            { name: 'Notes for the tests', note: 'Numbers of sheets', firstReport: true },
            { name: 'The guest book', url: 'https://book.example/' },
          ],
          corrections: [
            { date: '2025-05-21T09:00:00Z', text: 'An earlier version had the year of the roll wrong.' },
          ],
        }),
      }) +
      (isFirst
        ? stories > 2
          ? body.replaceAll('story-2.md', pictures ? '../story-2/index.md' : '../story-2.md')
          : body.replace(/^Also read.*$/m, '')
        : `${pictured ? '![Hills](one.jpg "Illustration: The tests")\n\n' : ''}${standfirst}\n`);
    if (!pictured) continue;
    files[`${folder}/one.jpg`] = drawings[(n / 2) % 3]!;
    if (isFirst)
      for (const [at, other] of ['two', 'three'].entries())
        files[`${folder}/${other}.jpg`] = drawings[at + 1]!;
  }
  if (scripts) {
    files['content/articles/2025/story-he.md'] =
      front({
        title: 'כך מכינים דיו: פיח, שמן וסבלנות',
        standfirst: 'הפיח נאסף מארובות ונטחן בשמן פשתן מבושל. המתכון החזיק מעמד ארבע מאות שנה.',
        published: '2025-05-20T12:00:00Z',
        desk: 'press',
        authors: ['drawer'],
        topics: ['craft'],
        lang: 'he',
        translationOf: 'story-0/index.md',
        keyFigures: [{ value: '200', label: 'גיליונות בשעה' }],
      }) +
      'בתי הדפוס הראשונים של העיתונים היו אלה של הספרים. עמוד נמרח בדיו ביד, גיליון הונח עליו, ומוט נמשך.\n\n## הגליל\n\nהגליל החליף את המוט, והאותיות נעו הלוך ושוב מתחתיו.\n\n> מי שראה אותו בפעולה לא ישכח את הרעש.\n>\n> — מבקר, בספר האורחים\n\n## הגלילה\n\nהנייר רץ ללא הפסקה. סכין חתכה אותו.\n';
    files['content/articles/2025/story-ar.md'] =
      front({
        title: 'كيف يُصنع الحبر: سخام وزيت وصبر',
        standfirst: 'كان السخام يُكشط من المداخن ويُطحن في زيت الكتان المغلي.',
        published: '2025-05-20T12:00:00Z',
        desk: 'press',
        authors: ['drawer'],
        topics: ['craft'],
        lang: 'ar',
        translationOf: 'story-0/index.md',
      }) +
      'كانت مطابع الصحف الأولى هي مطابع الكتب. تُحبَّر الصفحة باليد، وتوضع عليها ورقة، ثم يُسحب القضيب.\n\n## الأسطوانة\n\nحلّت الأسطوانة محل القضيب.\n\n> من رآها تعمل لن ينسى صوتها.\n>\n> — زائر، في سجل الزوار\n\n## اللفافة\n\nصار الورق يأتي من لفافة.\n';
  }
  return files;
}

/** Draws hills under a sky: a landscape, a panorama or a square. */
async function drawing(kind: number): Promise<Uint8Array> {
  const [width, height] = [
    [1600, 1067],
    [2000, 900],
    [1200, 1200],
  ][kind] as [number, number];
  const [sky, far, near, sun] = [
    ['#f3d9b1', '#7d8f69', '#2f4b3c', '#d9583b'],
    ['#b8cfd8', '#6f7f99', '#2c3550', '#f5efe0'],
    ['#e9c9c0', '#a0667c', '#4a2c46', '#f7e7c6'],
  ][kind] as [string, string, string, string];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100" preserveAspectRatio="none" width="${width}" height="${height}"><rect width="160" height="100" fill="${sky}"/><circle cx="${112 - kind * 30}" cy="38" r="13" fill="${sun}"/><path d="M0 66 Q30 40 62 60 T120 54 T160 62 V100 H0Z" fill="${far}"/><path d="M0 84 Q40 62 84 82 T160 74 V100 H0Z" fill="${near}"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 88 }).toBuffer();
}

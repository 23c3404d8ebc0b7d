/**
 * The gallery's publications, generated from a seed: a daily, a site of two stories, one in Hebrew and one in Arabic.
 * Their content is fictitious.
 */
import { drawPhoto, type Scene } from './photos.ts';
import { createRandom, type Random } from './random.ts';
import { fill, type Script, words } from './words.ts';

type Files = Record<string, string | Uint8Array>;

export interface SiteOptions {
  script?: Script;
  name?: string;
  stories: number;
  /** Whether most stories have a picture. */
  pictures?: boolean;
  headlines?: 'mixed' | 'short' | 'long';
  /** Number of stories with `prominence: high`, among the newest. */
  high?: number;
  /** Whether the newest story is marked as the lead. */
  lead?: boolean;
  /** Further lines of site.yaml. */
  lines?: string;
}

/** Clock of the gallery's builds: an hour after the newest story. */
export const galleryNow = Date.parse('2025-06-01T12:00:00Z');

const languages = {
  en: { tag: 'en', name: 'The Quayside Herald', tagline: 'News of the harbour, the city and the hills' },
  he: { tag: 'he', name: 'עיתון הרציף', tagline: 'חדשות הנמל, העיר וההרים' },
  ar: { tag: 'ar', name: 'جريدة الرصيف', tagline: 'أخبار الميناء والمدينة والتلال' },
} as const;

/** Photographs that stories share: landscape, portrait and square ones. */
const photos: [scene: Scene, width: number, height: number][] = [
  ['harbour', 1800, 1200],
  ['street', 1600, 1067],
  ['hills', 1600, 900],
  ['face', 1000, 1500],
  ['street', 1400, 1400],
  ['harbour', 1600, 1000],
  ['hills', 1800, 1200],
  ['face', 1500, 1000],
  ['street', 1600, 1200],
  ['hills', 1000, 1500],
];

let drawn: Promise<Buffer[]> | undefined;

/** Draws the photographs once per process. */
const drawPhotos = (): Promise<Buffer[]> =>
  (drawn ??= Promise.all(
    photos.map(([scene, width, height], index) => drawPhoto(index + 1, scene, width, height)),
  ));

/** Creates the files of a publication. */
export async function createSite(options: SiteOptions): Promise<Files> {
  const { script = 'en', stories, pictures = true, high = 3, lead = true, lines = '' } = options;
  const language = languages[script];
  const { desks, topics, authors } = words[script];
  const random = createRandom(stories * 31 + script.charCodeAt(0));
  const files: Files = {
    'content/site.yaml': `name: ${options.name ?? language.name}
tagline: ${language.tagline}
url: https://gallery.example/
lang: ${language.tag}
timeZone: Europe/London
desks:
${desks.map(([id, name]) => `  - {id: ${id}, name: ${name}, description: ${name}}\n`).join('')}topics:
${topics.map(([id, name]) => `  - {id: ${id}, name: ${name}}\n`).join('')}${lines.includes('pictures:') ? '' : 'pictures: small\n'}${lines.includes('outputs:') ? '' : 'outputs: {cards: false}\n'}
${lines}`,
    'content/pages/about.md': `---\ntitle: ${language.name}\n---\n\n${words[script].sentences.slice(0, 3).join(' ')}\n`,
  };
  const own = await drawPhotos();
  for (const [index, [id, name, role]] of authors.entries()) {
    const hasFace = pictures && index !== 1;
    files[`content/authors/${id}.md`] =
      `---\nname: ${name}\nrole: ${role}\n${hasFace ? `picture: ${id}.jpg\n` : ''}---\n\n${words[script].sentences[index]!}\n`;
    if (hasFace) files[`content/authors/${id}.jpg`] = await face(index);
  }
  for (let n = 0; n < stories; n++) {
    const number = random.whole(0, photos.length - 1);
    const hasPicture = pictures && (n === 0 || random.next() < 0.75);
    files[`content/articles/2025/story-${n}.md`] = storyOf(
      n,
      { ...options, script, high, lead },
      hasPicture,
      random,
    );
    if (hasPicture) files[`content/articles/2025/photo-${n}.jpg`] = own[n === 0 ? 0 : number]!;
  }
  return files;
}

const faces = new Map<number, Promise<Buffer>>();

function face(index: number): Promise<Buffer> {
  const known = faces.get(index) ?? drawPhoto(100 + index, 'face', 600, 800);
  faces.set(index, known);
  return known;
}

/** Types of the stories in turn, from the newest; every other story is news. */
const types = [
  'news',
  'news',
  'analysis',
  'news',
  'opinion',
  'news',
  'review',
  'news',
  'interview',
  'opinion',
  'news',
  'news',
];

function storyOf(
  n: number,
  { script = 'en', headlines = 'mixed', high = 0, lead = false }: SiteOptions,
  hasPicture: boolean,
  random: Random,
): string {
  const own = words[script];
  const kind = headlines === 'mixed' ? random.pick(['usual', 'usual', 'usual', 'short', 'long']) : headlines;
  const templates = { usual: own.headlines, short: own.shortHeadlines, long: own.longHeadlines }[kind]!;
  const type = types[n % types.length]!;
  const [desk] = own.desks[n % own.desks.length]!;
  const author =
    type === 'opinion' ? 'leader-desk' : type === 'review' ? 'culture-desk' : own.authors[n % 2]![0];
  const hours = n < 6 ? n * 2 : 12 + (n - 6) * 5;
  const published = new Date(galleryNow - 3_600_000 * (1 + hours)).toISOString();
  const text = (count: number) => Array.from({ length: count }, () => random.pick(own.sentences)).join(' ');
  const prominence = n === 0 && lead ? 'lead' : n > 0 && n <= high ? 'high' : 'normal';
  const front = {
    title: fill(random.pick(templates), own, random),
    ...(random.next() < 0.85 ? { standfirst: text(1) } : {}),
    published,
    desk,
    type,
    authors: [author],
    topics: [random.pick(own.topics)[0]],
    ...(prominence === 'normal' ? {} : { prominence }),
  };
  const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  const picture = hasPicture
    ? `![${own.caption}](photo-${n}.jpg "${own.caption} Photo: ${own.credit}")\n\n`
    : '';
  const sections = own.headings.map(
    (heading, index) =>
      `## ${heading}\n\n${text(4)}\n\n${index === 0 ? `> ${own.quote}\n>\n> — ${own.speaker}\n\n` : ''}${text(5)}\n`,
  );
  return `---\n${lines.join('')}---\n\n${picture}${text(4)}\n\n${text(4)}\n\n${sections.join('\n')}`;
}

/** Differences between static site generators: how to recognize them, their folders of stories, and their addresses. */
import type { Meta } from '../front-matter.ts';
import { textValue } from '../front-matter.ts';
import type { TagSyntax } from '../model.ts';

/** A source file of a generator. */
export interface GeneratorFile {
  /** Path relative to the folder of the content, without it: `news/2020/x.md`. */
  path: string;
  /** Name without date and extension. */
  stem: string;
  /** Day in the file's name: `2020-01-31`. */
  day: string | undefined;
  meta: Meta;
}

export interface Generator {
  name: string;
  label: string;
  detect(files: ReadonlySet<string>): boolean;
  /** Files with the site's settings, the first that exists counts. */
  configFiles: readonly string[];
  /** Folders with content. The first that exists counts, unless `all`. */
  folders: readonly string[];
  /** Folders of drafts. */
  drafts?: readonly string[];
  tags: readonly TagSyntax[];
  /** Whether files without a date can be stories. */
  isStory?(file: GeneratorFile): boolean;
  /** Address on the old site, unless the front matter says it. @param parts year, month, day */
  address(file: GeneratorFile, parts: readonly string[], config: Meta): string | undefined;
}

const has = (files: ReadonlySet<string>, pattern: RegExp): boolean =>
  [...files].some(file => pattern.test(file));

/** Path of a file as an address: `news/x.md` is at `/news/x/`, and `x/index.md` at `/x/`. */
const byPath = ({ path, stem }: GeneratorFile): string => {
  const folder = path.split('/').slice(0, -1);
  return `/${[...folder, ...(/^_?index$/.test(stem) ? [] : [stem])].join('/')}/`.replace(/\/{2,}/g, '/');
};

const fill = (pattern: string, values: Readonly<Record<string, string | undefined>>): string =>
  `/${pattern}`.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '').replace(/\/{2,}/g, '/');

const hugo: Generator = {
  name: 'hugo',
  label: 'Hugo',
  detect: files =>
    has(
      files,
      /^(?:hugo|config)\.(?:toml|ya?ml|json)$|^config\/_default\/(?:hugo|config)\.(?:toml|ya?ml|json)$/,
    ) &&
    has(files, /^content\/.*\.(?:md|html)$/) &&
    !has(files, /^templates\/.*\.html$/),
  configFiles: [
    'hugo.toml',
    'hugo.yaml',
    'hugo.yml',
    'hugo.json',
    'config.toml',
    'config.yaml',
    'config.yml',
    'config.json',
    'config/_default/hugo.toml',
    'config/_default/hugo.yaml',
    'config/_default/config.toml',
    'config/_default/config.yaml',
    'config/_default/config.yml',
  ],
  folders: ['content'],
  tags: ['hugo'],
  address(file, [year, month, day], config) {
    const [section = ''] = file.path.split('/');
    const permalinks = (config.permalinks ?? {}) as Record<string, unknown>;
    const pages = (permalinks.page ?? {}) as Record<string, unknown>;
    const pattern = textValue(pages[section] ?? permalinks[section]);
    const slug =
      textValue(file.meta.slug) ?? (/^index$/.test(file.stem) ? file.path.split('/').at(-2) : file.stem);
    if (pattern !== undefined) {
      const title = textValue(file.meta.title)
        ?.toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '');
      return fill(pattern, {
        year,
        month,
        day,
        section,
        sections: file.path.split('/').slice(0, -1).join('/'),
        slug,
        title,
        filename: file.stem,
        slugorfilename: slug,
        slugorcontentbasename: slug,
        contentbasename: file.stem,
      });
    }
    if (file.meta.slug === undefined) return byPath(file).toLowerCase();
    const folders = file.path.split('/').slice(0, /^index$/.test(file.stem) ? -2 : -1);
    return `/${[...folders, slug].join('/')}/`.toLowerCase();
  },
};

const jekyll: Generator = {
  name: 'jekyll',
  label: 'Jekyll',
  detect: files =>
    has(files, /^_posts\/|\/_posts\//) && has(files, /^_config\.ya?ml$/) && !has(files, /^source\/_posts\//),
  configFiles: ['_config.yml', '_config.yaml'],
  folders: ['.'],
  drafts: ['_drafts'],
  tags: ['liquid'],
  isStory: ({ path }) => /(?:^|\/)_(?:posts|drafts)\//.test(path),
  address(file, [year, month, day], config) {
    const categories = [file.meta.categories ?? file.meta.category ?? []]
      .flat()
      .map(String)
      .join('/')
      .toLowerCase();
    const title = textValue(file.meta.slug) ?? file.stem;
    if (!/(?:^|\/)_/.test(file.path))
      return file.stem === 'index' ? byPath(file) : byPath(file).replace(/\/$/, '.html');
    const styles: Record<string, string> = {
      date: '/:categories/:year/:month/:day/:title.html',
      pretty: '/:categories/:year/:month/:day/:title/',
      ordinal: '/:categories/:year/:y_day/:title.html',
      none: '/:categories/:title.html',
    };
    const pattern = textValue(config.permalink) ?? 'date';
    return fill(styles[pattern] ?? pattern, {
      categories,
      year,
      month,
      day,
      title,
      slug: title,
      i_month: month?.replace(/^0/, ''),
      i_day: day?.replace(/^0/, ''),
      short_year: year?.slice(2),
    });
  },
};

const hexo: Generator = {
  name: 'hexo',
  label: 'Hexo',
  detect: files => has(files, /^source\/_posts\//),
  configFiles: ['_config.yml', '_config.yaml'],
  folders: ['source'],
  drafts: ['_drafts'],
  tags: ['liquid'],
  isStory: ({ path }) => /^_(?:posts|drafts)\//.test(path),
  address(file, [year, month, day], config) {
    if (!/^_/.test(file.path)) return byPath(file);
    const title = textValue(file.meta.slug) ?? file.stem;
    return fill(textValue(config.permalink) ?? ':year/:month/:day/:title/', {
      year,
      month,
      day,
      title,
      name: title,
      category: [file.meta.categories ?? []].flat().map(String)[0],
    });
  },
};

const zola: Generator = {
  name: 'zola',
  label: 'Zola',
  detect: files =>
    files.has('config.toml') && has(files, /^content\/.*\.md$/) && has(files, /^templates\/.*\.html$/),
  configFiles: ['config.toml'],
  folders: ['content'],
  tags: ['zola'],
  address(file) {
    const path = textValue(file.meta.path);
    if (path !== undefined) return `/${path.replace(/^\/|\/$/g, '')}/`;
    const slug = textValue(file.meta.slug);
    const own = byPath(file);
    return slug === undefined ? own : own.replace(/[^/]+\/$/, `${slug}/`);
  },
};

const eleventy: Generator = {
  name: 'eleventy',
  label: 'Eleventy',
  detect: files =>
    has(files, /^(?:\.eleventy|eleventy\.config)\.(?:[cm]?js|ts)$/) ||
    files.has('.eleventy.js') ||
    files.has('config/index.js'),
  configFiles: [
    'src/_data/site.json',
    '_data/site.json',
    'data/site.yaml',
    '_data/site.yaml',
    'src/_data/metadata.json',
    '_data/metadata.json',
  ],
  folders: ['content', 'src', '.'],
  tags: ['liquid'],
  address: file => byPath(file),
};

const astro: Generator = {
  name: 'astro',
  label: 'Astro',
  detect: files => has(files, /^astro\.config\.(?:[cm]?js|ts)$/),
  configFiles: [],
  folders: ['src/content', 'src/data', 'src/pages'],
  tags: ['mdx', 'liquid'],
  address: file => byPath(file),
};

const pelican: Generator = {
  name: 'pelican',
  label: 'Pelican',
  detect: files => files.has('pelicanconf.py'),
  configFiles: ['pelicanconf.py'],
  folders: ['content'],
  tags: [],
  isStory: ({ path }) => !path.startsWith('pages/'),
  address: ({ meta, stem, path }) =>
    path.startsWith('pages/')
      ? `/pages/${textValue(meta.slug) ?? stem}.html`
      : `/${textValue(meta.slug) ?? stem}.html`,
};

const nikola: Generator = {
  name: 'nikola',
  label: 'Nikola',
  detect: files => files.has('conf.py') && has(files, /^(?:posts|pages)\//),
  configFiles: ['conf.py'],
  folders: ['.'],
  tags: ['hugo'],
  isStory: ({ path }) => path.startsWith('posts/'),
  address: ({ meta, stem, path }) => `/${path.split('/')[0]}/${textValue(meta.slug) ?? stem}/`,
};

/** The generators, in the order in which they look at a folder. */
export const generators: readonly Generator[] = [hexo, jekyll, zola, pelican, nikola, astro, eleventy, hugo];

/** Servers answer requests for former addresses in the same way, each with its own file of rules. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSiteHandler } from '../../src/serve/static-server.ts';
import { codeBlocksOf } from '../helpers/manual.ts';
import { author, type Files, publish, publishForAll, siteHead, story } from '../helpers/publication.ts';
import { answerOf, isInstalled, makeReadable, runServer } from '../helpers/servers.ts';

/** Texts that would end a value, begin a directive or name a variable in one of the files. */
const hostile = [
  '/quo"te/',
  "/apo'strophe/",
  '/{path}/{$HOME}/',
  `/$uri/${'$'}{host}/`,
  '/a;b/%23/',
  '/}%20evil%20{/',
  '/%60tick%60/',
  '/pct%25{HTTP_HOST}/',
  '/(regex)[a-z]+|x^/',
  '/~tilde/',
  '/question%3Fmark/',
  '/default/',
  `/${`${'long'.repeat(60)}/`.repeat(6)}`,
];

const files: Files = {
  'content/site.yaml': `${siteHead
    .replace('outputs: {', 'outputs: {serverRules: true, redirectPages: PAGES, ')
    .replace(
      '{id: politics, name: Politics}',
      '{id: politics, name: Politics, aliases: [/category/politics/]}',
    )}redirects:
  - {from: /feed/*, to: /feed.xml}
  - {from: /category/politics/*, to: /politics/}
  - {from: /category/*, to: /archive/}
  - {from: /world/*, to: /world/}
  - {from: /old-*, to: /archive/}
  - {from: /old-site/deep/*, to: /about/}
  - {from: '/index.php?id=7&lang=en', to: /about/}
  - {from: '/index.php?id=7', to: '/?cat=3'}
  - {from: /index.php, to: /}
  - {from: '/?cat=3', to: /politics/#top}
  - {from: /elsewhere, to: 'https://other.example/a?b=c&d="e{}'}
`,
  'content/articles/2025/x.md': story({
    authors: ['ada'],
    aliases: [
      '/story.html',
      '/story.html/feed/',
      '/no-slash',
      '/2015/03/story/',
      '/?p=123',
      '/caf%C3%A9/',
      '/ünï/',
      '/כתבה/',
      '/%D7%A9%D7%9C%D7%95%D7%9D/',
      '/Old/Case.html',
      '/?attachment',
      '/search.cgi?q=a%20b&x=%26,',
      ...hostile,
    ],
  }),
  'content/articles/2025/y.md': story({ aliases: ['/old/case.html', '/?p=124', '/?v=abC'] }),
  'content/articles/2025/z.md': story({ aliases: ['/?v=abc'] }),
  'content/pages/about.md': '---\ntitle: About us\naliases: [/About/]\n---\n\nText.\n',
  'content/authors/ada.md': author('Ada Tester', 'aliases: [/author/ada/]\n'),
  'public/logo.png': 'not really a picture',
};

const x = '301 /world/2025/03/x/';
const y = '301 /world/2025/03/y/';

/** Responses of a host, by request. */
const answers: Record<string, string> = {
  '/': '200',
  '/world/': '200',
  '/world/2025/03/x/': '200',
  '/about/': '200',
  '/feed.xml': '200',
  '/nowhere/': '404',
  '/story.html': x,
  '/story.html/feed/': x,
  '/no-slash': x,
  '/no-slash/': x,
  '/2015/03/story/': x,
  '/2015/03/story': x,
  '/2015/03/': '404',
  '/?p=123': x,
  '/?p=1234': '200',
  '/?xp=123': '200',
  '/?utm_source=x&p=123&utm_medium=y': x,
  '/?p=124': y,
  '/about/?p=123': '200',
  '/?v=abC': y,
  '/?v=abc': '301 /world/2025/03/z/',
  '/?attachment': x,
  '/?attachment=': x,
  '/caf%C3%A9/': x,
  '/caf%c3%a9': x,
  '/%C3%BCn%C3%AF/': x,
  '/%D7%9B%D7%AA%D7%91%D7%94/': x,
  '/%D7%A9%D7%9C%D7%95%D7%9D/': x,
  '/%d7%a9%d7%9c%d7%95%d7%9d/': x,
  '/Old/Case.html': x,
  '/old/case.html': y,
  '/search.cgi?q=a%20b&x=%26,': x,
  '/search.cgi?x=%26%2C&q=a+b': x,
  '/search.cgi?q=a': '404',
  '/About/': '301 /about/',
  '/author/ada/': '301 /authors/ada/',
  '/feed/': '301 /feed.xml',
  '/feed': '301 /feed.xml',
  '/feed/atom/': '301 /feed.xml',
  '/feedback/': '404',
  '/category/politics/': '301 /politics/',
  '/category/politics/page/2/': '301 /politics/',
  '/category/sport/page/2/': '301 /archive/',
  '/world/2025/gone/': '301 /world/',
  '/old-times/': '301 /archive/',
  '/old-site/deep/er/': '301 /about/',
  '/index.php': '301 /',
  '/index.php?id=7': '301 /politics/#top',
  '/index.php?id=8': '301 /',
  '/index.php?lang=en&id=7': '301 /about/',
  '/index.php?id=7&lang=en&x=1': '301 /about/',
  '/?cat=3': '301 /politics/#top',
  '/elsewhere': '301 https://other.example/a?b=c&d=%22e%7B%7D',
  ...Object.fromEntries(
    hostile.map(path => [decodeURIComponent(path).split('/').map(encodeURIComponent).join('/'), x]),
  ),
};

const requests = Object.keys(answers);

async function built(pages: boolean) {
  const site = await publishForAll({
    ...files,
    'content/site.yaml': (files['content/site.yaml'] as string).replace('PAGES', String(pages)),
  });
  makeReadable(site.out);
  return site;
}

const answersOf = async (address: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(requests.map(async path => [path, await answerOf(address, path)] as const)),
  );

/** The configuration of a server in the manual, with another folder. */
const inManual = (language: string, out: string): string => {
  const blocks = codeBlocksOf('content/pages/manual/deployment.md').filter(
    block => block.language === language,
  );
  return blocks.at(-1)!.text.replaceAll('/srv/courier/dist', out);
};

const serveByNginx = (out: string) =>
  runServer(
    'nginx',
    ({ folder, port }) => `daemon off;
worker_processes 1;
error_log stderr warn;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  ${inManual('nginx', out).replace('listen 80', `listen 127.0.0.1:${port}`)}
}
`,
    (folder, config) => ['-p', folder, '-c', config],
  );

const serveByCaddy = (out: string) =>
  runServer(
    'caddy',
    ({ port }) => `{
	admin off
}
${inManual('caddy', out).replace('courier.example', `http://127.0.0.1:${port}`)}`,
    (_, config) => ['run', '--adapter', 'caddyfile', '--config', config],
  );

const apache = ['apache2', 'httpd'].find(program => isInstalled(program, '-v'));
const modules = '/usr/lib/apache2/modules';

const serveByApache = (out: string, isIncluded: boolean) =>
  runServer(
    apache!,
    ({ folder, port }) => `ServerRoot ${folder}
PidFile ${folder}/apache.pid
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
ErrorLog ${folder}/error.log
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule dir_module ${modules}/mod_dir.so
LoadModule mime_module ${modules}/mod_mime.so
LoadModule rewrite_module ${modules}/mod_rewrite.so
TypesConfig /etc/mime.types
User nobody
Group nogroup
DocumentRoot ${out}
${
  isIncluded
    ? inManual('apache', out)
    : inManual('apache', out)
        .replace('None', 'FileInfo')
        .replace(/ {2}Include.*\n/, '')
}`,
    (_, config) => ['-DFOREGROUND', '-f', config],
  );

const serveByBroadsheet = async (out: string): Promise<string> => {
  const server = createServer(createSiteHandler({ folder: out, base: () => '/' }));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const hasApache = apache !== undefined && existsSync(modules);

const servers: [name: string, isPresent: boolean, start: (out: string) => Promise<string>][] = [
  ['broadsheet serve', true, serveByBroadsheet],
  ['nginx', isInstalled('nginx', '-v'), serveByNginx],
  ['Caddy', isInstalled('caddy', 'version'), serveByCaddy],
  ['Apache with .htaccess', hasApache, out => serveByApache(out, false)],
  ['Apache with an included file', hasApache, out => serveByApache(out, true)],
];
const missing = servers.filter(([, isPresent]) => !isPresent).map(([name]) => name);
if (missing.length > 0)
  console.warn(
    `Tests with these servers are skipped: ${missing.join(', ')}. Install them: apt-get install nginx-light caddy apache2.`,
  );

test.each(servers.filter(([, isPresent]) => isPresent))(
  '%s works without redirects',
  async (_name, _isPresent, start) => {
    const only = { 'content/articles/2025/x.md': story() };
    const bare = siteHead.replace('outputs: {', 'outputs: {serverRules: true, ');
    const none = await publish({ ...only, 'content/site.yaml': bare });
    makeReadable(none.out);
    const address = await start(none.out);
    expect(await answerOf(address, '/world/')).toBe('200');
    expect(await answerOf(address, '/?p=1')).toBe('200');
    expect(await answerOf(address, '/none/')).toBe('404');
  },
);

describe.each([
  ['with pages at former addresses', true],
  ['without pages at former addresses', false],
])('%s', async (_, pages) => {
  const site = await built(pages);
  test.each(servers.filter(([, isPresent]) => isPresent))('%s answers', async (_name, _isPresent, start) => {
    expect(await answersOf(await start(site.out))).toEqual(answers);
  });
  test('only the pages differ', () => {
    expect(Object.keys(site.files).includes('no-slash/index.html')).toBe(pages);
    expect(Object.keys(site.files)).toContain(join('about', 'index.html'));
    site.remove();
  });
});

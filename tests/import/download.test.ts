/** Downloads, from a server on this machine: what is refused, repeated, continued and stored. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPrivate } from '../../src/import/download.ts';
import { importFrom, makeArchive } from '../helpers/import.ts';
import { wordPressExport } from '../helpers/wordpress.ts';
import { makePhoto } from '../media/photos.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** Runs a server until the test ends. @returns its port, and the requests that it got */
async function startServer(handle: Handle): Promise<{ port: number; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push([request.url, request.headers.range].filter(Boolean).join(' '));
    handle(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, requests };
}

const photo = await makePhoto({ width: 60, height: 40 });
const other = await makePhoto({ width: 50, height: 40 });

const send = (response: ServerResponse, body: Uint8Array, type = 'image/jpeg') =>
  response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);

/** Imports one story that shows pictures. */
async function importPictures(addresses: readonly string[], options: Parameters<typeof importFrom>[1] = {}) {
  const content = addresses.map(src => `<img src="${src}" alt="A picture">`).join('\n\n');
  const source = join(makeArchive({ 'export.xml': wordPressExport([{ id: 1, content }]) }), 'export.xml');
  const imported = await importFrom(source, { download: true, allowPrivateAddresses: true, ...options });
  return {
    ...imported,
    source,
    text: imported.files['content/articles/2024/03/story-1.md']!.split('---\n\n')[1]!.trim(),
    media: Object.keys(imported.files).filter(path => path.startsWith('content/media/')),
    reasons: imported.report.problems.map(({ file, reason }) => [file, reason]),
  };
}

describe('addresses of this machine and its network are refused', () => {
  const reason = (address: string) =>
    `The file could not be downloaded: ${address} is an address of this machine or its network. Allow such addresses with --allow-private-addresses.`;

  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
    ['[::ffff:127.0.0.1]', '::ffff:7f00:1'],
    ['0.0.0.0', '0.0.0.0'],
    ['10.0.0.1', '10.0.0.1'],
    ['192.168.0.1', '192.168.0.1'],
    ['169.254.169.254', '169.254.169.254'],
    ['2130706433', '127.0.0.1'],
    ['0x7f.1', '127.0.0.1'],
    ['[fe80::1]', 'fe80::1'],
  ])('http://%s/', async (host, shown) => {
    const address = `http://${host}/a.jpg`;
    const { reasons, media, text } = await importPictures([address], { allowPrivateAddresses: false });
    // Browsers and servers read all of these as the same address.
    expect(reasons).toEqual([[new URL(address).href, reason(shown)]]);
    expect(media).toEqual([]);
    expect(text).toMatch(/^\[A picture\]\(/);
  });

  test('also behind the name of a host', async () => {
    const { port, requests } = await startServer((_, response) => send(response, photo));
    const { reasons, media } = await importPictures([`http://localhost:${port}/a.jpg`], {
      allowPrivateAddresses: false,
    });
    expect(reasons[0]![1]).toMatch(/is an address of this machine or its network/);
    expect([media, requests]).toEqual([[], []]);
  });

  test('and nothing is downloaded without --download', async () => {
    const { port, requests } = await startServer((_, response) => send(response, photo));
    await importPictures([`http://127.0.0.1:${port}/a.jpg`], { download: false });
    expect(requests).toEqual([]);
  });

  test.each([
    '127.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '100.64.0.1',
    '224.0.0.1',
    '::',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
  ])('%s is private', address => expect(isPrivate(address)).toBe(true));

  test.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])(
    '%s is public',
    address => expect(isPrivate(address)).toBe(false),
  );
});

test('with the flag, pictures are stored, and the story shows them', async () => {
  const { port } = await startServer((_, response) => send(response, photo));
  const { text, media, report } = await importPictures([`http://127.0.0.1:${port}/files/a%20b.jpg?w=600`]);
  const path = `content/media/127.0.0.1-${port}/files/a-b.jpg`;
  expect(media).toEqual([path]);
  expect(text).toBe(`![A picture](../../../media/127.0.0.1-${port}/files/a-b.jpg)`);
  expect(report.missingMedia).toEqual([]);
});

test('redirects are followed, but not to other schemes, and not for ever', async () => {
  const targets: Record<string, string> = {
    '/one.jpg': '/two.jpg',
    '/file.jpg': 'file:///etc/passwd',
    '/wrong.jpg': 'http://[',
    '/loop.jpg': '/loop.jpg',
  };
  const { port } = await startServer((request, response) => {
    const target = targets[request.url!];
    if (target) response.writeHead(302, { location: target }).end();
    else send(response, photo);
  });
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  const { media, reasons } = await importPictures(Object.keys(targets).map(at));
  expect(media).toEqual([`content/media/127.0.0.1-${port}/one.jpg`]);
  const failed = (path: string, reason: string) => [at(path), `The file could not be downloaded: ${reason}.`];
  expect(reasons.sort()).toEqual(
    [
      failed('/file.jpg', 'addresses that begin with file: are not downloaded'),
      failed('/loop.jpg', 'it has too many redirects'),
      failed('/wrong.jpg', 'it redirects to an address that is wrong'),
    ].sort(),
  );
});

test('a busy server is asked again, and a wrong address is not', async () => {
  let count = 0;
  const { port, requests } = await startServer((request, response) => {
    if (request.url === '/gone.jpg') response.writeHead(404).end();
    else if (++count < 2) response.writeHead(503).end();
    else send(response, photo);
  });
  const { media, reasons } = await importPictures([
    `http://127.0.0.1:${port}/busy.jpg`,
    `http://127.0.0.1:${port}/gone.jpg`,
  ]);
  expect(media).toEqual([`content/media/127.0.0.1-${port}/busy.jpg`]);
  expect(requests.toSorted()).toEqual(['/busy.jpg', '/busy.jpg', '/gone.jpg']);
  expect(reasons).toEqual([
    [`http://127.0.0.1:${port}/gone.jpg`, 'The file could not be downloaded: the server answers 404.'],
  ]);
});

test('a download continues where it broke off', async () => {
  const half = Math.floor(photo.length / 2);
  const { port, requests } = await startServer((request, response) => {
    const { range } = request.headers;
    if (range === undefined) {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': photo.length });
      response.write(photo.subarray(0, half), () => setTimeout(() => response.destroy(), 50));
      return;
    }
    const from = Number(/bytes=(\d+)-/.exec(range)![1]);
    response
      .writeHead(206, {
        'content-type': 'image/jpeg',
        'content-range': `bytes ${from}-${photo.length - 1}/${photo.length}`,
      })
      .end(photo.subarray(from));
  });
  const { media, reasons, root } = await importPictures([`http://127.0.0.1:${port}/a.jpg`]);
  expect(reasons).toEqual([]);
  expect(media).toHaveLength(1);
  expect(requests).toEqual(['/a.jpg', `/a.jpg bytes=${half}-`]);
  expect(readFileSync(join(root, media[0]!)).equals(photo)).toBe(true);
});

test('what is not a picture is not stored', async () => {
  const { port } = await startServer((request, response) =>
    send(response, Buffer.from('<html>Not here'), request.url === '/page.jpg' ? 'image/jpeg' : 'text/html'),
  );
  const { media, reasons } = await importPictures([`http://127.0.0.1:${port}/page.jpg`]);
  expect(media).toEqual([]);
  expect(reasons).toEqual([
    [`http://127.0.0.1:${port}/page.jpg`, 'The file could not be downloaded: it is not a picture.'],
  ]);
});

test('an address without an extension gets one from the type', async () => {
  const { port } = await startServer((request, response) =>
    request.url === '/image' ? send(response, photo) : send(response, Buffer.from('<html>x'), 'text/html'),
  );
  const { media, reasons } = await importPictures([
    `http://127.0.0.1:${port}/image`,
    `http://127.0.0.1:${port}/page`,
  ]);
  expect(media).toEqual([`content/media/127.0.0.1-${port}/image.jpg`]);
  expect(reasons).toEqual([
    [
      `http://127.0.0.1:${port}/page`,
      'The file could not be downloaded: it is neither a picture nor a recording, but text/html.',
    ],
  ]);
});

test('a file that says it is too large is not read to its end', async () => {
  let sent = 0;
  const { port } = await startServer((_, response) => {
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': 300_000_000 });
    const piece = Buffer.alloc(1 << 20);
    const write = () => {
      while (!response.destroyed && sent < 300_000_000) {
        sent += piece.length;
        if (!response.write(piece)) {
          response.once('drain', write);
          return;
        }
      }
    };
    write();
  });
  const { media, reasons } = await importPictures([`http://127.0.0.1:${port}/large.jpg`]);
  expect(media).toEqual([]);
  expect(reasons[0]![1]).toBe('The file could not be downloaded: it is larger than 200 MB.');
  expect(sent).toBeLessThan(20_000_000);
});

test('the original is preferred to a smaller copy, unless it is gone', async () => {
  const { port, requests } = await startServer((request, response) => {
    if (request.url === '/gone.jpg') response.writeHead(404).end();
    else send(response, request.url!.includes('x') ? other : photo);
  });
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  const { media } = await importPictures([at('/a-1024x768.jpg'), at('/gone-300x200.jpg')]);
  expect(media).toEqual([
    `content/media/127.0.0.1-${port}/a.jpg`,
    `content/media/127.0.0.1-${port}/gone-300x200.jpg`,
  ]);
  expect(requests).not.toContain('/a-1024x768.jpg');
});

test('identical files are stored once', async () => {
  const { port } = await startServer((_, response) => send(response, photo));
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  const { media, text } = await importPictures([at('/a.jpg'), at('/b.jpg'), at('/a.jpg')]);
  expect(media).toHaveLength(1);
  expect(text.match(new RegExp(media[0]!.replace('content/', ''), 'g'))).toHaveLength(3);
});

test('a second import downloads nothing again', async () => {
  const { port, requests } = await startServer((_, response) => send(response, photo));
  const first = await importPictures([`http://127.0.0.1:${port}/a.jpg`]);
  await importFrom(first.source, { into: first.root, download: true, allowPrivateAddresses: true });
  expect(requests).toEqual(['/a.jpg']);
});

test('names of downloads cannot leave their folder', async () => {
  const { port } = await startServer((_, response) => send(response, photo));
  const { media } = await importPictures([
    `http://127.0.0.1:${port}/%2e%2e/%2e%2e/%2fetc%2fpasswd.jpg`,
    `http://127.0.0.1:${port}/..%5c..%5cx%00.jpg`,
    `http://127.0.0.1:${port}/.hidden.jpg`,
  ]);
  for (const path of media) expect(path).toMatch(/^content\/media\/[\w.-]+\/[\w/-]+\.jpg$/);
  expect(media.length).toBeGreaterThan(0);
});

/** Deployments to a store that speaks the S3 protocol. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { s3Target } from '../../src/deploy/s3-target.ts';
import { story } from '../helpers/publication.ts';
import { freePort } from '../helpers/servers.ts';
import { built, openNewsroom, overwrite, storyFile, watched } from './site.ts';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
let endpoint = '';
let server: S3rver;

beforeAll(async () => {
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    resetOnClose: true,
    configureBuckets: ['courier', 'other'].map(name => ({ name, configs: [] })),
  });
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'S3RVER',
  AWS_SECRET_ACCESS_KEY: 'S3RVER',
});

/** Reads all objects below a prefix, without the record of deployments. */
async function objects(address: string): Promise<Record<string, string>> {
  const target = s3Target(address, environment());
  const paths = [...(await target.list()).keys()].filter(path => !path.startsWith('.broadsheet-deploy'));
  const texts = await Promise.all(paths.map(async path => [path, (await target.read(path))!] as const));
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('a bucket gets the site, then only what differs, with content types and caching', async () => {
  const { deploy, edit, out } = await openNewsroom();
  const address = 's3://courier/site';
  await deploy({ target: s3Target(address, environment()) });
  expect(await objects(address)).toEqual(built(out));

  const headersAt = async (path: string) => {
    const { headers } = await fetch(`${endpoint}/courier/site/${path}`);
    return [headers.get('content-type'), headers.get('cache-control')];
  };
  const changing = 'public, max-age=0, must-revalidate';
  expect(await headersAt('index.html')).toEqual(['text/html; charset=utf-8', changing]);
  expect(await headersAt('feed.xml')).toEqual(['application/rss+xml; charset=utf-8', changing]);
  expect(await headersAt('feed.json')).toEqual(['application/feed+json; charset=utf-8', changing]);
  const script = Object.keys(built(out)).find(path => /^assets\/.*\.js$/.test(path))!;
  expect(await headersAt(script)).toEqual([
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);

  await edit({ [storyFile('one')]: story({ title: 'Story one', authors: ['ada'] }, 'A new text.') });
  const changes: string[] = [];
  await deploy({ target: watched(s3Target(address, environment()), change => changes.push(change)) });
  expect(changes.filter(change => change.startsWith('write world/2025/'))).toContain(
    'write world/2025/03/one/index.html',
  );
  expect(changes.join('\n')).not.toContain('world/2025/03/two/index.html');
  expect(await objects(address)).toEqual(built(out));
});

test('an interrupted deployment is completed, and the changes of others are reported', async () => {
  const { deploy, out } = await openNewsroom();
  const address = 's3://other';
  let count = 0;
  const failing = watched(s3Target(address, environment()), () => {
    if (++count === 20) throw new Error('The network is gone.');
  });
  await expect(deploy({ target: failing })).rejects.toThrow('The network is gone.');
  await deploy({ target: s3Target(address, environment()) });
  expect(await objects(address)).toEqual(built(out));

  await s3Target(address, environment()).save('index.html', 'Changed by someone else.');
  overwrite(out, 'index.html');
  await deploy({ target: s3Target(address, environment()) });
  await s3Target(address, environment()).save('index.html', 'Changed again.');
  await expect(deploy({ target: s3Target(address, environment()) })).rejects.toThrow(
    's3://other has files that Broadsheet did not write: index.html.',
  );
});

/** Runs a store that gives the answers of Amazon's documentation. @returns its address */
async function answering(answer: (url: URL) => [status: number, body: string]): Promise<string> {
  const store = createServer(({ url }, response) => {
    const [status, body] = answer(new URL(url!, 'http://store.example'));
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  });
  await new Promise<void>(resolve => store.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    store.close();
  });
  return `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
}

test('a list of several pages is complete', async () => {
  const pageOf = (keys: string[], end: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>${keys
      .map(key => `<Contents><Key>site/${key}</Key><ETag>&quot;tag of ${key}&quot;</ETag></Contents>`)
      .join('')}${end}</ListBucketResult>`;
  const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>1+a/b=</NextContinuationToken>';
  const address = await answering(({ searchParams }) => {
    if (searchParams.get('prefix') !== 'site/') return [400, ''];
    return [
      200,
      searchParams.get('continuation-token') === '1+a/b=' ? pageOf(['b &amp; c'], '') : pageOf(['a'], next),
    ];
  });
  const target = s3Target('s3://courier/site/', { ...environment(), AWS_ENDPOINT_URL: address });
  expect([...(await target.list())]).toEqual([
    ['a', 'tag of a'],
    ['b & c', 'tag of b & c'],
  ]);
});

const refused = (status: number, code: string) => async () => ({
  ...environment(),
  AWS_ENDPOINT_URL: await answering(() => [status, `<Error><Code>${code}</Code></Error>`]),
});

test.each([
  [
    'without credentials',
    async () => ({ AWS_ENDPOINT_URL: endpoint }),
    'Credentials for s3://courier are missing. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.',
  ],
  [
    'with wrong credentials',
    refused(403, 'SignatureDoesNotMatch'),
    /^The store refuses access to s3:\/\/courier \(SignatureDoesNotMatch\)\. Check AWS_ACCESS_KEY_ID, .*delete objects\.$/,
  ],
  [
    'to a bucket that does not exist',
    refused(404, 'NoSuchBucket'),
    "The bucket 'courier' does not exist. Create it, or correct s3://courier.",
  ],
] as const)('a deployment %s is refused', async (_, variables, message) => {
  const { deploy } = await openNewsroom();
  const attempt = async () => deploy({ target: s3Target('s3://courier', await variables()) });
  await expect(attempt()).rejects.toThrow(message);
});

test('a store that cannot be reached is reported', async () => {
  const { deploy } = await openNewsroom();
  const variables = { ...environment(), AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}` };
  await expect(deploy({ target: s3Target('s3://courier', variables) })).rejects.toThrow(
    /cannot be reached \(.*\)\. Check the network and AWS_ENDPOINT_URL, then deploy again\.$/,
  );
});

/**
 * A bucket of an S3-compatible store as the target of a deployment: Amazon S3, Cloudflare R2, MinIO and others.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/
 */
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { SaxesParser } from 'saxes';
import { createBudget } from '../base/concurrency.ts';
import { readBytesLater, sizeOf } from '../disk/files.ts';
import { headersOf } from './headers.ts';
import { DeployError, type Target } from './target.ts';

/** Environment variables, with the names that Amazon's own tools use. */
export type S3Environment = Readonly<Record<string, string | undefined>>;

/** Number of requests at once. Each waits for the network most of the time. */
const requestsAtOnce = 16;

/** Bytes of a file that count as one request, so that few large files are in memory at once. */
const largeFile = 8_000_000;

/**
 * Creates the target.
 * @param address `s3://bucket/prefix`
 * @throws DeployError if the environment has no credentials
 */
export function s3Target(address: string, environment: S3Environment): Target {
  const { hostname: bucket, pathname } = new URL(address);
  const prefix = pathname.replace(/^\/+|\/+$/g, '');
  const client = clientOf(address, environment);
  const base = baseOf(bucket, environment);
  const keyOf = (path: string) => (prefix === '' ? path : `${prefix}/${path}`);
  const urlOf = (path: string) => `${base}/${keyOf(path).split('/').map(encodeURIComponent).join('/')}`;
  const budget = createBudget(requestsAtOnce);

  const request = async (url: string, init: RequestInit, accepted: readonly number[] = []) => {
    let response: Response;
    try {
      response = await client.fetch(url, init);
    } catch (error) {
      const cause = (error as { cause?: Error }).cause ?? (error as Error);
      throw new DeployError(
        `${new URL(url).host} cannot be reached (${cause.message}). Check the network and AWS_ENDPOINT_URL, then deploy again.`,
      );
    }
    if (!response.ok && !accepted.includes(response.status))
      throw refusal(address, bucket, response.status, await response.text());
    return response;
  };
  const put = async (
    path: string,
    body: Uint8Array | string,
    headers: Record<string, string>,
    accepted?: number[],
  ) => request(urlOf(path), { method: 'PUT', body: body as BodyInit, headers }, accepted);

  return {
    name: address,
    async list() {
      const tags = new Map<string, string>();
      for (let token: string | undefined = ''; token !== undefined; ) {
        const query = new URLSearchParams({ 'list-type': '2', prefix: prefix === '' ? '' : `${prefix}/` });
        if (token !== '') query.set('continuation-token', token);
        const response = await request(`${base}/?${query}`, {});
        const page = readList(await response.text());
        for (const { key, tag } of page.files)
          tags.set(key.slice(prefix === '' ? 0 : prefix.length + 1), tag);
        token = page.next;
      }
      return tags;
    },
    async write(folder, files) {
      const tags = await Promise.all(
        files.map(({ path }) =>
          budget.use(Math.max(1, Math.ceil(sizeOf(join(folder, path)) / largeFile)), async () => {
            const response = await put(path, await readBytesLater(join(folder, path)), headersOf(path));
            await response.arrayBuffer();
            return [path, tagOf(response.headers.get('etag') ?? '')] as const;
          }),
        ),
      );
      return new Map(tags);
    },
    async remove(paths) {
      await Promise.all(
        paths.map(path => budget.use(1, () => request(urlOf(path), { method: 'DELETE' }, [404]))),
      );
    },
    async read(path) {
      const response = await request(urlOf(path), {}, [404]);
      return response.status === 404 ? undefined : response.text();
    },
    async save(path, text, isNew = false) {
      if (isNew && (await this.read(path)) !== undefined) return false;
      const condition: Record<string, string> = isNew ? { 'if-none-match': '*' } : {};
      const response = await put(path, text, { ...headersOf(path), ...condition }, [409, 412]);
      return response.ok;
    },
  };
}

function clientOf(address: string, environment: S3Environment): AwsClient {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
    throw new DeployError(
      `Credentials for ${address} are missing. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.`,
    );
  return new AwsClient({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    service: 's3',
    region: regionOf(environment),
    retries: 4,
  });
}

const regionOf = ({ AWS_REGION, AWS_DEFAULT_REGION }: S3Environment): string =>
  AWS_REGION || AWS_DEFAULT_REGION || 'us-east-1';

/** Address of a bucket. Stores other than Amazon's have the bucket in the path. */
function baseOf(bucket: string, environment: S3Environment): string {
  const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  if (endpoint) return `${endpoint.replace(/\/+$/, '')}/${bucket}`;
  const host = `s3.${regionOf(environment)}.amazonaws.com`;
  // A name with dots does not fit the certificate of the store's subdomains.
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

const tagOf = (etag: string): string => etag.replaceAll('"', '');

/** Reads a page of a list of objects. `next` is the token of the next page; undefined on the last page. */
function readList(xml: string): { files: { key: string; tag: string }[]; next: string | undefined } {
  const files: { key: string; tag: string }[] = [];
  let next: string | undefined;
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    text = '';
    if (name === 'Contents') files.push({ key: '', tag: '' });
  });
  parser.on('text', part => {
    text += part;
  });
  parser.on('closetag', ({ name }) => {
    const file = files.at(-1);
    if (name === 'Key' && file) file.key = text;
    if (name === 'ETag' && file) file.tag = tagOf(text);
    if (name === 'NextContinuationToken') next = text;
  });
  parser.write(xml).close();
  return { files: files.filter(({ key }) => !key.endsWith('/')), next };
}

function refusal(address: string, bucket: string, status: number, body: string): DeployError {
  const code = /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? `status ${status}`;
  if (code === 'NoSuchBucket')
    return new DeployError(`The bucket '${bucket}' does not exist. Create it, or correct ${address}.`);
  if (status === 401 || status === 403)
    return new DeployError(
      `The store refuses access to ${address} (${code}). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, and what the key may do: it needs to list, read, write and delete objects.`,
    );
  return new DeployError(
    `The store could not answer a request for ${address} (${code}). Deploy again later.`,
  );
}

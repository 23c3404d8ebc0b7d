/**
 * Downloads pictures and recordings that the source does not contain. Addresses come from content, which is untrusted:
 * addresses of this machine and its network are refused, also after redirects, and size and time are limited.
 */
import { lookup as lookUp } from 'node:dns';
import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { join, posix } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createBudget } from '../base/concurrency.ts';
import { appendBytes, exists, hashFile, move, remove, sizeOf } from '../disk/files.ts';
import { isPicture, type MediaFile, originalOf, pictureName, safePath } from './media.ts';

export interface DownloadOptions {
  /** Absolute path of the new site's folder. */
  into: string;
  allowPrivateAddresses?: boolean;
  progress?: (stage: string, done: number, of: number) => void;
  signal?: AbortSignal | undefined;
}

export interface Downloader {
  /** Downloads files. @returns files by address, of those that could be downloaded */
  fetchAll(addresses: readonly string[]): Promise<Record<string, MediaFile>>;
  /** Why files could not be downloaded, by address. */
  failures: ReadonlyMap<string, string>;
}

const limits = {
  atOnce: 6,
  redirects: 5,
  attempts: 3,
  bytes: 200_000_000,
  milliseconds: 120_000,
  idle: 20_000,
};

const tooLarge = `it is larger than ${limits.bytes / 1e6} MB`;

/** File extensions by media type, for addresses without one. */
const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'image/avif': '.avif',
  'image/svg+xml': '.svg',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'audio/ogg': '.ogg',
  'video/mp4': '.mp4',
  'video/webm': '.webm',
};

/** Creates a downloader. Files stay in `.cache/import/`, so that a later import does not download them again. */
export function createDownloader(options: DownloadOptions): Downloader {
  const folder = join(options.into, '.cache/import');
  const budget = createBudget(limits.atOnce);
  const running = new Map<string, Promise<MediaFile | undefined>>();
  const failures = new Map<string, string>();
  const byContent = new Map<string, string>();
  let [done, all] = [0, 0];
  const fetchFrom = async (address: string): Promise<MediaFile> => {
    const url = new URL(address);
    const name = nameOf(url);
    const found = Object.values(extensions)
      .map(extension => (/\.\w{2,5}$/.test(name) ? name : name + extension))
      .find(candidate => exists(join(folder, candidate)));
    const saved = found ?? (await download(url, folder, name, options));
    const path = join(folder, saved);
    if (pictureName.test(saved) && !isPicture(path)) throw new Error('it is not a picture');
    const hash = hashFile(path);
    const to = byContent.get(hash) ?? `content/media/${saved}`;
    byContent.set(hash, to);
    return { from: path, to };
  };
  const fetchOne = async (address: string): Promise<MediaFile | undefined> => {
    const original = originalOf(address);
    try {
      // The original is better than the copy that WordPress made, but it may be gone.
      return await fetchFrom(original).catch(error =>
        original === address ? Promise.reject(error) : fetchFrom(address),
      );
    } catch (error) {
      failures.set(address, (error as Error).message);
      return undefined;
    } finally {
      options.progress?.('Downloading', ++done, all);
    }
  };
  return {
    failures,
    async fetchAll(addresses) {
      const files: Record<string, MediaFile> = {};
      const wanted = addresses.filter(address => /^https?:\/\//i.test(address) && URL.canParse(address));
      await Promise.all(
        wanted.map(async address => {
          if (!running.has(address)) {
            all++;
            running.set(
              address,
              budget.use(1, () => fetchOne(address)),
            );
          }
          const file = await running.get(address);
          if (file) files[address.replace(/[?#].*$/s, '')] = file;
        }),
      );
      return files;
    },
  };
}

/** Path of a download: its host and path, and a part of its query, which may select the file. */
function nameOf({ host, pathname, search }: URL): string {
  let path = pathname;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    // The address contains a per-cent sign of its own.
  }
  const extension = /\.\w{2,5}$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - extension.length);
  return safePath(
    posix.join(
      host.replace(/:/g, '-'),
      `${stem}${search === '' || extension !== '' ? '' : search.slice(0, 40)}${extension}`,
    ),
  );
}

async function download(url: URL, folder: string, name: string, options: DownloadOptions): Promise<string> {
  const part = join(folder, `${name}.part`);
  for (let attempt = 1; ; attempt++) {
    try {
      const type = await fetchInto(url, part, options);
      const extension = /\.\w{2,5}$/.test(name) ? '' : extensions[type];
      if (extension === undefined || type === 'text/html') {
        remove(part);
        throw final(`it is neither a picture nor a recording, but ${type || 'of an unknown type'}`);
      }
      const saved = name + extension;
      if (sizeOf(part) === 0) throw new Error('it is empty');
      move(part, join(folder, saved));
      return saved;
    } catch (error) {
      if (attempt === limits.attempts || (error as { isFinal?: boolean }).isFinal || options.signal?.aborted)
        throw error;
      await setTimeout(500 * 2 ** attempt);
    }
  }
}

const final = (reason: string): Error => Object.assign(new Error(reason), { isFinal: true });

/** Downloads a file, and continues where an earlier attempt stopped. @returns its media type */
async function fetchInto(url: URL, part: string, options: DownloadOptions): Promise<string> {
  const from = sizeOf(part);
  const response = await request(url, from, options, 0);
  if (response.statusCode === 416) {
    response.destroy();
    remove(part);
    throw new Error('the server has another version of the file');
  }
  const isRest =
    response.statusCode === 206 && response.headers['content-range']?.startsWith(`bytes ${from}-`) === true;
  if (!isRest) remove(part);
  let size = isRest ? from : 0;
  if (size + Number(response.headers['content-length'] ?? 0) > limits.bytes) {
    response.destroy();
    throw final(tooLarge);
  }
  const timer = globalThis.setTimeout(
    () => response.destroy(new Error('it took too long')),
    limits.milliseconds,
  );
  try {
    for await (const piece of response) {
      size += (piece as Buffer).length;
      if (size > limits.bytes) throw final(tooLarge);
      appendBytes(part, piece as Buffer);
    }
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
  if (!response.complete) throw new Error('the connection broke');
  return (response.headers['content-type'] ?? '').split(';', 1)[0]!.trim();
}

function request(
  url: URL,
  from: number,
  options: DownloadOptions,
  redirects: number,
): Promise<IncomingMessage> {
  if (!/^https?:$/.test(url.protocol))
    throw final(`addresses that begin with ${url.protocol} are not downloaded`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!options.allowPrivateAddresses && isIP(host) && isPrivate(host)) throw final(privateReason(host));
  const settings: RequestOptions = {
    headers: {
      'user-agent': 'Broadsheet import',
      accept: 'image/*,audio/*,video/*',
      ...(from > 0 && { range: `bytes=${from}-` }),
    },
    timeout: limits.idle,
    ...(options.signal && { signal: options.signal }),
    ...(!options.allowPrivateAddresses && { lookup: publicLookup }),
  };
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? getHttps : getHttp)(url, settings, response => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        if (redirects === limits.redirects) return reject(final('it has too many redirects'));
        if (!URL.canParse(headers.location, url))
          return reject(final('it redirects to an address that is wrong'));
        try {
          request(new URL(headers.location, url), from, options, redirects + 1).then(resolve, reject);
        } catch (error) {
          reject(error as Error);
        }
        return undefined;
      }
      if (statusCode === 200 || statusCode === 206 || statusCode === 416) return resolve(response);
      response.destroy();
      const reason = `the server answers ${statusCode}`;
      return reject(statusCode >= 500 || statusCode === 429 ? new Error(reason) : final(reason));
    });
    sent.on('timeout', () => sent.destroy(new Error('the server does not answer')));
    sent.on('error', reject);
  });
}

const privateReason = (address: string): string =>
  `${address} is an address of this machine or its network. Allow such addresses with --allow-private-addresses`;

/** Looks up a name, and refuses private addresses, so that no name can lead to one. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const found = addresses.find(({ address }) => isPrivate(address));
    if (found) return callback(final(privateReason(found.address)), '', 0);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

/** Networks that are not the internet: RFC 6890 and RFC 4193, link-local, multicast, and the clouds' metadata. */
const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address belongs to this machine, its network, or no network at all. */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const hex = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(address);
  const plain = mapped ?? (hex ? hexAddress(hex[1]!, hex[2]!) : address);
  return privateNetworks.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

const hexAddress = (high: string, low: string): string => {
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
};

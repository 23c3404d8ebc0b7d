/** Server-sent events, with one stream for each open page. */
import type { ServerResponse } from 'node:http';

export interface EventStreams {
  /** Opens a stream and sends the first event. @param page URL of the page that the browser shows */
  open(page: string, response: ServerResponse): void;
  /** Sends an event to every open page. */
  sendAll(): void;
  close(): void;
}

/** Milliseconds between comment lines in a stream. Proxies and browsers close silent streams. */
const heartbeat = 15_000;

/**
 * Creates the streams of a server, without any connections yet.
 * @param dataOf returns the data of an event for a page, which is sent as JSON
 */
export function createEventStreams(dataOf: (page: string) => unknown): EventStreams {
  const streams = new Map<ServerResponse, string>();
  const send = (stream: ServerResponse, page: string) => {
    stream.write(`data: ${JSON.stringify(dataOf(page))}\n\n`);
  };
  const timer = setInterval(() => {
    for (const stream of streams.keys()) stream.write(':\n\n');
  }, heartbeat);
  return {
    open(page, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.flushHeaders();
      response.write('retry: 1000\n\n');
      streams.set(response, page);
      response.on('close', () => streams.delete(response));
      send(response, page);
    },
    sendAll() {
      for (const [stream, page] of streams) send(stream, page);
    },
    close: () => clearInterval(timer),
  };
}

/**
 * Tells search engines and feed readers what changed: IndexNow (https://www.indexnow.org/documentation) and WebSub
 * (https://www.w3.org/TR/websub/#publishing).
 */

export interface PingInput {
  /** Web addresses of the stories that are new, or whose own text changed. */
  stories: readonly string[];
  /** Web addresses of the feeds that changed. */
  feeds: readonly string[];
  /** Key of IndexNow; undefined to not notify search engines. */
  indexNow: string | undefined;
  /** Address of the IndexNow service. */
  indexNowService: string;
  /** WebSub hub; undefined to not notify it. */
  webSub: string | undefined;
  /** Scheme, host and base path of the site, with a slash at its end. */
  site: string;
}

/** Service that passes addresses on to all search engines that take part. */
export const indexNowService = 'https://api.indexnow.org/indexnow';

/** Number of addresses that the service accepts at once. */
const mostUrls = 10_000;

/** Milliseconds to wait for a service. */
const patience = 15_000;

/**
 * Sends the notifications.
 * @returns what could not be sent, one sentence each; a deployment has succeeded all the same
 */
export async function sendPings(input: PingInput): Promise<string[]> {
  const { stories, feeds, indexNow, webSub, site } = input;
  const problems: string[] = [];
  const post = async (name: string, url: string, type: string, body: string) => {
    try {
      const headers = { 'content-type': type };
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(patience),
      });
      if (!response.ok) problems.push(`${name} answered with status ${response.status}: ${url}`);
    } catch (error) {
      const cause = (error as { cause?: Error }).cause ?? (error as Error);
      problems.push(`${name} cannot be reached (${cause.message}): ${url}`);
    }
  };
  if (indexNow !== undefined)
    for (let start = 0; start < stories.length; start += mostUrls) {
      const urlList = stories.slice(start, start + mostUrls);
      const body = {
        host: new URL(site).host,
        key: indexNow,
        keyLocation: `${site}${indexNow}.txt`,
        urlList,
      };
      await post('IndexNow', input.indexNowService, 'application/json; charset=utf-8', JSON.stringify(body));
    }
  if (webSub !== undefined && feeds.length > 0) {
    const body = new URLSearchParams([['hub.mode', 'publish'], ...feeds.map(url => ['hub.url', url])]);
    await post('The WebSub hub', webSub, 'application/x-www-form-urlencoded', body.toString());
  }
  return problems;
}

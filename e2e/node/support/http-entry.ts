import { request } from 'node:http';
import type { RequestHead } from '@ushadow/proxy-labels';

/** Where the controller of the node's routes listens; the suites that need it are skipped without it. */
export const httpEntry = process.env.USHADOW_E2E_HTTP;

/** What answered: a service of a project, or the controller itself. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly echo: Echo | undefined;
}
export interface Echo {
  readonly name: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request through the controller at `entry`. */
export function ask(entry: string, head: Partial<RequestHead> & Pick<RequestHead, 'host'>): Promise<Answer> {
  const { host, path = '/', method = 'GET', headers = {}, query = {} } = head;
  const search = new URLSearchParams(query).toString();
  return new Promise((done, failed) => {
    const sent = request(
      `${entry}${path}${search === '' ? '' : `?${search}`}`,
      { method, headers: { ...headers, Host: host }, agent: false, timeout: 10_000 },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          const text = Buffer.concat(parts).toString();
          const echo = status === 200 ? (JSON.parse(text) as Echo) : undefined;
          done({ status, location: response.headers.location, echo });
        });
      },
    );
    sent.once('timeout', () => sent.destroy(new Error(`no answer from ${entry} for ${host}${path}`)));
    sent.once('error', failed);
    sent.end();
  });
}

/** Asks again until what was asked for is so, a minute at most; gives back the last answer. */
export async function askUntil<T>(read: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  const limit = Date.now() + 15_000;
  for (;;) {
    const answer = await read();
    if (isSo(answer) || Date.now() > limit) return answer;
    await new Promise((next) => setTimeout(next, 250));
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small registry: what it has of one repository, and who may see it. */
export interface TestRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** By tag, its digest. */
  readonly tags: Map<string, string>;
  readonly requests: string[];
  readonly stop: () => Promise<void>;
}

export const digestOf = (text: string): string => `sha256:${text.padEnd(64, '0')}`;

/** Speaks the part of the distribution API that says what there is, behind a token. */
export async function startRegistry(
  repository: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<TestRegistry> {
  const tags = new Map<string, string>();
  const requests: string[] = [];
  const token = 'token-of-the-registry';
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    requests.push(`${request.method ?? ''} ${url.pathname}`);
    const json = (status: number, body: object, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    if (url.pathname === '/token') {
      const basic = Buffer.from(`${username}:${password}`).toString('base64');
      const isKnown = request.headers.authorization === `Basic ${basic}`;
      return isKnown ? json(200, { token }) : json(401, {});
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      const realm = `Bearer realm="${url.origin}/token",service="test",scope="repository:${repository}:pull"`;
      return json(401, { errors: [{ code: 'UNAUTHORIZED' }] }, { 'www-authenticate': realm });
    }
    if (url.pathname === `/v2/${repository}/tags/list`) return json(200, { name: repository, tags: [...tags.keys()] });
    const [, tag = ''] = new RegExp(`^/v2/${repository}/manifests/(.+)$`).exec(url.pathname) ?? [];
    const digest = tags.get(tag);
    if (digest === undefined) return json(404, { errors: [{ code: 'MANIFEST_UNKNOWN' }] });
    response.writeHead(200, { 'docker-content-digest': digest }).end();
  };
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { host: `127.0.0.1:${String(port)}`, tags, requests, stop };
}

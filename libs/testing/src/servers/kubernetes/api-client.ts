import { Agent, request } from 'node:https';

export type ApiAnswer = { readonly status: number; readonly body: unknown };

/** Just enough of a client to see a control plane come up and to seed it; the product has its own transport. */
export type ApiClient = {
  readonly get: (path: string) => Promise<ApiAnswer>;
  readonly post: (path: string, object: unknown) => Promise<ApiAnswer>;
  readonly delete: (path: string) => Promise<ApiAnswer>;
  /** Server-side apply. Rejects when the server refuses the object. */
  readonly apply: (path: string, object: unknown, fieldManager: string) => Promise<void>;
};

export type ApiClientOptions = { readonly server: string; readonly token: string; readonly certificate: string };

export function apiClient({ server, token, certificate }: ApiClientOptions): ApiClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: certificate, timeout: 10_000 });
  const send = (method: string, path: string, body?: unknown, type = 'application/json'): Promise<ApiAnswer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) };
      const call = request(new URL(path, server), { agent, method, headers }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.once('error', reject);
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: parse(Buffer.concat(pieces)) }));
      });
      call.once('error', reject);
      call.once('timeout', () => call.destroy(new Error(`${method} ${path}: no answer`)));
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    get: (path) => send('GET', path),
    post: (path, object) => send('POST', path, object),
    delete: (path) => send('DELETE', path),
    apply: async (path, object, fieldManager) => {
      const query = `fieldManager=${fieldManager}&force=true`;
      const { status, body } = await send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml');
      if (status >= 300) throw new Error(`apply ${path}: ${status} ${JSON.stringify(body)}`);
    },
  };
}

function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import { createClient, type Client, type Fetch } from '@ushadow/contracts';

/** What is no JSON does not come from the gateway: it is the page's own server saying that it found none. */
const pageFetch: Fetch = async (url, { method, headers, body }) => {
  const response = await fetch(url, { method, headers, body: body ?? null, cache: 'no-store' });
  if (!(response.headers.get('content-type') ?? '').includes('json')) throw new Error('Not an answer of the gateway');
  return response;
};

/** `randomUUID` is not there on a page that came without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The gateway, through the page's own origin. */
export const api: Client = createClient({ baseUrl: '', fetch: pageFetch, newKey });

import { createClient, type Client, type Fetch } from '@ushadow/contracts';

/** What is no JSON does not come from the gateway: it is the page's own server saying that it found none. */
const pageFetch: Fetch = async (url, { method, headers, body }) => {
  const response = await fetch(url, { method, headers, body: body ?? null, cache: 'no-store' });
  if (!(response.headers.get('content-type') ?? '').includes('json')) throw new Error('Not an answer of the gateway');
  return response;
};

/** The gateway, through the page's own origin. */
export const api: Client = createClient({ baseUrl: '', fetch: pageFetch });

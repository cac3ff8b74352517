import type { BrowserContext, Route } from 'playwright-core';

export interface RecordedTraffic {
  /** Every address asked for, and the text of every answer, so far. */
  readonly texts: () => readonly string[];
}

/**
 * Remembers what a browser asks for and is answered, whatever it then does with the answer; what it sends in bodies is
 * not kept. Streams pass by: what they carry is stored, and asked for from there.
 */
export async function recordTraffic(context: BrowserContext): Promise<RecordedTraffic> {
  const texts: string[] = [];
  context.on('request', (request) => texts.push(request.url()));
  const record = async (route: Route): Promise<void> => {
    const response = await route.fetch();
    texts.push(await response.text());
    await route.fulfill({ response });
  };
  await context.route(
    ({ pathname }) => !pathname.startsWith('/_next/') && !pathname.endsWith('/stream'),
    // The page may have gone elsewhere meanwhile.
    (route) => record(route).catch(() => undefined),
  );
  return { texts: () => texts };
}

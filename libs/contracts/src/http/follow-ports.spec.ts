import { describe, expect, it } from '@jest/globals';
import { followPorts } from './follow-ports.ts';

const open = (response: Response) => {
  const platform = { ...globalThis, fetch: () => Promise.resolve(response), AbortController, TextDecoder };
  return followPorts('http://gateway', platform).open('http://gateway/x', {}, () => undefined);
};

describe('following by fetch', () => {
  it('gives the text of a stream whose characters are cut in the midst', async () => {
    const bytes = new TextEncoder().encode('data: ä\n\n');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytes.slice(0, 7));
        controller.enqueue(bytes.slice(7));
        controller.close();
      },
    });
    const connection = await open(new Response(body));
    const pieces = [await connection.read(), await connection.read(), await connection.read()];
    expect(pieces).toEqual(['data: ', 'ä\n\n', undefined]);
  });

  it('leaves the body of a refusal to be read as JSON', async () => {
    const connection = await open(Response.json({ code: 'DEPLOYMENT_NOT_FOUND' }, { status: 404 }));
    expect([connection.ok, connection.status]).toEqual([false, 404]);
    expect(await connection.json()).toEqual({ code: 'DEPLOYMENT_NOT_FOUND' });
  });
});

import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';

/** The whole body as text, refused as soon as it passes the limit. */
export async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The lines of a body as they come, without their ends. */
export async function* readLines(body: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<string> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    let start = 0;
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10, start)) {
      yield held.toString('utf8', start, end);
      start = end + 1;
    }
    held = held.subarray(start);
    if (held.length > maxLineBytes) throw tooLarge(`a line of more than ${maxLineBytes} bytes`);
  }
  if (held.length > 0) yield held.toString('utf8');
}

/** @param what what the answer holds that is more than is taken, for people */
export function tooLarge(what: string): KubernetesApiError {
  const message = `the API server’s answer is too large: ${what}`;
  return new KubernetesApiError({ httpStatus: 0, reason: 'ResponseTooLarge', message });
}

import { HeldBytes } from './held-bytes.ts';
import { tooLarge } from './answer-limits.ts';

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

const LINE_END = 10;

/** The lines of a body as they come, without their ends. Each byte is looked at once, in however small pieces it comes. */
export async function* readLines(body: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<string> {
  const line = new HeldBytes(maxLineBytes);
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      line.add(chunk, start, end);
      yield line.take();
      start = end + 1;
    }
    line.add(chunk, start, chunk.length);
  }
  const rest = line.take();
  if (rest !== '') yield rest;
}

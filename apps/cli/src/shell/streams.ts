import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';

/** The streams that a command passes bytes through, beside the text it prints. */
export interface CommandStreams {
  readonly stdin: NodeJS.ReadableStream &
    Partial<Pick<ReadStream, 'isTTY' | 'isRaw' | 'setRawMode'>> & { destroy(): void };
  readonly stdout: Writable & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>>;
  readonly stderr: Writable;
}

/** Resolves when there is room for more. @throws Error when nobody reads any more */
export async function writeTo(output: Writable, bytes: Uint8Array): Promise<void> {
  if (output.destroyed || output.errored !== null) throw output.errored ?? new Error('nobody reads any more');
  if (output.write(bytes)) return;
  const over = new AbortController();
  const end = (): void => over.abort();
  output.once('close', end);
  try {
    await once(output, 'drain', { signal: over.signal });
  } finally {
    output.off('close', end);
  }
}

import { constants, type Http2Stream } from 'node:http2';
import { channels, encodeFrame, FRAME_MAX_BYTES, FrameReader, type Frame } from './frame.ts';

/** How a stream ended, as its last frame says it; beside the reason, what its kind has to tell, such as an exit code. */
export interface StreamStatus {
  /** `restart`: the process that served it ends, and another one can be asked. */
  readonly reason: 'done' | 'restart' | 'failure';
  readonly [more: string]: unknown;
}

/** The other side is gone without having said why. */
export class StreamLost extends Error {
  override readonly name = 'StreamLost';
}

/** Frames both ways. Nothing is read before it is asked for, so that a reader that stops stops the sender. */
export interface ByteStream {
  /** Aborted when it is over, whichever side ended it. */
  readonly signal: AbortSignal;
  /** To be read once. Ends after the other side's end; throws `StreamLost` when that came without one. */
  readonly frames: AsyncIterable<Frame>;
  /** Resolves when there is room for more, or nobody to send it to. What is long goes in several frames. */
  write(channel: number, bytes: Uint8Array): Promise<void>;
  /** Says how it ended, as the last thing. */
  end(status?: StreamStatus): Promise<void>;
  /** Ends it at once, for both sides. */
  cancel(): void;
}

/** The other side has so long to take what was sent last. */
const END_MS = 5_000;

export class Http2ByteStream implements ByteStream {
  readonly signal: AbortSignal;
  private readonly stream: Http2Stream;
  private readonly over = new AbortController();
  private hasEnded = false;

  constructor(stream: Http2Stream) {
    this.stream = stream;
    this.signal = this.over.signal;
    const onOver = (): void => {
      this.over.abort();
    };
    for (const event of ['close', 'aborted', 'error', 'end']) stream.on(event, onOver);
    // Who has heard the other side's last word has nothing to add.
    stream.once('end', () => stream.end());
    if (stream.destroyed || stream.closed) onOver();
  }

  get frames(): AsyncIterable<Frame> {
    return this.read();
  }

  async write(channel: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at === 0 || at < bytes.length; at += FRAME_MAX_BYTES) {
      if (this.signal.aborted || this.hasEnded) return;
      const frame = { channel, bytes: bytes.subarray(at, at + FRAME_MAX_BYTES) };
      if (!this.stream.write(encodeFrame(frame))) await this.room();
    }
  }

  async end(status?: StreamStatus): Promise<void> {
    if (this.hasEnded || this.signal.aborted) {
      this.cancel();
      return;
    }
    this.hasEnded = true;
    const { stream } = this;
    const closed = new Promise<void>((resolve) => {
      if (stream.destroyed) resolve();
      else stream.once('close', resolve);
    });
    const last = { channel: channels.status, bytes: Buffer.from(JSON.stringify(status ?? { reason: 'done' })) };
    stream.end(encodeFrame(last));
    // Whatever still comes is nobody's.
    stream.resume();
    const limit = setTimeout(() => this.cancel(), END_MS);
    await closed;
    clearTimeout(limit);
  }

  cancel(): void {
    this.over.abort();
    // A reset with a reason is sent at once; without one it would wait for what is still to be written.
    if (!this.stream.destroyed) this.stream.close(constants.NGHTTP2_CANCEL);
  }

  private async *read(): AsyncGenerator<Frame, void, undefined> {
    const reader = new FrameReader();
    let last: Frame | undefined;
    try {
      const chunks = this.stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      for await (const chunk of chunks) {
        for (const frame of reader.push(chunk)) {
          last = frame;
          yield frame;
        }
      }
    } catch (cause) {
      if (last?.channel === channels.status) return;
      throw new StreamLost('the other side of the stream is gone', { cause });
    }
    if (last?.channel !== channels.status) throw new StreamLost('the stream ended in its middle');
  }

  private room(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.stream.off('drain', settle);
        this.signal.removeEventListener('abort', settle);
        resolve();
      };
      this.stream.once('drain', settle);
      this.signal.addEventListener('abort', settle, { once: true });
      if (this.signal.aborted) settle();
    });
  }
}

/** What a status frame says; `failure` where it says nothing that can be read. */
export function readStatus({ bytes }: Frame): StreamStatus {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as StreamStatus;
  } catch {
    return { reason: 'failure' };
  }
}

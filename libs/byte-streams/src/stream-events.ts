import { readStatus, StreamLost, type ByteStream, type StreamStatus } from './byte-stream.ts';
import { channels } from './frame.ts';

/** What is sent on to a browser as a server-sent event. */
export interface StreamEvent {
  readonly event: string;
  /** Where a client that connects again goes on. */
  readonly id?: string;
  readonly data: unknown;
}

/** More than one event may have, and no more than is held for one. */
const EVENT_MAX_BYTES = 8 * 1024 * 1024;
const LINE_END = 0x0a;

/** Sends events, as lines of JSON on channel 1. Resolves when there is room for the next. */
export function sendEvent(stream: ByteStream, event: StreamEvent): Promise<void> {
  return stream.write(channels.stdout, Buffer.from(`${JSON.stringify(event)}\n`));
}

/** The events of a stream; gives how it ended. @throws StreamLost */
export async function* readEvents(stream: ByteStream): AsyncGenerator<StreamEvent, StreamStatus, undefined> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const frame of stream.frames) {
    if (frame.channel === channels.status) return readStatus(frame);
    if (frame.channel !== channels.stdout) continue;
    let { bytes } = frame;
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END)) {
      parts.push(bytes.subarray(0, end));
      yield JSON.parse(Buffer.concat(parts).toString('utf8')) as StreamEvent;
      [parts, held, bytes] = [[], 0, bytes.subarray(end + 1)];
    }
    held += bytes.length;
    if (held > EVENT_MAX_BYTES) throw new StreamLost('an event is longer than it may be');
    if (bytes.length > 0) parts.push(bytes);
  }
  throw new StreamLost('the stream ended in its middle');
}

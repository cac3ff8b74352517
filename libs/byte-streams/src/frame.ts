/** One piece of what is said in a stream. */
export interface Frame {
  readonly channel: number;
  readonly bytes: Uint8Array;
}

/** As in `v5.channel.k8s.io`, so that what a cluster says can be handed on as it is. */
export const channels = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  /** JSON; the last frame of all. */
  status: 3,
  /** JSON: width and height of a terminal. */
  resize: 4,
  /** JSON: variables of a command, as the first frame. */
  environment: 5,
  /** Its one byte names a channel that nothing more comes on. */
  close: 255,
} as const;

/** Bytes of one frame; what is longer goes in several. */
export const FRAME_MAX_BYTES = 64 * 1024;
const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 1;

/** What came is no frame of ours. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** `u32 length, u8 channel, payload`; the length is that of the payload. */
export function encodeFrame({ channel, bytes }: Frame): Buffer {
  if (bytes.length > FRAME_MAX_BYTES) throw new FrameError(`a frame has at most ${String(FRAME_MAX_BYTES)} bytes`);
  const encoded = Buffer.allocUnsafe(HEADER_BYTES + bytes.length);
  encoded.writeUInt32BE(bytes.length, 0);
  encoded.writeUInt8(channel, LENGTH_BYTES);
  encoded.set(bytes, HEADER_BYTES);
  return encoded;
}

/** Takes chunks as they come, and gives the frames that are whole. Holds less than one frame. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);

  /** @throws FrameError */
  push(chunk: Uint8Array): readonly Frame[] {
    let rest = this.pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.pending, chunk]);
    const frames: Frame[] = [];
    while (rest.length >= HEADER_BYTES) {
      const length = rest.readUInt32BE(0);
      if (length > FRAME_MAX_BYTES) throw new FrameError(`a frame says that it has ${String(length)} bytes`);
      const end = HEADER_BYTES + length;
      if (rest.length < end) break;
      frames.push({ channel: rest.readUInt8(LENGTH_BYTES), bytes: rest.subarray(HEADER_BYTES, end) });
      rest = rest.subarray(end);
    }
    this.pending = rest;
    return frames;
  }

  /** Something has begun that has not come whole. */
  get isWithinFrame(): boolean {
    return this.pending.length > 0;
  }
}

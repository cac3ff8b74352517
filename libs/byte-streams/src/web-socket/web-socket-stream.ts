import WebSocket from 'ws';
import type { Frame } from '../frame.ts';

export interface WebSocketTimes {
  readonly pingMs: number;
  /** Without a sign of life for so long the other side is taken for dead. */
  readonly silenceMs: number;
}

export const WEB_SOCKET_TIMES: WebSocketTimes = { pingMs: 10_000, silenceMs: 30_000 };

/** Payload of one message. */
export const MESSAGE_MAX_BYTES = 64 * 1024;
/** What a WebSocket of ours is opened and served with: nothing is unpacked, and a message is a frame. */
export const WEB_SOCKET_OPTIONS = {
  perMessageDeflate: false,
  maxPayload: MESSAGE_MAX_BYTES + 1,
  skipUTF8Validation: true,
} as const;

/** Received and not yet read. */
const HELD_MAX_BYTES = 256 * 1024;
/** Sent and not yet taken by the connection. */
const UNSENT_MAX_BYTES = 256 * 1024;
const NORMAL_CLOSURE = 1000;

/**
 * Frames over a WebSocket: a binary message is the number of a channel in one byte, and the payload. Nothing is read before it
 * is asked for, so that a reader that stops stops the sender.
 */
export class WebSocketStream {
  /** Aborted when it is over, whichever side ended it. */
  readonly signal: AbortSignal;
  readonly #socket: WebSocket;
  readonly #over = new AbortController();
  readonly #held: Buffer[] = [];
  #heldBytes = 0;
  #wake: () => void = () => undefined;
  #heardAt = performance.now();
  readonly #pingMs: number;

  constructor(socket: WebSocket, { pingMs, silenceMs }: WebSocketTimes = WEB_SOCKET_TIMES) {
    this.#socket = socket;
    this.signal = this.#over.signal;
    this.#pingMs = pingMs;
    socket.on('message', (data: Buffer) => this.#hold(data));
    socket.on('pong', () => (this.#heardAt = performance.now()));
    socket.on('ping', () => (this.#heardAt = performance.now()));
    socket.on('error', () => this.#end());
    socket.on('close', () => this.#end());
    const timer = setInterval(() => this.#ping(silenceMs), pingMs);
    this.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  /** To be read once. Ends when the connection does. */
  get frames(): AsyncIterable<Frame> {
    return this.#read();
  }

  /** Resolves when there is room for more, or nobody to send it to. */
  async write(channel: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at === 0 || at < bytes.length; at += MESSAGE_MAX_BYTES) {
      if (this.signal.aborted) return;
      const piece = bytes.subarray(at, at + MESSAGE_MAX_BYTES);
      const message = Buffer.allocUnsafe(1 + piece.length);
      message[0] = channel;
      message.set(piece, 1);
      const sent = new Promise<void>((resolve) => this.#socket.send(message, () => resolve()));
      if (this.#socket.bufferedAmount > UNSENT_MAX_BYTES) await sent;
    }
  }

  /** Closes it after what was written. */
  close(): void {
    this.#socket.close(NORMAL_CLOSURE);
    // The other side's word is not waited for where it does not come: `ws` gives it 30 s.
    this.#socket.resume();
  }

  cancel(): void {
    this.#end();
    this.#socket.terminate();
  }

  #hold(message: Buffer): void {
    this.#heardAt = performance.now();
    if (message.length === 0) return;
    this.#held.push(message);
    this.#heldBytes += message.length;
    if (this.#heldBytes > HELD_MAX_BYTES && this.#socket.readyState === WebSocket.OPEN) this.#socket.pause();
    this.#wake();
  }

  #end(): void {
    this.#over.abort();
    this.#wake();
  }

  #ping(silenceMs: number): void {
    if (this.#socket.readyState !== WebSocket.OPEN || this.#socket.isPaused) {
      this.#heardAt = performance.now();
      return;
    }
    const silent = performance.now() - this.#heardAt;
    if (silent > silenceMs) this.cancel();
    // What is sent to who has closed already makes the system drop what is still to be read: only silence is asked about.
    else if (silent >= this.#pingMs / 2) this.#socket.ping();
  }

  async *#read(): AsyncGenerator<Frame, void, undefined> {
    for (;;) {
      const message = this.#held.shift();
      if (message !== undefined) {
        this.#heldBytes -= message.length;
        if (this.#socket.isPaused && this.#heldBytes < HELD_MAX_BYTES / 2) this.#socket.resume();
        yield { channel: message.readUInt8(0), bytes: message.subarray(1) };
      } else if (this.signal.aborted) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

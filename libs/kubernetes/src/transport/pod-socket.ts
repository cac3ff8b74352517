import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import { errorFromStatus } from '../errors/error-from-status.ts';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { ANSWER_LIMITS, tooLarge } from './answer-limits.ts';
import { networkError } from './network-error.ts';
import { readBody } from './read-body.ts';

export interface PodSocketLimits {
  /** Between two pings. */
  readonly pingIntervalMs: number;
  /** A server that owes us nothing but pongs and is silent for so long is taken for dead. */
  readonly silenceMaxMs: number;
  /** As long may a server take nothing that was sent to it: it passes on only what the process in the pod takes. */
  readonly stallMaxMs: number;
}

export const POD_SOCKET_LIMITS: PodSocketLimits = {
  pingIntervalMs: 5_000,
  silenceMaxMs: 30_000,
  stallMaxMs: 15 * 60_000,
};

/** Of one message; API servers send some 32 KiB. */
const MESSAGE_MAX_BYTES = 1024 * 1024;
/** Held until it is read, beside what one read of the connection has brought. */
const HELD_MAX_BYTES = 256 * 1024;
/** Sent and not yet taken by the connection. */
const UNSENT_MAX_BYTES = 256 * 1024;
const NORMAL_CLOSURE = 1000;

/** Messages to and from a pod over a WebSocket of the API server. Nothing is read faster than it is taken, nor sent. */
export class PodSocket {
  readonly #socket: WebSocket;
  readonly #limits: PodSocketLimits;
  readonly #held: Buffer[] = [];
  #heldBytes = 0;
  #failure: KubernetesApiError | undefined;
  #isClosed = false;
  #wake: () => void = () => undefined;
  #heardAt = performance.now();
  #isHeardSinceSent = true;
  readonly #timer: NodeJS.Timeout;

  private constructor(socket: WebSocket, limits: PodSocketLimits, onClosed: () => void) {
    this.#socket = socket;
    this.#limits = limits;
    this.#timer = setInterval(() => this.#watchSilence(), limits.pingIntervalMs);
    socket.on('message', (data: Buffer) => this.#hold(data));
    socket.on('pong', () => this.#heard());
    socket.on('error', (error) => this.#end(errorOf(error)));
    socket.on('close', (code, reason) => {
      this.#end(code === NORMAL_CLOSURE ? undefined : lost(reason.toString('utf8')));
      onClosed();
    });
  }

  /**
   * Takes over a socket that is being opened.
   * @throws KubernetesApiError with the API server's refusal, or why there is no answer
   */
  static async open(
    socket: WebSocket,
    limits: PodSocketLimits,
    signal: AbortSignal,
    onClosed: () => void,
  ): Promise<PodSocket> {
    const opened = Promise.withResolvers<void>();
    const giveUp = (): void => {
      opened.reject(networkError(signal.reason));
      socket.terminate();
    };
    const opening = new PodSocket(socket, limits, onClosed);
    // Before it is open, an error says why it never will be.
    socket.once('error', (error) => opened.reject(errorOf(error)));
    socket.once('unexpected-response', (request, response) => {
      refusal(response).then(opened.reject, opened.reject);
      opened.promise.catch(() => request.destroy());
    });
    socket.once('open', opened.resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      await opened.promise;
      return opening;
    } catch (error) {
      opening.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  /** To the end of the connection; throws where that was not an orderly one. To be read once. */
  async *messages(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const message = this.#held.shift();
        if (message !== undefined) {
          this.#heldBytes -= message.length;
          if (this.#socket.isPaused && this.#heldBytes < HELD_MAX_BYTES / 2) this.#resume();
          yield message;
        } else if (this.#isClosed) {
          if (this.#failure !== undefined) throw this.#failure;
          return;
        } else {
          await new Promise<void>((resolve) => (this.#wake = resolve));
        }
      }
    } finally {
      this.close();
    }
  }

  /** Resolves when there is room for more. @throws KubernetesApiError once the connection is over */
  async send(message: Uint8Array): Promise<void> {
    if (this.#isClosed) throw this.#failure ?? lost();
    this.#isHeardSinceSent = false;
    const sent = new Promise<void>((resolve, reject) => {
      this.#socket.send(message, (error) => (error ? reject(this.#failure ?? lost()) : resolve()));
    });
    if (this.#socket.bufferedAmount > UNSENT_MAX_BYTES) await sent;
    else sent.catch(() => undefined);
  }

  /** Ends it at once; whoever reads gets what has come, and then the end. */
  close(error?: KubernetesApiError): void {
    this.#end(error);
    this.#socket.terminate();
  }

  #hold(message: Buffer): void {
    this.#heard();
    if (this.#isClosed) return;
    this.#held.push(message);
    this.#heldBytes += message.length;
    if (this.#heldBytes > HELD_MAX_BYTES) this.#socket.pause();
    this.#wake();
  }

  #resume(): void {
    this.#heardAt = performance.now();
    this.#socket.resume();
  }

  #heard(): void {
    this.#heardAt = performance.now();
    this.#isHeardSinceSent = true;
  }

  #end(failure: KubernetesApiError | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#failure = failure;
    clearInterval(this.#timer);
    this.#wake();
  }

  #watchSilence(): void {
    if (this.#socket.readyState !== WebSocket.OPEN || this.#socket.isPaused) return;
    const { silenceMaxMs, stallMaxMs } = this.#limits;
    const max = this.#isHeardSinceSent ? silenceMaxMs : stallMaxMs;
    const silentMs = performance.now() - this.#heardAt;
    if (silentMs > max) this.close(lost('the API server was silent for too long'));
    // What is sent to who has closed already makes the system drop what is still to be read: only silence is asked about.
    else if (silentMs >= this.#limits.pingIntervalMs / 2) this.#socket.ping();
  }
}

function lost(reason = ''): KubernetesApiError {
  const why = reason === '' ? '' : `: ${reason}`;
  const message = `the connection to the pod was lost${why}`;
  return new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionLost', message });
}

async function refusal(response: IncomingMessage): Promise<KubernetesApiError> {
  const { statusCode = 0 } = response;
  const text = await readBody(response, ANSWER_LIMITS.errorMaxBytes).catch((error: unknown) => networkError(error));
  if (text instanceof KubernetesApiError) return text;
  if (statusCode >= 300 && statusCode < 400) {
    const message = 'the API server answered with a redirect, which is not followed';
    return new KubernetesApiError({ httpStatus: statusCode, reason: 'UnexpectedRedirect', message });
  }
  if (statusCode >= 400) return errorFromStatus(statusCode, text);
  return foreign();
}

function foreign(): KubernetesApiError {
  const message = 'the answer is not what a Kubernetes API server sends: it does not open a stream to the pod';
  return new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}

function errorOf(error: Error & { code?: unknown }): KubernetesApiError {
  if (error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
    return tooLarge(`a message of more than ${MESSAGE_MAX_BYTES} bytes`);
  // What the WebSocket itself finds wrong has no code of the platform.
  if (typeof error.code !== 'string' || error.code.startsWith('WS_ERR_')) return foreign();
  return networkError(error);
}

/** Of every WebSocket to an API server: no redirects, nothing unpacked, bounded messages. */
export const POD_SOCKET_OPTIONS = {
  followRedirects: false,
  perMessageDeflate: false,
  maxPayload: MESSAGE_MAX_BYTES,
  skipUTF8Validation: true,
} as const;

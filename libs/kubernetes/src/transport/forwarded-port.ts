import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { PodPort } from '../operations.ts';
import type { PodSocket } from './pod-socket.ts';

const CHANNEL = { data: 0, error: 1 } as const;
/** Each channel begins with the number of its port. */
const PREFIX_BYTES = 2;
const PIECE_BYTES = 32 * 1024;

/** One connection to a port of a pod, over the API server's two channels for it. */
export class ForwardedPort implements PodPort {
  readonly received: AsyncIterable<Uint8Array>;
  readonly #socket: PodSocket;
  readonly #port: number;

  constructor(socket: PodSocket, port: number) {
    this.#socket = socket;
    this.#port = port;
    this.received = this.#read();
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const message = new Uint8Array(1 + piece.length);
      message[0] = CHANNEL.data;
      message.set(piece, 1);
      await this.#socket.send(message);
    }
  }

  close(): void {
    this.#socket.close();
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    const seen = { [CHANNEL.data]: 0, [CHANNEL.error]: 0 };
    let failure = '';
    for await (const message of this.#socket.messages()) {
      const channel = message[0];
      if (channel !== CHANNEL.data && channel !== CHANNEL.error) continue;
      const prefix = Math.min(PREFIX_BYTES - seen[channel], message.length - 1);
      seen[channel] += prefix;
      const bytes = message.subarray(1 + prefix);
      if (bytes.length === 0) continue;
      if (channel === CHANNEL.data) yield bytes;
      else {
        failure = bytes.toString('utf8');
        break;
      }
    }
    if (failure !== '') throw this.#inWords(failure);
  }

  #inWords(text: string): KubernetesApiError {
    if (/connection refused/i.test(text))
      return refused('PortRefused', `nothing listens on port ${this.#port} of the pod`);
    if (/not found|not running|no such/i.test(text)) return refused('ContainerNotRunning', 'the pod is not running');
    return refused('PortRefused', `the node could not reach port ${this.#port} of the pod`);
  }
}

function refused(reason: 'PortRefused' | 'ContainerNotRunning', message: string): KubernetesApiError {
  return new KubernetesApiError({ httpStatus: 400, reason, message });
}

import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { ExecOutput, ExecSession } from '../operations.ts';
import { readExecStatus } from './exec-status.ts';
import type { PodSocket } from './pod-socket.ts';

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;
const PIECE_BYTES = 32 * 1024;

/** A command in a container, over the channels of the API server's protocol. */
export class Exec implements ExecSession {
  readonly output: AsyncIterable<ExecOutput>;
  readonly #socket: PodSocket;
  readonly #command: readonly string[];
  readonly #exit = Promise.withResolvers<number>();

  constructor(socket: PodSocket, command: readonly string[]) {
    this.#socket = socket;
    this.#command = command;
    this.output = this.#read();
    // Whoever reads the output hears of it there too.
    this.#exit.promise.catch(() => undefined);
  }

  get exitCode(): Promise<number> {
    return this.#exit.promise;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      await this.#send(CHANNEL.stdin, bytes.subarray(at, at + PIECE_BYTES));
  }

  async endInput(): Promise<void> {
    if (this.#socket.protocol !== 'v5.channel.k8s.io') {
      const message = 'this API server cannot be told that the input has ended; it is older than Kubernetes 1.30';
      throw new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
    }
    await this.#send(CHANNEL.close, Uint8Array.of(CHANNEL.stdin));
  }

  resize({ width, height }: { width: number; height: number }): Promise<void> {
    return this.#send(CHANNEL.resize, Buffer.from(JSON.stringify({ Width: width, Height: height })));
  }

  close(): void {
    this.#socket.close();
  }

  #send(channel: number, payload: Uint8Array): Promise<void> {
    const message = new Uint8Array(1 + payload.length);
    message[0] = channel;
    message.set(payload, 1);
    return this.#socket.send(message);
  }

  async *#read(): AsyncGenerator<ExecOutput> {
    try {
      for await (const message of this.#socket.messages()) {
        const bytes = message.subarray(1);
        switch (message[0]) {
          case CHANNEL.stdout:
            if (bytes.length > 0) yield { stream: 'stdout', bytes };
            break;
          case CHANNEL.stderr:
            if (bytes.length > 0) yield { stream: 'stderr', bytes };
            break;
          case CHANNEL.status:
            if (bytes.length === 0) break;
            // Nothing follows it.
            this.#exit.resolve(readExecStatus(bytes.toString('utf8'), this.#command));
            return;
          default:
        }
      }
      const message = 'the connection to the pod was lost before the command ended';
      throw new KubernetesApiError({ httpStatus: 0, reason: 'ConnectionLost', message });
    } catch (error) {
      this.#exit.reject(error);
      throw error;
    } finally {
      this.#exit.reject(
        new KubernetesApiError({ httpStatus: 0, reason: 'Cancelled', message: 'nobody reads any more' }),
      );
    }
  }
}

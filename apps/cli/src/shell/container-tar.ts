import { byteChannels, DomainError } from '@ushadow/contracts';
import { PassThrough, type Readable } from 'node:stream';
import { Refusal } from '../command.ts';
import type { Gateway } from '../gateway/with-gateway.ts';
import { openStream } from './open-stream.ts';
import { lost, readEnd } from './read-end.ts';
import { writeTo } from './streams.ts';

export interface ContainerPlace {
  readonly stackId: string;
  readonly service: string;
  readonly pod?: string | undefined;
  readonly container?: string | undefined;
}

const ERRORS_MAX = 4_096;

/** Runs `tar` in a container, and what is needed beside it. */
export class ContainerTar {
  readonly #gateway: Gateway;
  readonly #place: ContainerPlace;

  constructor(gateway: Gateway, place: ContainerPlace) {
    this.#gateway = gateway;
    this.#place = place;
  }

  get service(): string {
    return this.#place.service;
  }

  async isFolder(path: string): Promise<boolean> {
    const { exitCode } = await this.#run(['test', '-d', path]);
    return exitCode === 0;
  }

  /** An archive as it comes; `done` rejects where it did not come whole. */
  pack(folder: string, name: string): { readonly archive: Readable; readonly done: Promise<void> } {
    const archive = new PassThrough();
    const done = this.#run(['tar', '-c', '-f', '-', '-C', folder, '--', name], { output: archive }).then(
      ({ exitCode, errors }) => {
        if (exitCode !== 0) throw new Refusal(failed(exitCode, errors));
        archive.end();
      },
    );
    done.catch((error: unknown) => archive.destroy(error instanceof Error ? error : undefined));
    return { archive, done };
  }

  async unpack(folder: string, archive: AsyncIterable<Uint8Array>): Promise<void> {
    const { exitCode, errors } = await this.#run(['tar', '-x', '-f', '-', '-C', folder], { input: archive });
    if (exitCode !== 0) throw new Refusal(failed(exitCode, errors));
  }

  async #run(
    command: readonly string[],
    { input, output }: { readonly input?: AsyncIterable<Uint8Array>; readonly output?: PassThrough } = {},
  ): Promise<{ readonly exitCode: number; readonly errors: string }> {
    const { stackId, service, pod, container } = this.#place;
    const path = `/api/stacks/${stackId}/services/${encodeURIComponent(service)}/exec`;
    const stream = await openStream(this.#gateway, path, { command, pod, container, tty: false });
    let errors = '';
    let inputFailure: Error | undefined;
    const send = async (): Promise<void> => {
      try {
        for await (const bytes of input ?? []) {
          if (stream.signal.aborted) return;
          await stream.write(byteChannels.stdin, bytes);
        }
        await stream.write(byteChannels.close, Uint8Array.of(byteChannels.stdin));
      } catch (error) {
        // Half an archive is not to be taken for a whole one.
        inputFailure = error instanceof Error ? error : new Error(String(error));
        stream.cancel();
      }
    };
    void send();
    try {
      for await (const { channel, bytes } of stream.frames) {
        if (channel === byteChannels.status) return { exitCode: readEnd(bytes).exit_code ?? 0, errors };
        if (channel === byteChannels.stderr) errors = (errors + Buffer.from(bytes).toString('utf8')).slice(-ERRORS_MAX);
        if (channel === byteChannels.stdout && output !== undefined) await writeTo(output, bytes);
      }
      throw inputFailure ?? lost();
    } catch (error) {
      throw this.#inWords(inputFailure ?? error, command[0] ?? '');
    } finally {
      stream.cancel();
    }
  }

  #inWords(error: unknown, program: string): Error {
    if (!(error instanceof Error)) return new Error(String(error));
    if (!(error instanceof DomainError) || error.code !== 'COMMAND_NOT_IN_CONTAINER') return error;
    return new Refusal(`The container of ${this.service} has no ${program}, which copying needs.`);
  }
}

function failed(exitCode: number, errors: string): string {
  const said = errors.trim();
  return said === '' ? `tar ended with ${String(exitCode)} in the container.` : said;
}

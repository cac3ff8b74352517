import type { WebSocketStream } from '@ushadow/byte-streams/web-socket';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { passBytes } from './pass-bytes.ts';
import type { CommandStreams } from './streams.ts';

/** The same as `passBytes`; each piece of the output is a line of JSON, and its exit code the last one. */
export async function passAsJson(stream: WebSocketStream, streams: CommandStreams): Promise<number> {
  const { stdin, stdout } = streams;
  const [out, errors] = [new JsonLines('stdout', stdout), new JsonLines('stderr', stdout)];
  const code = await passBytes(stream, { stdin, stdout: out, stderr: errors }, { tty: false });
  for (const each of [out, errors]) await each.finish();
  stdout.write(`${JSON.stringify({ exit_code: code })}\n`);
  return code;
}

/** Bytes as text: a character that is split between two pieces is of the second. */
class JsonLines extends Writable {
  readonly #name: string;
  readonly #output: Writable;
  readonly #decoder = new StringDecoder('utf8');

  constructor(name: string, output: Writable) {
    super();
    this.#name = name;
    this.#output = output;
    output.on('error', (error) => this.destroy(error));
    this.on('error', () => undefined);
  }

  finish(): Promise<void> {
    return new Promise((resolve) => this.end(resolve));
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#tell(this.#decoder.write(bytes), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#tell(this.#decoder.end(), done);
  }

  #tell(text: string, done: (error?: Error | null) => void): void {
    if (text === '') done();
    else this.#output.write(`${JSON.stringify({ stream: this.#name, text })}\n`, done);
  }
}

import type { WebSocketStream } from '@ushadow/byte-streams/web-socket';
import { byteChannels } from '@ushadow/contracts';
import { lost, readEnd } from './read-end.ts';
import { writeTo, type CommandStreams } from './streams.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** Of a process whose output nobody reads any more. */
const BROKEN_PIPE = 141;

/**
 * Passes bytes between our streams and a command until it ends: its exit code, or 128 and the number of the signal that ended us.
 * @throws DomainError where there is no exit code
 */
export async function passBytes(
  stream: WebSocketStream,
  streams: CommandStreams,
  { tty }: { readonly tty: boolean },
): Promise<number> {
  let ended: number | undefined;
  const end = (code: number): void => {
    ended ??= code;
    stream.cancel();
  };
  const stopListening = [
    onSignals(end),
    ...(tty ? [onResize(streams, (size) => void stream.write(byteChannels.resize, asJson(size)))] : []),
  ];
  void sendInput(stream, streams.stdin);
  const nobodyReads = (): void => end(BROKEN_PIPE);
  streams.stdout.on('error', nobodyReads);
  try {
    for await (const { channel, bytes } of stream.frames) {
      if (channel === byteChannels.status) return readEnd(bytes).exit_code ?? 0;
      if (channel === byteChannels.stdout) await writeTo(streams.stdout, bytes);
      if (channel === byteChannels.stderr) await writeTo(streams.stderr, bytes);
    }
  } catch (error) {
    if (ended !== undefined) return ended;
    throw error;
  } finally {
    stream.cancel();
    streams.stdout.off('error', nobodyReads);
    // Whatever is still typed is nobody's, and reading it would keep this process.
    streams.stdin.destroy();
    for (const stop of stopListening) stop();
  }
  if (ended !== undefined) return ended;
  throw lost();
}

async function sendInput(stream: WebSocketStream, input: CommandStreams['stdin']): Promise<void> {
  try {
    for await (const bytes of input) {
      if (stream.signal.aborted) return;
      await stream.write(byteChannels.stdin, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    }
  } catch {
    // Input that cannot be read any more has ended.
  }
  await stream.write(byteChannels.close, Uint8Array.of(byteChannels.stdin));
}

function onSignals(end: (code: number) => void): () => void {
  const handlers = Object.entries(SIGNALS).map(
    ([name, code]) => [name as keyof typeof SIGNALS, () => end(code)] as const,
  );
  for (const [name, handler] of handlers) process.on(name, handler);
  return () => {
    for (const [name, handler] of handlers) process.off(name, handler);
  };
}

function onResize(
  { stdout }: CommandStreams,
  tell: (size: { readonly width: number; readonly height: number }) => void,
): () => void {
  const changed = (): void => tell({ width: stdout.columns || 80, height: stdout.rows || 24 });
  stdout.on('resize', changed);
  return () => void stdout.off('resize', changed);
}

function asJson(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

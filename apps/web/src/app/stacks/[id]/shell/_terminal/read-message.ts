import { byteChannels, DomainError, streamEnd } from '@ushadow/contracts';
import type { ShellState } from './shell-state.ts';

/** What came: bytes for the terminal, or how the session ended. */
export type ShellMessage =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'end'; readonly state: ShellState };

/** Undefined for what is nothing of a shell's. */
export function readMessage(message: Uint8Array): ShellMessage | undefined {
  const bytes = message.subarray(1);
  switch (message[0]) {
    case byteChannels.stdout:
    case byteChannels.stderr:
      return { kind: 'bytes', bytes };
    case byteChannels.status:
      return { kind: 'end', state: endOf(new TextDecoder().decode(bytes)) };
    default:
      return undefined;
  }
}

function endOf(text: string): ShellState {
  const read = streamEnd.safeParse(parsed(text));
  if (!read.success) return { kind: 'lost', isRestart: false };
  const { reason, error, exit_code: exitCode } = read.data;
  if (error !== undefined) return { kind: 'refused', error: DomainError.fromEnvelope(error) };
  return reason === 'done'
    ? { kind: 'ended', exitCode: exitCode ?? 0 }
    : { kind: 'lost', isRestart: reason === 'restart' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function messageOf(channel: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(1 + payload.length);
  message[0] = channel;
  message.set(payload, 1);
  return message;
}

import { commonErrors, errorEnvelope, isAnswerSealed, type Operation } from '@ushadow/contracts';
import { open } from '@ushadow/secrets';
import type { UserKeys } from '@ushadow/testing/servers';
import { z } from 'zod';

const packet = z.object({ err: z.unknown().optional(), response: z.unknown().optional() });

/** What an answer was, in a word; a text that begins with `!` where the contract does not have it. */
export function judgeAnswer(operation: Operation, answer: unknown, keys: UserKeys): string {
  const parsed = packet.safeParse(answer);
  if (!parsed.success) return '!an answer that is no packet';
  const { err, response } = parsed.data;
  return err === undefined ? judgeOutput(operation, response, keys) : judgeError(operation, err);
}

function judgeError(operation: Operation, error: unknown): string {
  const envelope = errorEnvelope.safeParse(error);
  if (!envelope.success) return `!an error that is no envelope: ${JSON.stringify(error).slice(0, 200)}`;
  const { code, message } = envelope.data;
  if (code === 'UNEXPECTED') return `!UNEXPECTED: ${message}`;
  return code in commonErrors || code in operation.errors ? code : `!an error that is not declared: ${code}`;
}

function judgeOutput(operation: Operation, response: unknown, { xkey, xkeySeed }: UserKeys): string {
  try {
    const content = isAnswerSealed(operation.sealed) ? opened(response, xkey, xkeySeed) : response;
    return operation.output.safeParse(content).success ? 'answered' : '!an answer that breaks the contract';
  } catch (error) {
    return `!an answer that cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function opened(response: unknown, publicKey: string, seed: string): unknown {
  const { sealed } = z.object({ sealed: z.string() }).parse(response);
  return JSON.parse(open(sealed, { publicKey, seed: new TextEncoder().encode(seed) }).toString('utf8')) as unknown;
}

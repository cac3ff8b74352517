import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import { headers, isRequestSealed, requestSubject, type BusUser, type Operation } from '@ushadow/contracts';
import { seal } from '@ushadow/secrets';
import type { SeededRandom } from '@ushadow/testing';
import { z } from 'zod';
import { mutated, sampleOf } from './sample.ts';

/** One thing to send, and whether an answer has to come to it. */
export type FuzzMessage = {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs;
  readonly isRequest: boolean;
};

const LATE = ['0', '-1', 'soon', '1e400', '99999999999999999999', ''];
const schemas = new Map<Operation, Readonly<Record<string, unknown>>>();

/** A request to an operation as `user` would send it, with something or nothing wrong in it. */
export function fuzzMessage(
  operation: Operation,
  user: BusUser,
  keys: Readonly<Record<BusUser, string>>,
  random: SeededRandom,
): FuzzMessage {
  const good = sampleOf(schemaOf(operation), random);
  const input = random.next() < 0.6 ? mutated(good, random) : good;
  const content = wrapped(operation, input, keys, random);
  const packet: unknown = { pattern: operation.subject, data: content, id: 'fuzz' };
  const isRequest = random.next() < 0.9;
  const text = isRequest ? JSON.stringify(packet) : spoiled(JSON.stringify(packet), random);
  const bytes = Buffer.from(text, 'utf8');
  const own = natsHeaders();
  own.set(headers.requestId, random.pick(['fuzz-request', 'x'.repeat(4_000)]));
  if (random.next() < 0.95) own.set(headers.actor, 'fuzzer');
  own.set(headers.timeout, random.next() < 0.9 ? '10000' : random.pick(LATE));
  return { subject: requestSubject(operation, user), data: bytes, headers: own, isRequest };
}

/** Sealed to the service that answers; or to another one, not at all, or with rubbish in the box. */
function wrapped(
  operation: Operation,
  input: unknown,
  keys: Readonly<Record<BusUser, string>>,
  random: SeededRandom,
): unknown {
  if (!isRequestSealed(operation.sealed)) return random.next() < 0.02 ? { sealed: 'AAAA' } : input;
  const chance = random.next();
  if (chance < 0.05) return input;
  if (chance < 0.1) return { sealed: seal(JSON.stringify(input), keys[random.pick(['gateway', 'scanner'] as const)]) };
  if (chance < 0.15) return { sealed: random.pick<unknown>(['', 'AAAA', 7, null, 'x'.repeat(10_000)]) };
  const content = chance < 0.2 ? '{"not": json' : JSON.stringify(input);
  return { sealed: seal(content, keys[operation.service]) };
}

/** No request any more: cut off, without what Nest needs to answer, or no JSON at all. */
function spoiled(text: string, random: SeededRandom): string {
  return random.pick([
    text.slice(0, random.between(0, text.length)),
    '',
    'null',
    '[]',
    '{}',
    '\u0000\u0001',
    text + text,
  ]);
}

function schemaOf(operation: Operation): Readonly<Record<string, unknown>> {
  const known = schemas.get(operation);
  if (known !== undefined) return known;
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
  schemas.set(operation, schema);
  return schema;
}

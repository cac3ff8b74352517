import { DomainError, isAnswerSealed, isRequestSealed, type BusUser, type Operation } from '@ushadow/contracts';
import { open, seal, SecretsError } from '@ushadow/secrets';
import { z } from 'zod';
import type { BusIdentity } from './bus-identity.ts';

/** What travels in place of something secret. */
const box = z.strictObject({ sealed: z.string() });
type Box = z.infer<typeof box>;

/** A request as it is sent: for the answering service alone where it has a secret field. */
export function sealRequest({ service, sealed }: Operation, input: unknown, { services }: BusIdentity): unknown {
  return isRequestSealed(sealed) ? put(input, services[service]) : input;
}

/** @throws DomainError when it should have been sealed and is not, or not for this service */
export function openRequest({ sealed }: Operation, received: unknown, identity: BusIdentity): unknown {
  if (!isRequestSealed(sealed)) return received;
  try {
    return take(received, identity);
  } catch (cause) {
    const message = `The request has to be sealed to the registered key of ${identity.user}.`;
    throw new DomainError('REQUEST_NOT_SEALED', 'forbidden', message, { cause });
  }
}

/** An answer as it is sent: for the service that asked alone where it holds credentials. */
export function sealAnswer(
  { sealed }: Operation,
  output: unknown,
  caller: BusUser | undefined,
  { services }: BusIdentity,
): unknown {
  if (!isAnswerSealed(sealed)) return output;
  if (caller === undefined) throw new Error('an answer for one service alone needs to know which');
  return put(output, services[caller]);
}

/** @throws Error when it is not for this service */
export function openAnswer({ sealed }: Operation, received: unknown, identity: BusIdentity): unknown {
  return isAnswerSealed(sealed) ? take(received, identity) : received;
}

function put(content: unknown, recipient: string): Box {
  return { sealed: seal(JSON.stringify(content), recipient) };
}

function take(received: unknown, { sealKeys }: BusIdentity): unknown {
  const parsed = box.safeParse(received);
  if (!parsed.success) throw new SecretsError('malformed', 'Not a sealed box.');
  return JSON.parse(open(parsed.data.sealed, sealKeys).toString('utf8')) as unknown;
}

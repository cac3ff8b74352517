import {
  DomainError,
  handledSubject,
  isAnswerSealed,
  type BusUser,
  type InputOf,
  type Operation,
} from '@ushadow/contracts';
import { withRequestContext, type RequestContext } from '@ushadow/observability';
import type { MsgHdrs } from '@nats-io/transport-node';
import { Ctx, MessagePattern, Payload, type NatsContext } from '@nestjs/microservices';
import type { z } from 'zod';
import { answerOnce, keyedRequest } from './answer-once.ts';
import type { Received } from './bus-server.ts';
import { keptRepeats } from './repeats.ts';
import { invalidInput } from './to-domain-error.ts';
import { fromHeaders } from './message-headers.ts';
import { openRequest, sealAnswer } from './sealed-message.ts';

type Handler<O extends Operation> = (input: InputOf<O>, context: RequestContext) => Promise<z.input<O['output']>>;

/**
 * Binds a method to an operation: its subject, who may call it, what is sealed, the check of input and output, and the request
 * context. The type checker refuses a method whose input or output is not the operation's.
 */
export function Handle<O extends Operation>(operation: O) {
  return <H extends Handler<O>>(target: object, key: string, descriptor: TypedPropertyDescriptor<H>): void => {
    const handler = descriptor.value;
    if (handler === undefined) throw new TypeError(`@Handle needs a method, ${key} is none`);
    const bound = async function (this: unknown, received: Received, nats: NatsContext): Promise<unknown> {
      const context = fromHeaders(nats.getHeaders() as MsgHdrs | undefined);
      return answer(operation, { received, context, subject: nats.getSubject() }, handler.bind(this));
    };
    // Nest reads the descriptor it is given: a new property would be overwritten by it.
    (descriptor as PropertyDescriptor).value = bound;
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(handledSubject(operation))(target, key, descriptor as PropertyDescriptor);
  };
}

interface Request {
  readonly received: Received;
  readonly context: RequestContext;
  readonly subject: string;
}

async function answer<O extends Operation>(
  operation: O,
  { received, context, subject }: Request,
  handler: Handler<O>,
): Promise<unknown> {
  if (context.deadline !== undefined && context.deadline <= Date.now()) {
    throw new DomainError('DEADLINE_EXCEEDED', 'unavailable', 'The request arrived after its deadline.');
  }
  const caller = callerOf(operation, subject);
  const { content, identity } = received;
  const input = operation.input.safeParse(openRequest(operation, content, identity) ?? {});
  if (!input.success) throw invalidInput(input.error);
  const { idempotencyKey: key, ...rest } = context;
  const run = async (own: RequestContext): Promise<z.output<O['output']>> => {
    const output = await withRequestContext(own, () => handler(input.data as InputOf<O>, own));
    return operation.output.parse(output) as z.output<O['output']>;
  };
  const times = { workMs: operation.deadlineMs, deadline: context.deadline ?? Date.now() + operation.deadlineMs };
  // The key is of this request: what it makes us ask of others has none.
  const output =
    key === undefined || operation.http?.repeat !== 'by-key'
      ? await run(rest)
      : await answerOnce(keptRepeats(), keyedRequest(context.actor, operation, key, input.data), times, (effectId) =>
          run({ ...rest, effectId }),
        );
  return sealAnswer(operation, output, caller, identity);
}

/** Who asks, where the subject says so: the server lets nobody send there but the user of that name. */
function callerOf(operation: Operation, subject: string): BusUser | undefined {
  if (!isAnswerSealed(operation.sealed)) return undefined;
  const last = subject.slice(subject.lastIndexOf('.') + 1);
  const caller = operation.callers.find((each) => each === last);
  if (caller === undefined)
    throw new DomainError('CALLER_NOT_ALLOWED', 'forbidden', `${operation.name} is not for who asked.`);
  return caller;
}

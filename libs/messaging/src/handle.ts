import { DomainError, type InputOf, type Operation } from '@ushadow/contracts';
import { withRequestContext, type RequestContext } from '@ushadow/observability';
import type { MsgHdrs } from '@nats-io/transport-node';
import { Ctx, MessagePattern, Payload, type NatsContext } from '@nestjs/microservices';
import type { z } from 'zod';
import { answerOnce, keyedRequest } from './answer-once.ts';
import { keptRepeats } from './repeats.ts';
import { invalidInput } from './to-domain-error.ts';
import { fromHeaders } from './message-headers.ts';

type Handler<O extends Operation> = (input: InputOf<O>, context: RequestContext) => Promise<z.input<O['output']>>;

/**
 * Binds a method to an operation: its subject, the check of input and output, and the request context.
 * The type checker refuses a method whose input or output is not the operation's.
 */
export function Handle<O extends Operation>(operation: O) {
  return <H extends Handler<O>>(target: object, key: string, descriptor: TypedPropertyDescriptor<H>): void => {
    const handler = descriptor.value;
    if (handler === undefined) throw new TypeError(`@Handle needs a method, ${key} is none`);
    const bound = function (this: unknown, data: unknown, nats: NatsContext): Promise<z.output<O['output']>> {
      const context = fromHeaders(nats.getHeaders() as MsgHdrs | undefined);
      return answer(operation, data, context, handler.bind(this));
    };
    // Nest reads the descriptor it is given: a new property would be overwritten by it.
    (descriptor as PropertyDescriptor).value = bound;
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(operation.subject)(target, key, descriptor as PropertyDescriptor);
  };
}

async function answer<O extends Operation>(
  operation: O,
  data: unknown,
  context: RequestContext,
  handler: Handler<O>,
): Promise<z.output<O['output']>> {
  if (context.deadline !== undefined && context.deadline <= Date.now()) {
    throw new DomainError('DEADLINE_EXCEEDED', 'unavailable', 'The request arrived after its deadline.');
  }
  const input = operation.input.safeParse(data ?? {});
  if (!input.success) throw invalidInput(input.error);
  const { idempotencyKey: key, ...rest } = context;
  const run = async (own: RequestContext): Promise<z.output<O['output']>> => {
    const output = await withRequestContext(own, () => handler(input.data as InputOf<O>, own));
    return operation.output.parse(output) as z.output<O['output']>;
  };
  // The key is of this request: what it makes us ask of others has none.
  if (key === undefined || operation.http?.repeat !== 'by-key') return run(rest);
  const times = { workMs: operation.deadlineMs, deadline: context.deadline ?? Date.now() + operation.deadlineMs };
  const request = keyedRequest(context.actor, operation, key, input.data);
  return answerOnce(keptRepeats(), request, times, (effectId) => run({ ...rest, effectId }));
}

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
import type { Received } from './bus-server.ts';
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
      return withRequestContext(context, () =>
        answer(operation, { received, context, subject: nats.getSubject() }, handler.bind(this)),
      );
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
  const output = await handler(input.data as InputOf<O>, context);
  return sealAnswer(operation, operation.output.parse(output), caller, identity);
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

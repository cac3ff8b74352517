import { z } from 'zod';
import { eventSubject, handledSubject } from './bus/subjects.ts';
import type { EventDefinition } from './define-event.ts';
import type { Operation } from './define-operation.ts';
import { headers } from './headers.ts';
import { events, operations } from './registry.ts';
import { streams } from './streams.ts';

/** Everything said on the bus, as an AsyncAPI 3.0 document. */
export function asyncApiDocument(version: string): Record<string, unknown> {
  const channels: Record<string, unknown> = {};
  const actions: Record<string, unknown> = {};
  for (const [id, operation] of Object.entries(operations as Readonly<Record<string, Operation>>)) {
    channels[id] = {
      address: handledSubject(operation),
      description: operation.summary,
      messages: { request: message(operation.input, 'input'), reply: message(operation.output, 'output') },
    };
    actions[id] = {
      action: 'receive',
      channel: { $ref: `#/channels/${id}` },
      'x-service': operation.service,
      'x-callers': operation.callers,
      'x-access': operation.access,
      'x-audit': operation.audit,
      'x-sealed': operation.sealed ?? [],
      'x-deadline-ms': operation.deadlineMs,
      'x-errors': operation.errors,
    };
  }
  for (const [id, event] of Object.entries(events as Readonly<Record<string, EventDefinition>>)) {
    channels[id] = {
      address: eventSubject(event),
      description: event.summary,
      messages: { event: message(event.data, 'output') },
    };
    actions[id] = {
      action: 'send',
      channel: { $ref: `#/channels/${id}` },
      'x-delivery': event.delivery,
      'x-publisher': event.publisher,
      'x-listeners': event.listeners,
    };
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Ushadow messages', version, description: 'Requests, events and streams on NATS.' },
    'x-headers': headers,
    'x-streams': streams,
    channels,
    operations: actions,
  };
}

function message(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  return { payload: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
}

import type { EventDefinition } from '../define-event.ts';
import type { BusUser, Operation } from '../define-operation.ts';
import { events, operations } from '../registry.ts';
import { streams, type Stream } from '../streams.ts';
import { eventSubject, handledSubject, inboxPrefix, requestSubject } from './subjects.ts';

/** Everybody with a user of its own: the services, the gateway, and who makes the streams. */
export const natsUsers = [
  'gateway',
  'cluster',
  'compiler',
  'scanner',
  'deployer',
  'operations',
  'notifier',
  'access',
  'installer',
] as const;
export type NatsUser = (typeof natsUsers)[number];

/** What a user may do; whatever is not here is refused. */
export interface NatsPermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** Answers to a request that was heard, wherever the asker waits for them. */
  readonly responses?: { readonly max: number; readonly seconds: number };
}

/** What a user asks the server to learn what it may do. */
export const WHO_AM_I = '$SYS.REQ.USER.INFO';

/** An answer, and the end of it where that comes by itself. */
const MESSAGES_PER_ANSWER = 2;
/** Beyond the deadline: an answer that is late is nobody's business, but no error of ours. */
const LATE_SECONDS = 5;

const allOperations = Object.values(operations as unknown as Readonly<Record<string, Operation>>);
const allEvents = Object.values(events as unknown as Readonly<Record<string, EventDefinition>>);
const allStreams = Object.values(streams as Readonly<Record<string, Stream>>);

/** The rights of a user, as the contracts have them: nothing is granted that no operation, event or stream needs. */
export function natsPermissions(user: NatsUser): NatsPermissions {
  const handled = allOperations.filter(({ service }) => service === user);
  const deadlineMs = Math.max(0, ...handled.map((operation) => operation.deadlineMs));
  return {
    publish: sorted([
      WHO_AM_I,
      ...requests(user),
      ...sent(user),
      ...readBack(user),
      ...(user === 'installer' ? made() : taken(user)),
    ]),
    subscribe: sorted([`${inboxPrefix(user)}.>`, ...handled.map(handledSubject), ...eventSubjects(user)]),
    ...(handled.length === 0
      ? {}
      : { responses: { max: MESSAGES_PER_ANSWER, seconds: Math.ceil(deadlineMs / 1_000) + LATE_SECONDS } }),
  };
}

function requests(user: NatsUser): readonly string[] {
  return allOperations
    .filter(({ callers }) => has(callers, user))
    .map((operation) => requestSubject(operation, user as BusUser));
}

function sent(user: NatsUser): readonly string[] {
  return allEvents.filter(({ publisher }) => publisher === user).map((event) => eventSubject(event));
}

/** The last message of a subject of its own; whatever else a stream holds stays unread. */
function readBack(user: NatsUser): readonly string[] {
  return allEvents
    .filter(({ publisher, isReadBack }) => publisher === user && isReadBack === true)
    .flatMap((event) => {
      const stream = allStreams.find(({ subjects }) => subjects.some((subject) => isBelow(event.subject, subject)));
      return stream === undefined ? [] : [`$JS.API.DIRECT.GET.${stream.name}.${eventSubject(event)}`];
    });
}

function isBelow(subject: string, pattern: string): boolean {
  return pattern.endsWith('.>') && subject.startsWith(pattern.slice(0, -1));
}

/** Jobs and audit entries are not heard but taken from their streams. */
function eventSubjects(user: NatsUser): readonly string[] {
  return allEvents
    .filter(({ delivery, listeners }) => delivery === 'live' && has(listeners, user))
    .map((event) => eventSubject(event));
}

/**
 * To take messages from a stream by the consumer that is made for it, and no other way; and to look after what is stuck in a
 * queue, which is nobody else's.
 */
function taken(user: NatsUser): readonly string[] {
  return allStreams.flatMap(({ name, retention, consumer: { name: consumer } = {}, consumedBy }) => {
    if (consumer === undefined || consumedBy !== user) return [];
    return [
      ...(retention === 'workqueue'
        ? [`$JS.API.STREAM.INFO.${name}`, `$JS.API.STREAM.MSG.GET.${name}`, `$JS.API.STREAM.MSG.DELETE.${name}`]
        : []),
      `$JS.API.CONSUMER.INFO.${name}.${consumer}`,
      `$JS.API.CONSUMER.MSG.NEXT.${name}.${consumer}`,
      // Acknowledgements, in the form of older servers and in the one that names domain and account.
      `$JS.ACK.${name}.${consumer}.>`,
      `$JS.ACK.*.*.${name}.${consumer}.>`,
    ];
  });
}

/** To make the streams and their consumers, or to bring them up to date; never to read, empty or delete one. */
function made(): readonly string[] {
  return allStreams.flatMap(({ name, consumer: { name: consumer } = {} }) => [
    `$JS.API.STREAM.CREATE.${name}`,
    `$JS.API.STREAM.UPDATE.${name}`,
    `$JS.API.STREAM.INFO.${name}`,
    ...(consumer === undefined
      ? []
      : [
          `$JS.API.CONSUMER.CREATE.${name}.${consumer}`,
          `$JS.API.CONSUMER.DURABLE.CREATE.${name}.${consumer}`,
          `$JS.API.CONSUMER.INFO.${name}.${consumer}`,
        ]),
  ]);
}

function has(users: readonly string[], user: string): boolean {
  return users.includes(user);
}

function sorted(subjects: readonly string[]): readonly string[] {
  return [...new Set(subjects)].sort();
}

import type { ServiceName } from './define-operation.ts';

/** Beyond any of these the oldest messages go. */
export interface StreamLimits {
  readonly maxAgeDays: number;
  readonly maxMessages: number;
  /** A server reserves so much. */
  readonly maxBytes: number;
}

/** How a consumer hands out messages. */
export interface ConsumerLimits {
  /** After this long without a sign of life a message is handed to another one. */
  readonly ackWaitSeconds: number;
  /** So often a message is handed out; -1: until it is acknowledged. */
  readonly maxDeliveries: number;
  /** Handed out at once. */
  readonly maxPending: number;
}

/** The one consumer that is made beside a stream. */
export interface StreamConsumer extends ConsumerLimits {
  readonly name: string;
  /** What it gets of the stream; all unless told. */
  readonly subjects?: readonly string[];
}

export interface Stream {
  readonly name: string;
  /** Grows with every change of what stands here. What a newer version has made is left alone by an older one. */
  readonly version: number;
  readonly subjects: readonly string[];
  readonly retention: 'workqueue' | 'limits';
  readonly limits: StreamLimits;
  /** A message can be read by its subject, without a consumer. */
  readonly readBack?: boolean;
  readonly consumer?: StreamConsumer;
  /** The service that takes its messages, by its consumer. */
  readonly consumedBy?: ServiceName;
  readonly summary: string;
}

const MEBIBYTE = 1024 * 1024;

/** The JetStream streams. Postgres is the truth: wake-ups and audit entries can be sent again from it. */
export const streams = {
  deploy: {
    name: 'USHADOW_DEPLOY',
    version: 1,
    subjects: ['ushadow.v1.jobs.>'],
    retention: 'workqueue',
    limits: { maxAgeDays: 7, maxMessages: 50_000, maxBytes: 16 * MEBIBYTE },
    // Only what nobody could deal with comes to the last delivery.
    consumer: { name: 'deployer-workers', ackWaitSeconds: 30, maxDeliveries: 20, maxPending: 1_000 },
    consumedBy: 'deployer',
    summary: 'Wake-ups for deployer workers; the payload is an id, never a value.',
  },
  dead: {
    name: 'USHADOW_DEAD',
    version: 1,
    subjects: ['$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.USHADOW_DEPLOY.deployer-workers'],
    retention: 'workqueue',
    limits: { maxAgeDays: 30, maxMessages: 10_000, maxBytes: 4 * MEBIBYTE },
    consumer: { name: 'deployer-dead-letters', ackWaitSeconds: 30, maxDeliveries: -1, maxPending: 1_000 },
    consumedBy: 'deployer',
    summary: 'The server’s notices of wake-ups that were delivered too often; kept, so that none is missed.',
  },
  audit: {
    name: 'USHADOW_AUDIT',
    version: 2,
    subjects: ['ushadow.v1.audit.>'],
    retention: 'limits',
    limits: { maxAgeDays: 90, maxMessages: 1_000_000, maxBytes: 256 * MEBIBYTE },
    // Services compare their trails with what the stream has of them.
    readBack: true,
    // How deployments ended is told to people, also what ended while the notifier was away.
    consumer: {
      name: 'notifier',
      subjects: ['ushadow.v1.audit.deployer.recorded.*'],
      ackWaitSeconds: 30,
      maxDeliveries: -1,
      maxPending: 100,
    },
    consumedBy: 'notifier',
    summary: 'Who did what with which result, by service; any subscriber consumes it with a durable of its own.',
  },
} as const satisfies Readonly<Record<string, Stream>>;

import type { ServiceName } from './define-operation.ts';

export interface Stream {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly retention: 'workqueue' | 'limits';
  /** The one consumer that is made beside the stream, and the service that takes its messages. */
  readonly consumer?: string;
  readonly consumedBy?: ServiceName;
  readonly summary: string;
}

/** The JetStream streams. Postgres is the truth: wake-ups and audit entries can be sent again from it. */
export const streams = {
  deploy: {
    name: 'USHADOW_DEPLOY',
    subjects: ['ushadow.v1.jobs.>'],
    retention: 'workqueue',
    consumer: 'deployer-workers',
    consumedBy: 'deployer',
    summary: 'Wake-ups for deployer workers; the payload is an id, never a value.',
  },
  dead: {
    name: 'USHADOW_DEAD',
    subjects: ['$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.USHADOW_DEPLOY.deployer-workers'],
    retention: 'workqueue',
    consumer: 'deployer-dead-letters',
    consumedBy: 'deployer',
    summary: 'The server’s notices of wake-ups that were delivered too often; kept, so that none is missed.',
  },
  audit: {
    name: 'USHADOW_AUDIT',
    subjects: ['ushadow.v1.audit.>'],
    retention: 'limits',
    summary: 'Who did what with which result, by service; any subscriber consumes it with a durable of its own.',
  },
} as const satisfies Readonly<Record<string, Stream>>;

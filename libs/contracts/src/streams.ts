/** The JetStream streams. Postgres is the truth; both can be rebuilt from it. */
export const streams = {
  deploy: {
    name: 'USHADOW_DEPLOY',
    subjects: ['ushadow.v1.jobs.>'],
    retention: 'workqueue',
    consumer: 'deployer-workers',
    summary: 'Wake-ups for deployer workers; the payload is an id, never a value.',
  },
  audit: {
    name: 'USHADOW_AUDIT',
    subjects: ['ushadow.v1.audit.>'],
    retention: 'limits',
    summary: 'Who did what with which result; any subscriber consumes it with a durable of its own.',
  },
} as const;

import type { ErrorDefinition } from '../domain-error.ts';
import { stackJobErrors } from './stack-job.ts';

/** What can stand in the way of changing a stack from its last good content. */
export const changeErrors = {
  ...stackJobErrors,
  NOTHING_DRIFTED: { kind: 'conflict', summary: 'What was named has not drifted, or nothing has.' },
  NOT_ADOPTABLE: {
    kind: 'conflict',
    summary: 'It cannot become part of the content: it is gone, or somebody else holds it.',
  },
  NO_IMAGE: { kind: 'conflict', summary: 'No container of the service is known to run its image.' },
  NO_PROBE: { kind: 'conflict', summary: 'The service has no probe to switch off, or none that was switched off.' },
  NO_PULL_SECRET: {
    kind: 'conflict',
    summary: 'The cluster keeps no credentials for the registries of these images, or they are there already.',
  },
  NO_OVERRIDE: { kind: 'not-found', summary: 'The stack has no such override; the message names those it has.' },
  NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
  NOT_STOPPED: { kind: 'conflict', summary: 'Nothing of this is stopped.' },
  NOTHING_TO_RESTART: { kind: 'conflict', summary: 'Nothing of this has pods that can be replaced.' },
} as const satisfies Record<string, ErrorDefinition>;

import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineByteStream } from '../define-byte-stream.ts';
import { stackErrors } from '../deployer/errors.ts';
import { composeService, kubernetesName, secret, stackId } from '../fields.ts';
import { terminalSize } from './socket-frames.ts';

const PORT_MAX = 65_535;
const COMMAND_PARTS_MAX = 200;
const COMMAND_LENGTH_MAX = 8_000;

const flag = z.union([z.boolean(), z.stringbool()]);

/** What stands behind a command may be a password. */
const command = z
  .union([secret(z.string()), z.array(secret(z.string()))])
  .transform((parts) => (typeof parts === 'string' ? [parts] : parts))
  .pipe(z.array(z.string()).min(1).max(COMMAND_PARTS_MAX))
  .refine(
    (parts) => parts[0] !== '' && parts.join(' ').length <= COMMAND_LENGTH_MAX && !parts.join('').includes('\0'),
    {
      error: `a program and its arguments, ${String(COMMAND_LENGTH_MAX)} characters at most`,
    },
  );

const VARIABLES_MAX = 100;
const environment = z
  .union([z.string(), z.array(z.string())])
  .transform((names) => (typeof names === 'string' ? [names] : names))
  .pipe(z.array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, 'the name of a variable')).max(VARIABLES_MAX));

const place = {
  stack_id: stackId,
  service: composeService,
  pod: kubernetesName.optional().describe('Default: the newest one of the service that is ready'),
};

const errors = {
  ...clusterAccessErrors,
  STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND,
  SERVICE_NOT_DEPLOYED: stackErrors.SERVICE_NOT_DEPLOYED,
  POLICY_REFUSED: {
    kind: 'forbidden',
    summary: 'The cluster does not allow this, or not in this namespace; the message says who can change that.',
  },
  POD_NOT_FOUND: { kind: 'not-found', summary: 'The service has no such pod, or none that runs.' },
  SESSION_ENDED: { kind: 'conflict', summary: 'Nobody used it for long, or it has lasted as long as it may.' },
  CONTAINER_NOT_FOUND: { kind: 'not-found', summary: 'The pod has no such container; the message names those it has.' },
} as const;

const common = {
  service: 'operations',
  kind: 'socket',
  access: { role: 'operator', scope: 'stack' },
  cost: 'outbound',
  deadlineMs: 30_000,
} as const;

export const execInContainer = defineByteStream({
  ...common,
  name: 'open-exec',
  path: '/api/stacks/:stack_id/services/:service/exec',
  summary:
    'Runs a command in a container of a service: input on channel 0, output on 1, errors on 2, the exit code on 3 at last',
  audit: 'command.started',
  sealed: ['request'],
  input: z.strictObject({
    ...place,
    container: kubernetesName.optional().describe('Default: the container of the service'),
    command: command.describe('Program and arguments, each by itself; no shell reads them'),
    tty: flag.default(false).describe('With a terminal, whose errors and output are one'),
    environment: environment
      .optional()
      .describe('Names of variables for it, whose values come on channel 5 as a JSON object before anything else'),
    workdir: z.string().min(1).max(4_096).optional().describe('Folder in the container in which it is started'),
    width: terminalSize.shape.width.optional(),
    height: terminalSize.shape.height.optional(),
    debug_image: z
      .string()
      .min(1)
      .max(500)
      .regex(/^[\w./:@-]+$/, 'the name of an image')
      .optional()
      .describe('Runs it in an ephemeral container of this image, which sees the processes of the container'),
  }),
  errors: {
    ...errors,
    COMMAND_NOT_IN_CONTAINER: { kind: 'invalid', summary: 'The image has no such program.' },
    CONTAINER_NOT_RUNNING: { kind: 'conflict', summary: 'The container does not run; the message says why.' },
    DEBUG_REFUSED: { kind: 'conflict', summary: 'The ephemeral container could not be added or did not start.' },
  },
});

export const forwardPort = defineByteStream({
  ...common,
  name: 'open-port-forward',
  path: '/api/stacks/:stack_id/services/:service/port-forward',
  summary:
    'Connections to a port of a pod of a service: HTTP/2 without TLS on channels 0 and 1, in which each POST is a connection and its bodies are what is sent both ways; GET / tells pod and port',
  audit: 'port-forward.started',
  input: z.strictObject({
    ...place,
    port: z.coerce
      .number()
      .int()
      .min(1)
      .max(PORT_MAX)
      .optional()
      .describe('Of the pod; default: of those it declares the one that looks most like pages'),
  }),
  errors: {
    ...errors,
    PORT_UNKNOWN: { kind: 'invalid', summary: 'The pod declares no port; say which one is meant.' },
  },
});

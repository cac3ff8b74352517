import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineByteStream } from '../define-byte-stream.ts';
import { stackErrors } from '../deployer/errors.ts';
import { timestamp } from '../fields.ts';
import { logSelection } from './log-selection.ts';

const logs = {
  service: 'operations',
  access: { role: 'operator', scope: 'stack' },
  // Who looks changes nothing.
  audit: 'none',
  cost: 'outbound',
  deadlineMs: 20_000,
  errors: {
    STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND,
    SERVICE_NOT_DEPLOYED: stackErrors.SERVICE_NOT_DEPLOYED,
    ...clusterAccessErrors,
  },
} as const;

export const followLogs = defineByteStream({
  ...logs,
  name: 'open-logs',
  kind: 'events',
  path: '/api/stacks/:stack_id/logs/stream',
  summary:
    'Lines of all containers of a stack, in the order of their time: `source` names one, `lines` are theirs, `notice` says what cannot be read and why, `interrupted` and `resumed` that the cluster is away and back, `end` that there is no more; goes on after `Last-Event-ID`',
  input: logSelection.extend({
    follow: z.union([z.boolean(), z.stringbool()]).default(true).describe('Goes on with what is written from now on'),
  }),
});

export const downloadLogs = defineByteStream({
  ...logs,
  name: 'open-log-download',
  kind: 'download',
  path: '/api/stacks/:stack_id/logs',
  summary: 'The same lines as a text file, as far as there are any now',
  input: logSelection.extend({
    timestamps: z.union([z.boolean(), z.stringbool()]).default(false).describe('Each line begins with its time'),
  }),
});

/** A container whose lines come; it is spoken of by its number. */
export const logSource = z.object({
  source: z.int(),
  service: z.string(),
  pod: z.string(),
  container: z.string(),
  kind: z.enum(['main', 'init', 'sidecar']),
});

export const logLine = z.object({
  source: z.int(),
  time: timestamp.describe('To the nanosecond, as the node has it'),
  text: z.string(),
  cut: z.int().optional().describe('So many bytes of it are left out'),
});

export const logNotice = z.object({
  source: z.int().nullable(),
  code: z.enum([
    'NOT_STARTED',
    'NO_PREVIOUS',
    'FORBIDDEN',
    'POD_GONE',
    'RESTARTED',
    'NOT_READABLE',
    'TOO_MANY',
    'NO_PODS',
  ]),
  message: z.string(),
});

export type LogSourceData = z.infer<typeof logSource>;
export type LogLineData = z.infer<typeof logLine>;
export type LogNoticeData = z.infer<typeof logNotice>;

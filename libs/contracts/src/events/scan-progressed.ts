import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { clusterId } from '../fields.ts';

/** At most a few a second. The subject ends with the cluster's id. */
export const scanProgressed = defineEvent({
  name: 'scan.progressed',
  delivery: 'live',
  summary: 'How far a scan is',
  publisher: 'scanner',
  listeners: ['gateway'],
  key: 'cluster_id',
  data: z.object({
    cluster_id: clusterId,
    namespace: z.string().nullable().describe('null for a scan of several'),
    phase: z.enum(['listing', 'finished', 'failed']),
    what: z.string().nullable().describe('What was read last, for example `pods`'),
    scanned: z.int().describe('Objects read so far'),
    total: z.int().nullable().describe('Objects there are; null while that is not known'),
  }),
});

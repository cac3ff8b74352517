import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { clusterId } from '../fields.ts';

export const scanCompleted = defineEvent({
  name: 'scan.completed',
  delivery: 'live',
  summary: 'A scan of a namespace ended',
  publisher: 'scanner',
  listeners: ['gateway'],
  data: z.object({ cluster_id: clusterId, namespace: z.string(), found: z.array(z.string()) }),
});

import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace } from '../fields.ts';

export const openMaskValues = defineOperation({
  service: 'deployer',
  name: 'open-mask-values',
  summary:
    'The secret values of the stacks of a namespace, for the asking service alone, which masks them in what containers write',
  callers: ['operations'],
  access: { role: 'service', scope: 'cluster' },
  audit: 'none',
  sealed: ['answer'],
  input: z.strictObject({ cluster_id: clusterId, namespace }),
  output: z.object({ values: z.array(z.string()) }),
  errors: {},
});

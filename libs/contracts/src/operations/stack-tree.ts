import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineByteStream } from '../define-byte-stream.ts';
import { defineOperation } from '../define-operation.ts';
import { stackErrors } from '../deployer/errors.ts';
import { stackId, timestamp } from '../fields.ts';
import { target } from '../target.ts';
import { treeNode, unseenKind } from './tree.ts';

/** Errors of all that looks at what is live of a stack. */
export const liveErrors = { ...clusterAccessErrors, STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND };

export const stackTree = z
  .object({
    stack_id: stackId,
    target,
    namespace: z.string(),
    project: z.string(),
    at: timestamp,
    nodes: z.array(treeNode),
    unseen: z.array(unseenKind).describe('What the cluster’s credentials do not let us see'),
  })
  .meta({ id: 'StackTree' });

export const getStackTree = defineOperation({
  service: 'operations',
  name: 'get-stack-tree',
  summary: 'What is live of a stack: its services, workloads, pods and containers, and how each of them is',
  http: { method: 'GET', path: '/api/stacks/:stack_id/tree', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({ stack_id: stackId }),
  output: stackTree,
  errors: liveErrors,
});

export const followStackTree = defineByteStream({
  service: 'operations',
  name: 'open-stack-tree',
  kind: 'events',
  path: '/api/stacks/:stack_id/tree/stream',
  summary:
    'The tree of a stack as it changes: `snapshot` with all nodes, then `changed` with nodes and `removed` with ids, each node at most every 250 ms, and `unseen` with what cannot be seen; `interrupted` says that the cluster is away and why, `resumed` that it is back. Each has a `sequence`; who comes again gets a snapshot',
  access: { role: 'viewer', scope: 'stack' },
  // Who looks changes nothing.
  audit: 'none',
  cost: 'outbound',
  deadlineMs: 20_000,
  input: z.strictObject({ stack_id: stackId }),
  errors: liveErrors,
});

export type StackTreeData = z.infer<typeof stackTree>;

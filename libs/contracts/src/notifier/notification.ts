import { z } from 'zod';
import { clusterId, stackId } from '../fields.ts';
import { target } from '../target.ts';

/** What a rule can choose. */
export const notificationKinds = [
  'deployment.succeeded',
  'deployment.failed',
  'deployment.rolled-back',
  'deployment.unknown',
  'stack.drifted',
  'stack.in-sync',
  'cluster.status-changed',
  'credential.expires-soon',
  'credential.expired',
] as const;

export const notificationKind = z.enum(notificationKinds);
export type NotificationKind = z.infer<typeof notificationKind>;

/** Which of all there is goes to a channel: a rule of several that fit is enough. */
export const notificationRule = z
  .strictObject({
    events: z.array(notificationKind).min(1).max(notificationKinds.length),
    cluster_id: clusterId.optional().describe('Only what is about this cluster, or a stack in it'),
    stack_id: stackId.optional().describe('Only what is about this stack'),
  })
  .meta({ id: 'NotificationRule' });
export type NotificationRuleData = z.infer<typeof notificationRule>;

/** What a webhook gets as its body, and others in words. */
export const notification = z
  .object({
    type: z.enum([...notificationKinds, 'test']),
    severity: z.enum(['good', 'warning', 'bad']),
    title: z.string(),
    text: z.string().describe('What happened and why, in sentences'),
    facts: z.array(z.object({ name: z.string(), value: z.string() })),
    link: z.string().nullable().describe('The page that shows it'),
    time: z.string(),
    target: target.nullable().describe('Where it happened, or what it is about; null for a test'),
    stack_id: z.string().nullable(),
    deployment_id: z.string().nullable(),
  })
  .meta({ id: 'Notification' });
export type NotificationData = z.infer<typeof notification>;

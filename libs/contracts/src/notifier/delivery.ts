import { z } from 'zod';
import { timestamp } from '../fields.ts';
import { channelId } from './channel.ts';
import { notification } from './notification.ts';

export const deliveryId = z.uuid();

export const deliveryAttempt = z.object({
  number: z.int(),
  at: timestamp,
  ok: z.boolean(),
  status: z.int().nullable().describe('Of HTTP or SMTP; null where no answer came'),
  milliseconds: z.int(),
  message: z.string().describe('What came of it, in words'),
  answer: z.string().nullable().describe('How the answer begins; what is secret in it is masked'),
});
export type DeliveryAttemptData = z.infer<typeof deliveryAttempt>;

/** A notification on its way to a channel. Its id is what the receiver gets as `Webhook-Id`, with every attempt. */
export const delivery = z
  .object({
    delivery_id: deliveryId,
    channel_id: channelId,
    notification,
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.array(deliveryAttempt).describe('The newest twenty, oldest first'),
    attempts_made: z.int(),
    next_attempt_at: timestamp.nullable(),
    created_at: timestamp,
  })
  .meta({ id: 'Delivery' });
export type DeliveryData = z.infer<typeof delivery>;

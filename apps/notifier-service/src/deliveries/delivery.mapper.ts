import type { DeliveryAttemptData, DeliveryData } from '@ushadow/contracts';
import type { Attempt, Delivery } from './delivery.ts';

export function toAttempt({ number, at, ok, status, milliseconds, message, answer }: Attempt): DeliveryAttemptData {
  return { number, at: at.toISOString(), ok, status, milliseconds, message, answer };
}

export function toDelivery(delivery: Delivery): DeliveryData {
  return {
    delivery_id: delivery.id,
    channel_id: delivery.channelId,
    notification: delivery.notification,
    state: delivery.state,
    attempts: delivery.attempts.map(toAttempt),
    attempts_made: delivery.attemptsMade,
    next_attempt_at: delivery.state === 'waiting' ? delivery.dueAt.toISOString() : null,
    created_at: delivery.createdAt.toISOString(),
  };
}

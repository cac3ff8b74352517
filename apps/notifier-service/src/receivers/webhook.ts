import { createHmac } from 'node:crypto';
import type { Message } from '../deliveries/delivery.ts';

const PREFIX = 'whsec_';

/** The same text with every attempt. */
export function webhookBody({ id, notification }: Message): string {
  const { type, time, ...data } = notification;
  return JSON.stringify({ id, type, timestamp: time, data });
}

/** Id, time and signature as Standard Webhooks has them: HMAC-SHA256 over `id.timestamp.body`. */
export function signedHeaders(
  key: string | undefined,
  id: string,
  body: string,
  now: Date = new Date(),
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const named = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  if (key === undefined) return named;
  return { ...named, 'webhook-signature': `v1,${signature(key, `${id}.${timestamp}.${body}`)}` };
}

/** In base64; the key is what stands behind `whsec_`, in base64 too. */
function signature(key: string, content: string): string {
  return createHmac('sha256', Buffer.from(key.slice(PREFIX.length), 'base64'))
    .update(content)
    .digest('base64');
}

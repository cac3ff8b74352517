import { z } from 'zod';
import { secret, timestamp } from '../fields.ts';
import { notificationRule } from './notification.ts';

export const channelId = z.uuid();
export const channelName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]+$/u, 'a name has no control characters');

/** `slack` is whatever takes Slack’s incoming webhooks: Mattermost, Rocket.Chat, Discord’s address with `/slack` behind it. */
export const channelKind = z.enum(['webhook', 'slack', 'email']);

const mailAddress = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/, 'an address is NAME@HOST');
const hostName = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9.:-]+$/, 'a host name, without a scheme and without a port');

/** A mail server, and who gets the mail. */
export const smtp = z.strictObject({
  host: hostName,
  port: z.int().min(1).max(65_535).default(587),
  security: z
    .enum(['starttls', 'tls'])
    .default('starttls')
    .describe(
      '`tls`: from the first byte, as on port 465. Both are required to come about, unless plaintext is allowed',
    ),
  username: z.string().min(1).max(256).optional(),
  password: secret(z.string().min(1).max(1_000)).optional(),
  from: mailAddress,
  to: z.array(mailAddress).min(1).max(20),
});

/** Keys as Standard Webhooks has them. */
export const signingKey = secret(
  z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'a signing key is whsec_ and 24 to 64 bytes in base64'),
);

export const channelFields = {
  name: channelName,
  url: secret(z.string().min(1).max(2_000)).optional().describe('Where a webhook goes; often secret in itself'),
  signing_key: signingKey
    .optional()
    .describe('What a webhook is signed with, by HMAC-SHA256: `whsec_` and 24 to 64 random bytes in base64'),
  smtp: smtp.optional(),
  allow_plaintext: z
    .boolean()
    .optional()
    .describe('Yes to a receiver without TLS: everybody in between can read along'),
  rules: z.array(notificationRule).max(50),
} as const;

/** What is shown of a channel; secrets are only written. */
export const channel = z
  .object({
    channel_id: channelId,
    name: z.string(),
    kind: channelKind,
    to: z.string().describe('Scheme and host of a webhook; server and recipients of mail'),
    smtp: smtp.omit({ password: true }).nullable(),
    is_signed: z.boolean(),
    allow_plaintext: z.boolean(),
    rules: z.array(notificationRule),
    state: z.enum(['idle', 'working', 'failing', 'paused']),
    reason: z.string().nullable().describe('Why it fails or is paused, in words'),
    failing_since: timestamp.nullable(),
    waiting: z.int().describe('Deliveries that are not done'),
    last_delivered_at: timestamp.nullable(),
    created_at: timestamp,
    created_by: z.string(),
  })
  .meta({ id: 'Channel' });
export type ChannelData = z.infer<typeof channel>;

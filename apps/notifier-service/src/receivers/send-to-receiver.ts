import type { AddressPolicy } from '@ushadow/outbound';
import type { OpenChannel } from '../channels/channel.ts';
import type { Message, Outcome } from '../deliveries/delivery.ts';
import { postJson } from './post-json.ts';
import { sendMail } from './send-mail.ts';
import { slackBody } from './slack-body.ts';
import { signedHeaders, webhookBody } from './webhook.ts';

/** One attempt, by the kind of the channel. Never throws for what the receiver does. */
export class SendToReceiver {
  private readonly policy: AddressPolicy;
  private readonly timeoutMs: number;

  constructor(policy: AddressPolicy, timeoutMs: number) {
    this.policy = policy;
    this.timeoutMs = timeoutMs;
  }

  async run(channel: OpenChannel, message: Message): Promise<Outcome> {
    const startedAt = performance.now();
    const outcome = await this.attempt(channel, message);
    return { ...outcome, milliseconds: performance.now() - startedAt };
  }

  private attempt(channel: OpenChannel, message: Message): Promise<Omit<Outcome, 'milliseconds'>> {
    const how = { policy: this.policy, timeoutMs: this.timeoutMs };
    switch (channel.kind) {
      case 'webhook': {
        const body = webhookBody(message);
        return postJson(channel, body, signedHeaders(channel.secrets.signingKey, message.id, body), how);
      }
      case 'slack':
        return postJson(channel, slackBody(message.notification), {}, how);
      case 'email':
        return sendMail(channel, message, how);
    }
  }
}

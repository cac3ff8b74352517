import type { NotificationData } from '@ushadow/contracts';
import type { SealedChannel } from '../channels/channel.ts';

/** What a receiver gets, under an id that stays the same with every attempt. */
export interface Message {
  readonly id: string;
  readonly notification: NotificationData;
}

/** What came of one attempt. */
export interface Outcome {
  readonly ok: boolean;
  /** Of HTTP or SMTP; null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly message: string;
  /** How the answer begins, with what is secret in it masked. */
  readonly answer: string | null;
  /** It wants nothing more, ever. */
  readonly isGone?: boolean;
  /** It asks for so much time. */
  readonly retryAfterMs?: number;
}

export interface Attempt extends Omit<Outcome, 'isGone' | 'retryAfterMs'> {
  readonly number: number;
  readonly at: Date;
}

export interface Delivery extends Message {
  readonly channelId: string;
  readonly position: number;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attemptsMade: number;
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly attempts: readonly Attempt[];
}

/** A delivery that is this process's to make, until the claim on its channel is over. */
export interface ClaimedDelivery extends Message {
  readonly claim: string;
  readonly channel: Pick<
    SealedChannel,
    'id' | 'name' | 'kind' | 'smtp' | 'allowPlaintext' | 'envelope' | 'failingSince'
  >;
  readonly attemptsMade: number;
  readonly giveUpAt: Date;
}

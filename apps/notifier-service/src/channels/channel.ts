import { failure, operations, type ChannelData, type DomainError, type NotificationRuleData } from '@ushadow/contracts';

/** What is secret of a channel: a webhook's whole address, for many have their password in it. */
export interface ChannelSecrets {
  readonly url?: string;
  readonly signingKey?: string;
  readonly password?: string;
}

export type Smtp = NonNullable<ChannelData['smtp']>;

/** What is written of a channel. */
export interface ChannelContent {
  readonly name: string;
  readonly kind: ChannelData['kind'];
  /** For people: where it goes, without what is secret of that. */
  readonly target: string;
  readonly smtp: Smtp | null;
  readonly isSigned: boolean;
  readonly allowPlaintext: boolean;
  readonly rules: readonly NotificationRuleData[];
}

/** A channel, and how it is doing. */
export interface Channel extends ChannelContent {
  readonly id: string;
  readonly reason: string | null;
  readonly failingSince: Date | null;
  readonly pausedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly waiting: number;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface SealedChannel extends Channel {
  readonly envelope: string;
}

/** What is needed to send. */
export interface OpenChannel extends Pick<ChannelContent, 'kind' | 'smtp' | 'allowPlaintext'> {
  readonly secrets: ChannelSecrets;
}

export const CHANNELS_MAX = 100;

export function channelNotFound(id: string): DomainError {
  return failure(
    operations.updateChannel,
    'CHANNEL_NOT_FOUND',
    `No notification channel has the id ${id}. It may have been removed.`,
  );
}

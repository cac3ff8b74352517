import type { ErrorDefinition } from '../domain-error.ts';

export const channelErrors = {
  CHANNEL_NOT_FOUND: { kind: 'not-found', summary: 'No notification channel has this id.' },
} as const satisfies Record<string, ErrorDefinition>;

export const channelInputErrors = {
  CHANNEL_NAME_TAKEN: { kind: 'conflict', summary: 'Another channel has this name.' },
  CHANNEL_INVALID: { kind: 'invalid', summary: 'The channel lacks what its kind needs, or has what it cannot use.' },
  RECEIVER_REFUSED: {
    kind: 'invalid',
    summary: 'The receiver is at an address that is never contacted, or without TLS; the message says which.',
  },
  TOO_MANY_CHANNELS: { kind: 'invalid', summary: 'There are as many channels as there may be.' },
} as const satisfies Record<string, ErrorDefinition>;

export const deliveryErrors = {
  DELIVERY_NOT_FOUND: { kind: 'not-found', summary: 'No delivery has this id, or it was too long ago.' },
} as const satisfies Record<string, ErrorDefinition>;

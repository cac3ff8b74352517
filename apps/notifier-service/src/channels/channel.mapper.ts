import type { ChannelData } from '@ushadow/contracts';
import type { Channel } from './channel.ts';

export function toContract(channel: Channel): ChannelData {
  return {
    channel_id: channel.id,
    name: channel.name,
    kind: channel.kind,
    to: channel.target,
    smtp: channel.smtp,
    is_signed: channel.isSigned,
    allow_plaintext: channel.allowPlaintext,
    rules: [...channel.rules],
    state: stateOf(channel),
    reason: channel.reason,
    failing_since: channel.failingSince?.toISOString() ?? null,
    waiting: channel.waiting,
    last_delivered_at: channel.deliveredAt?.toISOString() ?? null,
    created_at: channel.createdAt.toISOString(),
    created_by: channel.createdBy,
  };
}

function stateOf({ pausedAt, failingSince, deliveredAt }: Channel): ChannelData['state'] {
  if (pausedAt !== null) return 'paused';
  if (failingSince !== null) return 'failing';
  return deliveredAt === null ? 'idle' : 'working';
}

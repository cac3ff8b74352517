import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { CHANNELS_MAX, type Channel } from './channel.ts';
import { ChannelVault } from './channel-vault.ts';
import { ChannelStore } from './channel.store.ts';
import { CheckReceiver } from './check-receiver.ts';
import { CheckRules } from './check-rules.ts';
import { readChannel } from './read-channel.ts';

const operation = operations.createChannel;

@Injectable()
export class CreateChannel {
  constructor(
    private readonly store: ChannelStore,
    private readonly vault: ChannelVault,
    private readonly check: CheckReceiver,
    private readonly rules: CheckRules,
  ) {}

  async run({ kind, ...input }: InputOf<typeof operation>, { actor }: RequestContext): Promise<Channel> {
    const read = readChannel(kind, input);
    if (read.kind === 'problem') throw failure(operation, 'CHANNEL_INVALID', read.message);
    const problem = await this.check.problemOf(read);
    if (problem !== undefined) throw failure(operation, 'RECEIVER_REFUSED', problem);
    const unknown = await this.rules.problemOf(read.content.rules);
    if (unknown !== undefined) throw failure(operation, 'CHANNEL_INVALID', unknown);
    if ((await this.store.count()) >= CHANNELS_MAX)
      throw failure(operation, 'TOO_MANY_CHANNELS', `There are ${String(CHANNELS_MAX)} channels already.`);
    const id = randomUUID();
    const saved = await this.store.create(id, read.content, this.vault.seal(id, read.secrets), actor);
    if (saved === 'name-taken')
      throw failure(operation, 'CHANNEL_NAME_TAKEN', `There is a channel ${read.content.name} already.`);
    const channel = await this.store.find(id);
    if (channel === undefined) throw new Error(`channel ${id} is gone`);
    return channel;
  }
}

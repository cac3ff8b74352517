import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf } from '@ushadow/contracts';
import { type Channel, channelNotFound } from './channel.ts';
import { ChannelVault } from './channel-vault.ts';
import { ChannelStore } from './channel.store.ts';
import { CheckReceiver } from './check-receiver.ts';
import { CheckRules } from './check-rules.ts';
import { readChannel } from './read-channel.ts';

const operation = operations.updateChannel;
/** Somebody else may change it at the same time. */
const TRIES = 3;

@Injectable()
export class UpdateChannel {
  constructor(
    private readonly store: ChannelStore,
    private readonly vault: ChannelVault,
    private readonly check: CheckReceiver,
    private readonly rules: CheckRules,
  ) {}

  async run(input: InputOf<typeof operation>): Promise<Channel> {
    for (let attempt = 1; ; attempt += 1) {
      const channel = await this.tryUpdate(input);
      if (channel !== undefined) return channel;
      if (attempt === TRIES) throw channelNotFound(input.channel_id);
    }
  }

  /** Undefined when it was changed or removed meanwhile. */
  private async tryUpdate({
    channel_id: id,
    paused,
    ...input
  }: InputOf<typeof operation>): Promise<Channel | undefined> {
    const before = await this.store.find(id);
    if (before === undefined) throw channelNotFound(id);
    const secrets = this.vault.open(id, before.envelope);
    const read = readChannel(before.kind, input, { content: before, secrets });
    if (read.kind === 'problem') throw failure(operation, 'CHANNEL_INVALID', read.message);
    const isElsewhere = ['url', 'smtp', 'allow_plaintext'].some((field) => read.changed.includes(field));
    const problem = isElsewhere ? await this.check.problemOf(read) : undefined;
    if (problem !== undefined) throw failure(operation, 'RECEIVER_REFUSED', problem);
    const unknown = input.rules === undefined ? undefined : await this.rules.problemOf(input.rules);
    if (unknown !== undefined) throw failure(operation, 'CHANNEL_INVALID', unknown);
    const changed = [...read.changed, ...(paused === undefined ? [] : [paused ? 'paused' : 'resumed'])];
    const envelope = this.vault.seal(id, read.secrets);
    const saved = await this.store.update(before, read.content, { envelope, paused }, changed);
    if (saved === 'name-taken')
      throw failure(operation, 'CHANNEL_NAME_TAKEN', `There is a channel ${read.content.name} already.`);
    return saved === 'gone' ? undefined : this.store.find(id);
  }
}

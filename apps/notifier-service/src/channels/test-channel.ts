import { Inject, Injectable } from '@nestjs/common';
import type { operations, OutputOf } from '@ushadow/contracts';
import { CONFIG } from '@ushadow/service';
import { randomUUID } from 'node:crypto';
import type { NotifierConfig } from '../config.ts';
import { toAttempt } from '../deliveries/delivery.mapper.ts';
import { DeliveryStore } from '../deliveries/delivery.store.ts';
import { testNotification } from '../notifications/test-notification.ts';
import { SendToReceiver } from '../receivers/send-to-receiver.ts';
import { channelNotFound } from './channel.ts';
import { ChannelVault } from './channel-vault.ts';
import { ChannelStore } from './channel.store.ts';

/** Sends once, with nobody waiting behind it; paused channels can be tested too. */
@Injectable()
export class TestChannel {
  constructor(
    private readonly channels: ChannelStore,
    private readonly vault: ChannelVault,
    private readonly deliveries: DeliveryStore,
    private readonly sender: SendToReceiver,
    @Inject(CONFIG) private readonly config: NotifierConfig,
  ) {}

  async run(id: string): Promise<OutputOf<typeof operations.testChannel>> {
    const channel = await this.channels.find(id);
    if (channel === undefined) throw channelNotFound(id);
    const delivery = { id: randomUUID(), notification: testNotification(channel.name, this.config.PUBLIC_URL) };
    const secrets = this.vault.open(id, channel.envelope);
    const outcome = await this.sender.run({ ...channel, secrets }, delivery);
    const kept = await this.deliveries.addTest(channel, delivery, outcome);
    if (kept === undefined) throw channelNotFound(id);
    return toAttempt(kept);
  }
}

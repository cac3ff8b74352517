import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { channelNotFound } from './channel.ts';
import { toContract } from './channel.mapper.ts';
import { ChannelStore } from './channel.store.ts';
import { CreateChannel } from './create-channel.ts';
import { TestChannel } from './test-channel.ts';
import { UpdateChannel } from './update-channel.ts';

@Controller()
export class ChannelsController {
  constructor(
    private readonly store: ChannelStore,
    private readonly createChannel: CreateChannel,
    private readonly updateChannel: UpdateChannel,
    private readonly testChannel: TestChannel,
  ) {}

  @Handle(operations.createChannel)
  async create(
    input: InputOf<typeof operations.createChannel>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.createChannel>> {
    return toContract(await this.createChannel.run(input, context));
  }

  @Handle(operations.listChannels)
  async list(): Promise<OutputOf<typeof operations.listChannels>> {
    return { channels: (await this.store.list()).map(toContract) };
  }

  @Handle(operations.updateChannel)
  async update(input: InputOf<typeof operations.updateChannel>): Promise<OutputOf<typeof operations.updateChannel>> {
    return toContract(await this.updateChannel.run(input));
  }

  @Handle(operations.deleteChannel)
  async delete({
    channel_id: id,
  }: InputOf<typeof operations.deleteChannel>): Promise<OutputOf<typeof operations.deleteChannel>> {
    const name = await this.store.delete(id);
    if (name === undefined) throw channelNotFound(id);
    return { success: true, message: `The channel ${name} was removed. Nothing more is sent to it.` };
  }

  @Handle(operations.testChannel)
  test(input: InputOf<typeof operations.testChannel>): Promise<OutputOf<typeof operations.testChannel>> {
    return this.testChannel.run(input.channel_id);
  }
}

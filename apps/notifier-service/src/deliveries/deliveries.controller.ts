import { Controller } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { Deliverer } from './deliverer.ts';
import { toDelivery } from './delivery.mapper.ts';
import { DeliveryStore } from './delivery.store.ts';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly store: DeliveryStore,
    private readonly deliverer: Deliverer,
  ) {}

  @Handle(operations.listDeliveries)
  async list({
    channel_id: channelId,
    limit,
    cursor,
  }: InputOf<typeof operations.listDeliveries>): Promise<OutputOf<typeof operations.listDeliveries>> {
    const before = cursor === undefined || !/^\d{1,15}$/.test(cursor) ? undefined : Number(cursor);
    const found = await this.store.list(channelId, limit, before);
    const last = found.length < limit ? undefined : found.at(-1);
    return { deliveries: found.map(toDelivery), next_cursor: last === undefined ? null : String(last.position) };
  }

  @Handle(operations.resendDelivery)
  async resend({
    delivery_id: id,
  }: InputOf<typeof operations.resendDelivery>): Promise<OutputOf<typeof operations.resendDelivery>> {
    const again = (await this.store.resend(id)) ? await this.store.find(id) : undefined;
    if (again === undefined)
      throw failure(operations.resendDelivery, 'DELIVERY_NOT_FOUND', `No delivery ${id} is kept.`);
    this.deliverer.wake();
    return toDelivery(again);
  }
}

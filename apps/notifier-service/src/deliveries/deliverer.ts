import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import { ChannelVault } from '../channels/channel-vault.ts';
import type { NotifierConfig } from '../config.ts';
import { SendToReceiver } from '../receivers/send-to-receiver.ts';
import { afterAttempt } from './after-attempt.ts';
import type { ClaimedDelivery, Outcome } from './delivery.ts';
import { DeliveryQueue } from './delivery-queue.store.ts';

const LOOK_MS = 500;
/** Beyond the time a receiver has: for looking up its name, and for writing down what came of it. */
const CLAIM_SPARE_SECONDS = 15;

/** Sends what is due, so much at once, one delivery to each channel. Several processes share the work through the table. */
@Injectable()
export class Deliverer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly running = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private filling: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly vault: ChannelVault,
    private readonly sender: SendToReceiver,
    @Inject(CONFIG) private readonly config: NotifierConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.wake();
    }, LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.filling;
    await Promise.allSettled(this.running);
  }

  /** Something may be due. */
  wake(): void {
    this.filling ??= this.fill()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'deliveries wait for the database');
      })
      .finally(() => {
        this.filling = undefined;
      });
  }

  private async fill(): Promise<void> {
    const { DELIVERY_SLOTS, RECEIVER_TIMEOUT_SECONDS } = this.config;
    while (!this.isStopped && this.running.size < DELIVERY_SLOTS) {
      const claimed = await this.queue.claim(RECEIVER_TIMEOUT_SECONDS + CLAIM_SPARE_SECONDS);
      if (claimed === undefined) return;
      const work = this.deliver(claimed)
        .catch((error: unknown) => {
          this.logger.error(
            { err: error, deliveryId: claimed.id },
            'what came of a delivery could not be written down',
          );
        })
        .finally(() => {
          this.running.delete(work);
          if (!this.isStopped) this.wake();
        });
      this.running.add(work);
    }
  }

  private async deliver(claimed: ClaimedDelivery): Promise<void> {
    const outcome = await this.send(claimed);
    const standing = afterAttempt(claimed, outcome, new Date());
    if (!(await this.queue.record(claimed, outcome, standing)))
      this.logger.warn(
        { deliveryId: claimed.id },
        'a delivery took longer than its claim; it is made again under its id',
      );
    if (standing.isPaused)
      this.logger.warn({ channelId: claimed.channel.id, reason: standing.reason }, 'a notification channel is paused');
  }

  private async send(claimed: ClaimedDelivery): Promise<Outcome> {
    const { channel } = claimed;
    try {
      return await this.sender.run({ ...channel, secrets: this.vault.open(channel.id, channel.envelope) }, claimed);
    } catch (error) {
      this.logger.error({ err: error, channelId: channel.id }, 'a notification could not be sent');
      const message = 'it could not be sent through a fault of ours, which the log has';
      return { ok: false, status: null, milliseconds: 0, message, answer: null };
    }
  }
}

import { events } from '@ushadow/contracts';
import type { BusConnection, EventBus } from '@ushadow/messaging';
import { withRequestContext, type Logger } from '@ushadow/observability';
import type { OutboxMessage } from './outbox-message.ts';
import type { OutboxStore } from './outbox.store.ts';

const POLL_MS = 1_000;

/** Sends what the outbox holds: at once when nudged, and every second in case a nudge was lost. */
export class OutboxRelay {
  private readonly store: OutboxStore;
  private readonly bus: EventBus;
  private readonly connection: BusConnection;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(parts: { store: OutboxStore; bus: EventBus; connection: BusConnection; logger: Logger }) {
    this.store = parts.store;
    this.bus = parts.bus;
    this.connection = parts.connection;
    this.logger = parts.logger;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.nudge();
    }, POLL_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  nudge(): void {
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
      // Asked for after the last look and before this line.
      if (this.again) this.nudge();
    });
  }

  private async drain(): Promise<void> {
    while (this.again) {
      this.again = false;
      if (!this.connection.isConnected()) return;
      try {
        const send = (message: OutboxMessage): Promise<void> => this.send(message);
        const sent = (await this.store.relayJobs(send)) + (await this.store.relayAudit(send));
        if (sent > 0) this.again = true;
      } catch (error) {
        // The bus may have lost its store, and the streams with it: the rows stay until they are made again.
        this.logger.warn({ err: error }, 'outbox waits');
        return;
      }
    }
  }

  private send(message: OutboxMessage): Promise<void> {
    return withRequestContext({ requestId: message.requestId, actor: message.actor }, () =>
      message.kind === 'job'
        ? this.bus.store(events.deployRequested, message.payload, { messageId: message.id })
        : this.bus.store(events.deploymentAudited, message.payload, { messageId: message.id }),
    );
  }
}

import { relayBatch, type RelayParts } from './relay-batch.ts';

export interface OutboxRelayParts extends RelayParts {
  /** False while there is no use in trying. */
  readonly isOpen: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

const POLL_MS = 1_000;

/** Sends what an outbox holds: at once when notified, and every second in case a notification was lost. */
export class OutboxRelay {
  readonly #parts: OutboxRelayParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isNotified = false;
  #isStopped = false;

  constructor(parts: OutboxRelayParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.notify(), POLL_MS);
  }

  /** Resolves when what is on its way has arrived. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  notify(): void {
    if (this.#isStopped) return;
    this.#isNotified = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      // Asked for after the last look and before this line.
      if (this.#isNotified) this.notify();
    });
  }

  async #drain(): Promise<void> {
    const { isOpen, onFailure } = this.#parts;
    while (this.#isNotified && !this.#isStopped) {
      this.#isNotified = false;
      if (!isOpen()) return;
      try {
        const { isFull, failure } = await relayBatch(this.#parts);
        if (failure !== undefined) throw failure;
        if (isFull) this.#isNotified = true;
      } catch (error) {
        onFailure(error);
        return;
      }
    }
  }
}

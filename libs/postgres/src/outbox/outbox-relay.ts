import { relayBatch, type RelayParts } from './relay-batch.ts';

export interface OutboxRelayParts extends RelayParts {
  /** False while there is no use in trying. */
  readonly isOpen: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

const POLL_MS = 1_000;

/** Sends what an outbox holds: at once when nudged, and every second in case a nudge was lost. */
export class OutboxRelay {
  readonly #parts: OutboxRelayParts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isNudged = false;
  #isStopped = false;

  constructor(parts: OutboxRelayParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.nudge(), POLL_MS);
  }

  /** Resolves when what is on its way has arrived. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  nudge(): void {
    if (this.#isStopped) return;
    this.#isNudged = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      // Asked for after the last look and before this line.
      if (this.#isNudged) this.nudge();
    });
  }

  async #drain(): Promise<void> {
    const { isOpen, onFailure } = this.#parts;
    while (this.#isNudged && !this.#isStopped) {
      this.#isNudged = false;
      if (!isOpen()) return;
      try {
        const { isFull, failure } = await relayBatch(this.#parts);
        if (failure !== undefined) throw failure;
        if (isFull) this.#isNudged = true;
      } catch (error) {
        onFailure(error);
        return;
      }
    }
  }
}

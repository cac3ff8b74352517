/** Bytes that are sent ahead of what was taken. */
export const AHEAD_MAX_BYTES = 512 * 1024;

/** How far a client is behind what it was sent, as it says itself; one that never says so is not waited for. */
export class TakenBytes {
  #sent = 0;
  #taken: number | undefined;
  #wake: () => void = () => undefined;

  sent(bytes: number): void {
    this.#sent += bytes;
  }

  /** What a client has said; what is no number of what it was sent is not looked at. */
  said(text: string): void {
    const taken = /^\d{1,15}$/.test(text) ? Number(text) : -1;
    if (taken < (this.#taken ?? 0) || taken > this.#sent) return;
    this.#taken = taken;
    this.#wake();
  }

  /** Resolves when there is room for more, or with the signal. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#isFull && !signal.aborted)
      await new Promise<void>((resolve) => {
        const settle = (): void => {
          signal.removeEventListener('abort', settle);
          resolve();
        };
        this.#wake = settle;
        signal.addEventListener('abort', settle, { once: true });
      });
  }

  get #isFull(): boolean {
    return this.#taken !== undefined && this.#sent - this.#taken > AHEAD_MAX_BYTES;
  }
}

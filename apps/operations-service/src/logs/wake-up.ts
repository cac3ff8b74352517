/** Wakes who waits. What happens while nobody waits is kept for the next one, so that nothing is missed between two looks. */
export class WakeUp {
  private readonly waiting = new Set<() => void>();
  private isSet = false;

  /** Resolves with a `wake`, after so long, or with the signal. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.isSet) {
      this.isSet = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', settle);
        this.waiting.delete(settle);
        resolve();
      };
      const timer = milliseconds === Infinity ? undefined : setTimeout(settle, milliseconds);
      signal.addEventListener('abort', settle, { once: true });
      this.waiting.add(settle);
    });
  }

  wake(): void {
    this.isSet = this.waiting.size === 0;
    for (const settle of [...this.waiting]) settle();
  }
}

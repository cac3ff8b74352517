const WINDOW_MS = 60_000;

/** So many calls of one hook in a minute. */
export class CallLimit {
  private readonly calls = new Map<string, number[]>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** Seconds to wait; undefined where it may go on. */
  take(hookId: string, now = Date.now()): number | undefined {
    const recent = (this.calls.get(hookId) ?? []).filter((at) => now - at < WINDOW_MS);
    const [oldest = now] = recent;
    if (recent.length >= this.most) return Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1_000));
    this.calls.set(hookId, [...recent, now]);
    return undefined;
  }
}

import type { Http2Session } from 'node:http2';

export interface KeepAliveTimes {
  readonly pingMs: number;
  /** Without an answer for so long the other side is taken for dead. */
  readonly silenceMs: number;
}

export const KEEP_ALIVE: KeepAliveTimes = { pingMs: 5_000, silenceMs: 12_000 };

/** Asks the other side for a sign of life now and then, and ends the session when none comes. */
export function keepAlive(session: Http2Session, { pingMs, silenceMs }: KeepAliveTimes = KEEP_ALIVE): void {
  let heardAt = performance.now();
  const timer = setInterval(() => {
    if (session.destroyed) return;
    if (performance.now() - heardAt > silenceMs) {
      session.destroy();
      return;
    }
    // One that may not be sent now is sent the next time.
    session.ping((error) => {
      if (error === null) heardAt = performance.now();
    });
  }, pingMs);
  timer.unref();
  session.once('close', () => clearInterval(timer));
}

import type { ApiCall } from './api-call.ts';

/**
 * Where in a call something happens: before it goes on to the server, once the server has handled it but nothing of its
 * answer has gone back, or once the answer has been sent. A watch is handled when the server has accepted it.
 */
export type Moment = 'before' | 'handled' | 'answered';

/** What is done to one call. */
export type ApiFault =
  /** It goes on so much later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The server never hears of it; the proxy answers as an API server would. */
  | { readonly kind: 'refuse'; readonly status: 429 | 500 | 502 | 503 | 504; readonly retryAfterSeconds?: number }
  /** The connection is reset, with all other calls on it. */
  | { readonly kind: 'reset'; readonly moment: 'before' | 'handled' }
  /** The connection goes silent for good without being closed, with all other calls on it. */
  | { readonly kind: 'half-open'; readonly moment: 'before' | 'handled' }
  /** The server has acted; the call ends without an answer, the connection goes on. */
  | { readonly kind: 'lose-answer' }
  /** The answer's body takes so long, in pieces. */
  | { readonly kind: 'slow-body'; readonly ms: number }
  /** A watch that ends, goes silent, or is answered that its version is too old, after so many lines. */
  | { readonly kind: 'cut-watch' | 'stall-watch' | 'expire-watch'; readonly afterLines: number }
  /** A watch that says each line twice. */
  | { readonly kind: 'repeat-watch' }
  /** A watch whose lines are so late. */
  | { readonly kind: 'late-watch'; readonly ms: number }
  /** The test does something at this moment; with `drop` the call ends there, as if its client were gone. */
  | {
      readonly kind: 'call-back';
      readonly moment: Moment;
      readonly run: (call: ApiCall) => Promise<'drop' | undefined> | 'drop' | undefined;
    };

export type FaultKind = ApiFault['kind'];

/** Decides about each call as it arrives. */
export type FaultRule = (call: ApiCall) => ApiFault | undefined;

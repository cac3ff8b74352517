import type { DeploymentData, ErrorEnvelope, ProgressEventData } from '@ushadow/contracts';

/** Names the protocol too: tabs of another version of the page keep to themselves. */
export const CHANNEL = 'ushadow-live-1';

/** How often a watcher says that it is still there, and how long it may be silent. A hidden tab wakes once a minute. */
export const HERE_MS = 20_000;
export const GONE_MS = 180_000;

/** What a watcher sends to the broker. Each page view that follows a deployment is a watcher of its own. */
export type WatcherMessage =
  | { readonly kind: 'watch'; readonly from: string; readonly deployment: string; readonly after: number }
  | { readonly kind: 'leave'; readonly from: string }
  | { readonly kind: 'here'; readonly from: string };

export type Connection = 'connecting' | 'live' | 'lost';

/** What the broker sends to one watcher. */
export type BrokerMessage = { readonly to: string } & (
  | { readonly kind: 'events'; readonly events: readonly ProgressEventData[] }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'end'; readonly deployment: DeploymentData }
  | { readonly kind: 'refused'; readonly error: ErrorEnvelope }
  /** It was silent for so long that it was taken for gone: it has to say again what it watches. */
  | { readonly kind: 'forgotten' }
);

/** A broker has started: who watches says so again. */
export interface BrokerHello {
  readonly kind: 'hello';
}
